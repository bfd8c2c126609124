"""What the check says about training phrases, test utterances and the lexicon."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content import Content
from bot.content_check import check_phrases, read_phrases
from tests.checking.conftest import point_to
from tests.checking.project import Project

TRAINING = "nlu/data/th/help.yml"
UTTERANCES = "tests/utterances/th/help.yml"
LEXICON = "nlu/lexicon/th.yml"
CONCEPTS = "nlu/lexicon/concepts.yml"


@pytest.fixture
def words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: Content) -> Project:
    """Children's words in one language; `problems` runs every rule for them."""
    project = Project(tmp_path, lambda _: list(check_phrases(read_phrases(), content)))
    project.copy(TRAINING, UTTERANCES, LEXICON, CONCEPTS)
    point_to(tmp_path, monkeypatch)
    project.remember("words")
    return project


def training(*phrases: str) -> str:
    """A training file with these lines for one intent."""
    lines = "".join(f"    {phrase}\n" for phrase in phrases)
    return f'version: "3.1"\nnlu:\n- intent: help_contacts\n  examples: |\n{lines}'


def test_a_training_phrase_stands_once_in_a_language(words: Project) -> None:
    words.write(TRAINING, training("- ขอเบอร์", "- โทรหาใคร", "- มีสายด่วนไหม", "", "- ขอ เบอร์!", "- a", "- b"))
    said = f"the phrase 'ขอ เบอร์!' stands twice (see {TRAINING}:5). Keep one of the two."
    assert f"{TRAINING}:9: {said}" in words.problems()


def test_signs_that_differ_are_not_the_same_phrase(words: Project) -> None:
    words.write(TRAINING, training("- 🆘", "- 🌻", "- โทรหาใคร", "- มีสายด่วนไหม", "- ขอเบอร์"))
    assert not [problem for problem in words.problems() if "stands twice" in problem]


def test_every_intent_has_enough_training_phrases(words: Project) -> None:
    words.write(TRAINING, training("- ขอเบอร์", "- โทรหาใคร", "- มีสายด่วนไหม", "- ติดต่อใคร"))
    problems = words.problems()
    assert f"{TRAINING}:1: 'help_contacts' has 4 training phrases. Write at least 40." in problems
    assert f"{TRAINING}:1: 'help_hurt' has 0 training phrases. Write at least 60." in problems


def test_a_line_that_the_model_would_not_learn_is_noticed(words: Project) -> None:
    line = words.replace(TRAINING, "  examples: |\n    - ", "  examples: |\n    -") + 1
    (problem,) = words.problems()
    assert problem.startswith(f"{TRAINING}:{line}: '-")
    assert problem.endswith(
        "does not begin like a phrase. Begin each phrase with '- '; without it the model does not learn it."
    )


def test_training_is_for_an_intent_of_the_catalogue(words: Project) -> None:
    line = words.replace(TRAINING, "- intent: help_hurt\n", "- intent: help_hrut\n")
    assert words.problems() == [
        f"{TRAINING}:{line}: there is no intent 'help_hrut'. Did you mean 'help_hurt'?",
        f"{TRAINING}:1: 'help_hurt' has 0 training phrases. Write at least 60.",
    ]


def test_training_stands_in_the_file_of_its_module(words: Project) -> None:
    line = words.replace(TRAINING, "- intent: help_hurt\n", "- intent: detained_hurt\n")
    said = "'detained_hurt' belongs to the module 'detained'. Move it into the file detained.yml."
    assert f"{TRAINING}:{line}: {said}" in words.problems()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nlu: [", f"{TRAINING}:1: a bracket opens here and does not close. Close it: [ needs ], and {{ needs }}."),
        (
            'version: "3.1"\nnlu:\n',
            f"{TRAINING}:2: nothing stands in 'nlu'. Write something, or delete the key.",
        ),
        ("- a\n", f"{TRAINING}:1: the wrong sort of value stands at the top of the file. Write keys with values here."),
        ("", f"{TRAINING}:1: the file is empty. Copy the form of the English file, or delete this one."),
    ],
)
def test_a_broken_training_file_is_one_problem_and_not_one_for_each_intent(
    text: str, said: str, words: Project
) -> None:
    words.write(TRAINING, text)
    assert words.problems() == [said]


