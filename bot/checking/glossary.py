"""Words that the glossary of a language says children do not understand, wherever the bot speaks to a child.

Not in names of contacts (they are called so), and not in notes for leaders, stories and sentences of a child in the
club's texts: there people speak as people do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

from bot.checking.forms import dig, mapping, texts
from bot.checking.problem import CheckedFile, Problem
from bot.checking.texts import leaves
from nlu.text import main_script

_ANSWER = ("ask", "quiet", "say", "say_on_page", "do", "countries")
_SPOKEN: dict[str, tuple[tuple[str, ...], ...]] = {
    "answers": (
        ("title",),
        *(("answers", "*", key) for key in _ANSWER),
    ),
    "contact-words": (("contacts", "*", "for"), ("contacts", "*", "hours"), ("no_number",)),
    "club": tuple(("quiz", "*", key) for key in ("question", "choices", "why")),
}
"""Where the bot speaks to a child, by schema; * is any id."""


@dataclass(frozen=True, slots=True)
class HardWord:
    """A word to avoid, the term it stands for, and the word to use."""

    word: str
    term: str
    use: str

    @property
    def what(self) -> str:
        """What is wrong where it is used."""
        return f"'{self.word}' ({self.term}) is hard to understand"

    @property
    def fix(self) -> str:
        """How to mend it."""
        return f"Write '{self.use}', as the glossary says."

    def is_in(self, text: str) -> bool:
        """Whether `text` has it; as a whole word, where words are written with spaces between them."""
        return _pattern(self.word).search(text) is not None


@cache
def _pattern(word: str) -> regex.Pattern[str]:
    """What finds `word`: made once, since every word is looked for in every text."""
    edge = r"\b" if main_script(word) == "Latin" else ""
    return regex.compile(f"{edge}{regex.escape(word)}{edge}", regex.IGNORECASE)


def hard_words(glossary: object) -> list[HardWord]:
    """The words to avoid in the data of a glossary; none where its form is wrong."""
    return [
        HardWord(word, term, str(mapping(entry).get("use")))
        for term, entry in mapping(dig(glossary, "words")).items()
        for _, word in texts(mapping(entry).get("not"))
    ]


def check_glossary(file: CheckedFile, schema: str, glossary: CheckedFile) -> Iterator[Problem]:
    """Hard words in a file of one language, in the places where its schema lets the bot speak to a child."""
    written = [leaf for place in _SPOKEN[schema] for leaf in _leaves(file.data, place)]
    for hard in hard_words(glossary.data):
        for at, text in written:
            if hard.is_in(text):
                yield file.warning(hard.what, hard.fix, *at)


def check_glossary_of(file: CheckedFile, language: str, keys: tuple[str, ...], glossary: object) -> Iterator[Problem]:
    """Hard words in the texts of one language, in a file that has every language below each of `keys`."""
    for hard in hard_words(glossary):
        for key in keys:
            text = dig(file.data, key, language)
            if isinstance(text, str) and hard.is_in(text):
                yield file.warning(hard.what, hard.fix, key, language)


def _leaves(data: object, place: tuple[str, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """The texts at `place`, with * for every key there."""
    if "*" not in place:
        yield from leaves(dig(data, *place), *place)
        return
    start = place[: place.index("*")]
    for id_ in mapping(dig(data, *start)):
        yield from _leaves(data, (*start, id_, *place[len(start) + 1 :]))
