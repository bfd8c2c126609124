"""Rules for training phrases, test utterances and the lexicon."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from bot.checking.problem import CheckedFile, Problem
from bot.content import Content
from nlu.phrases import symbols

FEWEST = 5
"""Fewest training phrases of an intent in a language."""

Spot = tuple[CheckedFile, tuple[str | int, ...]]


def training_phrases(data: Any) -> Iterator[tuple[int, str, str]]:
    """(index of the block, intent, phrase) of one file in Rasa's format."""
    for i, block in enumerate(data["nlu"]):
        for line in str(block["examples"]).splitlines():
            if line.strip():
                yield i, str(block["intent"]), line.strip().removeprefix("-").strip()


def check_training(files: Iterable[CheckedFile], content: Content) -> Iterator[Problem]:
    """Known intents in their module's file, enough phrases, none twice in a language."""
    counts: dict[tuple[str, str], int] = {}
    seen: dict[tuple[str, tuple[str, ...]], str] = {}
    for file in files:
        for i, intent, phrase in training_phrases(file.data):
            known = content.intents.get(intent)
            at = ("nlu", i, "intent")
            if known is None or known.module != file.stem:
                yield file.error(
                    f"'{intent}' is no intent of the module '{file.stem}'", "Move it or mend its name.", *at
                )
            counts[file.folder, intent] = counts.get((file.folder, intent), 0) + 1
            row = (file.folder, tuple(symbols(phrase)))
            if row in seen:
                yield file.error(
                    f"the phrase '{phrase}' stands twice (also under '{seen[row]}')", "Keep one.", "nlu", i, "examples"
                )
            seen[row] = intent
    for language in content.languages:
        for known in content.intents.values():
            count = counts.get((language.code, known.id), 0)
            if count < FEWEST:
                path = f"nlu/data/{language.code}/{known.module}.yml"
                yield Problem(path, 1, f"'{known.id}' has {count} training phrases", f"Write at least {FEWEST}.")


def check_utterances(
    files: Iterable[CheckedFile], training: Iterable[CheckedFile], content: Content
) -> Iterator[Problem]:
    """Test utterances name known intents, and none of them was trained on."""
    trained = {tuple(symbols(phrase)) for file in training for _, _, phrase in training_phrases(file.data)}
    for file in files:
        for intent, texts in file.data.get("utterances", {}).items():
            if intent not in content.intents:
                yield file.error(f"unknown id '{intent}'", "Take one of content/catalog.yml.", "utterances", intent)
            for i, text in enumerate(texts):
                if tuple(symbols(text)) in trained:
                    yield file.error(
                        f"the test utterance '{text}' is also a training phrase",
                        "Change one of the two.",
                        "utterances",
                        intent,
                        i,
                    )


def check_lexicon(files: Iterable[CheckedFile], concepts: CheckedFile) -> Iterator[Problem]:
    """Forms for declared concepts, every concept in every language, no form under two concepts."""
    declared = set(concepts.data["concepts"])
    for file in files:
        seen: dict[tuple[str, ...], str] = {}
        for concept, forms in file.data["forms"].items():
            if concept not in declared:
                yield file.error(f"unknown concept '{concept}'", "Declare it in concepts.yml.", "forms", concept)
            for i, form in enumerate(forms):
                row = tuple(symbols(form))
                if row and seen.setdefault(row, concept) != concept:
                    yield file.error(
                        f"the form '{form}' stands under '{seen[row]}' too", "Keep it under one.", "forms", concept, i
                    )
        for concept in sorted(declared - set(file.data["forms"])):
            yield file.warning(f"the concept '{concept}' has no form here", "Add what children write for it.", "forms")
