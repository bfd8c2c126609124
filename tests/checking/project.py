"""A copy of the real files that a test may break, and the new problems that the check then finds."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bot.checking.problem import Problem
from tests.conftest import ROOT

TODAY = date(2026, 11, 24)

Check = Callable[["Project"], list[Problem]]


@dataclass
class Project:
    """Files below `root`, named in tests as the check prints them, like content/th/help.yml."""

    root: Path
    check: Check
    before: Counter[tuple[object, ...]] = field(default_factory=Counter)
    """Problems that the files had before the test broke them."""

    def copy(self, *names: str) -> None:
        """Copies files or folders of the real project."""
        for name in names:
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, self.root / name, dirs_exist_ok=True)
            else:
                shutil.copy(ROOT / name, self.root / name)

    def read(self, name: str) -> str:
        return (self.root / name).read_text("utf-8")

    def write(self, name: str, text: str | bytes) -> None:
        path = self.root / name
        path.chmod(0o644) if path.exists() else path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())

    def replace(self, name: str, old: str, new: str) -> int:
        """Replaces the first `old` by `new`; the line where it stood."""
        text = self.read(name)
        assert old in text, f"{old!r} does not stand in {name}"
        self.write(name, text.replace(old, new, 1))
        return text[: text.index(old)].count("\n") + 1

    def set(self, name: str, keys: str, value: str | None) -> int:
        """Writes `value` behind the key at the end of `keys`, joined by >, or deletes the key; its line."""
        lines = self.read(name).split("\n")
        start, indent = find(lines, keys)
        end = start + 1
        while end < len(lines) and (not lines[end].strip() or len(lines[end]) - len(lines[end].lstrip()) > indent):
            end += 1
        key = keys.split(">")[-1]
        lines[start:end] = [] if value is None else [f"{' ' * indent}{key}: {value}"]
        self.write(name, "\n".join(lines))
        return start + 1

    def line(self, name: str, keys: str) -> int:
        """The line of the key at the end of `keys`, joined by >."""
        return find(self.read(name).split("\n"), keys)[0] + 1

    def line_of(self, name: str, words: str) -> int:
        """The first line with these words."""
        text = self.read(name)
        return text[: text.index(words)].count("\n") + 1

    def problems(self) -> list[str]:
        """The problems that were not there before, as they are printed."""
        left, new = self.before.copy(), []
        for problem in self.check(self):
            if left[_kind(problem)] > 0:
                left[_kind(problem)] -= 1
            else:
                new.append(str(problem))
        return new

    def errors(self) -> list[str]:
        """Those new problems that are neither warnings nor notes."""
        return [p for p in self.problems() if ": warning: " not in p and ": note: " not in p]

    def remember(self, name: str) -> None:
        """Notes what is wrong before the test breaks anything: the same for every project called `name`."""
        if name not in _noted:
            _noted[name] = Counter(_kind(problem) for problem in self.check(self))
        self.before = _noted[name]


_noted: dict[str, Counter[tuple[object, ...]]] = {}


def find(lines: list[str], keys: str) -> tuple[int, int]:
    """Index and indentation of the line with the last of `keys`, each one below the one before."""
    at, indent = -1, 0
    for key in keys.split(">"):
        at = next(i for i in range(at + 1, len(lines)) if lines[i].lstrip().startswith(f"{key}:"))
        indent = len(lines[at]) - len(lines[at].lstrip())
    return at, indent


def _kind(problem: Problem) -> tuple[object, ...]:
    return problem.path, problem.what, problem.fix, problem.severity
