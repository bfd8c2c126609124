"""Club texts: ids that exist, and the same pieces in every language."""

from __future__ import annotations

import json

import pytest
import yaml

from bot.checking.club import club_hash
from tests.checking.project import Project

ENGLISH = "content/en/club.yml"
THAI = "content/th/club.yml"
LETTERS = "กขค"


@pytest.fixture
def club(project: Project) -> Project:
    """The project with the real English club texts and a made-up Thai translation of them."""
    project.copy(ENGLISH)
    translated = _translate(yaml.safe_load(project.read(ENGLISH)))
    assert isinstance(translated, dict)
    translated |= {"language": "th", "review": {"state": "draft"}}
    translated["translated_from"] = club_hash(yaml.safe_load(project.read(ENGLISH)))
    project.write(THAI, yaml.safe_dump(translated, allow_unicode=True, sort_keys=False))
    project.remember("club")
    return project


def _translate(value: object, key: str = "") -> object:
    if isinstance(value, dict):
        return {k: _translate(v, k) for k, v in value.items()}
    if isinstance(value, list):
        return [_translate(item, key) for item in value]
    return LETTERS if isinstance(value, str) and key not in ("intent", "topic") else value


def test_a_language_without_club_texts_is_worth_a_warning(project: Project) -> None:
    project.copy(ENGLISH)
    assert [p for p in project.problems() if p.startswith(f"{THAI}:1: warning: the file is missing")]


def test_an_unknown_intent_is_named(club: Project) -> None:
    line = club.replace(ENGLISH, "intent: detained_stopped", "intent: detained_stoped")
    assert f"{ENGLISH}:{line}: there is no intent 'detained_stoped'. Did you mean 'detained_stopped'?" in club.errors()


def test_an_unknown_topic_is_named(club: Project) -> None:
    line = club.replace(ENGLISH, "topic: detained", "topic: police")
    assert any(p.startswith(f"{ENGLISH}:{line}: there is no topic 'police'") for p in club.errors())


def test_a_translation_has_the_same_answers_at_the_same_steps(club: Project) -> None:
    club.replace(THAI, "intent: detained_interpreter", "intent: detained_bribe")
    line = club.line(THAI, "stories>checkpoint")
    assert [p for p in club.errors() if p.startswith(f"{THAI}:{line}: 'checkpoint' differs from the English one")]


def test_a_translation_has_the_same_right_choice(club: Project) -> None:
    club.replace(THAI, "right: 2", "right: 3")
    assert [p for p in club.errors() if "'papers' differs from the English one" in p]


def test_an_untranslated_text_is_found(club: Project) -> None:
    line = club.replace(THAI, f"title: {LETTERS}", "title: For the club")
    assert f"{THAI}:{line}: the text is the same as the English one. Translate it into ไทย." in club.errors()


def test_a_changed_english_text_asks_for_the_translation(club: Project) -> None:
    club.replace(ENGLISH, "title: For the club", "title: For all clubs")
    assert [p for p in club.problems() if p.startswith(f"{THAI}:") and "have changed" in p]


def test_a_missing_piece_is_worth_a_warning(club: Project) -> None:
    club.set(THAI, "quiz>papers", None)
    assert club.errors() == []
    assert [p for p in club.problems() if "'papers' is missing here" in p]


def test_the_quiz_has_three_choices(club: Project) -> None:
    club.set(ENGLISH, "quiz>papers>choices", json.dumps(["yes", "no"]))
    assert [p for p in club.errors() if p.startswith(ENGLISH) and "quiz.papers.choices" in p]


def test_the_last_resort_holds_nothing_for_adults() -> None:
    from bot.content_files import LAST_RESORT

    assert not [name for name in json.loads(LAST_RESORT.read_text("utf-8"))["content"] if name.endswith("club.yml")]
