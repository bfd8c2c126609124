"""What the check says about danger phrases, concept pairs, the catalogue and safe words."""

from __future__ import annotations

import pytest

from bot import content_check
from tests.checking.project import Project

TH = "content/th/danger.yml"
PAIRS = "content/danger.yml"
CATALOG = "content/catalog.yml"
LANGUAGES = "content/languages.yml"


@pytest.mark.parametrize("phrase", ["ตาย", "hit", "🆘🆘🆘🆘🆘", "!!!"])
def test_a_danger_phrase_is_long_enough_to_mean_something(phrase: str, project: Project) -> None:
    line = project.replace(TH, "  help_danger_now:\n", f"  help_danger_now:\n    - '{phrase}'\n") + 1
    said = f"the phrase '{phrase}' is too short. Add a word: a short one is found in harmless messages."
    assert project.problems() == [f"{TH}:{line}: {said}"]


def test_a_danger_phrase_stands_under_one_intent(project: Project) -> None:
    first = project.replace(TH, "  help_danger_now:\n", "  help_danger_now:\n    - พ่อเอาไม้ไล่ตีหนู\n")
    line = project.replace(TH, "  help_hurt:\n", "  help_hurt:\n    - พ่อ เอาไม้ ไล่ตีหนู\n") + 1
    assert first < line
    said = "the phrase 'พ่อ เอาไม้ ไล่ตีหนู' stands under 'help_danger_now' too. Keep it under one of the two."
    assert project.problems() == [f"{TH}:{line}: {said}"]


def test_a_danger_phrase_stands_once(project: Project) -> None:
    line = project.replace(TH, "  help_hurt:\n", "  help_hurt:\n    - พ่อเอาไม้ไล่ตีหนู\n    - พ่อ เอาไม้ ไล่ตีหนู\n") + 2
    said = "the phrase 'พ่อ เอาไม้ ไล่ตีหนู' stands twice under 'help_hurt'. Delete one of the two."
    assert project.problems() == [f"{TH}:{line}: {said}"]


def test_a_phrase_means_the_same_danger_in_every_language(project: Project) -> None:
    """Phrases of all languages are searched in every message."""
    project.replace("content/en/danger.yml", "  help_hurt:\n", "  help_hurt:\n    - man ma nai hong\n")
    line = project.replace(TH, "  help_danger_now:\n", "  help_danger_now:\n    - man ma nai hong\n") + 1
    said = (
        "the phrase 'man ma nai hong' stands under 'help_hurt' in content/en/danger.yml. Keep it under one of the two."
    )
    assert project.problems() == [f"{TH}:{line}: {said}"]


def test_an_empty_danger_phrase_is_none(project: Project) -> None:
    line = project.replace(TH, "  help_hurt:\n", "  help_hurt:\n    - ' '\n") + 1
    assert project.problems() == [f"{TH}:{line}: a danger phrase is empty. Write a phrase, or delete the line."]


@pytest.mark.parametrize("name", ["softening", "persons"])
def test_an_empty_word_beside_the_phrases_is_none(name: str, project: Project) -> None:
    line = project.replace(TH, f"{name}:\n", f"{name}:\n  - ' '\n") + 1
    assert project.problems() == [f"{TH}:{line}: an entry of '{name}' is empty. Write a word, or delete the line."]


@pytest.mark.parametrize(
    "phrase", ["พ่อ.*ตีหนู", "(พ่อ|แม่)ตีหนูแรง", "^ตีหนูแรงมาก$", "ตีหนู\\s+แรงมาก", "[พม]่อตีหนูแรง", "ตีหนู.+แรง"]
)
def test_a_regular_expression_is_no_phrase(phrase: str, project: Project) -> None:
    line = project.replace(TH, "  help_hurt:\n", f"  help_hurt:\n    - '{phrase}'\n") + 1
    said = f"the phrase '{phrase}' looks like a regular expression"
    assert project.problems() == [f"{TH}:{line}: {said}. Write the words as children write them, one phrase a line."]


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("tests/utterances/th/harmless.yml", "language: th\nharmless: [{}]\n"),
        ("tests/utterances/th/school.yml", "language: th\nmodule: school\nutterances: {{school_cost: [{}]}}\n"),
        ("tests/safeguarding/th.yml", "language: th\ndisclosures: {{}}\nlook_alikes: {{help_hurt: [{}]}}\n"),
    ],
)
def test_a_phrase_that_ordinary_messages_hold_is_too_short(path: str, written: str, project: Project) -> None:
    """Measured against all that is known to be harmless."""
    messages = ["น้องแมวน้ำหนักขึ้น", "แมวน้ำหนักเท่าไหร่", "เห็นแมวน้ำหนักมากในสวนสัตว์"]
    line = project.replace(TH, "  help_hurt:\n", "  help_hurt:\n    - แมวน้ำหนัก\n") + 1
    project.write(path, written.format(", ".join(messages[:2])))
    assert project.problems() == []
    project.write(path, written.format(", ".join(messages)))
    said = f"the phrase 'แมวน้ำหนัก' is found in 3 harmless messages, like '{messages[0]}'"
    assert project.problems() == [f"{TH}:{line}: {said}. Add a word that only the danger has."]


