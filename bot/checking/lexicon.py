"""Rules for the lexicon: known concepts, no form under two of them, none that stands inside other words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

import regex
from icu4py.breakers import WordBreaker

from bot.checking.forms import dig, mapping, texts
from bot.checking.phrases import row, training_phrases
from bot.checking.problem import CheckedFile, Problem
from nlu.concepts import Form, Lexicon
from nlu.phrases import symbols_of_plain
from nlu.text import normalise

FEW_ENOUGH = 4
"""Found inside other words this often, and never as a word of its own, a form is suspect."""

SHORTEST = 2
"""Fewest letters and marks of a form in a script without spaces."""

_UNSPACED = regex.compile(r"[\p{Thai}\p{Lao}\p{Myanmar}\p{Khmer}]")

_Found = tuple[str, tuple[str, ...]]
"""A language and a form as the matcher reads it."""


def check_lexicon(files: Iterable[CheckedFile], declared: Collection[str]) -> Iterator[Problem]:
    """Forms for declared concepts, every concept in every language, no form under two concepts."""
    for file in files:
        seen: dict[tuple[str, ...], str] = {}
        written = mapping(dig(file.data, "forms"))
        for concept, forms in written.items():
            if concept not in declared:
                yield file.unknown("concept", concept, declared, "forms", concept)
            for i, form in texts(forms):
                if _UNSPACED.search(form) and len("".join(row(form))) < SHORTEST:
                    fix = "Add letters: it would be found everywhere."
                    yield file.error(f"the form '{form}' is too short", fix, "forms", concept, i)
                if seen.setdefault(row(form), concept) != concept:
                    what = f"the form '{form}' stands under '{seen[row(form)]}' too"
                    yield file.error(what, "Keep it under one of the two.", "forms", concept, i)
        for concept in sorted(set(declared) - set(written)):
            what = f"the concept '{concept}' has no form here"
            yield file.warning(what, "Add what children write for it.", "forms")


def check_forms_in_words(files: Collection[CheckedFile], training: Iterable[CheckedFile]) -> Iterator[Problem]:
    """Warns of forms that only ever stand inside a longer word of the training phrases (words as ICU cuts them).

    Scripts without spaces only: in Latin letters the matcher reads whole words.
    """
    forms = {
        (file.folder or file.stem, row(form)): (file, concept, i, form)
        for file in files
        for concept, listed in mapping(dig(file.data, "forms")).items()
        for i, form in texts(listed)
    }
    lexicon = Lexicon((form, Form(str(concept), code)) for (code, _), (_, concept, _, form) in forms.items())
    inside, alone, where = _count_places(lexicon, _words(training))
    for found, count in inside.items():
        if count >= FEW_ENOUGH and not alone[found] and found in forms:
            file, concept, i, form = forms[found]
            what = f"the form '{form}' was found {count} times inside other words ('{where[found]}'), never alone"
            yield file.warning(
                what, "Write the longer word under its own concept, or make the form longer.", "forms", concept, i
            )


def _words(training: Iterable[CheckedFile]) -> Counter[str]:
    """Every word of the phrases in scripts without spaces, and how often it stands there."""
    words: Counter[str] = Counter()
    for file in training:
        for _, _, phrase in training_phrases(file):
            if _UNSPACED.search(phrase):
                words.update(word for word in WordBreaker(normalise(phrase), "en") if _UNSPACED.search(word))
    return words


def _count_places(lexicon: Lexicon, words: Counter[str]) -> tuple[Counter[_Found], Counter[_Found], dict[_Found, str]]:
    """How often each form stands inside a longer word and as a word of its own, and one such longer word."""
    inside: Counter[_Found] = Counter()
    alone: Counter[_Found] = Counter()
    where: dict[_Found, str] = {}
    for word, count in words.items():
        letters = symbols_of_plain(word)
        matches = lexicon.find(letters)
        if sum(match.end - match.start for match in matches) == len(letters) and len(matches) > 1:
            continue  # a compound, of which every part means something
        for match in matches:
            found = (match.payload.language, tuple(letters[match.start : match.end]))
            if match.end - match.start == len(letters):
                alone[found] += count
            else:
                inside[found] += count
                where.setdefault(found, word)
    return inside, alone, where