@pytest.mark.parametrize("path", [UTTERANCES, LEXICON, CONCEPTS])
@pytest.mark.parametrize("text", ["- a\n", "utterances:\n", "forms: 3\n", "concepts: [\n", "language: xx\n", ""])
def test_a_broken_file_of_words_stops_nothing(path: str, text: str, words: Project) -> None:
    words.write(path, text)
    assert any(problem.startswith(f"{path}:") for problem in words.problems())


def test_a_test_utterance_is_for_an_intent_of_the_catalogue(words: Project) -> None:
    line = words.replace(UTTERANCES, "  help_hurt:", "  help_hrut:")
    assert words.problems() == [f"{UTTERANCES}:{line}: there is no intent 'help_hrut'. Did you mean 'help_hurt'?"]


def test_a_test_utterance_was_never_trained_on(words: Project) -> None:
    trained = words.replace(TRAINING, "  examples: |\n", "  examples: |\n    - มีใครช่วยหนูได้ไหมคะพี่\n") + 1
    line = words.replace(UTTERANCES, "  help_hurt:\n", "  help_hurt:\n    - มีใครช่วยหนูได้ไหมคะพี่ ??\n") + 1
    said = f"the test utterance 'มีใครช่วยหนูได้ไหมคะพี่ ??' is also a training phrase ({TRAINING}:{trained})."
    assert words.problems() == [f"{UTTERANCES}:{line}: {said} Change one of the two."]


@pytest.mark.parametrize(
    ("path", "key", "value", "said"),
    [
        (UTTERANCES, "language", "my", "the file says language 'my' but it is th/help.yml. Write 'language: th'"),
        (UTTERANCES, "module", "rights", "the file says module 'rights' but it is th/help.yml. Write 'module: help'"),
        (LEXICON, "language", "km", "the file says language 'km' but it is th.yml. Write 'language: th'"),
    ],
)
def test_a_file_of_words_says_what_its_path_says(path: str, key: str, value: str, said: str, words: Project) -> None:
    line = words.set(path, key, value)
    assert words.problems() == [f"{path}:{line}: {said}, or move the file."]


def test_a_form_stands_under_one_concept(words: Project) -> None:
    line = words.replace(LEXICON, '"MOTHER": [', '"MOTHER": [ผม, ')
    said = "the form 'ผม' stands under 'ME' too. Keep it under one of the two."
    assert words.problems() == [f"{LEXICON}:{line}: {said}"]


def test_a_concept_is_declared_and_has_forms(words: Project) -> None:
    line = words.replace(LEXICON, '"MOTHER": [', '"MOTHR": [')
    assert words.problems() == [
        f"{LEXICON}:{line}: there is no concept 'MOTHR'. Did you mean 'MOTHER'?",
        (
            f"{LEXICON}:{words.line(LEXICON, 'forms')}: warning: the concept 'MOTHER' has no form here. Add what"
            " children write for it."
        ),
    ]


def test_a_form_is_no_single_letter_where_words_have_no_spaces(words: Project) -> None:
    line = words.replace(LEXICON, '"MOTHER": [', '"MOTHER": [ม, ')
    said = "the form 'ม' is too short. Add letters: it would be found everywhere."
    assert words.problems() == [f"{LEXICON}:{line}: {said}"]


def test_a_form_that_only_stands_inside_other_words_is_noticed(words: Project) -> None:
    """จักรยาน (bicycle) is no จักร (wheel)."""
    phrases = "".join(f"    - {phrase}\n" for phrase in ("จักรยาน", "ซื้อจักรยาน", "จักรยานพัง", "จักรยานหาย"))
    words.replace(TRAINING, "  examples: |\n", f"  examples: |\n{phrases}")
    line = words.replace(LEXICON, '"MOTHER": [', '"MOTHER": [จักร, ')
    said = "the form 'จักร' was found 4 times inside other words ('จักรยาน'), never alone."
    assert [p for p in words.problems() if "จักร" in p] == [
        f"{LEXICON}:{line}: warning: {said} Write the longer word under its own concept, or make the form longer."
    ]
