"""What the check says about how easy answers are to read."""

from __future__ import annotations

from statistics import median

import pytest

from bot.checking.readability import EQUAL_LENGTH, MAX_GRADE, READ, grade, graphemes, sentences, words
from bot.checking.texts import leaves
from bot.yaml_source import read_yaml
from tests.checking.project import Project
from tests.conftest import ROOT

ENGLISH, THAI = "content/en/detained.yml", "content/th/detained.yml"
SIGN = "answers>detained_sign"
MODULES = ("rights", "school", "health", "detained", "help", "chat")


def set_say(project: Project, name: str, *lines: str) -> int:
    return project.set(name, f"{SIGN}>say", "|\n" + "\n".join(f"      {line}" for line in lines))


def test_a_hard_english_answer_is_an_error(project: Project) -> None:
    hard = "Nevertheless, representatives occasionally necessitate documentation."
    set_say(project, ENGLISH, hard, hard)
    project.set(ENGLISH, f"{SIGN}>do", f'["{hard}"]')
    line = project.line(ENGLISH, SIGN)
    found = [p for p in project.problems() if p.startswith(f"{ENGLISH}:{line}: 'detained_sign' is hard to read")]
    assert len(found) == 1
    assert found[0].endswith("Use shorter words and sentences, down to grade 6.")


@pytest.mark.parametrize(
    ("count", "mark"), [(12, None), (13, ": warning: "), (15, ": warning: "), (16, ": a sentence")]
)
def test_an_english_sentence_warns_above_12_words_and_fails_above_15(
    count: int, mark: str | None, project: Project
) -> None:
    set_say(project, ENGLISH, " ".join(["go"] * count) + ".", "Stop.")
    found = [p for p in project.problems() if "a sentence has" in p]
    assert len(found) == (mark is not None)
    assert mark is None or (mark in found[0] and f"a sentence has {count} words" in found[0])


def test_a_thai_sentence_ends_at_a_space_and_may_have_as_many_words_as_say_the_same(project: Project) -> None:
    set_say(project, THAI, "กิน" * 14 + " " + "กิน" * 14, "ไป")
    assert not [p for p in project.problems() if "a sentence has" in p]
    set_say(project, THAI, "กิน" * 19, "ไป")
    found = [p for p in project.errors() if "a sentence has" in p]
    assert len(found) == 1
    assert "at most 14 words" in found[0]


def test_the_equal_lengths_are_those_of_the_answers() -> None:
    counted = dict.fromkeys(EQUAL_LENGTH, 0)
    for language in EQUAL_LENGTH:
        for module in MODULES:
            answers = read_yaml(ROOT / "content" / language / f"{module}.yml").data["answers"]
            for answer in answers.values():
                texts = [text for key in ("say", "do", "countries") for _, text in leaves(answer.get(key))]
                counted[language] += sum(words(text, language) for text in texts)
    for language, factor in EQUAL_LENGTH.items():
        assert counted[language] / counted["en"] == pytest.approx(factor, abs=0.05), language


def test_the_english_answers_are_easy() -> None:
    answers = [a for m in MODULES for a in read_yaml(ROOT / "content" / "en" / f"{m}.yml").data["answers"].values()]
    grades = [grade(answer) for answer in answers]
    assert len(grades) == 68
    assert max(grades) <= MAX_GRADE
    assert median(grades) <= 4


def test_a_text_is_as_long_as_a_reader_sees_it(project: Project) -> None:
    assert graphemes("ที่นี่") == 2
    assert graphemes("👩‍👧") == 1
    line = project.set(THAI, f"{SIGN}>ask", "ที่" * 49)
    assert f"{THAI}:{line}: warning: the text has 49 letters. Shorten it to 48." in project.problems()


@pytest.mark.parametrize("count", [1, 7])
def test_an_answer_says_two_to_six_sentences(count: int, project: Project) -> None:
    line = set_say(project, ENGLISH, *["Go now."] * count)
    said = f"{ENGLISH}:{line}: warning: 'detained_sign' has not 2 to 6 lines in 'say'. One short sentence on each line."
    assert said in project.problems()


@pytest.mark.parametrize(
    ("text", "language", "parts"),
    [
        ('Ask: "Why?" Then wait. Go.', "en", 4),
        ("สวัสดี ไปไหน", "th", 2),
        ("မသွားပါနဲ့။ နေပါ။", "my", 2),
        ("កុំទៅ។ នៅទីនេះ។", "km", 2),
    ],
)
def test_where_sentences_end(text: str, language: str, parts: int) -> None:
    assert len(sentences(text, language)) == parts


def test_every_key_with_sentences_is_read() -> None:
    assert set(READ) == {"say", "say_on_page", "do", "countries"}