def test_a_careful_phrase_may_be_found_in_what_it_is_for(project: Project) -> None:
    """Only in messages about something else it is too short."""
    messages = ", ".join(f"จะปล่อยคลิปหนูวันที่ {day}" for day in range(5))
    for intent, expected in (("rights_online", False), ("rights_work", True)):
        written = f"language: th\nmodule: rights\nutterances: {{{intent}: [{messages}]}}\n"
        project.write("tests/utterances/th/rights.yml", written)
        found = [each for each in project.problems() if "is found in 5 harmless messages" in each]
        assert bool(found) is expected


def test_a_suite_of_another_form_is_told(project: Project) -> None:
    project.write("tests/safeguarding/th.yml", "language: th\ndisclosures: {}\n")
    phrases = content_check.read_phrases()
    (problem,) = phrases.suites.problems
    assert str(problem).startswith("tests/safeguarding/th.yml:1: 'look_alikes' is missing")


def test_danger_is_for_an_intent_of_the_catalogue_and_every_urgent_one_has_phrases(project: Project) -> None:
    line = project.replace(TH, "  help_hurt:", "  help_hurts:")
    assert project.problems() == [
        f"{TH}:{line}: there is no intent 'help_hurts'. Did you mean 'help_hurt'?",
        (
            f"{TH}:{project.line(TH, 'danger')}: the urgent 'help_hurt' has no danger phrases. Add a list 'help_hurt:'"
            " with what children write."
        ),
    ]


def test_an_empty_list_is_as_bad_as_none(project: Project) -> None:
    line = project.set(TH, "danger>help_hurt", "[]")
    said = "the urgent 'help_hurt' has no danger phrases. Add a list 'help_hurt:' with what children write."
    assert project.problems() == [f"{TH}:{line}: {said}"]


@pytest.mark.parametrize(("path", "top", "value"), [(TH, "danger", "[พูดอะไรก็ได้]"), (PAIRS, "pairs", "[[SEX, ME]]")])
def test_danger_is_for_intents_that_are_urgent_or_careful(path: str, top: str, value: str, project: Project) -> None:
    line = project.replace(path, f"{top}:\n", f"{top}:\n  school_cost: {value}\n") + 1
    said = "'school_cost' is neither urgent nor careful."
    assert project.problems() == [
        f"{path}:{line}: {said} Take it out, or mark the intent as careful in content/catalog.yml."
    ]


def test_concept_pairs_are_for_an_intent_of_the_catalogue(project: Project) -> None:
    line = project.replace(PAIRS, "  help_lost_alone:", "  help_lost_alon:")
    assert project.problems() == [
        f"{PAIRS}:{line}: there is no intent 'help_lost_alon'. Did you mean 'help_lost_alone'?"
    ]


def test_concept_pairs_name_declared_concepts(project: Project) -> None:
    line = project.replace(PAIRS, "[WANT_TO_DIE]", "[WANT_TO_DYE]")
    assert project.problems() == [f"{PAIRS}:{line}: there is no concept 'WANT_TO_DYE'. Did you mean 'WANT_TO_DIE'?"]


def test_concepts_that_cannot_be_read_are_no_reason_to_doubt_the_pairs(project: Project) -> None:
    project.write("nlu/lexicon/concepts.yml", "concepts: [")
    assert project.problems() == []


@pytest.mark.parametrize(("module", "intent"), [("health", "health_see_doctor"), ("detained", "detained_now")])
def test_police_never_stand_under_detention_or_health(module: str, intent: str, project: Project) -> None:
    line = project.line(CATALOG, f"{module}>{intent}")
    row = project.read(CATALOG).split("\n")[line - 1]
    project.replace(CATALOG, row, row.replace("kinds: [", "kinds: [police, "))
    said = f"police stands under '{intent}', where calling them may lead to an arrest."
    assert project.problems() == [f"{CATALOG}:{line}: {said} Take police out of its kinds."]


def test_an_urgent_intent_has_somebody_to_call(project: Project) -> None:
    line = project.line(CATALOG, "health>health_want_to_die")
    row = project.read(CATALOG).split("\n")[line - 1]
    project.replace(CATALOG, row, row.split("kinds: ")[0] + "kinds: []}")
    assert project.problems() == [
        f"{CATALOG}:{line}: the urgent 'health_want_to_die' has no kind of contact. Add kinds."
    ]


def test_a_kind_of_contact_is_known(project: Project) -> None:
    line = project.replace(CATALOG, "kinds: [ambulance, child_helpline]", "kinds: [ambulanse, child_helpline]")
    (problem,) = project.problems()
    assert problem.startswith(f"{CATALOG}:{line}: 'ambulanse' is not known in 'health.health_emergency.kinds.0'.")
    assert "Did you mean 'ambulance'? Choose one of: child_helpline, ambulance, " in problem


def test_a_safe_word_is_nothing_that_a_child_writes_for_something_else(project: Project) -> None:
    project.write("tests/utterances/th/chat.yml", "language: th\nmodule: chat\nutterances: {chat_hello: [สวัสดี จ้า]}\n")
    line = project.set(LANGUAGES, "languages>th>safe_words", "[ดอกทานตะวัน, สวัสดีจ้า]")
    said = "the safe word 'สวัสดีจ้า' is also a test utterance: children write it for something else."
    assert project.problems() == [f"{LANGUAGES}:{line}: {said} Choose another safe word."]


@pytest.mark.parametrize("word", ["/", "' '", '"\\u200B"'])
def test_a_safe_word_is_a_word(word: str, project: Project) -> None:
    line = project.set(LANGUAGES, "languages>th>safe_words", f"[{word}]")
    assert project.problems() == [f"{LANGUAGES}:{line}: a safe word is empty. Write a word."]
