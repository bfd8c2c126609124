"""How easy answers are to read: grade and sentence length, number of lines, length as a reader sees it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from statistics import median

import regex
import textstat
from icu4py.breakers import CharacterBreaker, WordBreaker

from bot.checking.forms import dig, mapping
from bot.checking.problem import CheckedFile, Problem, Severity
from bot.checking.texts import leaves

MAX_GRADE = 6.0
MAX_MEDIAN_GRADE = 4.0
"""Flesch-Kincaid grades of English: of each answer, and of the middle one."""

WARN_WORDS = 12
FAIL_WORDS = 15
"""Words of an English sentence above which there is a warning, or an error."""

EQUAL_LENGTH = {"en": 1.0, "th": 1.17, "my": 1.48, "lo": 1.10, "km": 1.05}
"""Words that say the same as one English word.

Measured in November 2026 on all 68 answers (say, do, countries): all words of the translation divided by all words of
the English text, both cut by ICU's word breaker, counting what holds a letter or a digit. A test measures it again.
"""

MAX_GRAPHEMES = {"ask": 48, "quiet": 48, "say": 420, "do": 110, "countries": 330}
"""Longest text of each key, in grapheme clusters: what a reader sees as one letter."""

LINES = range(2, 7)
"""Lines of `say`."""

READ = ("say", "say_on_page", "do", "countries")
"""Keys with sentences."""

_END = regex.compile(r"(?<=[.!?:\u104b\u17d4\u17d6])[\"”»]?\s+|(?<=[\u104b\u17d4\u17d6])\s*")
"""After a full stop, also Burmese (U+104B) and Khmer (U+17D4), or the Khmer colon (U+17D6)."""
_SPACE = regex.compile(r"\s+")
_WORD = regex.compile(r"[\p{L}\p{N}]")
_BY_SPACES = frozenset({"th", "lo"})
"""Languages that write no full stop: a space ends what is read in one breath."""


def words(text: str, language: str) -> int:
    """How many words `text` has, as ICU cuts the language."""
    return sum(1 for piece in WordBreaker(text, language) if _WORD.search(piece))


def graphemes(text: str) -> int:
    """How many letters a reader sees."""
    return sum(1 for _ in CharacterBreaker(text, "root"))


def sentences(text: str, language: str) -> list[str]:
    """What is read in one breath."""
    parts = (_SPACE if language in _BY_SPACES else _END).split(text)
    return [part for part in parts if part and _WORD.search(part)]


def grade(answer: Mapping[str, object]) -> float:
    """The Flesch-Kincaid grade of an English answer."""
    text = " ".join(line.strip() for key in READ for _, text in leaves(answer.get(key)) for line in text.split("\n"))
    return float(textstat.flesch_kincaid_grade(text)) if _WORD.search(text) else 0.0


def check_readability(file: CheckedFile) -> Iterator[Problem]:
    """Sentences and texts that are not too long, `say` of two to six lines, and English that is easy enough."""
    for id_, raw in mapping(dig(file.data, "answers")).items():
        answer, at = mapping(raw), ("answers", id_)
        for key in READ:
            for place, text in leaves(answer.get(key), *at, key):
                yield from _check_sentences(file, text, *place)
        for key, most in MAX_GRAPHEMES.items():
            for place, text in leaves(answer.get(key), *at, key):
                length = graphemes(text.strip())
                if length > most:
                    yield file.warning(f"the text has {length} letters", f"Shorten it to {most}.", *place)
        say = answer.get("say")
        if isinstance(say, str) and len(say.strip().split("\n")) not in LINES:
            yield file.warning(f"'{id_}' has not 2 to 6 lines in 'say'", "One short sentence on each line.", *at, "say")
        if file.folder == "en" and grade(answer) > MAX_GRADE:
            what = f"'{id_}' is hard to read: school grade {grade(answer):.1f}"
            yield file.error(what, f"Use shorter words and sentences, down to grade {MAX_GRADE:g}.", *at)


def _check_sentences(file: CheckedFile, text: str, *at: str | int) -> Iterator[Problem]:
    factor = EQUAL_LENGTH.get(file.folder, 1.0)
    for line in text.strip().split("\n"):
        for sentence in sentences(line, file.folder):
            count = words(sentence, file.folder)
            if count > round(WARN_WORDS * factor):
                report = file.error if count > round(FAIL_WORDS * factor) else file.warning
                what = f"a sentence has {count} words: '{sentence[:24]}…'"
                yield report(what, f"Make two of it: at most {round(WARN_WORDS * factor)} words.", *at)


def check_median(files: Mapping[str, CheckedFile], shown: str) -> Iterator[Problem]:
    """The middle English answer is easy to read."""
    english = [file for file in files.values() if file.folder == "en"]
    grades = [grade(mapping(a)) for file in english for a in mapping(dig(file.data, "answers")).values()]
    if grades and median(grades) > MAX_MEDIAN_GRADE:
        what = f"the English answers are hard to read: their middle school grade is {median(grades):.1f}"
        fix = f"Use shorter words and sentences, down to grade {MAX_MEDIAN_GRADE:g}."
        yield Problem(f"{shown}/en", 1, what, fix, Severity.ERROR)
