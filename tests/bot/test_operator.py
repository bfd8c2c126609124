"""Who runs the bot: what children read about it, and nothing false while it is the example."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.actions import Action, Kind
from bot.content import Content, Operator, Texts
from bot.conversation import respond
from bot.knowledge import Knowledge
from bot.memory import Note
from bot.messages import Incoming, Reply
from tests.conftest import LANGUAGES, NOW

REAL = Operator(
    name=Texts({"en": "Friends of the River", "th": "เพื่อนแม่น้ำ"}),
    privacy_contact="privacy@river.test",
    adult_contact=Texts({"en": "Auntie at the learning centre"}),
    safeguarding_lead=Texts({"en": "The safeguarding officer"}),
    complaint=Texts({"en": "Ring the bell at the office"}),
    farewell=Texts({"en": "Goodbye"}),
    languages=("th", "my"),
    example=False,
)


def run_by(operator: Operator | None, knowledge: Knowledge) -> Knowledge:
    return replace(knowledge, content=Content({**knowledge.content.pieces, ("operator",): operator}))


def press(kind: Kind, value: str, knowledge: Knowledge, language: str = "en", note: Note | None = None) -> Reply:
    note = note or Note(country="TH")
    reply, after = respond(Incoming(action=Action(kind, value, language), sent_at=NOW), note, NOW, knowledge)
    assert reply is not None
    assert after == note, "nothing is kept"
    return reply


def test_about_tells_who_runs_it(real_knowledge: Knowledge) -> None:
    text = press(Kind.ANSWER, "chat_who_are_you", run_by(REAL, real_knowledge)).text
    for told in ("Friends of the River", "Thai, Burmese", "Auntie at the learning centre", "Ring the bell"):
        assert told in text


def test_privacy_tells_whom_to_ask(real_knowledge: Knowledge) -> None:
    text = press(Kind.PRIVACY, "", run_by(REAL, real_knowledge)).text
    for told in ("Friends of the River", "The safeguarding officer", "privacy@river.test"):
        assert told in text


def test_a_text_that_is_missing_in_a_language_is_told_in_english(real_knowledge: Knowledge) -> None:
    text = press(Kind.ANSWER, "chat_who_are_you", run_by(REAL, real_knowledge), "th").text
    assert "เพื่อนแม่น้ำ" in text
    assert "Auntie at the learning centre" in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("kind", "value"),
    [(Kind.ANSWER, "chat_who_are_you"), (Kind.PRIVACY, ""), (Kind.NOT_HELPED, "school_cost")],
)
def test_nothing_of_the_example_is_told_to_a_child(
    kind: Kind, value: str, language: str, real_knowledge: Knowledge
) -> None:
    example = real_knowledge.content.operator
    assert example is not None
    assert example.example
    for knowledge in (real_knowledge, run_by(None, real_knowledge)):
        text = press(kind, value, knowledge, language).text
        for told in (example.name, example.adult_contact, example.safeguarding_lead, example.complaint):
            assert told.in_language(language) not in text
        assert example.privacy_contact not in text
        say = knowledge.say(language)
        assert say("complaint_none" if kind is Kind.NOT_HELPED else "operator_none") in text


def actions(reply: Reply) -> list[Action]:
    return [button.action for row in reply.buttons for button in row if button.action]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_asks_whether_it_helped_and_keeps_nothing(language: str, real_knowledge: Knowledge) -> None:
    asked = actions(press(Kind.ANSWER, "school_cost", real_knowledge, language))
    yes, no = (Action(kind, "school_cost", language) for kind in (Kind.HELPED, Kind.NOT_HELPED))
    assert yes in asked
    assert no in asked
    assert press(Kind.HELPED, "school_cost", real_knowledge, language).text == real_knowledge.say(language)(
        "glad_it_helped"
    )


@pytest.mark.parametrize("intent", ["help_hurt", "health_emergency", "chat_privacy"])
def test_no_such_question_in_danger_or_about_the_bot(intent: str, real_knowledge: Knowledge) -> None:
    kinds = {action.kind for action in actions(press(Kind.ANSWER, intent, real_knowledge))}
    assert not kinds & {Kind.HELPED, Kind.NOT_HELPED}


def test_what_did_not_help_leads_to_other_people_and_to_a_person_for_complaints(real_knowledge: Knowledge) -> None:
    knowledge = run_by(REAL, real_knowledge)
    shown = press(Kind.ANSWER, "help_contacts", knowledge).text
    text = press(Kind.NOT_HELPED, "help_contacts", knowledge).text
    assert "Ring the bell at the office" in text
    assert "mapfoundationcm.org" in text
    assert "mapfoundationcm.org" not in shown
