"""After *This did not help*: other people, never the same line again, or the truth that no other is known."""

from __future__ import annotations

import re

import pytest

from bot.actions import Action, Kind
from bot.conversation import respond
from bot.knowledge import Knowledge
from bot.memory import Note
from bot.messages import Incoming, Reply
from tests.conftest import LANGUAGES, NOW

COUNTRIES = ("TH", "LA", "KH", "MM", "MY", None)


def press(kind: Kind, intent: str, note: Note, knowledge: Knowledge, language: str = "en") -> Reply:
    reply, _ = respond(Incoming(action=Action(kind, intent, language), sent_at=NOW), note, NOW, knowledge)
    assert reply is not None
    return reply


def lines(reply: Reply) -> set[str]:
    """The contacts in a reply, each with its number or address."""
    return set(re.findall("^[📞🔗] .+$", reply.text, re.MULTILINE))


def actions(reply: Reply) -> list[Action]:
    return [button.action for row in reply.buttons for button in row if button.action]


def asked(knowledge: Knowledge) -> list[str]:
    """The ids under whose answers the bot asks whether it helped."""
    return [i.id for i in knowledge.content.intents.values() if not i.urgent and i.module != "chat"]


@pytest.mark.parametrize("country", COUNTRIES)
def test_no_line_of_the_answer_is_named_again(country: str | None, real_knowledge: Knowledge) -> None:
    note = Note(country=country)
    for intent in asked(real_knowledge):
        shown = lines(press(Kind.ANSWER, intent, note, real_knowledge))
        others = lines(press(Kind.NOT_HELPED, intent, note, real_knowledge))
        assert not shown & others, intent


@pytest.mark.parametrize("country", COUNTRIES)
def test_somebody_else_is_named_or_it_is_said_that_no_other_is_known(
    country: str | None, real_knowledge: Knowledge
) -> None:
    say = real_knowledge.say("en")
    for intent in [*asked(real_knowledge), "no_such_id", ""]:
        reply = press(Kind.NOT_HELPED, intent, Note(country=country), real_knowledge)
        nobody_yet = str(real_knowledge.content.no_number("en", country or ""))
        assert any(told in reply.text for told in ("📞", say("no_other_number"), nobody_yet)), intent
        assert say("complaint_none") in reply.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_laos_another_kind_of_contact_is_named(language: str, real_knowledge: Knowledge) -> None:
    note = Note(language=language, country="LA")
    assert "1554" in press(Kind.ANSWER, "school_cost", note, real_knowledge, language).text
    other = press(Kind.NOT_HELPED, "school_cost", note, real_knowledge, language).text
    assert "1362" in other
    assert "1554" not in other


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_no_other_is_known_the_way_leads_to_the_countries(language: str, real_knowledge: Knowledge) -> None:
    note = Note(language=language, country="KH")
    reply = press(Kind.NOT_HELPED, "school_cost", note, real_knowledge, language)
    assert real_knowledge.say(language)("no_other_number") in reply.text
    assert "📞" not in reply.text
    assert Action(Kind.COUNTRIES, "", language) in actions(reply)
    assert Action(Kind.GOING, "", language) in actions(reply)


def test_on_a_journey_the_choice_shows_the_same_answer_with_both_sides(real_knowledge: Knowledge) -> None:
    reply = press(Kind.NOT_HELPED, "school_moving", Note(country="KH"), real_knowledge)
    assert Action(Kind.GOING, "school_moving", "en") in actions(reply)


def test_where_no_other_is_known_helpers_where_the_child_is_going_are_named(real_knowledge: Knowledge) -> None:
    reply = press(Kind.NOT_HELPED, "school_cost", Note(country="KH", going_to="TH"), real_knowledge)
    assert real_knowledge.say("en")("who_can_help_there", country="Thailand") in reply.text
    assert "1387" in reply.text
    assert Kind.GOING not in {action.kind for action in actions(reply)}


@pytest.mark.parametrize("country", COUNTRIES)
def test_nobody_is_sent_to_the_police_because_an_answer_did_not_help(
    country: str | None, real_knowledge: Knowledge
) -> None:
    police = {number for c in real_knowledge.content.contacts.values() if "police" in c.kinds for number in c.numbers}
    for intent in asked(real_knowledge):
        reply = press(Kind.NOT_HELPED, intent, Note(country=country), real_knowledge)
        assert not any(line.endswith(f": {number}") for number in police for line in lines(reply)), intent
