"""What the check says about facts, sources, numbers in texts, lock screens, gaps and reviews."""

from __future__ import annotations

from datetime import date

import pytest

from bot.checking.answers import text_hash
from bot.checking.numbers import phone_numbers
from bot.content_check import check_content
from bot.yaml_source import read_yaml
from tests.checking.project import TODAY, Project

ENGLISH, THAI = "content/en/detained.yml", "content/th/detained.yml"
SIGN, NOW = "answers>detained_sign", "answers>detained_now"
GAPS, WORDS = "content/gaps.yml", "content/th/contacts.yml"


@pytest.mark.parametrize("fact", ["D9 TRUE", "9", "D9LAW", "D9 law", "Z1"])
def test_a_fact_has_tags_that_are_known(fact: str, project: Project) -> None:
    line = project.set(ENGLISH, f"{SIGN}>facts", f"[{fact!r}]")
    said = (
        f"'{fact}' is no fact with tags. Write it like 'D9 LAW CHECK'; tags are: LAW, PRACTICE, GUIDE, JUDGEMENT, CHECK"
    )
    assert f"{ENGLISH}:{line}: {said}." in project.problems()


@pytest.mark.parametrize(("fact", "wanted"), [("D9 LAW", True), ("D9", True), ("D9 JUDGEMENT", False)])
def test_every_fact_that_is_not_our_own_judgement_has_a_source(fact: str, wanted: bool, project: Project) -> None:
    project.set(ENGLISH, f"{SIGN}>sources", "[]")
    line = project.set(ENGLISH, f"{SIGN}>facts", f"[{fact}]")
    said = f"{ENGLISH}:{line}: the fact '{fact}' has no source."
    assert any(problem.startswith(said) for problem in project.problems()) is wanted


def test_a_source_is_an_article_or_declared(project: Project) -> None:
    line = project.set(ENGLISH, f"{SIGN}>sources", '["CRC 40", "[HRW-25]", "my uncle"]')
    problems = project.problems()
    assert any(p.startswith(f"{ENGLISH}:{line}: there is no source 'HRW-25'. Did you mean 'HRW-24'?") for p in problems)
    assert any(p.startswith(f"{ENGLISH}:{line}: 'my uncle' is no source.") for p in problems)


def test_a_translation_rests_on_the_same_facts(project: Project) -> None:
    line = project.set(THAI, f"{SIGN}>facts", "[D18 JUDGEMENT]")
    said = "'detained_sign' has other facts than the English answer. Copy 'facts' from the English file."
    assert project.problems() == [f"{THAI}:{line}: {said}"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Call 1387 now", ["1387"]),
        ("02 123 4567, 1-800-18-2327", ["02 123 4567", "1-800-18-2327"]),
        ("In 2017 and 2560 (Thai)", []),
        ("18 years, 13-digit, 47 hours", []),
        ("on 2026-11-23", []),
        ("+856 21 251 128", ["+856 21 251 128"]),
    ],
)
def test_what_looks_like_a_phone_number(text: str, found: list[str]) -> None:
    assert phone_numbers(text) == found


def test_a_number_in_an_answer_is_that_of_a_contact(project: Project) -> None:
    line = project.set(ENGLISH, f"{SIGN}>do", "[Call 1178., Call 1387.]")
    fix = "Take it out: numbers stand in content/contacts, and the bot adds them."
    found = [p for p in project.problems() if "number" in p]
    assert found == [f"{ENGLISH}:{line}: the number 1178 is that of no contact. {fix}"]


def test_a_number_that_waits_for_a_check_is_no_number_yet(project: Project) -> None:
    project.set(ENGLISH, f"{SIGN}>do", "[Call 1134.]")
    assert any("the number 1134 is that of no contact" in problem for problem in project.problems())


def test_a_number_in_the_words_of_a_contact_is_its_own(project: Project) -> None:
    line = project.set(WORDS, "contacts>th-childline-1387>name", "สายเด็ก 1378")
    said = "the number 1378 is not one of 'th-childline-1387'. Its numbers are: 1387."
    assert project.problems() == [f"{WORDS}:{line}: {said}"]


@pytest.mark.parametrize(("name", "word"), [(ENGLISH, "police"), (THAI, "ตำรวจ")])
def test_a_lock_screen_shows_no_danger(name: str, word: str, project: Project) -> None:
    project.set(name, f"{NOW}>quiet", f"About the {word}" if name == ENGLISH else f"เรื่อง{word}")
    line = project.line(name, f"{NOW}>say")
    said = f"'{word}' stands in the first 120 letters of 'detained_now', which a lock screen shows."
    assert f"{name}:{line}: {said} Say it later, or in other words." in project.problems()


