"""A problem that an editor can mend, and the file it stands in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from bot.yaml_source import Source


class Severity(Enum):
    """Errors stop a release, warnings are worth a look."""

    ERROR = "error"
    WARNING = "warning"


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
        mark = "" if self.is_error else "warning: "
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
