"""Words that children do not understand, wherever the bot speaks to a child."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.checking.wordings import check_wordings
from bot.content import Content
from tests.checking.project import Project

EN, TH = (f"content/{code}/detained.yml" for code in ("en", "th"))
SIGN = "answers>detained_sign"
CONTACTS, CLUB, OPERATOR = "content/th/contacts.yml", "content/th/club.yml", "content/operator.yml"
CATALOG = "locales/th/LC_MESSAGES/bot.po"
SAID = "'ลงนาม' (sign) is hard to understand. Write 'เซ็นชื่อ', as the glossary says."


@pytest.mark.parametrize(
    ("path", "keys"),
    [
        (TH, "title"),
        *((TH, f"{SIGN}>{key}") for key in ("ask", "quiet", "do")),
        (CONTACTS, "contacts>la-lyu-1554>for"),
        (CONTACTS, "contacts>la-lyu-1554>hours"),
        (CONTACTS, "no_number>LA"),
        *((OPERATOR, f"{key}>th") for key in ("name", "adult_contact", "complaint", "farewell")),
        *((CLUB, f"quiz>papers>{key}") for key in ("question", "why")),
    ],
)
def test_a_word_that_the_glossary_refuses_is_a_warning(path: str, keys: str, project: Project) -> None:
    if path == CLUB:
        project.copy(CLUB)
    text = "ลองลงนามตรงนี้"
    line = project.set(path, keys, f"[{text}]" if keys.endswith("do") else text)
    assert f"{path}:{line}: warning: {SAID}" in project.problems()


def test_words_for_the_page_alone_are_read_too(project: Project) -> None:
    line = project.line(TH, f"{SIGN}>say")
    lines = project.read(TH).split("\n")
    project.write(TH, "\n".join([*lines[: line - 1], "    say_on_page: ลองลงนาม", *lines[line - 1 :]]))
    assert f"{TH}:{line}: warning: {SAID}" in project.problems()


@pytest.mark.parametrize(
    ("path", "keys"),
    [(CONTACTS, "contacts>la-lyu-1554>name"), (CLUB, "stories>sick_sister>title"), (TH, f"{SIGN}>facts")],
)
def test_names_and_stories_use_the_words_that_people_use(path: str, keys: str, project: Project) -> None:
    if path == CLUB:
        project.copy(CLUB)
    project.set(path, keys, "[ลงนาม]" if keys.endswith("facts") else "ลงนาม")
    assert not [problem for problem in project.problems() if SAID in problem]


def test_a_latin_word_of_the_glossary_counts_only_as_a_whole_word(project: Project) -> None:
    project.write("content/en/glossary.yml", "language: en\nwords:\n  law: {use: rule, not: [act]}\n")
    part = project.set(EN, f"{SIGN}>quiet", "What exactly happens")
    whole = project.set(EN, "answers>detained_age>quiet", "What the Act says")
    problems = project.problems()
    said = "warning: 'act' (law) is hard to understand. Write 'rule', as the glossary says."
    assert f"{EN}:{whole}: {said}" in problems
    assert f"{EN}:{part}: {said}" not in problems


def test_an_interface_text_uses_the_words_of_the_glossary(tmp_path: Path, content: Content) -> None:
    glossary = {"words": {"sign": {"use": "เซ็นชื่อ", "not": ["ลงนาม", "country"]}}}
    wordings = Project(
        tmp_path, lambda _: list(check_wordings(tmp_path / "locales", content, "locales", {"th": glossary}))
    )
    wordings.copy("locales")
    assert wordings.problems() == [], "a word in braces is a name, not a word for children"
    line = wordings.replace(CATALOG, 'msgid "menu"\nmsgstr "เมนู"', 'msgid "menu"\nmsgstr "ลงนาม"')
    assert wordings.problems() == [f"{CATALOG}:{line}: warning: the text 'menu': {SAID}"]
