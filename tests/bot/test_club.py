"""The club's texts: complete where they can be, English where a language lacks a piece, and never in the way."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from bot.club import Club, club_in
from bot.content import Content
from bot.content_files import read_content
from tests.conftest import LANGUAGES, ROOT


@pytest.fixture(scope="module")
def clubs(content: Content) -> dict[str, Club]:
    found = {code: club_in(code, content) for code in LANGUAGES}
    return {code: club for code, club in found.items() if club is not None}


def test_every_language_has_something_to_show(clubs: dict[str, Club]) -> None:
    assert clubs.keys() == set(LANGUAGES)


def test_a_story_shows_answers_that_the_bot_has(clubs: dict[str, Club], content: Content) -> None:
    for code, club in clubs.items():
        assert 6 <= len(club.stories) <= 8
        for story in club.stories.values():
            steps = [step for step in story.steps if step.intent]
            assert len(steps) >= 2
            assert all(content.answer(code, step.intent) for step in steps)


def test_all_topics_have_notes_and_questions(clubs: dict[str, Club], content: Content) -> None:
    for club in clubs.values():
        assert tuple(club.topics) == content.module_ids
        assert all(topic.notes and topic.group for topic in club.topics.values())


def test_stories_of_two_languages_go_side_by_side(clubs: dict[str, Club]) -> None:
    def shape(club: Club) -> list[object]:
        stories = [(id_, [step.intent for step in story.steps]) for id_, story in club.stories.items()]
        return [stories, [(id_, question.right) for id_, question in club.quiz.items()]]

    assert all(shape(club) == shape(clubs["en"]) for club in clubs.values())


def test_the_right_choice_is_not_always_at_the_same_place(clubs: dict[str, Club]) -> None:
    assert {question.right for question in clubs["en"].quiz.values()} == {0, 1, 2}


def _changed(tmp_path: Path, change: object) -> Content:
    folder = tmp_path / "content"
    shutil.copytree(ROOT / "content", folder)
    path = folder / "en" / "club.yml"
    data = yaml.safe_load(path.read_text("utf-8"))
    change(data)  # type: ignore[operator]
    for code in LANGUAGES:
        (folder / code / "club.yml").unlink(missing_ok=True)
    path.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    return read_content(folder).content


def test_a_language_without_club_texts_gets_the_english_ones(tmp_path: Path) -> None:
    club = club_in("km", _changed(tmp_path, lambda data: None))
    assert club is not None
    assert {story.language for story in club.stories.values()} == {"en"}


@pytest.mark.parametrize("spoilt", [None, [], "text", 3, {"title": "Only a title"}], ids=str)
def test_a_spoilt_story_loses_only_itself(tmp_path: Path, spoilt: object, content: Content) -> None:
    changed = _changed(tmp_path, lambda data: data["stories"].update(checkpoint=spoilt))
    before, club = club_in("en", content), club_in("en", changed)
    assert before is not None
    assert club is not None
    assert before.stories.keys() - club.stories.keys() == {"checkpoint"}
    assert club.quiz.keys() == before.quiz.keys()


def test_a_story_with_an_unknown_answer_is_not_played(tmp_path: Path) -> None:
    def change(data: dict[str, object]) -> None:
        data["stories"]["checkpoint"]["steps"][0]["intent"] = "no_such_thing"  # type: ignore[index]

    club = club_in("en", _changed(tmp_path, change))
    assert club is not None
    assert "checkpoint" not in club.stories


def test_without_any_club_texts_there_is_no_club() -> None:
    assert club_in("en", Content()) is None
