"""Finds danger in a child's words, in all languages at once, before and without the model."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

import regex

from bot.content import Content
from nlu.concepts import Lexicon
from nlu.phrases import Match, PhraseBook, symbols_of_plain
from nlu.text import tidy

NEVER_SOFTENED = frozenset({"help_hurt", "help_sexual_abuse", "health_want_to_die", "detained_hurt"})
"""Intents of abuse and suicide: "is it allowed that he touches me" is never a question about information."""

PERSON_CONCEPTS = frozenset(
    {
        *("ME", "BODY", "MOTHER", "FATHER", "PARENTS", "STEPPARENT", "UNCLE_AUNT", "SIBLING", "GRANDPARENT", "FRIEND"),
        *("TEACHER", "BOSS", "SHELTER_STAFF", "HUSBAND_WIFE", "BOYFRIEND_GIRLFRIEND"),
    }
)
"""Concepts of persons and of the body: where one stands, somebody is spoken of, and nothing is softened."""


EVERYDAY_CONCEPTS = frozenset({"NOW", "HELP", "WORK", "BOAT", "FACTORY", "BORDER", "FOLLOW"})
"""Concepts of danger pairs that alone alarm nobody."""

_SENTENCE_END = regex.compile(r"[\p{Sentence_Terminal}\u17d4\u17d5…]+")


@dataclass(frozen=True, slots=True)
class Danger:
    """What was found in a text, by intent; urgent and careful ones alike, the most of the text first."""

    intents: tuple[str, ...] = ()
    """What somebody says is happening."""
    paired: tuple[str, ...] = ()
    """Those of `intents` that no phrase says: concepts that stand together say them, in whatever order."""
    softened: tuple[str, ...] = ()
    """What the text only asks about in general: a softening phrase belongs to each of its phrases."""
    languages: Mapping[str, int] = field(default_factory=dict)
    """How many symbols of the text each language's phrases and concepts explain."""
    concepts: frozenset[str] = frozenset()
    """What the text mentions, by the lexicon."""
    alarming: bool = False
    """Whether it mentions a concept of danger, though by itself it may mean something harmless."""


NO_DANGER = Danger()

PhraseMatch = Match[tuple[str, str]]
"""Found phrase with its intent and language."""


class DangerFinder:
    """Danger phrases, softening phrases, persons and concept pairs, built once from the content."""

    def __init__(self, content: Content, lexicon: Lexicon | None) -> None:
        words = content.danger
        phrases = ((phrase, (intent, language)) for language, each in words.items() for phrase, intent in each.phrases)
        self._phrases = PhraseBook(phrases, lexicon.words if lexicon else frozenset())
        self._softening = PhraseBook((phrase, code) for code, each in words.items() for phrase in each.softening)
        self._persons = PhraseBook((word, code) for code, each in words.items() for word in each.persons)
        self._pairs = content.pairs
        paired = {concept for sets in self._pairs.values() for each in sets for concept in each}
        self._alarming = paired - PERSON_CONCEPTS - EVERYDAY_CONCEPTS
        self._lexicon = lexicon

    def find(self, text: str) -> Danger:
        """The dangers that `text` (no Zawgyi) speaks of; empty when there is none."""
        sentences = [symbols_of_plain(sentence) for sentence in _SENTENCE_END.split(tidy(text))]
        row = [symbol for sentence in sentences for symbol in sentence]
        phrases = self._phrases.find_all(row)
        concepts = self._lexicon.find(row) if self._lexicon else []
        mentioned = frozenset(match.payload.concept for match in concepts)
        softened = self._softened(row, list(accumulate(map(len, sentences))), phrases, mentioned)
        certain = _by_weight(match for match in phrases if match not in softened)
        paired = [intent for intent in self._by_pairs(mentioned) if intent not in certain]
        explained: Counter[str] = Counter()
        for match in concepts:
            explained[match.payload.language] += match.end - match.start
        for phrase in phrases:
            explained[phrase.payload[1]] += phrase.end - phrase.start
        return Danger(
            intents=(*certain, *paired),
            paired=tuple(paired),
            softened=tuple(intent for intent in _by_weight(softened) if intent not in (*certain, *paired)),
            languages=dict(explained),
            concepts=mentioned,
            alarming=not self._alarming.isdisjoint(mentioned),
        )

    def _by_pairs(self, mentioned: frozenset[str]) -> list[str]:
        return [intent for intent, sets in self._pairs.items() if any(each <= mentioned for each in sets)]

    def _softened(
        self, row: Sequence[str], ends: Sequence[int], phrases: Sequence[PhraseMatch], mentioned: frozenset[str]
    ) -> set[PhraseMatch]:
        """The phrases that a softening phrase belongs to; `ends` is where each sentence ends in `row`.

        None where a person or a body is named anywhere in the text, and none of abuse or suicide.
        """
        if not phrases or not PERSON_CONCEPTS.isdisjoint(mentioned):
            return set()
        softening = self._softening.find_all(row)
        if not softening or self._persons.find_all(row):
            return set()
        beside = _neighbours(softening, _clusters(phrases), ends)
        return {phrase for phrase in beside if phrase.payload[0] not in NEVER_SOFTENED}


def _by_weight(phrases: Iterable[PhraseMatch]) -> list[str]:
    """The intents of `phrases`, those that explain most of the text first."""
    weights: Counter[str] = Counter()
    for phrase in phrases:
        weights[phrase.payload[0]] += phrase.end - phrase.start
    return [intent for intent, _ in weights.most_common()]


def _clusters(phrases: Iterable[PhraseMatch]) -> list[list[PhraseMatch]]:
    """`phrases`, which stand in reading order, with those that overlap put together."""
    clusters: list[list[PhraseMatch]] = []
    end = 0
    for phrase in phrases:
        if clusters and phrase.start < end:
            clusters[-1].append(phrase)
        else:
            clusters.append([phrase])
        end = max(end, phrase.end)
    return clusters


def _neighbours(
    softening: Iterable[Match[str]], clusters: Sequence[Sequence[PhraseMatch]], ends: Sequence[int]
) -> Iterator[PhraseMatch]:
    """The danger phrases that each softening phrase belongs to: over it or next to it, in the same sentence."""
    starts = [cluster[0].start for cluster in clusters]
    for soft in softening:
        sentence = bisect_right(ends, soft.start)
        before = bisect_left(starts, soft.start) - 1
        after = bisect_left(starts, soft.end)
        for cluster in clusters[max(before, 0) : after + 1]:
            if bisect_right(ends, cluster[0].start) == sentence:
                yield from cluster
