"""Copies of the real project, small enough to be checked in every test."""

from __future__ import annotations

from pathlib import Path

import pytest

import bot.checking.reading
import bot.content_check
import bot.content_files
from bot.checking.problem import CheckedFile, Problem
from bot.checking.schemas import check_schema
from bot.content_check import check_content
from bot.yaml_source import Source, read_yaml
from tests.checking.project import TODAY, Project

SOME = [
    *(f"content/{name}.yml" for name in ("catalog", "languages", "operator", "danger", "sources")),
    *(f"content/{code}/{name}.yml" for code in ("en", "th") for name in ("detained", "contacts", "danger")),
    *("content/contacts", "content/en/glossary.yml", "content/th/glossary.yml", "content/my/detained.yml"),
    *("nlu/lexicon/concepts.yml", "tests/utterances/th/chat.yml"),
]
"""Enough content for every rule, and few enough files for a quick check."""


@pytest.fixture(autouse=True)
def _read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that no test has changed are read and held against their schema only once."""
    for module in (bot.content_files, bot.checking.reading):
        monkeypatch.setattr(module, "read_yaml", lambda path: _read_bytes(path.read_bytes(), path))
    monkeypatch.setattr(bot.checking.reading, "check_schema", _check_form)


_sources: dict[bytes, Source] = {}
_forms: dict[tuple[int, str, str], list[Problem]] = {}


def _read_bytes(written: bytes, path: Path) -> Source:
    if written not in _sources:
        _sources[written] = read_yaml(path)
    return _sources[written]


def _check_form(file: CheckedFile, name: str) -> list[Problem]:
    key = (id(file.source), file.shown, name)  # sources live as long as the session
    if key not in _forms:
        _forms[key] = list(check_schema(file, name))
    return _forms[key]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Content that a test may break; `problems` runs every rule for the content folder."""
    project = Project(tmp_path, lambda _: check_content(tmp_path / "content", today=TODAY))
    project.copy(*SOME)
    point_to(tmp_path, monkeypatch)
    project.remember("content")
    return project


def point_to(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets the check look for children's words below `root`."""
    places = {
        "DATA": "nlu/data",
        "UTTERANCES": "tests/utterances",
        "LEXICON": "nlu/lexicon",
        "SUITES": "tests/safeguarding",
    }
    for name, folder in places.items():
        monkeypatch.setattr(bot.content_check, name, root / folder)
