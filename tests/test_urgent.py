"""Danger first: each urgent intent in each language, with and without a country, with and without a model."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.actions import Action, Kind
from bot.conversation import respond, respond_kindly
from bot.danger import NEVER_SOFTENED
from bot.knowledge import Knowledge
from bot.memory import NO_NOTE, Note
from bot.messages import Incoming, Reply
from bot.settings import COUNTRIES
from nlu.understanding import Understanding
from tests.conftest import LANGUAGES, NOW

URGENT = (
    "detained_hurt",
    "detained_now",
    "detained_parent",
    "health_emergency",
    "health_want_to_die",
    "help_danger_now",
    "help_hurt",
    "help_lost_alone",
    "help_sexual_abuse",
    "help_trafficked",
)


class Broken:
    """An interpreter that always raises."""

    def interpret(self, text: str) -> Understanding:
        raise RuntimeError(text)


def ask(text: str, knowledge: Knowledge, note: Note = NO_NOTE) -> Reply:
    reply, _ = respond(Incoming(text=text, sent_at=NOW), note, NOW, knowledge)
    assert reply is not None
    return reply


def test_the_ten_urgent_intents_are_those_of_the_catalogue(real_knowledge: Knowledge) -> None:
    assert sorted(i.id for i in real_knowledge.content.intents.values() if i.urgent) == sorted(URGENT)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("intent", URGENT)
def test_every_danger_phrase_is_answered_without_a_model(intent: str, language: str, real_knowledge: Knowledge) -> None:
    """With no country known every reply names somebody to call, in the language of the phrase."""
    phrases = [p for p, id_ in real_knowledge.content.danger[language].phrases if id_ == intent]
    assert len(phrases) >= 15
    for phrase in phrases:
        reply = ask(phrase, real_knowledge, Note(language=language))
        assert reply.urgent, phrase
        assert reply.intents[0] in URGENT, phrase
        assert "📞" in reply.text, phrase


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("intent", URGENT)
def test_an_urgent_answer_opens_neutrally_and_names_who_to_call(
    intent: str, language: str, knowledge: Knowledge
) -> None:
    """The first line is safe on a lock screen; without a country every country has its line."""
    knowledge.interpreter.known["…aa"] = intent  # type: ignore[attr-defined]
    reply = ask("…aa", knowledge, Note(language=language))
    answer = knowledge.content.answer(language, intent)
    assert answer is not None
    assert reply.text.splitlines()[0] == answer.quiet
    for country in knowledge.countries(language).values():
        assert country in reply.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("intent", URGENT)
def test_around_an_urgent_answer(intent: str, language: str, knowledge: Knowledge) -> None:
    """*Erase* is offered, the answer itself asks nothing, and *Yes* tells the way back."""
    knowledge.interpreter.known["…aa"] = intent  # type: ignore[attr-defined]
    reply = ask("…aa", knowledge, Note(language=language))
    actions = [button.action for row in reply.buttons for button in row if button.action]
    assert Action(Kind.ERASE, language=language) in actions
    answer = knowledge.content.answer(language, intent)
    assert answer is not None
    assert "?" not in re.sub(r"[\"“«].*?[\"”»]", "", "\n".join((answer.say, *answer.do)))
    confirmed, _ = respond(Incoming(action=Action(Kind.CONFIRM, intent, language)), NO_NOTE, NOW, knowledge)
    assert confirmed is not None
    words = next(known.safe_words for known in knowledge.content.languages if known.code == language)
    assert "🌻" in confirmed.text
    assert words[-1] in confirmed.text


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("intent", URGENT)
def test_with_a_country_there_is_a_number_or_kind_words_what_else_to_do(
    intent: str, country: str, knowledge: Knowledge
) -> None:
    knowledge.interpreter.known["…aa"] = intent  # type: ignore[attr-defined]
    for language in LANGUAGES:
        reply = ask("…aa", knowledge, Note(language=language, country=country))
        nothing = knowledge.content.no_number(language, country)
        assert "📞" in reply.text or (nothing and nothing in reply.text)


@pytest.mark.parametrize("intent", URGENT)
def test_police_are_never_named_to_a_child_who_fears_them(intent: str, knowledge: Knowledge) -> None:
    """Under detention and health no police number stands, and where one stands the text says what police may ask."""
    numbers = {n for c in knowledge.content.contacts.values() if c.kinds == ("police",) for n in c.numbers}
    knowledge.interpreter.known["…aa"] = intent  # type: ignore[attr-defined]
    for country in COUNTRIES:
        reply = ask("…aa", knowledge, Note(language="en", country=country))
        named = any(f": {number}" in reply.text for number in numbers)
        assert not named or (intent.startswith("help_") and "papers" in reply.text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_abuse_and_suicide_are_never_softened(language: str, real_knowledge: Knowledge) -> None:
    words = real_knowledge.content.danger[language]
    for phrase, intent in words.phrases:
        if intent in NEVER_SOFTENED:
            for softening in words.softening:
                assert intent not in real_knowledge.danger.find(f"{softening} {phrase}").softened


def test_a_softened_danger_is_offered_first(real_knowledge: Knowledge) -> None:
    """In plain words about nobody: a question about information, with *Help now* and the danger first."""
    softened = []
    for language in LANGUAGES:
        words = real_knowledge.content.danger[language]
        for phrase, _ in words.phrases:
            text = f"{words.softening[0]} {phrase}"
            found = real_knowledge.danger.find(text)
            if found.softened and not found.intents:
                softened.append((language, text))
    assert softened
    for language, text in softened[:20]:
        reply = ask(text, real_knowledge, Note(language=language))
        assert reply.intents[0] in URGENT
        assert not reply.urgent
        assert reply.buttons[0][0].action == Action(Kind.HELP_NOW, language=language)
        assert reply.buttons[1][0].action == Action(Kind.ANSWER, reply.intents[0], language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_broken_model_never_stands_between_a_child_and_help(language: str, real_knowledge: Knowledge) -> None:
    """Even where the interpreter raises, the child gets a kind sentence with Help now."""
    broken = replace(real_knowledge, interpreter=Broken())
    reply, _ = respond_kindly(Incoming(text="x y z"), Note(language=language), NOW, broken)
    assert reply is not None
    assert reply.text == real_knowledge.say(language)("lost")
    assert len(reply.buttons[-1]) == 2


def test_a_late_message_gets_one_neutral_line(real_knowledge: Knowledge) -> None:
    """Whoever holds the phone after an outage sees no content, and no second line."""
    late = Incoming(text="ตำรวจจับหนู", sent_at=NOW - timedelta(minutes=11))
    reply, note = respond(late, Note(language="th"), NOW, real_knowledge)
    assert reply is not None
    assert reply.text == real_knowledge.say("th")("late")
    again, note = respond(late, note, NOW, real_knowledge)
    assert again is None
    fresh, _ = respond(replace(late, sent_at=NOW), note, NOW, real_knowledge)
    assert fresh is not None
    assert fresh.urgent
