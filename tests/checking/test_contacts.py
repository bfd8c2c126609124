"""What the check says about contacts: numbers, days, and words in every language."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.content_check import check_content
from tests.checking.project import TODAY, Project

FACTS = "content/contacts/TH.yml"
WORDS = "content/th/contacts.yml"
POLICE = "contacts>th-police-191"


def test_a_contact_that_is_shown_has_a_number(project: Project) -> None:
    line = project.line(FACTS, POLICE)
    project.set(FACTS, f"{POLICE}>numbers", "[]")
    said = "'th-police-191' is shown but has no number. Add a confirmed number, or write 'show: no_number'."
    assert project.problems() == [f"{FACTS}:{line}: {said}"]


def test_a_contact_without_number_has_a_web_address(project: Project) -> None:
    line = project.line(FACTS, POLICE)
    project.set(FACTS, f"{POLICE}>show", "no_number")
    said = "'th-police-191' has neither number nor web address. Add the web address, or delete it."
    assert project.problems() == [f"{FACTS}:{line}: {said}"]


@pytest.mark.parametrize("key", ["source_seen_on", "called_on"])
@pytest.mark.parametrize("day", ["2026-11-25", "2569-11-23"])
def test_nothing_was_done_in_the_future(key: str, day: str, project: Project) -> None:
    line = project.set(FACTS, f"{POLICE}>{key}", day)
    said = f"'{key}' of 'th-police-191' lies in the future. Write the day on which it was done, with a year like 2026."
    assert project.problems() == [f"{FACTS}:{line}: {said}"]


def test_today_is_not_the_future(project: Project) -> None:
    project.set(FACTS, f"{POLICE}>called_on", str(TODAY))
    assert project.problems() == []


@pytest.mark.parametrize("day", ["2026-02-30", "2026-13-01", "๒๐๒๖-๑๑-๒๓"])
@pytest.mark.parametrize("key", ["called_on", "expires_on"])
def test_a_day_exists(key: str, day: str, project: Project) -> None:
    line = project.set(FACTS, f"{POLICE}>{key}", day)
    assert f"{FACTS}:{line}: '{day}' is no day. Write a day that exists, like 2026-11-23." in project.problems()


def test_no_number_is_trusted_for_ever(project: Project) -> None:
    line = project.set(FACTS, f"{POLICE}>expires_on", "2570-05-23")
    said = "'th-police-191' expires only on 2570-05-23, which is too far away."
    assert project.problems() == [f"{FACTS}:{line}: {said} Write a day within the next year, with a year like 2026."]


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (-1, "expired on 2026-11-23"),
        (0, "expires on 2026-11-24"),
        (30, "expires on 2026-12-24"),
    ],
)
def test_a_number_that_soon_expires_is_a_warning_and_an_error_before_a_release(
    days: int, said: str, project: Project
) -> None:
    line = project.set(FACTS, f"{POLICE}>expires_on", str(TODAY + timedelta(days)))
    said = f"'th-police-191' {said}. Check it (call the number), then set called_on and a new expires_on."
    assert project.problems() == [f"{FACTS}:{line}: warning: {said}"]
    released = check_content(project.root / "content", today=TODAY, release=True)
    assert f"{FACTS}:{line}: {said}" in map(str, released)


def test_a_number_that_expires_later_is_no_problem(project: Project) -> None:
    project.set(FACTS, f"{POLICE}>expires_on", str(TODAY + timedelta(31)))
    assert project.problems() == []


def test_what_has_expired_depends_on_the_day(project: Project) -> None:
    problems = check_content(project.root / "content", today=date(2027, 6, 1))
    assert any(str(p).endswith("a new expires_on.") and "th-police-191" in p.what for p in problems)


def test_words_are_for_a_contact_that_exists(project: Project) -> None:
    line = project.replace(WORDS, "  th-police-191:", "  th-polce-191:")
    assert project.problems() == [
        f"{WORDS}:{line}: there is no contact 'th-polce-191'. Did you mean 'th-police-191'?",
        (
            f"{WORDS}:{project.line(WORDS, 'contacts')}: the contact 'th-police-191' has no words here. Add its name"
            " and what it is for."
        ),
    ]


def test_a_contact_that_was_deleted_leaves_no_words_behind(project: Project) -> None:
    project.replace(FACTS, "  th-police-191:", "  th-police-999:")
    line = project.line(WORDS, POLICE)
    said = f"{WORDS}:{line}: there is no contact 'th-police-191'. Did you mean 'th-police-999'?"
    assert said in project.problems()


def test_every_line_that_speaks_another_language_needs_words_for_the_phone(project: Project) -> None:
    line = project.line(WORDS, "say_on_phone")
    project.set(WORDS, "say_on_phone>km", None)
    said = "no words for the phone to lines that speak 'km'. Add 'km:' with words and spelt."
    assert project.problems() == [f"{WORDS}:{line}: {said}"]


def test_what_a_contact_is_for_is_said_in_the_language_of_the_file(project: Project) -> None:
    line = project.set(WORDS, f"{POLICE}>for", "call them when you are in danger")
    said = "the text is mostly in Latin letters. Write it in Thai letters."
    assert project.problems() == [f"{WORDS}:{line}: {said}"]


WAITS = "contacts>th-fire-199"


def test_a_contact_that_waits_is_shown_to_nobody(project: Project) -> None:
    line = project.set(FACTS, f"{WAITS}>show", "yes")
    said = (
        "'th-fire-199' waits for a check but is shown. Write 'show: no'. After the check, delete 'state' and 'check',"
    )
    assert f"{FACTS}:{line}: {said} and set called_on." in project.problems()


def test_a_contact_that_waits_says_what_for(project: Project) -> None:
    project.set(FACTS, f"{WAITS}>check", None)
    said = "'th-fire-199' waits, and nothing says for what. Add a line 'check: …' with what somebody has to find out."
    assert project.problems() == [f"{FACTS}:{project.line(FACTS, f'{WAITS}>state')}: {said}"]


def test_nobody_sees_a_contact_only_for_a_reason(project: Project) -> None:
    line = project.line(FACTS, f"{WAITS}>show")
    project.set(FACTS, f"{WAITS}>state", None)
    said = "'th-fire-199' is shown to nobody, and nothing says why."
    assert (
        f"{FACTS}:{line}: {said} Write 'state: to_check' and 'check: …', or delete the contact." in project.problems()
    )


def test_a_contact_that_waits_may_be_old(project: Project) -> None:
    project.set(FACTS, f"{WAITS}>expires_on", str(TODAY - timedelta(1)))
    assert project.problems() == []


def test_hours_need_a_time_zone_that_exists(project: Project) -> None:
    line = project.set(FACTS, "time_zone", "Asia/Bangkock")
    said = "there is no time zone 'Asia/Bangkock'. Did you mean 'Asia/Bangkok'?"
    assert f"{FACTS}:{line}: {said}" in project.problems()


@pytest.mark.parametrize("time", ["24:30", "24:01"])
def test_hours_are_times_that_exist(time: str, project: Project) -> None:
    hours = f'[{{days: [mon], from: "08:00", to: "{time}"}}]'
    line = project.set(FACTS, "contacts>th-1663>hours", hours)
    said = f"'{time}' is no time. Write a time like 08:30; midnight is 24:00."
    assert f"{FACTS}:{line}: {said}" in project.problems()


def test_hours_are_also_said_in_words(project: Project) -> None:
    line = project.line(WORDS, POLICE)
    project.set(WORDS, f"{POLICE}>hours", None)
    said = "the contact 'th-police-191' does not say when it is open. Add 'hours: …' in words, as in its facts."
    assert project.problems() == [f"{WORDS}:{line}: {said}"]
