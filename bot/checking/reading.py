"""Reads a folder of YAML files to be checked: which files there are, and what is wrong with their form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.checking.broken import explain_broken
from bot.checking.problem import CheckedFile, Problem
from bot.checking.schemas import check_schema
from bot.yaml_source import BrokenYamlError, Source, read_yaml


@dataclass(frozen=True, slots=True)
class Folder:
    """The files of one folder by their path in it, whether broken or not."""

    shown: str
    """Path of the folder as it is printed, like content."""
    files: Mapping[str, CheckedFile]
    """Those that hold something; the form of some may be wrong."""
    broken: frozenset[str]
    """Those that are no YAML, are empty, or have the wrong form."""
    problems: tuple[Problem, ...]
    """What is wrong with the form."""

    @property
    def sound(self) -> list[CheckedFile]:
        """The files whose form is right."""
        return [file for relative, file in self.files.items() if relative not in self.broken]


def read_folder(folder: Path, shown: str, paths: Iterable[Path], schema: Callable[[str], str]) -> Folder:
    """The files at `paths` in `folder`, each checked by the schema that `schema` names for its path in the folder."""
    files: dict[str, CheckedFile] = {}
    broken: set[str] = set()
    problems: list[Problem] = []
    for path in paths:
        relative = path.relative_to(folder).as_posix()
        source, found = _read(path, f"{shown}/{relative}")
        if source is not None:
            file = CheckedFile(f"{shown}/{relative}", relative, source)
            found += check_schema(file, schema(relative))
            if source.data is not None:
                files[relative] = file
        if found:
            broken.add(relative)
        problems += found
    return Folder(shown, files, frozenset(broken), tuple(problems))


def _read(path: Path, shown: str) -> tuple[Source | None, list[Problem]]:
    try:
        return read_yaml(path), []
    except BrokenYamlError as broken:
        text = path.read_text("utf-8", errors="replace") if path.is_file() else ""
        return None, [Problem(shown, *explain_broken(broken, text))]