def test_a_calm_answer_may_name_it(project: Project) -> None:
    project.set(ENGLISH, f"{SIGN}>quiet", "About the police")
    assert not [problem for problem in project.problems() if "lock screen" in problem]


def test_a_new_gap_and_a_closed_one_are_warnings(project: Project) -> None:
    project.copy(GAPS)
    line = project.line(GAPS, "TH")
    project.replace(GAPS, "TH: [migrant_support,", "TH: [clinic,")
    problems = project.problems()
    lost = "no number of the kind 'migrant_support' can be shown in TH any more."
    assert f"{GAPS}:{line}: warning: {lost} Find one and call it, or add the kind to this list." in problems
    assert f"{GAPS}:{line}: warning: 'clinic' is no gap in TH any more. Take it out of this list." in problems


def test_known_gaps_are_a_note(project: Project) -> None:
    project.copy(GAPS)
    notes = [
        str(p) for p in check_content(project.root / "content", today=TODAY) if ": note: KH has no number" in str(p)
    ]
    assert len(notes) == 1
    assert "ambulance" in notes[0]


def test_in_danger_nobody_is_left_with_nothing(project: Project) -> None:
    line = project.line(WORDS, "no_number")
    project.set(WORDS, "no_number>MM", None)
    said = "in MM nobody can be called for 'health_want_to_die', and nothing says what else to do."
    assert f"{WORDS}:{line}: {said} Write 'MM: …' under 'no_number'." in project.problems()


def test_numbers_that_expired_are_nobody_to_call(project: Project) -> None:
    project.set(WORDS, "no_number>TH", None)
    assert project.problems() == []
    later = check_content(project.root / "content", today=date(2028, 1, 1))
    assert any("in TH nobody can be called" in problem.what for problem in later)


REVIEWED = (
    "{{state: reviewed, language: {{by: teacher, on: {on}}}, safeguarding: {{by: officer, on: {on}}}, of: '{of}'}}"
)


def of(project: Project) -> str:
    return text_hash(read_yaml(project.root / THAI).data["answers"]["detained_sign"])


def test_a_reviewed_answer_names_both_reviewers_and_the_words_that_they_read(project: Project) -> None:
    project.set(THAI, f"{SIGN}>review", REVIEWED.format(on="2026-11-24", of=of(project)))
    assert project.problems() == []


@pytest.mark.parametrize("missing", ["language", "safeguarding"])
def test_both_reviews_are_needed(missing: str, project: Project) -> None:
    part = {"language": "safeguarding", "safeguarding": "language"}[missing]
    review = f"{{state: reviewed, {part}: {{by: officer, on: 2026-11-24}}, of: '{of(project)}'}}"
    line = project.set(THAI, f"{SIGN}>review", review)
    fix = f"Add '{missing}: {{by: role, on: day}}', or write 'state: draft'."
    said = f"'detained_sign' is reviewed but not by anybody for its {missing}. {fix}"
    assert project.problems() == [f"{THAI}:{line}: {said}"]


def test_a_reviewer_has_a_role_and_a_day(project: Project) -> None:
    project.set(THAI, f"{SIGN}>review", "{state: draft, language: {by: teacher}}")
    assert any("'on' is missing" in problem for problem in project.problems())


@pytest.mark.parametrize("on", ["2026-11-25", "2026-02-30"])
def test_a_review_was_on_a_day_that_has_been(on: str, project: Project) -> None:
    project.set(THAI, f"{SIGN}>review", REVIEWED.format(on=on, of=of(project)))
    said = "Write the day on which it was read, like 2026-12-01."
    for part in ("language", "safeguarding"):
        assert any(f"the {part} review of 'detained_sign' was not on '{on}'. {said}" in p for p in project.problems())


def test_words_that_changed_after_the_review_are_not_reviewed(project: Project) -> None:
    project.set(THAI, f"{SIGN}>review", REVIEWED.format(on="2026-11-24", of=of(project)))
    project.set(THAI, f"{SIGN}>ask", "ต้องเซ็นชื่อไหม")
    line = project.line(THAI, f"{SIGN}>review")
    said = f"'detained_sign' was changed after its review. Have it read again, then write of: \"{of(project)}\";"
    assert any(problem.startswith(f"{THAI}:{line}: {said}") for problem in project.problems())
