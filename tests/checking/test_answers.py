"""What the check says about answers: their ids, their place, their language, and what must never be missing."""

from __future__ import annotations

import pytest

from bot.content_check import check_all
from nlu.text import looks_like_zawgyi
from tests.checking.project import TODAY, Project

EN, TH, MY = (f"content/{code}/detained.yml" for code in ("en", "th", "my"))
SIGN = "answers>detained_sign"


def test_an_unknown_intent_gets_the_closest_name(project: Project) -> None:
    line = project.replace(TH, "  detained_sign:", "  detained_sing:")
    assert project.errors() == [f"{TH}:{line}: there is no intent 'detained_sing'. Did you mean 'detained_sign'?"]


def test_an_intent_that_is_like_no_other_may_be_added(project: Project) -> None:
    line = project.replace(TH, "  detained_sign:", "  xyz:")
    said = "there is no intent 'xyz'. Mend the name, or add it to content/catalog.yml."
    assert project.errors() == [f"{TH}:{line}: {said}"]


def test_an_intent_stands_in_the_file_of_its_module(project: Project) -> None:
    line = project.replace(TH, "  detained_sign:", "  school_cost:")
    said = "'school_cost' belongs to the module 'school'. Move it into the file school.yml."
    assert project.errors() == [f"{TH}:{line}: {said}"]


@pytest.mark.parametrize(
    ("path", "key", "value", "said"),
    [
        (TH, "language", "lo", "the file says language 'lo' but it is th/detained.yml. Write 'language: th'"),
        (TH, "module", "health", "the file says module 'health' but it is th/detained.yml. Write 'module: detained'"),
        (
            "content/contacts/LA.yml",
            "country",
            "KH",
            "the file says country 'KH' but it is contacts/LA.yml. Write 'country: LA'",
        ),
    ],
)
def test_a_file_says_what_its_path_says(path: str, key: str, value: str, said: str, project: Project) -> None:
    line = project.set(path, key, value)
    assert f"{path}:{line}: {said}, or move the file." in project.problems()


def test_a_next_question_must_exist(project: Project) -> None:
    line = project.set(TH, f"{SIGN}>next", "[detained_rihgts]")
    assert project.problems() == [f"{TH}:{line}: there is no intent 'detained_rihgts'. Did you mean 'detained_rights'?"]


def test_a_next_question_in_a_list_has_its_own_line(project: Project) -> None:
    line = project.set(TH, f"{SIGN}>next", "\n      - detained_rights\n      - detained_nothing")
    assert [problem.split(": ")[0] for problem in project.problems()] == [f"{TH}:{line + 2}"]


def test_a_next_question_that_nobody_has_answered_yet_is_a_warning(project: Project) -> None:
    line = project.set(TH, f"{SIGN}>next", "[school_cost]")
    said = "warning: the next question 'school_cost' has no answer in this language yet."
    assert project.problems() == [f"{TH}:{line}: {said} Write it, or leave it: its button is not shown."]


def test_an_urgent_answer_is_never_missing(project: Project) -> None:
    line = project.line(TH, "answers")
    project.replace(TH, "  detained_now:", "  # gone\n  detained_interpretr:")
    said = "the urgent answer 'detained_now' is missing. Write it: a child in danger needs it in every language."
    assert f"{TH}:{line}: {said}" in project.problems()


@pytest.mark.parametrize("name", ["th/detained", "th/danger", "th/contacts"])
def test_a_language_has_all_its_files(name: str, project: Project) -> None:
    (project.root / f"content/{name}.yml").unlink()
    fix = f"Put it back, or copy content/en/{name.removeprefix('th/')}.yml and translate it."
    assert project.problems() == [f"content/{name}.yml:1: the file is missing. {fix}"]


@pytest.mark.parametrize("name", ["catalog", "languages", "operator", "danger", "contacts/MY"])
def test_the_general_files_are_there(name: str, project: Project) -> None:
    (project.root / f"content/{name}.yml").unlink()
    said = f"content/{name}.yml:1: the file is missing. Put it back: the bot cannot do without."
    assert said in project.problems()


