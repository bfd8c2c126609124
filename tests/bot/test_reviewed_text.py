"""A running bot after an edit: the last reviewed words stay, a draft that never was reviewed is followed."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

import bot.live
from bot.content import Answer
from bot.live import LiveKnowledge
from bot.settings import Settings
from nlu.understanding import NoInterpreter
from tests.conftest import ROOT

FILE = "en/chat.yml"
DRAFT = "review: {state: draft}"
REVIEWED = (
    "review: {state: reviewed, language: {by: teacher, on: 2026-11-20}, safeguarding: {by: officer, on: 2026-11-21}}"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    for path in (tmp_path / "content").rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    monkeypatch.setattr(bot.live, "LOOK_EVERY", 0.0)
    return tmp_path / "content"


def edit(folder: Path, old: str, new: str) -> None:
    path = folder / FILE
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def greeting(live: LiveKnowledge) -> Answer:
    answer = live.current().content.answer("en", "chat_greet")
    assert answer is not None
    return answer


def live_in(folder: Path) -> LiveKnowledge:
    return LiveKnowledge(replace(Settings(), content=folder), NoInterpreter())


def test_a_reviewed_answer_stays_when_it_becomes_a_draft(folder: Path) -> None:
    edit(folder, DRAFT, REVIEWED)
    live = live_in(folder)
    assert greeting(live).reviewed
    edit(folder, REVIEWED, DRAFT)
    edit(folder, "I am glad that you are here.", "Whatever.")
    assert "I am glad that you are here." in greeting(live).say
    assert "Whatever." in greeting(live_in(folder)).say, "after a new start the draft is told, where drafts may be"


def test_a_newly_reviewed_answer_is_told(folder: Path) -> None:
    edit(folder, DRAFT, REVIEWED)
    live = live_in(folder)
    greeting(live)
    edit(folder, "I am glad that you are here.", "How good that you are here.")
    assert "How good" in greeting(live).say


def test_a_draft_follows_its_file(folder: Path) -> None:
    live = live_in(folder)
    greeting(live)
    edit(folder, "I am glad that you are here.", "Whatever.")
    assert "Whatever." in greeting(live).say


def test_how_many_files_are_broken_can_be_asked(folder: Path) -> None:
    live = live_in(folder)
    assert live.broken_files == 0
    (folder / FILE).write_text("answers: [", "utf-8")
    assert "I am glad" in greeting(live).say
    assert live.broken_files == 1
