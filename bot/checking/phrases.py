"""Rules for training phrases and test utterances."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cache

from bot.checking.answers import check_intent
from bot.checking.forms import dig, listing, mapping, texts
from bot.checking.problem import CheckedFile, Problem
from bot.content import Content
from nlu.phrases import symbols
from nlu.text import normalise

FEWEST, FEWEST_URGENT = 40, 60
"""Fewest training phrases of an intent, or of an urgent one, in a language."""


@cache
def row(text: str) -> tuple[str, ...]:
    """What two texts have in common that the bot reads in the same way."""
    return tuple(symbols(text)) or (normalise(text),)


def training_phrases(file: CheckedFile) -> Iterator[tuple[int, str, str]]:
    """(line, intent, phrase) of one file in Rasa's format."""
    for i, block in enumerate(listing(dig(file.data, "nlu"))):
        intent, examples = mapping(block).get("intent"), mapping(block).get("examples")
        first = file.source.line("nlu", i, "examples") + 1
        for n, line in enumerate(str(examples or "").splitlines()):
            if line.strip():
                yield first + n, str(intent), line.strip()


def check_training(files: Iterable[CheckedFile], content: Content, broken: Collection[str]) -> Iterator[Problem]:
    """Known intents in their module's file, enough phrases except in `broken` files, none twice in a language."""
    counts: dict[tuple[str, str], int] = {}
    seen: dict[tuple[str, tuple[str, ...]], tuple[str, int]] = {}
    for file in files:
        for i, block in enumerate(listing(dig(file.data, "nlu"))):
            yield from check_intent(file, str(mapping(block).get("intent")), content, "nlu", i, "intent")
        for line, intent, item in training_phrases(file):
            phrase = item.removeprefix("-").strip()
            if not item.startswith("- "):
                fix = "Begin each phrase with '- '; without it the model does not learn it."
                yield Problem(file.shown, line, f"'{item}' does not begin like a phrase", fix)
            counts[file.folder, intent] = counts.get((file.folder, intent), 0) + 1
            first = seen.setdefault((file.folder, row(phrase)), (file.shown, line))
            if first != (file.shown, line):
                what = f"the phrase '{phrase}' stands twice (see {first[0]}:{first[1]})"
                yield Problem(file.shown, line, what, "Keep one of the two.")
    for language in content.languages:
        for known in content.intents.values():
            count = counts.get((language.code, known.id), 0)
            relative = f"{language.code}/{known.module}.yml"
            fewest = FEWEST_URGENT if known.urgent else FEWEST
            if count < fewest and relative not in broken:
                what = f"'{known.id}' has {count} training phrases"
                yield Problem(f"nlu/data/{relative}", 1, what, f"Write at least {fewest}.")


def check_utterances(
    files: Iterable[CheckedFile], training: Iterable[CheckedFile], content: Content
) -> Iterator[Problem]:
    """Test utterances name known intents, and none of them was trained on."""
    trained = {
        row(phrase.removeprefix("-").strip()): f"{file.shown}:{line}"
        for file in training
        for line, _, phrase in training_phrases(file)
    }
    for file in files:
        for intent, listed in mapping(dig(file.data, "utterances")).items():
            yield from check_intent(file, intent, content, "utterances", intent)
            for i, text in texts(listed):
                if row(text) in trained:
                    what = f"the test utterance '{text}' is also a training phrase ({trained[row(text)]})"
                    yield file.error(what, "Change one of the two.", "utterances", intent, i)
