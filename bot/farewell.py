"""When a bot ends: whatever is asked, it says that it has stopped and who is still there. Danger is still answered."""

from __future__ import annotations

from datetime import datetime

from bot.actions import Kind
from bot.button_replies import CONTACTS
from bot.content import Intent
from bot.conversation import is_about_danger, respond_kindly
from bot.knowledge import Knowledge
from bot.logs import Event, log
from bot.memory import Note
from bot.messages import Incoming, Reply
from bot.replies import erase_row, language_rows, make_reply
from bot.who_can_help import who_can_help

STILL_DONE = frozenset(
    {Kind.ERASE, Kind.ERASE_NOW, Kind.ABOUT_ME, Kind.PRIVACY, Kind.CONFIRM, Kind.READ, Kind.COUNTRIES}
)
"""Buttons that do what they always did: they protect a child, or belong to an answer about danger."""


def say_farewell(incoming: Incoming, note: Note, now: datetime, knowledge: Knowledge) -> tuple[Reply | None, Note]:
    """The reply of a bot that has ended, and the note afterwards; it never raises."""
    reply, note = respond_kindly(incoming, note, now, knowledge)
    if reply is None or is_about_danger(reply, knowledge) or _is_still_done(incoming):
        return reply, note
    try:
        return farewell_reply(reply.language, note, knowledge, replaces=reply.replaces), note
    except Exception as problem:
        log(Event.REPLY_FAILED, error=type(problem).__name__)
        return reply, note


def farewell_reply(language: str, note: Note, knowledge: Knowledge, *, replaces: bool = False) -> Reply:
    """The operator's last words, who can still be called, and *Help now*."""
    operator = knowledge.content.operator
    words = (operator.farewell.texts.get(language) if operator else None) or knowledge.say(language)("farewell")
    intent = knowledge.content.intents.get(CONTACTS) or Intent(CONTACTS, "help", kinds=("child_helpline", "police"))
    helpers = who_can_help(intent, language, note, knowledge)
    text = "\n\n".join(part for part in (words, helpers.text) if part)
    rows = [*helpers.rows, *language_rows(language, knowledge), erase_row(language, knowledge)]
    return make_reply(text, language, knowledge, rows, replaces=replaces)


def _is_still_done(incoming: Incoming) -> bool:
    return incoming.action is not None and incoming.action.kind in STILL_DONE
