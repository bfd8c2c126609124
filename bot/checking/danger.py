"""Rules for danger: every urgent intent has phrases that mean danger and nothing else; pairs name concepts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import regex

from bot.checking.forms import dig, listing, mapping, texts
from bot.checking.phrases import row
from bot.checking.problem import CheckedFile, Problem
from bot.content import Content
from nlu.phrases import PhraseBook

SHORTEST = 4
"""Fewest letters of a phrase: shorter ones are found in harmless texts."""

MOST_HARMLESS = 2
"""Most harmless messages in which a phrase may be found. Children speak of danger in films and homework too, so none
would be too few; what is found more often is a part of ordinary words."""

_PATTERN = regex.compile(r"[\\|*^${}\[\]<>]|\(\?|\.[+?]")
"""What stands in regular expressions and in nothing that a child writes."""


_Place = tuple[str, int, str]
"""Intent, number in its list, and words of a phrase."""


@dataclass(frozen=True, slots=True)
class Harmless:
    """A message that is no danger, and the intent that it has (None: none of the catalogue's)."""

    language: str
    intent: str | None
    text: str


def harmless_messages(
    utterances: Iterable[CheckedFile], suites: Iterable[CheckedFile], content: Content
) -> list[Harmless]:
    """What must not be taken for danger: harmless and calm test utterances, and the look-alikes of the suites."""
    found = []
    for file in utterances:
        found += [Harmless(file.folder, None, text) for _, text in texts(dig(file.data, "harmless"))]
        for id_, listed in mapping(dig(file.data, "utterances")).items():
            intent = content.intents.get(id_)
            if intent is not None and not intent.urgent:
                found += [Harmless(file.folder, id_, text) for _, text in texts(listed)]
    for file in suites:
        for listed in mapping(dig(file.data, "look_alikes")).values():
            found += [Harmless(file.stem, None, text) for _, text in texts(listed)]
    return found


def check_danger(file: CheckedFile, content: Content, harmless: Iterable[Harmless] = ()) -> Iterator[Problem]:
    """Phrases that are long enough to mean something, once, under one intent, and some for every urgent intent."""
    seen: dict[tuple[str, ...], str] = {}
    listed = dig(file.data, "danger")
    elsewhere = _phrases_elsewhere(file.folder, content)
    for id_, phrases in mapping(listed).items():
        yield from _check_intent(file, id_, content, "danger", id_)
        for i, phrase in texts(phrases):
            yield from _check_phrase(file, id_, phrase, seen, elsewhere, "danger", id_, i)
    for intent in content.intents.values():
        if intent.urgent and isinstance(listed, dict) and not listed.get(intent.id):
            what = f"the urgent '{intent.id}' has no danger phrases"
            yield file.error(what, f"Add a list '{intent.id}:' with what children write.", "danger", intent.id)
    for name in ("softening", "persons"):
        for i, word in texts(dig(file.data, name)):
            if not word.strip():
                yield file.error(f"an entry of '{name}' is empty", "Write a word, or delete the line.", name, i)
    yield from _check_harmless(file, harmless)


def _check_phrase(
    file: CheckedFile,
    id_: str,
    phrase: str,
    seen: dict[tuple[str, ...], str],
    elsewhere: dict[tuple[str, ...], tuple[str, str]],
    *at: str | int,
) -> Iterator[Problem]:
    read = row(phrase)
    other, place = elsewhere.get(read, (id_, ""))
    if not phrase.strip():
        yield file.error("a danger phrase is empty", "Write a phrase, or delete the line.", *at)
    elif _PATTERN.search(phrase):
        what = f"the phrase '{phrase}' looks like a regular expression"
        yield file.error(what, "Write the words as children write them, one phrase a line.", *at)
    elif len("".join(read)) < SHORTEST:
        fix = "Add a word: a short one is found in harmless messages."
        yield file.error(f"the phrase '{phrase}' is too short", fix, *at)
    elif read in seen:
        if seen[read] == id_:
            yield file.error(f"the phrase '{phrase}' stands twice under '{id_}'", "Delete one of the two.", *at)
        else:
            what = f"the phrase '{phrase}' stands under '{seen[read]}' too"
            yield file.error(what, "Keep it under one of the two.", *at)
    elif other != id_:
        what = f"the phrase '{phrase}' stands under '{other}' in {place}"
        yield file.error(what, "Keep it under one of the two.", *at)
    else:
        seen[read] = id_


def _phrases_elsewhere(folder: str, content: Content) -> dict[tuple[str, ...], tuple[str, str]]:
    """Every phrase of the other languages, with its intent and where it stands."""
    return {
        row(phrase): (intent, f"content/{language}/danger.yml")
        for language, words in content.danger.items()
        if language < folder  # each clash is told once
        for phrase, intent in words.phrases
    }


def _check_harmless(file: CheckedFile, harmless: Iterable[Harmless]) -> Iterator[Problem]:
    """Phrases that are found again and again in messages of the same language that are no danger."""
    listed = mapping(dig(file.data, "danger")).items()
    places = tuple((str(id_), i, phrase) for id_, phrases in listed for i, phrase in texts(phrases) if phrase.strip())
    mine = tuple(message for message in harmless if message.language == file.folder)
    for (id_, i, phrase), messages in _found_in(places, mine).items():
        if len(messages) > MOST_HARMLESS:
            what = f"the phrase '{phrase}' is found in {len(messages)} harmless messages, like '{messages[0]}'"
            yield file.error(what, "Add a word that only the danger has.", "danger", id_, i)


@lru_cache(maxsize=32)
def _found_in(places: tuple[_Place, ...], harmless: tuple[Harmless, ...]) -> dict[_Place, list[str]]:
    """The harmless messages that each phrase is found in; kept, since a running check reads mostly unchanged files."""
    book = PhraseBook((place[2], place) for place in places)
    found: dict[_Place, list[str]] = {}
    for message in harmless:
        for place in {match.payload for match in book.find_all(row(message.text))}:
            if place[0] != message.intent:
                found.setdefault(place, []).append(message.text)
    return found


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
