"""Copies of the real project, small enough to be checked in every test."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import bot.checking.reading
import bot.content_check
import bot.content_files
from bot.checking.problem import Problem
from bot.content_check import check_content
from bot.yaml_source import Source, read_yaml
from tests.checking.project import TODAY, Project

SOME = [
    *(f"content/{name}.yml" for name in ("catalog", "languages", "operator", "danger")),
    *(f"content/{code}/{name}.yml" for code in ("en", "th") for name in ("detained", "contacts", "danger")),
    *("content/contacts", "content/th/glossary.yml", "content/my/detained.yml"),
    *("nlu/lexicon/concepts.yml", "tests/utterances/th/chat.yml"),
]
"""Enough content for every rule, and few enough files for a quick check."""


@pytest.fixture(autouse=True)
def _read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that no test has changed are read only once."""
    for module in (bot.content_files, bot.checking.reading):
        monkeypatch.setattr(module, "read_yaml", lambda path: _read_bytes(path.read_bytes(), path))


_known: dict[bytes, Source] = {}


def _read_bytes(written: bytes, path: Path) -> Source:
    if written not in _known:
        _known[written] = read_yaml(path)
    return _known[written]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, _before: list[Counter[tuple[object, ...]]]) -> Project:
    """Content that a test may break; `problems` runs every rule for the content folder."""
    return _make(tmp_path, monkeypatch, _before)


def _make(root: Path, monkeypatch: pytest.MonkeyPatch, before: list[Counter[tuple[object, ...]]]) -> Project:
    project = Project(root, _check_content)
    project.copy(*SOME)
    point_to(root, monkeypatch)
    if not before:
        before.append(project.remember())
    project.before = before[0]
    return project


@pytest.fixture(scope="session")
def _before() -> list[Counter[tuple[object, ...]]]:
    """Where the first project of the session notes what is wrong before any test breaks anything."""
    return []


def point_to(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets the check look for children's words below `root`."""
    for name, folder in (("DATA", "nlu/data"), ("UTTERANCES", "tests/utterances"), ("LEXICON", "nlu/lexicon")):
        monkeypatch.setattr(bot.content_check, name, root / folder)


def _check_content(project: Project) -> list[Problem]:
    return check_content(project.root / "content", today=TODAY)
