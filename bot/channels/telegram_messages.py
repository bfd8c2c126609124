"""Telegram's updates become `Incoming`, and buttons become Telegram's keyboards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update

from bot.actions import Action, Kind
from bot.messages import Button, Incoming, Row

COMMANDS = {
    "start": Kind.START,
    "menu": Kind.MENU,
    "help": Kind.HELP_NOW,
    "language": Kind.LANGUAGES,
    "erase": Kind.ERASE,
    "privacy": Kind.PRIVACY,
    "about": Kind.ABOUT_ME,
}


@dataclass(frozen=True, slots=True)
class Arrived:
    """What came, and where the reply goes. It never leaves the door."""

    chat: int
    message: int
    query: str | None
    incoming: Incoming


def read_update(update: Update | None) -> Arrived | None:
    """What `update` brings from a private chat; None for anything that is not answered."""
    if update is None:
        return None
    if update.callback_query is not None:
        query = update.callback_query
        message = query.message
        if message is None or message.chat.type != "private":
            return None
        incoming = Incoming(action=Action.decode(query.data or ""), language_hint=_hint(query.from_user))
        return Arrived(message.chat.id, message.message_id, query.id, incoming)
    if update.message is None or update.message.chat.type != "private":
        return None
    message = update.message
    return Arrived(message.chat.id, message.message_id, None, _incoming(message))


def keyboard(rows: Sequence[Row]) -> InlineKeyboardMarkup:
    """Inline buttons; whole labels, as many rows as the reply has."""
    return InlineKeyboardMarkup([[_button(button) for button in row] for row in rows])


def _incoming(message: Message) -> Incoming:
    hint = _hint(message.from_user)
    sent_at: datetime = message.date
    text = message.text or message.caption
    kind = _sort_of(message)
    if message.text is None and kind:
        return Incoming(action=Action(Kind.CANNOT_READ, kind), language_hint=hint, sent_at=sent_at)
    command = _command(text or "")
    if command is not None:
        return Incoming(action=Action(command), language_hint=hint, sent_at=sent_at)
    return Incoming(text=text or "", language_hint=hint, sent_at=sent_at)


def _command(text: str) -> Kind | None:
    """The command in `text`; anything else after a slash is read as words."""
    if not text.startswith("/"):
        return None
    name = text[1:].split(maxsplit=1)[0].partition("@")[0].lower() if text[1:].strip() else ""
    return COMMANDS.get(name)


def _sort_of(message: Message) -> str:
    """What a message without text is, in one word; its content is never asked for."""
    for sort in ("photo", "video", "voice", "sticker", "location", "contact", "document", "poll", "dice", "audio"):
        if getattr(message, sort, None):
            return sort
    return "other"


def _hint(user: object) -> str | None:
    """The app's language: two letters, good for nothing but a guess."""
    code = getattr(user, "language_code", None)
    return str(code).split("-")[0] if code else None


def _button(button: Button) -> InlineKeyboardButton:
    if button.copy is not None:
        return InlineKeyboardButton(button.label, copy_text=CopyTextButton(button.copy))
    if button.link is not None:
        return InlineKeyboardButton(button.label, url=button.link)
    return InlineKeyboardButton(button.label, callback_data=(button.action or Action(Kind.MENU)).encode())
