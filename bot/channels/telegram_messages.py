"""Telegram's updates become `Incoming`, and buttons become Telegram's keyboards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update

from bot.actions import Action, Kind
from bot.messages import Button, Incoming, Row

MAX_TEXT = 4096
"""Most UTF-16 units in one message (Bot API)."""

COMMANDS = {
    "start": Kind.START,
    "menu": Kind.MENU,
    "help": Kind.HELP_NOW,
    "language": Kind.LANGUAGES,
    "erase": Kind.ERASE,
    "privacy": Kind.PRIVACY,
    "about": Kind.ABOUT_ME,
}

SERVICE = ("pinned_message", "message_auto_delete_timer_changed", "chat_background_set", "write_access_allowed")
"""What Telegram itself writes into a private chat: nobody asked anything, and an answer would light up the phone."""


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
    if any(getattr(message, sort, None) for sort in SERVICE):
        return None
    return Arrived(message.chat.id, message.message_id, None, _incoming(message))


def keyboard(rows: Sequence[Row]) -> InlineKeyboardMarkup:
    """Inline buttons; whole labels, as many rows as the reply has."""
    return InlineKeyboardMarkup([[_button(button) for button in row] for row in rows])


def fitting(text: str) -> str:
    """`text`, cut after a whole line where Telegram would refuse it: most of an answer is better than none."""
    if _utf16_units(text) <= MAX_TEXT:
        return text
    kept = text.encode("utf-16-le")[: 2 * (MAX_TEXT - 2)].decode("utf-16-le", errors="ignore")
    return (kept[: kept.rfind("\n")] if "\n" in kept else kept) + "\n…"


def _utf16_units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _incoming(message: Message) -> Incoming:
    """Words below a picture are read like any others: there may be danger in them."""
    hint = _hint(message.from_user)
    sent_at: datetime = message.date
    text = message.text or message.caption
    if text is None:
        return Incoming(action=Action(Kind.CANNOT_READ, _sort_of(message)), language_hint=hint, sent_at=sent_at)
    command = _command(text)
    if command is not None:
        return Incoming(action=Action(command), language_hint=hint, sent_at=sent_at)
    return Incoming(text=text, language_hint=hint, sent_at=sent_at)


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
