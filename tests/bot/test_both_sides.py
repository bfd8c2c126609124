"""Both sides of a border: *I am in …*, *I am going to …*, and what the bot remembers and shows of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.actions import Action, Kind
from bot.conversation import respond
from bot.knowledge import Knowledge
from bot.memory import NO_NOTE, Note
from bot.messages import Incoming, Reply
from tests.conftest import LANGUAGES, NOW

JOURNEY = "help_go_home"
HERE_AND_THERE = Note(language="en", country="TH", going_to="KH")


def press(action: Action, note: Note, knowledge: Knowledge) -> tuple[Reply, Note]:
    reply, after = respond(Incoming(action=action, sent_at=NOW), note, NOW, knowledge)
    assert reply is not None
    return reply, after


def answer(intent: str, note: Note, knowledge: Knowledge) -> str:
    return press(Action(Kind.ANSWER, intent, "en"), note, knowledge)[0].text


def actions(reply: Reply) -> list[Action]:
    return [button.action for row in reply.buttons for button in row if button.action]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_child_says_where_it_goes_and_gets_the_same_answer_with_both_sides(
    language: str, real_knowledge: Knowledge
) -> None:
    note = Note(language=language, country="TH")
    reply, note = press(Action(Kind.ANSWER, JOURNEY, language), note, real_knowledge)
    going = Action(Kind.GOING, JOURNEY, language)
    assert going in actions(reply)

    choice, note = press(going, note, real_knowledge)
    offered = [action.country for action in actions(choice) if action.kind is Kind.GOING_TO]
    assert offered == ["LA", "KH", "MM", "MY", ""], "every country but its own, and staying"

    both, note = press(Action(Kind.GOING_TO, JOURNEY, language, "MY"), note, real_knowledge)
    assert note == Note(language=language, country="TH", going_to="MY")
    assert "1387" in both.text
    assert "+60 19 261 5999" in both.text
    name = real_knowledge.countries(language)["MY"]
    assert real_knowledge.say(language)("who_can_help_there", country=name) in both.text
    assert going not in actions(both)


@pytest.mark.parametrize("intent", ["help_danger_now", "detained_now", "help_trafficked", JOURNEY, "help_job_offer"])
def test_urgent_answers_and_answers_about_a_journey_show_both_sides(intent: str, real_knowledge: Knowledge) -> None:
    text = answer(intent, HERE_AND_THERE, real_knowledge)
    there = text[text.index("Who can help in Cambodia") :]
    assert "1280" in there or "117" in there
    assert text.index("Who can help:") < text.index("Who can help in Cambodia")


@pytest.mark.parametrize("intent", ["school_cost", "health_body", "rights_play_culture", "chat_bye"])
def test_other_answers_show_only_where_the_child_is(intent: str, real_knowledge: Knowledge) -> None:
    assert "Cambodia" not in answer(intent, HERE_AND_THERE, real_knowledge)


def test_a_number_of_the_other_side_is_written_as_dialled_from_here(real_knowledge: Knowledge) -> None:
    assert "+60 12-630 5060" in answer("detained_now", replace(HERE_AND_THERE, going_to="MY"), real_knowledge)
    assert "+60" not in answer("detained_now", Note(country="MY"), real_knowledge)


def test_a_country_without_a_number_says_what_to_do_there(real_knowledge: Knowledge) -> None:
    text = answer(JOURNEY, replace(HERE_AND_THERE, going_to="MM"), real_knowledge)
    assert str(real_knowledge.content.no_number("en", "MM")) in text


def test_staying_forgets_the_journey(real_knowledge: Knowledge) -> None:
    _, note = press(Action(Kind.GOING_TO, JOURNEY, "en"), HERE_AND_THERE, real_knowledge)
    assert note.going_to is None


def test_arriving_ends_the_journey(real_knowledge: Knowledge) -> None:
    _, note = press(Action(Kind.COUNTRY, "", "en", "KH"), HERE_AND_THERE, real_knowledge)
    assert (note.country, note.going_to) == ("KH", None)
    _, note = press(Action(Kind.COUNTRY, "", "en", "LA"), HERE_AND_THERE, real_knowledge)
    assert (note.country, note.going_to) == ("LA", "KH")


@pytest.mark.parametrize("country", ["XX", "REG", "TH"])
def test_nobody_goes_to_a_country_that_the_bot_does_not_know_or_is_in(country: str, real_knowledge: Knowledge) -> None:
    _, note = press(Action(Kind.GOING_TO, "", "en", country), Note(country="TH"), real_knowledge)
    assert note.going_to is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_do_you_know_about_me_tells_it_and_erase_forgets_it(language: str, real_knowledge: Knowledge) -> None:
    reply, _ = press(Action(Kind.ABOUT_ME, "", language), HERE_AND_THERE, real_knowledge)
    countries = real_knowledge.countries(language)
    assert countries["TH"] in reply.text
    assert countries["KH"] in reply.text
    _, note = press(Action(Kind.ERASE_NOW, "", language), HERE_AND_THERE, real_knowledge)
    assert note == NO_NOTE


def test_the_list_of_countries_leads_to_the_journey(real_knowledge: Knowledge) -> None:
    reply, _ = press(Action(Kind.COUNTRIES, "", "en"), NO_NOTE, real_knowledge)
    assert Action(Kind.GOING, "", "en") in actions(reply)
