"""`rightsbot check` as a whole: all problems in one run, the command's exit code, and the stored last resort."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import bot.__main__
import bot.content_check
import bot.content_files
from bot.checking.problem import Problem
from bot.content_check import check_all, write_last_resort
from tests.checking.conftest import point_to
from tests.checking.project import TODAY, Project
from tests.conftest import ROOT

LAST_RESORT = "bot/last_resort.json"


@pytest.fixture
def whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """All content and interface texts, and a last resort made from them; children's words have tests of their own."""
    project = Project(tmp_path, _check_all)
    project.copy("content", "locales", LAST_RESORT)
    for module in (bot.content_check, bot.content_files):
        monkeypatch.setattr(module, "LAST_RESORT", tmp_path / LAST_RESORT)
    monkeypatch.setattr(bot.content_check, "check_phrases", lambda *_: [])
    point_to(tmp_path, monkeypatch)
    assert write_last_resort(tmp_path / "content", tmp_path / "locales")
    return project


def _check_all(project: Project) -> list[Problem]:
    return check_all(project.root / "content", project.root / "locales", today=TODAY)


def run(project: Project, monkeypatch: pytest.MonkeyPatch, *options: str) -> int:
    """The exit code of `rightsbot check` over the project's content."""
    monkeypatch.setenv("RIGHTSBOT_CONTENT", str(project.root / "content"))
    monkeypatch.setattr(bot.__main__, "configure_logs", lambda: None)
    return bot.__main__.main(["check", "--today", str(TODAY), *options])


def test_the_real_content_has_no_error() -> None:
    problems = check_all(ROOT / "content", ROOT / "locales", today=TODAY)
    assert [str(problem) for problem in problems if problem.is_error] == []


def test_all_problems_of_several_broken_files_appear_in_one_run(whole: Project) -> None:
    whole.write("content/km/help.yml", "answers: [\n")
    whole.write("content/lo/danger.yml", b"\xff")
    whole.write("content/my/contacts.yml", "- a\n")
    (whole.root / "content/my/health.yml").unlink()
    title = whole.set("content/th/detained.yml", "title", "Police")
    whole.set("content/en/detained.yml", "title", "Police")
    kinds = whole.set("content/contacts/TH.yml", "contacts>th-police-191>kinds", "[polise]")
    text = whole.replace("locales/th/LC_MESSAGES/bot.po", 'msgstr "เมนู"', 'msgstr "เมนู')
    assert [problem.split(". ")[0] for problem in whole.errors()] == [
        f"content/contacts/TH.yml:{kinds}: 'polise' is not known in 'contacts.th-police-191.kinds.0'",
        "content/km/help.yml:1: a bracket opens here and does not close",
        "content/lo/danger.yml:1: the file is not saved as UTF-8",
        "content/my/contacts.yml:1: the wrong sort of value stands at the top of the file",
        "content/my/health.yml:1: the file is missing",
        f"content/th/detained.yml:{title}: the text is the same as the English one",
        f"locales/th/LC_MESSAGES/bot.po:{text}: the line is no text in double quotes",
    ]


def test_errors_come_before_warnings_and_warnings_before_notes(whole: Project) -> None:
    whole.set("content/th/detained.yml", "answers>detained_sign>ask", "ເຊັນບໍ")
    ranks = [1 if ": warning: " in p else 2 if ": note: " in p else 0 for p in whole.problems()]
    assert ranks == sorted(ranks)
    assert 0 in ranks


def test_warnings_alone_do_not_fail(
    whole: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    line = whole.set("content/th/detained.yml", "answers>detained_sign>translated_from", '"00000000"')
    assert run(whole, monkeypatch) == 0
    printed = capsys.readouterr().out.splitlines()
    assert any(row.startswith(f"content/th/detained.yml:{line}: warning: the English text of") for row in printed)
    notes = sum(": note: " in row for row in printed)
    warnings = len(printed) - 1 - notes
    assert notes
    assert printed[-1] == f"0 error(s), {warnings} warning(s), {notes} note(s)"
    assert run(whole, monkeypatch, "--strict") == 1
    assert capsys.readouterr().out.splitlines()[-1] == f"{warnings} error(s), 0 warning(s), {notes} note(s)"


def test_an_error_fails(whole: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    whole.write("content/th/detained.yml", "answers: [")
    assert run(whole, monkeypatch) == 1
    assert capsys.readouterr().out.startswith("content/th/detained.yml:1: a bracket opens here and does not close.")


def test_a_number_that_soon_expires_stops_a_release(whole: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    whole.set("content/contacts/TH.yml", "contacts>th-police-191>expires_on", str(TODAY))
    assert run(whole, monkeypatch, "--write-last-resort") == 0
    assert run(whole, monkeypatch, "--release") == 1


def test_a_last_resort_that_says_something_else_is_stale(whole: Project) -> None:
    said = "it is not what content and locales say today. Run: rightsbot check --write-last-resort"
    assert f"{LAST_RESORT}:1: {said}" not in whole.problems()
    whole.set("content/th/detained.yml", "answers>detained_now>ask", "ตำรวจจับหนู")
    assert f"{LAST_RESORT}:1: {said}" in whole.problems()
    write_last_resort(whole.root / "content", whole.root / "locales")
    assert f"{LAST_RESORT}:1: {said}" not in whole.problems()


@pytest.mark.parametrize("broken", ["{", "[]"])
def test_a_broken_last_resort_is_stale(broken: str, whole: Project) -> None:
    whole.write(LAST_RESORT, broken)
    assert [p.split(":")[0] for p in whole.errors()] == [LAST_RESORT]


def test_the_last_resort_holds_urgent_answers_only(whole: Project) -> None:
    stored = json.loads(whole.read(LAST_RESORT))["content"]["th/detained.yml"]["answers"]
    assert "detained_now" in stored
    assert "detained_sign" not in stored


@pytest.mark.parametrize("path", ["content/th/help.yml", "content/languages.yml", "locales/km/LC_MESSAGES/bot.po"])
def test_broken_content_never_becomes_the_last_resort(path: str, whole: Project) -> None:
    before = whole.read(LAST_RESORT)
    whole.write(path, 'msgid "a\n: [')
    assert not write_last_resort(whole.root / "content", whole.root / "locales")
    assert whole.read(LAST_RESORT) == before


def test_the_command_does_not_store_broken_content_either(whole: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    before = whole.read(LAST_RESORT)
    whole.write("content/th/help.yml", "answers: [")
    assert run(whole, monkeypatch, "--write-last-resort") == 1
    assert whole.read(LAST_RESORT) == before


def test_a_lost_urgent_answer_stays_in_the_last_resort(whole: Project) -> None:
    before = whole.read(LAST_RESORT)
    whole.replace("content/km/help.yml", "  help_hurt:", "  help_hurtt:")
    shutil.rmtree(whole.root / "content/my")
    assert not write_last_resort(whole.root / "content", whole.root / "locales")
    assert whole.read(LAST_RESORT) == before
