"""The heart: what to say next. A message or a button and the note come in; a reply and the new note go out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.actions import Action, Kind
from bot.decision import Decision, Outcome, decide
from bot.knowledge import Knowledge
from bot.languages import reply_language, written_language
from bot.logs import Event, log
from bot.memory import NO_NOTE, Note
from bot.messages import Button, Incoming, Reply
from bot.replies import (
    about_me_reply,
    answer_reply,
    country_rows,
    help_now_reply,
    language_rows,
    lost_reply,
    make_reply,
    menu_reply,
    module_reply,
    suggest_reply,
)
from bot.wording import key
from nlu.phrases import symbols
from nlu.text import normalise

TOO_OLD = timedelta(minutes=10)
"""Older messages come out of an outage: whoever holds the phone now must not see an answer to them."""

CARRIED_BY_BUTTONS = frozenset({Kind.LANGUAGE, Kind.COUNTRY})
"""Only these actions change what the note says about the child."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a text was read: the decision, and the language it is written in (None when it cannot be told)."""

    decision: Decision
    written: str | None


def respond(incoming: Incoming, note: Note, now: datetime, knowledge: Knowledge) -> tuple[Reply | None, Note]:
    """The one reply to `incoming` and the note afterwards.

    None instead of a reply only for further messages out of the same outage, after the neutral line was sent once.
    """
    if incoming.action is not None:
        return _respond_to_action(incoming.action, incoming, note, now, knowledge)
    language = _language(None, incoming, note, knowledge)
    if incoming.sent_at is not None and now - incoming.sent_at > TOO_OLD:
        return _respond_to_late(language, note, now, knowledge)
    whole = _whole_message(incoming.text, knowledge)
    if whole is not None:
        kind, word_language = whole
        chosen = _language(word_language, incoming, note, knowledge)
        if kind is Kind.HELP_NOW:
            return help_now_reply(chosen, note, knowledge), note
        return _quiet_reply(chosen, knowledge), note
    reading = read(incoming.text, knowledge)
    return _respond_to_text(reading, incoming, note, knowledge), note


def read(text: str, knowledge: Knowledge) -> Reading:
    """What `text` is about and which language it is written in."""
    danger = knowledge.danger.find(text)
    understanding = knowledge.interpreter.interpret(text)
    decision = decide(text, danger, understanding, knowledge.content.intents)
    return Reading(decision, written_language(normalise(text), knowledge.content.languages, danger.languages))


def _language(written: str | None, incoming: Incoming, note: Note, knowledge: Knowledge) -> str:
    known = knowledge.language_codes
    return reply_language(written, note.language, incoming.language_hint, knowledge.default_language, known)


def _whole_message(text: str, knowledge: Knowledge) -> tuple[Kind, str | None] | None:
    """*Help now* or *stop* where the whole message is one of their words, in any language."""
    row = symbols(text)
    emoji = normalise(text)
    for language in knowledge.content.languages:
        for words, kind in (
            (language.safe_words + language.help_words, Kind.HELP_NOW),
            (language.stop_words, Kind.CONFIRM),
        ):
            for word in words:
                if row and symbols(word) == row:
                    return kind, language.code
                if not symbols(word) and word in emoji and not row:
                    return kind, None
    return None


def _quiet_reply(language: str, knowledge: Knowledge) -> Reply:
    """After *stop*: a neutral OK, and *Erase* offered."""
    say = knowledge.say(language)
    return make_reply(say("ok"), language, knowledge, [(Button("🧹 " + say("erase"), Action(Kind.ERASE, language=language)),)])


def _respond_to_late(language: str, note: Note, now: datetime, knowledge: Knowledge) -> tuple[Reply | None, Note]:
    """One neutral line per chat and outage, never content."""
    if note.late_at is not None and now - note.late_at < TOO_OLD:
        return None, note
    reply = make_reply(knowledge.say(language)("late"), language, knowledge)
    return reply, replace(note, late_at=now)


def _respond_to_text(reading: Reading, incoming: Incoming, note: Note, knowledge: Knowledge) -> Reply:
    decision = reading.decision
    language = _language(reading.written, incoming, note, knowledge)
    if decision.outcome in (Outcome.ANSWER, Outcome.URGENT):
        reply = _answer(decision.shown[0], language, note, knowledge)
    elif decision.outcome is Outcome.SUGGEST:
        reply = suggest_reply(decision.shown, language, knowledge)
    else:
        reply = lost_reply(language, knowledge)
    again = decision.shown[0] if decision.outcome in (Outcome.ANSWER, Outcome.URGENT) else ""
    return _with_other_languages(reply, again, reading, note, knowledge)


