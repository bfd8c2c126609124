"""What the check says about the interface texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.checking.wordings import check_wordings, said_ids
from bot.content import Content
from tests.checking.project import Project

TH = "locales/th/LC_MESSAGES/bot.po"
MENU = 'msgid "menu"\nmsgstr "เมนู"\n'


@pytest.fixture
def wordings(tmp_path: Path, content: Content) -> Project:
    """The interface texts; `problems` runs every rule for them."""
    project = Project(tmp_path, lambda _: list(check_wordings(tmp_path / "locales", content, "locales")))
    project.copy("locales")
    project.remember("wordings")
    return project


def test_every_text_that_the_bot_says_is_there(wordings: Project) -> None:
    wordings.replace(TH, MENU, "")
    said = "the text 'menu' is missing. Write it: msgid \"menu\", then msgstr."
    assert wordings.problems() == [f"{TH}:1: {said}"]


def test_an_empty_text_is_missing_where_it_should_stand(wordings: Project) -> None:
    line = wordings.replace(TH, MENU, 'msgid "menu"\nmsgstr ""\n')
    said = "the text 'menu' is missing. Write it: msgid \"menu\", then msgstr."
    assert wordings.problems() == [f"{TH}:{line}: {said}"]


def test_a_text_that_nothing_says_any_more_is_noticed(wordings: Project) -> None:
    line = wordings.replace(TH, MENU, 'msgid "menoo"\nmsgstr "เมนู"\n\n' + MENU)
    assert wordings.problems() == [f"{TH}:{line}: the bot does not say 'menoo' any more. Delete the entry."]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Menu", "it is the same as the English one. Translate it into ไทย."),
        ("ເມນູ", "it is in another script. Write it in Thai letters."),
        (
            "เมนู {name}",
            "the words in braces are not those of the English text. Write exactly these in braces: none.",
        ),
        (
            "เมนู {",
            "the words in braces are not those of the English text. Write exactly these in braces: none.",
        ),
        (
            "เม\u200bนู",
            (
                "an invisible character (U+200B) stands after 'เม'. Delete the letters on both sides of it and type"
                " them again."
            ),
        ),
    ],
)
def test_a_text_is_a_translation(text: str, said: str, wordings: Project) -> None:
    line = wordings.replace(TH, MENU, f'msgid "menu"\nmsgstr "{text}"\n')
    assert wordings.problems() == [f"{TH}:{line}: the text 'menu': {said}"]


def test_a_text_keeps_its_words_in_braces(wordings: Project) -> None:
    line = wordings.line_of(TH, 'msgid "i_am_in"')
    wordings.replace(TH, "{country}", "{place}")
    said = "the words in braces are not those of the English text. Write exactly these in braces: {country}."
    assert wordings.problems() == [f"{TH}:{line}: the text 'i_am_in': {said}"]


def test_zawgyi_is_noticed(wordings: Project) -> None:
    path = "locales/my/LC_MESSAGES/bot.po"
    start = 'msgid "menu"\nmsgstr "'
    menu = wordings.read(path).split(start)[1].split('"')[0]
    line = wordings.replace(path, start + menu, start + "ရဲဖမ္းထားတယ္")
    said = "the text 'menu': it looks like Zawgyi. Convert it to Unicode, with any Zawgyi converter."
    assert wordings.problems() == [f"{path}:{line}: {said}"]


@pytest.mark.parametrize("broken", ['msgstr "เมนู', "msgstr เมนู", 'msgstr "เมนู" x', 'msgstr "เม"นู"', "เมนู"])
def test_a_line_without_its_quotes_is_noticed_before_a_letter_gets_lost(broken: str, wordings: Project) -> None:
    line = wordings.replace(TH, MENU, f'msgid "menu"\n{broken}\n') + 1
    said = 'the line is no text in double quotes. Write it like msgstr "…", with \\" for a quote.'
    assert wordings.problems() == [f"{TH}:{line}: {said}"]


def test_an_entry_without_its_text_is_noticed(wordings: Project) -> None:
    line = wordings.replace(TH, MENU, 'msgid "menu"\n')
    assert wordings.problems() == [f"{TH}:{line}: an entry is not complete. Write msgid, and below it msgstr."]


def test_a_catalogue_in_another_encoding_says_how_to_save_it(wordings: Project) -> None:
    wordings.write(TH, wordings.read(TH).encode("cp874", errors="replace"))
    assert wordings.problems() == [f"{TH}:1: the file is not saved as UTF-8. Save it again, with the encoding UTF-8."]


def test_a_deleted_catalogue_is_noticed(wordings: Project) -> None:
    (wordings.root / TH).unlink()
    assert wordings.problems() == [
        f"{TH}:1: the file is missing. Put it back, or copy the English one and translate it."
    ]


def test_ids_are_found_where_the_code_says_them() -> None:
    assert {"help_now", "menu", "lost", "language_th"} <= said_ids()
    assert "session" not in said_ids()
