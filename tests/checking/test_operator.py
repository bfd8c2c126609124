"""What the check says about content/operator.yml."""

from __future__ import annotations

import pytest

from bot.content_check import check_content
from tests.checking.project import TODAY, Project

FILE = "content/operator.yml"


def test_the_example_is_a_note_and_an_error_before_a_release(project: Project) -> None:
    line = project.line(FILE, "example")
    said = "this is the example: the bot tells children that no organisation runs it yet."
    fix = "Put your organisation here, then write 'example: false'."
    today = map(str, check_content(project.root / "content", today=TODAY))
    assert f"{FILE}:{line}: note: {said} {fix}" in today
    released = map(str, check_content(project.root / "content", today=TODAY, release=True))
    assert f"{FILE}:{line}: {said} {fix}" in released


def test_a_real_operator_has_left_nothing_of_the_example(project: Project) -> None:
    project.set(FILE, "example", "false")
    line = project.line(FILE, "privacy_contact")
    said = "'privacy_contact' is still that of the example. Write your own, or 'example: true'."
    problems = project.problems()
    assert f"{FILE}:{line}: {said}" in problems
    for key in ("name", "adult_contact", "safeguarding_lead", "complaint"):
        assert sum(f"'{key}' is still that of the example" in problem for problem in problems) == 5


@pytest.mark.parametrize("key", ["name", "complaint", "farewell"])
def test_what_children_read_is_there_in_every_language(key: str, project: Project) -> None:
    line = project.line(FILE, key)
    project.set(FILE, f"{key}>km", None)
    said = f"'{key}' is missing in ខ្មែរ. Add 'km: …'; until then children read the English one."
    assert project.problems() == [f"{FILE}:{line}: warning: {said}"]


def test_what_children_read_is_in_its_language(project: Project) -> None:
    line = project.set(FILE, "complaint>lo", "โทรไปที่สำนักงาน")
    assert project.problems() == [f"{FILE}:{line}: Thai letters stand in this text. Write it in Lao letters."]


def test_the_bot_can_name_the_languages(project: Project) -> None:
    line = project.set(FILE, "languages", "[th, xx]")
    assert any(p.startswith(f"{FILE}:{line}: the bot has no name for the language 'xx'") for p in project.problems())
