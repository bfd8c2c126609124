"""What is broken loses only itself: a running bot keeps the last good piece, danger survives everything."""

import json
import shutil
from pathlib import Path

import pytest

import bot.content_files
import bot.wording
from bot.content_files import read_content
from bot.danger import DangerFinder
from bot.live import LiveKnowledge
from bot.settings import Settings
from bot.wording import read_wording
from nlu.understanding import NoInterpreter
from tests.conftest import LANGUAGES, ROOT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the real content that a test may break."""
    return Path(shutil.copytree(ROOT / "content", tmp_path / "content"))


def test_a_broken_file_keeps_its_last_good_answers(folder: Path) -> None:
    before = read_content(folder)
    (folder / "th" / "detained.yml").write_text("answers: [", "utf-8")
    after = read_content(folder, before)
    assert after.content.answer("th", "detained_sign") == before.content.answer("th", "detained_sign")
    assert after.broken == {"th/detained.yml"}


def test_one_broken_answer_loses_only_itself(folder: Path) -> None:
    before = read_content(folder)
    path = folder / "en" / "detained.yml"
    path.write_text(path.read_text("utf-8").replace("detained_sign:\n    ask:", "detained_sign:\n    aks:"), "utf-8")
    after = read_content(folder)
    assert after.content.answer("en", "detained_sign") is None
    assert after.content.answer("en", "detained_age") == before.content.answer("en", "detained_age")


def test_a_deleted_answer_is_gone_but_an_urgent_one_stays(folder: Path) -> None:
    before = read_content(folder)
    (folder / "km" / "detained.yml").unlink()
    after = read_content(folder, before)
    assert after.content.answer("km", "detained_sign") is None
    assert after.content.answer("km", "detained_now") is not None


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_any_content_all_urgent_answers_contacts_and_phrases_are_there(language: str, tmp_path: Path) -> None:
    content = read_content(tmp_path / "nothing").content
    urgent = [intent for intent in content.intents.values() if intent.urgent]
    assert len(urgent) == 10
    for intent in urgent:
        assert content.answer(language, intent.id) is not None
    assert len(content.contacts) > 10
    assert DangerFinder(content, None).find(content.danger[language].phrases[0][0]).intents


def test_without_any_catalogue_of_texts_the_buttons_have_their_words(tmp_path: Path) -> None:
    wording = read_wording(tmp_path / "nothing")
    assert {wording.say(language, "help_now") for language in LANGUAGES} == {
        read_wording(ROOT / "locales").say(language, "help_now") for language in LANGUAGES
    }


@pytest.mark.parametrize("broken", ["", "{", "[]", '{"content": [], "wording": 3}', '{"content": {"th/help.yml": 1}}'])
def test_a_broken_last_resort_takes_nothing_else_down(
    broken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "last_resort.json"
    path.write_text(broken, "utf-8")
    monkeypatch.setattr(bot.content_files, "LAST_RESORT", path)
    monkeypatch.setattr(bot.wording, "LAST_RESORT", path)
    assert read_content(ROOT / "content").content.answer("en", "detained_now") is not None
    assert read_wording(ROOT / "locales").say("en", "menu") == "Menu"


@pytest.mark.parametrize("rubbish", ["", "[]", "- a\n- b\n", "answers: 3\n", "contacts:\n  x: 1\n", "nlu: {", "\x00"])
def test_no_file_can_stop_the_reading(rubbish: str, folder: Path) -> None:
    for path in folder.rglob("*.yml"):
        path.write_text(rubbish, "utf-8")
    assert read_content(folder).content.answer("lo", "help_hurt") is not None


def test_a_running_bot_reads_an_edit_and_survives_a_broken_one(folder: Path) -> None:
    live = LiveKnowledge(Settings(content=folder), NoInterpreter())
    path = folder / "en" / "chat.yml"
    good = path.read_text("utf-8")
    title = live.current().content.module("en", "chat")
    assert title is not None
    path.write_text(good.replace(f"title: {title.title}", "title: New words"), "utf-8")
    live._looked_at -= 5
    changed = live.current().content.module("en", "chat")
    assert changed is not None
    assert changed.title == "New words"
    path.write_text("{", "utf-8")
    live._looked_at -= 5
    assert live.current().content.module("en", "chat") == changed


def test_the_last_resort_is_what_content_says_today() -> None:
    stored = json.loads((ROOT / "bot" / "last_resort.json").read_text("utf-8"))
    assert set(stored) == {"content", "wording"}
