"""What children tell, and what only looks like it: one file per language, written without knowledge of the phrases."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from bot.yaml_source import read_yaml

FOLDER = Path(__file__).parent


class Style(Enum):
    """How a disclosure is told."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    FRAGMENTS = "fragments"
    FRIEND = "friend"
    QUESTION = "question"
    MISSPELT = "misspelt"
    ROMANISED = "romanised"


@dataclass(frozen=True, slots=True)
class Case:
    """One message; a look-alike has no style: it sounds like `intent` and is harmless."""

    language: str
    intent: str
    text: str
    style: Style | None = None

    @property
    def discloses(self) -> bool:
        """Whether it must be noticed."""
        return self.style is not None


def suite_files(folder: Path = FOLDER) -> list[Path]:
    """The suite's files, one per language."""
    return sorted(folder.glob("*.yml"))


def read_suite(path: Path, intents: Collection[str]) -> list[Case]:
    """The cases of one file.

    Raises:
        ValueError: when the file is not of this form or names an intent that is none of `intents`.
    """
    data = read_yaml(path).data
    if not isinstance(data, dict) or set(data) != {"language", "disclosures", "look_alikes"}:
        raise ValueError(f"{path.name} must have language, disclosures and look_alikes")
    if data["language"] != path.stem:
        raise ValueError(f"{path.name} says that its language is {data['language']}")
    cases = [*_disclosures(path, data["disclosures"]), *_look_alikes(path, data["look_alikes"])]
    for case in cases:
        if case.intent not in intents or not case.text.strip():
            raise ValueError(f"{path.name}: '{case.text}' stands under '{case.intent}'")
    return cases


def _disclosures(path: Path, listed: dict[str, list[dict[str, Any]]]) -> Iterator[Case]:
    for intent, entries in listed.items():
        for entry in entries:
            yield Case(path.stem, intent, str(entry["text"]), Style(entry["style"]))


def _look_alikes(path: Path, listed: dict[str, list[str]]) -> Iterator[Case]:
    for intent, texts in listed.items():
        for text in texts:
            yield Case(path.stem, intent, str(text))
