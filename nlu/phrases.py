"""Finds many phrases in a text at once, in linear time, forgiving the usual slips of typing.

A text becomes a row of symbols: each Latin word is one symbol, each letter or mark of an unspaced script is one
symbol; spaces and punctuation do not count. The phrases stand in a trie over the same symbols, so a search walks at
most the longest phrase's length from each position. Two slips are forgiven: one wrong letter in a longer Latin word,
and, in phrases that are long enough, marks that phones and children often drop or add (tones, dots, the Khmer signs
that change no consonant).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import regex

from nlu.text import normalise, sort_marks

Payload = TypeVar("Payload")

MIN_FUZZY_WORD = 6
"""Latin words of at least this many letters may differ by one typing error from a word of the phrases."""

MIN_LOOSE_PHRASE = 6
"""Phrases of at least this many symbols are found even where an often dropped mark is missing or added."""

_UNSPACED = r"\p{Thai}\p{Lao}\p{Myanmar}\p{Khmer}"
_SYMBOL = regex.compile(rf"\d+|[^\W\d_{_UNSPACED}][\p{{L}}\p{{M}}--[{_UNSPACED}]]*|[{_UNSPACED}]", regex.VERSION1)
_APOSTROPHES = regex.compile(r"(?<=\p{L})['’ʼ`´](?=\p{L})")
_OFTEN_DROPPED = frozenset(
    map(chr, (*range(0x0E47, 0x0E4D), *range(0x0EC8, 0x0ECD), 0x1037, 0x1038, *range(0x17C8, 0x17D2), 0x17DD))
)
_ASAT = "\u103a"
_AA = frozenset("\u102b\u102c")
"""The vowel signs with which an asat writes the vowel of နော်, and kills no consonant."""
_LEADING_VOWEL = frozenset("เแโใไເແໂໃໄ")
_MARK = regex.compile(r"[\p{M}\u0e30\u0e32\u0e33\u0e45\u0eb0\u0eb2\u0eb3\u102b\u102c]")
_VIRAMA = frozenset("\u1039\u17d2")
_MARKS = frozenset(char for char in map(chr, range(0x300, 0x10000)) if _MARK.match(char))
"""All that `_MARK` finds; looking a symbol up costs a tenth of asking the pattern."""


@dataclass(frozen=True, slots=True)
class Match(Generic[Payload]):
    """One phrase found: symbols `start` to `end` (end excluded) of the text carry `payload`."""

    payload: Payload
    start: int
    end: int


class _Node(Generic[Payload]):
    __slots__ = ("after_dropped", "children", "depth", "payloads")

    def __init__(self, depth: int) -> None:
        self.depth = depth
        self.children: dict[str, _Node[Payload]] = {}
        self.after_dropped: list[_Node[Payload]] = []
        """The children that follow an often dropped mark."""
        self.payloads: list[Payload] = []

    def child(self, symbol: str) -> _Node[Payload]:
        """The node that `symbol` leads to, made where there is none."""
        found = self.children.get(symbol)
        if found is None:
            found = self.children[symbol] = _Node(self.depth + 1)
            if symbol in _OFTEN_DROPPED:
                self.after_dropped.append(found)
        return found


def symbols(text: str) -> list[str]:
    """The row of symbols of `text`: letters of unspaced scripts one by one, other words whole."""
    return symbols_of_plain(normalise(text))


def symbols_of_plain(plain: str) -> list[str]:
    """The row of symbols of a text that is normalised already."""
    return [str(s) for s in _SYMBOL.findall(sort_marks(_APOSTROPHES.sub("", plain)))]


class PhraseBook(Generic[Payload]):
    """Phrases, each with what it means. Built once, then only read."""

    def __init__(self, phrases: Iterable[tuple[str, Payload]], known_words: frozenset[str] = frozenset()) -> None:
        """`known_words` mean something else and are never taken for a slip: "susdey" is a greeting, no "suside"."""
        self._root: _Node[Payload] = _Node(0)
        words: set[str] = set()
        for phrase, payload in phrases:
            row = symbols(phrase)
            if not row:
                continue
            node = self._root
            for symbol in row:
                node = node.child(symbol)
                words.add(symbol)
            if payload not in node.payloads:
                node.payloads.append(payload)
        self._words = words
        self._known = known_words
        self._by_deletion = _deletion_index(words)

    @property
    def words(self) -> frozenset[str]:
        """Every symbol that stands in a phrase."""
        return frozenset(self._words)

    def find_all(self, text: str | Sequence[str]) -> list[Match[Payload]]:
        """The longest phrase at every position of `text` (or of its row of symbols), overlaps included."""
        return list(self._matches(self._read(text), overlapping=True))

    def find_longest(self, text: str | Sequence[str]) -> list[Match[Payload]]:
        """Phrases from left to right, always the longest, never overlapping."""
        return list(self._matches(self._read(text), overlapping=False))

    def _read(self, text: str | Sequence[str]) -> list[str]:
        row = symbols(text) if isinstance(text, str) else text
        return [symbol if symbol in self._words else self._corrected(symbol) for symbol in row]

    def _corrected(self, word: str) -> str:
        """The known word that `word` was probably meant to be: one letter more, less, other or swapped."""
        if len(word) < MIN_FUZZY_WORD or word in self._known:
            return word
        for shorter in (word, *_deletions(word)):
            found = self._by_deletion.get(shorter)
            if found is not None:
                return found
        return word

    def _matches(self, row: list[str], *, overlapping: bool) -> Iterator[Match[Payload]]:
        start = 0
        while start < len(row):
            end, payloads = self._longest_at(row, start)
            for payload in payloads:
                yield Match(payload, start, end)
            start = end if payloads and not overlapping else start + 1

    def _longest_at(self, row: list[str], start: int) -> tuple[int, list[Payload]]:
        best: tuple[int, list[Payload]] = (start, [])
        if row[start] not in self._root.children or not _may_start(row, start):
            return best
        states: dict[_Node[Payload], bool] = {self._root: False}
        for position in range(start, len(row)):
            states = _step(states, row[position])
            if not states:
                break
            found = [
                payload
                for node, loose in states.items()
                if node.payloads and (not loose or node.depth >= MIN_LOOSE_PHRASE)
                for payload in node.payloads
            ]
            if found and _may_end(row, position + 1):
                best = (position + 1, found)
        return best


def _step(states: dict[_Node[Payload], bool], symbol: str) -> dict[_Node[Payload], bool]:
    """Where `symbol` leads from each trie node; True marks a way on which an often dropped mark was forgiven."""
    dropped = symbol in _OFTEN_DROPPED
    if len(states) == 1 and not dropped:  # nearly always: the same as below, at once
        ((only, loose),) = states.items()
        child = only.children.get(symbol)
        if child is None or not child.after_dropped:
            return {} if child is None else {child: loose}
    following: dict[_Node[Payload], bool] = {}
    unread = []
    for node, loose in states.items():
        child = node.children.get(symbol)
        if child is not None:
            following[child] = loose and following.get(child, True)
            if child.after_dropped:
                unread.append(child)
        if dropped and node.depth and node not in following:
            following[node] = True
            if node.after_dropped:
                unread.append(node)
    for node in unread:
        for child in node.after_dropped:
            if child not in following:
                following[child] = True
                unread.append(child)
    return following


def _may_start(row: list[str], start: int) -> bool:
    """A phrase never starts in the middle of a syllable: ເຈັບ (hurt) does not contain ຈັບ (catch)."""
    if row[start] in _MARKS or _closes_syllable(row, start):
        return False
    return start == 0 or (row[start - 1] not in _LEADING_VOWEL and row[start - 1] not in _VIRAMA)


def _may_end(row: list[str], end: int) -> bool:
    """A phrase never ends before a mark that belongs to its last letter."""
    return end == len(row) or not (row[end] in _MARKS or _closes_syllable(row, end))


def _closes_syllable(row: list[str], position: int) -> bool:
    """Whether the Burmese letter at `position` is killed by an asat, and so belongs to the syllable before it."""
    for symbol in row[position + 1 : position + 4]:
        if symbol == _ASAT:
            return True
        if symbol in _AA or symbol not in _MARKS:
            return False
    return False


def _deletions(word: str) -> set[str]:
    return {word[:i] + word[i + 1 :] for i in range(len(word))}


def _deletion_index(words: set[str]) -> dict[str, str]:
    """Every form with one letter missing → the word; ambiguous forms and short words are left out."""
    index: dict[str, str] = {}
    ambiguous: set[str] = set()
    for word in sorted(words):
        if len(word) < MIN_FUZZY_WORD or not word.isalpha():
            continue
        for form in {word, *_deletions(word)}:
            if index.setdefault(form, word) != word:
                ambiguous.add(form)
    for form in ambiguous:
        if form not in words:
            del index[form]
    return index