def _answer(intent_id: str, language: str, note: Note, knowledge: Knowledge, *, ask_back: bool = True) -> Reply:
    """The answer to an id of the catalogue; menus and the two talks about the note are answers too."""
    intent = knowledge.content.intents.get(intent_id)
    if intent is None:
        return menu_reply(language, knowledge, key("unknown_button"))
    reply = answer_reply(intent, language, note, knowledge, ask_back=ask_back)
    extra = _EXTRA_ROWS.get(intent_id)
    if extra is None:
        return reply
    return replace(reply, buttons=(*extra(language, knowledge), *reply.buttons))


def _erase_rows(language: str, knowledge: Knowledge) -> list[tuple[Button, ...]]:
    say = knowledge.say(language)
    return [(Button("🧹 " + say("erase"), Action(Kind.ERASE, language=language)),)]


def _privacy_rows(language: str, knowledge: Knowledge) -> list[tuple[Button, ...]]:
    say = knowledge.say(language)
    about = Button("🔒 " + say("what_do_you_know"), Action(Kind.ABOUT_ME, language=language))
    return [(about,), *_erase_rows(language, knowledge)]


def _menu_rows(language: str, knowledge: Knowledge) -> list[tuple[Button, ...]]:
    return list(menu_reply(language, knowledge).buttons[:-1])


_EXTRA_ROWS: dict[str, Callable[[str, Knowledge], list[tuple[Button, ...]]]] = {
    "chat_erase": _erase_rows,
    "chat_privacy": _privacy_rows,
    "chat_language": lambda language, knowledge: language_rows(language, knowledge),
    "chat_greet": _menu_rows,
    "chat_how_to_use": _menu_rows,
    "chat_other": _menu_rows,
}


def _with_other_languages(reply: Reply, again: str, reading: Reading, note: Note, knowledge: Knowledge) -> Reply:
    """Adds the way to the same answer in another language, where the reply's may not be the child's."""
    if reading.written is None and note.language is None:
        rows = language_rows(reply.language, knowledge, again)
    elif note.language is not None and note.language != reply.language:
        rows = [
            row
            for row in language_rows(reply.language, knowledge, again)
            for row in [tuple(b for b in row if b.action and b.action.language == note.language)]
            if row
        ]
    else:
        return reply
    return replace(reply, buttons=(*reply.buttons[:-1], *rows, reply.buttons[-1]))


def _respond_to_action(
    action: Action, incoming: Incoming, note: Note, now: datetime, knowledge: Knowledge
) -> tuple[Reply, Note]:
    """What a button does. The language it carries is the language of the message it stands under."""
    carried = action.language if action.language in knowledge.language_codes else None
    if action.kind is Kind.LANGUAGE and carried:
        note = replace(note, language=carried)
    if action.kind is Kind.COUNTRY and action.country in knowledge.countries("en"):
        note = replace(note, country=action.country)
    if action.kind is Kind.ERASE_NOW:
        note = replace(NO_NOTE, messages=note.messages)
    language = _language(carried, incoming, note, knowledge)
    reply = _ACTIONS.get(action.kind, _unknown)(action, language, note, now, knowledge)
    return reply, note


Act = Callable[[Action, str, Note, datetime, Knowledge], Reply]


def _start(action: Action, language: str, note: Note, now: datetime, knowledge: Knowledge) -> Reply:
    greeting = knowledge.say(language)("welcome")
    return make_reply(greeting, language, knowledge, language_rows("", knowledge))


def _menu(action: Action, language: str, note: Note, now: datetime, knowledge: Knowledge) -> Reply:
    return menu_reply(language, knowledge, replaces=True)


def _module(action: Action, language: str, note: Note, now: datetime, knowledge: Knowledge) -> Reply:
    return module_reply(action.value, language, note, knowledge)


def _show_answer(action: Action, language: str, note: Note, now: datetime, knowledge: Knowledge) -> Reply:
    return _answer(action.value, language, note, knowledge)


def _show_information(action: Action, language: str, note: Note, now: datetime, knowledge: Knowledge) -> Reply:
    return _answer(action.value, language, note, knowledge, ask_back=False)


def _languages(action: Action, language: str, note: Note, now: datetime, knowledge: Knowledge) -> Reply:
    text = knowledge.say(language)("choose_language")
    return make_reply(text, language, knowledge, language_rows("", knowledge), replaces=True)