def test_an_answer_is_not_too_long_for_telegram(project: Project) -> None:
    line = project.line(TH, SIGN)
    project.set(TH, f"{SIGN}>say", "ก" * 5000)
    problems = [str(p) for p in check_all(project.root / "content", project.root / "locales", today=TODAY)]
    (problem,) = [p for p in problems if "with its contacts" in p]
    assert problem.startswith(f"{TH}:{line}: 'detained_sign' with its contacts has ")
    assert problem.endswith("characters. Shorten it to 4096: Telegram takes no longer message.")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ຂ້ອຍຕ້ອງເຊັນຊື່ບໍ", "Lao letters stand in this text. Write it in Thai letters."),
        ("หนูต้อง ເຊັນ ไหม", "Lao letters stand in this text. Write it in Thai letters."),
        ("do i have to sign a paper ไหม", "the text is mostly in Latin letters. Write it in Thai letters."),
        (
            "Do I have to sign a paper?",
            "the text is the same as the English one. Translate it into ไทย.",
        ),
        (
            "หนูต้อง\u200bเซ็นชื่อไหม",
            (
                "an invisible character (U+200B) stands after 'หนูต้อง'. Delete the letters on both sides of it and type"
                " them again."
            ),
        ),
        (
            '"\ufeffหนูต้องเซ็นชื่อไหม"',
            (
                "an invisible character (U+FEFF) stands at the start of the text. Delete the letters on both sides of"
                " it and type them again."
            ),
        ),
    ],
)
def test_a_text_is_in_its_own_language(text: str, said: str, project: Project) -> None:
    project.set(EN, f"{SIGN}>ask", "Do I have to sign a paper?")
    line = project.set(TH, f"{SIGN}>ask", text)
    assert project.problems() == [f"{TH}:{line}: {said}"]


@pytest.mark.parametrize(
    "text", ["โทรหา UNHCR ได้ไหม", "ดูที่ https://help.unhcr.org/thailand", "ถาม MAP Foundation", '"12"']
)
def test_names_and_addresses_may_stay_in_latin_letters(text: str, project: Project) -> None:
    project.set(TH, f"{SIGN}>ask", text)
    assert project.problems() == []


def test_an_english_text_is_in_english_letters(project: Project) -> None:
    line = project.replace(EN, "Do I have to sign a paper?", "ต้องเซ็นไหม")
    said = "letters of another script stand in this text. Write it in English letters."
    assert f"{EN}:{line}: {said}" in project.problems()


def test_every_step_and_country_is_read_too(project: Project) -> None:
    line = project.set(TH, f"{SIGN}>do", "\n      - ขอทนาย\n      - ຂໍທະນາຍ")
    other = project.set(TH, f"{SIGN}>countries", "\n      MY: ຢູ່ມາເລເຊຍ")
    said = "Lao letters stand in this text. Write it in Thai letters."
    assert project.problems() == [f"{TH}:{line + 2}: {said}", f"{TH}:{other + 1}: {said}"]


def test_burmese_typed_as_zawgyi_is_noticed(project: Project) -> None:
    zawgyi = "ရဲဖမ္းထားတယ္"
    assert looks_like_zawgyi(zawgyi)
    line = project.set(MY, f"{SIGN}>ask", zawgyi)
    said = "the text looks like Zawgyi. Convert it to Unicode, with any Zawgyi converter."
    assert project.problems() == [f"{MY}:{line}: {said}"]


def test_a_translation_of_an_older_english_text_is_a_warning(project: Project) -> None:
    project.replace(EN, "    quiet: About papers to sign", "    quiet: About a paper")
    line = project.line(TH, f"{SIGN}>translated_from")
    problem = next(p for p in project.problems() if p.startswith(TH))
    start = f"{TH}:{line}: warning: the English text of 'detained_sign' has changed since this was translated."
    assert problem.startswith(f"{start} Compare the two, then write: translated_from: ")


def test_words_for_the_page_alone_are_part_of_what_was_translated(project: Project) -> None:
    say = project.line(EN, f"{SIGN}>say") - 1
    lines = project.read(EN).split("\n")
    project.write(EN, "\n".join([*lines[:say], "    say_on_page: Do not sign it.", *lines[say:]]))
    stale = "warning: the English text of 'detained_sign' has changed since this was translated."
    first = next(problem for problem in project.problems() if problem.startswith(TH))
    project.replace(EN, "say_on_page: Do not sign it.", "say_on_page: Do not sign them.")
    second = next(problem for problem in project.problems() if problem.startswith(TH))
    assert stale in first
    assert stale in second
    assert first != second, "each change of these words has a hash of its own"


def test_what_the_warning_says_to_write_mends_it(project: Project) -> None:
    project.replace(EN, "    quiet: About papers to sign", "    quiet: About a paper")
    problem = next(p for p in project.problems() if p.startswith(TH))
    project.set(TH, f"{SIGN}>translated_from", problem.rpartition("translated_from: ")[2])
    assert not [p for p in project.problems() if p.startswith(TH)]


def test_a_translation_says_what_it_translates(project: Project) -> None:
    project.set(TH, f"{SIGN}>translated_from", None)
    line = project.line(TH, SIGN)
    (problem,) = project.problems()
    assert problem.startswith(f"{TH}:{line}: warning: 'detained_sign' does not say which English text it translates.")
