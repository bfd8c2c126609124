"""Telegram's updates become `Incoming`, and buttons become Telegram's keyboards."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from telegram import (
    CallbackQuery,
    ChatMemberUpdated,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    Update,
)

from bot.actions import Action, Kind
from bot.messages import Button, Incoming, Row

MAX_TEXT = 4096
"""Most UTF-16 units in one message (Bot API)."""

_CODE = re.compile(r"(?:(?P<language>[a-z]{2})|(?P<country>[A-Z]{2}))(?:_|$)", re.ASCII)
_VALUE = re.compile(r"[a-z_]{1,40}", re.ASCII)

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
"""All that Telegram may bring: nothing from channels, and no inline queries."""

COMMANDS = {
    "start": Action(Kind.START),
    "menu": Action(Kind.MENU),
    "help": Action(Kind.HELP_NOW),
    "language": Action(Kind.LANGUAGES),
    "erase": Action(Kind.ERASE),
    "privacy": Action(Kind.PRIVACY),
    "about": Action(Kind.ANSWER, "chat_who_are_you"),
}

SERVICE = (
    "pinned_message",
    "message_auto_delete_timer_changed",
    "chat_background_set",
    "write_access_allowed",
    "connected_website",
    "users_shared",
    "chat_shared",
)
"""What Telegram itself writes into a private chat: nobody asked anything, and an answer would light up the phone."""

UNREADABLE = (
    *("photo", "video", "voice", "video_note", "audio", "animation", "sticker"),
    *("location", "venue", "contact", "document", "poll", "dice", "story"),
)
"""What a child may send and the bot cannot see or hear. An animation is also a document: the first one counts."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """What came, and where the reply goes. It never leaves the door."""

    chat: int
    message: int
    query: str | None
    incoming: Incoming
    album: str | None = None
    """Telegram's name for the album that the message belongs to."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A group or channel that the bot was brought into; it must not stay. `speaks`: a line may be said there."""

    chat: int
    language_hint: str | None
    speaks: bool


def read_update(update: Update | None) -> Arrived | Elsewhere | None:
    """What `update` brings; None for anything that is not answered."""
    if update is None:
        return None
    if update.callback_query is not None:
        return _press(update.callback_query)
    if update.my_chat_member is not None:
        return _membership(update.my_chat_member)
    message = update.message or update.edited_message
    if message is None:
        return None
    if message.chat.type != "private":
        return Elsewhere(message.chat.id, _hint(message.from_user), message.chat.type != "channel")
    if any(getattr(message, sort, None) for sort in SERVICE):
        return None
    incoming = _incoming(message, edited=update.message is None)
    return Arrived(message.chat.id, message.message_id, None, incoming, message.media_group_id)


def _press(query: CallbackQuery) -> Arrived | None:
    message = query.message
    if message is None or message.chat.type != "private":
        return None
    incoming = Incoming(action=Action.decode(query.data or ""), language_hint=_hint(query.from_user))
    return Arrived(message.chat.id, message.message_id, query.id, incoming)


def _membership(change: ChatMemberUpdated) -> Elsewhere | None:
    """A child who blocks or unblocks the bot says nothing; in a group or channel the bot has become a member."""
    is_inside = change.new_chat_member.status in ("member", "administrator", "restricted")
    if change.chat.type == "private" or not is_inside:
        return None
    return Elsewhere(change.chat.id, _hint(change.from_user), change.chat.type != "channel")


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


def _incoming(message: Message, *, edited: bool) -> Incoming:
    """Words below a picture are read like any others: there may be danger in them."""
    sort = _unreadable_part(message)
    text = message.text or message.caption
    action = Action(Kind.CANNOT_READ, sort or "other") if text is None else _command(text)
    return Incoming(
        text=text or "" if action is None else "",
        action=action,
        language_hint=_hint(message.from_user),
        sent_at=message.edit_date or message.date if edited else message.date,
        edited=edited,
        unseen=sort if action is None else "",
    )


def _command(text: str) -> Action | None:
    """The command in `text`; anything else after a slash is read as words."""
    if not text.startswith("/"):
        return None
    name, _, rest = text[1:].strip().partition(" ")
    command = COMMANDS.get(name.partition("@")[0].lower())
    return deep_link(rest) if command is not None and command.kind is Kind.START else command


def deep_link(payload: str) -> Action:
    """The start out of `t.me/<bot>?start=km_TH_detained`: language, country, and a topic or answer.

    Any part may be missing; what does not look like one is left out.
    """
    language, country, value = "", "", payload.strip().replace("-", "_")
    while found := _CODE.match(value):
        language, country = found["language"] or language, found["country"] or country
        value = value[found.end() :]
    return Action(Kind.START, value if _VALUE.fullmatch(value) else "", language, country)


def _unreadable_part(message: Message) -> str:
    """What beside words the message brings, in one word ("" = nothing); it is never asked for."""
    return next((sort for sort in UNREADABLE if getattr(message, sort, None)), "")


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
