"""A problem that an editor can mend, and the file it stands in."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from bot.yaml_source import Source


class Severity(Enum):
    """Errors stop a release, warnings are worth a look, notes are known and wait for people outside the files."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong where, and how to mend it, in plain English."""

    path: str
    line: int
    what: str
    fix: str
    severity: Severity = Severity.ERROR

    @property
    def is_error(self) -> bool:
        """Whether it must be mended."""
        return self.severity is Severity.ERROR

    def __str__(self) -> str:
        mark = "" if self.is_error else f"{self.severity.value}: "
        return f"{self.path}:{self.line}: {mark}{self.what}. {self.fix}"


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """One YAML file that could be read: where it stands, its name inside its folder, its data and lines."""

    shown: str
    """Path as it is printed, like content/th/help.yml."""
    relative: str
    """Path inside its folder, like th/help.yml."""
    source: Source

    @property
    def data(self) -> Any:
        """The plain data."""
        return self.source.data

    @property
    def folder(self) -> str:
        """The language or group folder that the file stands in ("" at the top)."""
        return self.relative.rpartition("/")[0]

    @property
    def stem(self) -> str:
        """File name without its ending."""
        return Path(self.relative).stem

    def error(self, what: str, fix: str, *at: str | int) -> Problem:
        """An error at the line of the key `at`."""
        return Problem(self.shown, self.source.line(*at), what, fix)

    def warning(self, what: str, fix: str, *at: str | int) -> Problem:
        """A warning at the line of the key `at`."""
        return Problem(self.shown, self.source.line(*at), what, fix, Severity.WARNING)

    def note(self, what: str, fix: str, *at: str | int) -> Problem:
        """A note at the line of the key `at`: nothing in the files can mend it today."""
        return Problem(self.shown, self.source.line(*at), what, fix, Severity.NOTE)

    def unknown(self, sort: str, id_: str, known: Iterable[str], *at: str | int) -> Problem:
        """An error for an id that is none of `known`: a name close to it, or where the names stand."""
        close = did_you_mean(id_, known)
        return self.error(f"there is no {sort} '{id_}'", close or f"Mend the name, or add it to {_HOMES[sort]}.", *at)


_HOMES = {
    "intent": "content/catalog.yml",
    "contact": "the facts in content/contacts",
    "concept": "nlu/lexicon/concepts.yml",
}
"""Where the names of each sort are declared."""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A question with the known name closest to `name`; empty where none is close."""
    close = difflib.get_close_matches(name, list(known), n=1)
    return f"Did you mean '{close[0]}'?" if close else ""