def _language_chosen(action: Action, language: str, note: Note, now: datetime, knowledge: Knowledge) -> Reply:
    if action.value in knowledge.content.intents:
        return replace(_answer(action.value, language, note, knowledge), replaces=True)
    return menu_reply(language, knowledge, key("language_chosen"), replaces=True)


def _countries(action: Action, language: str, note: Note, now: datetime, knowledge: Knowledge) -> Reply:
    say = knowledge.say(language)
    anywhere = replace(knowledge.content.intents["help_contacts"], id="") if "help_contacts" in knowledge.content.intents else None
    rows = country_rows(anywhere, language, replace(note, country=None), knowledge) if anywhere else []
    return make_reply(say("choose_country"), language, knowledge, rows, replaces=True)


def _country_chosen(action: Action, language: str, note: Note, now: datetime, knowledge: Knowledge) -> Reply:
    if action.value in knowledge.content.intents:
        return replace(_answer(action.value, language, note, knowledge), replaces=True)
    return menu_reply(language, knowledge, key("country_chosen"), replaces=True)


def _contacts(action: Action, language: str, note: Note, now: datetime, knowledge: Knowledge) -> Reply:
    return _answer("help_contacts", language, note, knowledge)


def _help_now(action: Action, language: str, note: Note, now: datetime, knowledge: Knowledge) -> Reply:
    return help_now_reply(language, note, knowledge)


def _confirm(action: Action, language: str, note: Note, now: datetime, knowledge: Knowledge) -> Reply:
    say = knowledge.say(language)
    rows = _erase_rows(language, knowledge)
    safe = next((known.safe_words[-1] for known in knowledge.content.languages if known.code == language), "🌻")
    return make_reply(say("confirmed", word=safe), language, knowledge, rows, intents=(action.value,) if action.value else ())


def _something_else(action: Action, language: str, note: Note, now: datetime, knowledge: Knowledge) -> Reply:
    return lost_reply(language, knowledge, key("say_it_otherwise"))


def _about_me(action: Action, language: str, note: Note, now: datetime, knowledge: Knowledge) -> Reply:
    return about_me_reply(language, note, knowledge, now)


def _privacy(action: Action, language: str, note: Note, now: datetime, knowledge: Knowledge) -> Reply:
    return _answer("chat_privacy", language, note, knowledge)


def _erase(action: Action, language: str, note: Note, now: datetime, knowledge: Knowledge) -> Reply:
    say = knowledge.say(language)
    rows = [(Button("🧹 " + say("erase_now"), Action(Kind.ERASE_NOW, language=language)),)]
    return make_reply(say("erase_question"), language, knowledge, rows)


def _erase_now(action: Action, language: str, note: Note, now: datetime, knowledge: Knowledge) -> Reply:
    say = knowledge.say(language)
    reply = make_reply(say("ok"), language, knowledge, erases=True)
    return replace(reply, text_if_some_remain=say("some_remain"))


def _cannot_read(action: Action, language: str, note: Note, now: datetime, knowledge: Knowledge) -> Reply:
    lead = key("cannot_see_photo") if action.value in ("photo", "video") else key("cannot_read")
    return lost_reply(language, knowledge, lead)


def _unknown(action: Action, language: str, note: Note, now: datetime, knowledge: Knowledge) -> Reply:
    return menu_reply(language, knowledge, key("unknown_button"))


_ACTIONS: dict[Kind, Act] = {
    Kind.START: _start,
    Kind.MENU: _menu,
    Kind.MODULE: _module,
    Kind.ANSWER: _show_answer,
    Kind.READ: _show_information,
    Kind.LANGUAGES: _languages,
    Kind.LANGUAGE: _language_chosen,
    Kind.COUNTRIES: _countries,
    Kind.COUNTRY: _country_chosen,
    Kind.CONTACTS: _contacts,
    Kind.HELP_NOW: _help_now,
    Kind.CONFIRM: _confirm,
    Kind.SOMETHING_ELSE: _something_else,
    Kind.ABOUT_ME: _about_me,
    Kind.PRIVACY: _privacy,
    Kind.ERASE: _erase,
    Kind.ERASE_NOW: _erase_now,
    Kind.CANNOT_READ: _cannot_read,
}


def respond_kindly(incoming: Incoming, note: Note, now: datetime, knowledge: Knowledge) -> tuple[Reply | None, Note]:
    """`respond`, and whatever goes wrong inside it still a kind sentence with *Help now* and *Menu*."""
    try:
        return respond(incoming, note, now, knowledge)
    except Exception as problem:
        log(Event.REPLY_FAILED, error=type(problem).__name__)
        return lost_reply(_language(None, incoming, note, knowledge), knowledge), note
