"""Rules for danger: every urgent intent has phrases, long enough and under one intent; pairs name concepts."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from bot.checking.forms import dig, listing, mapping, texts
from bot.checking.phrases import row
from bot.checking.problem import CheckedFile, Problem
from bot.content import Content

SHORTEST = 4
"""Fewest letters of a phrase: shorter ones are found in harmless texts."""


def check_danger(file: CheckedFile, content: Content) -> Iterator[Problem]:
    """Phrases that are long enough to mean something, none under two intents, and some for every urgent intent."""
    seen: dict[tuple[str, ...], str] = {}
    listed = dig(file.data, "danger")
    for id_, phrases in mapping(listed).items():
        yield from _check_intent(file, id_, content, "danger", id_)
        for i, phrase in texts(phrases):
            at = ("danger", id_, i)
            if len("".join(row(phrase))) < SHORTEST:
                fix = "Add a word: a short one is found in harmless messages."
                yield file.error(f"the phrase '{phrase}' is too short", fix, *at)
            elif seen.setdefault(row(phrase), id_) != id_:
                what = f"the phrase '{phrase}' stands under '{seen[row(phrase)]}' too"
                yield file.error(what, "Keep it under one of the two.", *at)
    for intent in content.intents.values():
        if intent.urgent and isinstance(listed, dict) and not listed.get(intent.id):
            what = f"the urgent '{intent.id}' has no danger phrases"
            yield file.error(what, f"Add a list '{intent.id}:' with what children write.", "danger", intent.id)


def check_pairs(file: CheckedFile, content: Content, concepts: Collection[str]) -> Iterator[Problem]:
    """Concepts of the lexicon that mean danger together; `concepts` is empty where they cannot be read."""
    for id_, pairs in mapping(dig(file.data, "pairs")).items():
        yield from _check_intent(file, id_, content, "pairs", id_)
        for i, pair in enumerate(listing(pairs)):
            for j, concept in texts(pair):
                if concepts and concept not in concepts:
                    yield file.unknown("concept", concept, concepts, "pairs", id_, i, j)


def _check_intent(file: CheckedFile, id_: str, content: Content, *at: str | int) -> Iterator[Problem]:
    intent = content.intents.get(id_)
    if intent is None:
        yield file.unknown("intent", id_, [i.id for i in content.intents.values() if i.urgent or i.careful], *at)
    elif not (intent.urgent or intent.careful):
        fix = "Take it out, or mark the intent as careful in content/catalog.yml."
        yield file.error(f"'{id_}' is neither urgent nor careful", fix, *at)
