"""Telegram's updates become `Incoming`.

An update is read as the plain data that it is, and only the few fields that a reply needs: names are never looked at,
and a new or odd kind of message, which a typed library would refuse as a whole, is answered like any other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from bot.actions import Action, Kind
from bot.messages import Incoming

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

SERVICE = frozenset(
    {
        "pinned_message",
        "message_auto_delete_timer_changed",
        "chat_background_set",
        "write_access_allowed",
        "connected_website",
        "users_shared",
        "chat_shared",
    }
)
"""What Telegram itself writes into a private chat: nobody asked anything, and an answer would light up the phone."""

UNREADABLE = (
    *("photo", "video", "voice", "video_note", "audio", "animation", "sticker"),
    *("location", "venue", "contact", "document", "poll", "dice", "story"),
)
"""What a child may send and the bot cannot see or hear. An animation is also a document: the first one counts."""

_CODE = re.compile(r"(?:(?P<language>[a-z]{2})|(?P<country>[A-Z]{2}))(?:_|$)", re.ASCII)
_VALUE = re.compile(r"[a-z_]{1,40}", re.ASCII)


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


def read_update(raw: dict[str, Any]) -> Arrived | Elsewhere | None:
    """What an update brings; None for anything that is not answered. Whatever is in it, it never raises."""
    if (query := _part(raw, "callback_query")) is not None:
        return _press(query)
    if (change := _part(raw, "my_chat_member")) is not None:
        return _membership(change)
    edited = "message" not in raw
    message = _part(raw, "edited_message" if edited else "message")
    if message is None:
        return None
    chat, id_ = _chat(message), message.get("message_id")
    if chat is None or not isinstance(id_, int):
        return None
    if chat["type"] != "private":
        return Elsewhere(chat["id"], _hint(message), chat["type"] != "channel")
    if SERVICE & message.keys():
        return None
    return Arrived(chat["id"], id_, None, _incoming(message, edited=edited), _text(message, "media_group_id"))


def deep_link(payload: str) -> Action:
    """The start out of `t.me/<bot>?start=km_TH_detained`: language, country, and a topic or answer.

    Any part may be missing; what does not look like one is left out.
    """
    language, country, value = "", "", payload.strip().replace("-", "_")
    while found := _CODE.match(value):
        language, country = found["language"] or language, found["country"] or country
        value = value[found.end() :]
    return Action(Kind.START, value if _VALUE.fullmatch(value) else "", language, country)


def _press(query: dict[str, Any]) -> Arrived | None:
    message, id_ = _part(query, "message") or {}, _text(query, "id")
    chat, number = _chat(message), message.get("message_id")
    if chat is None or chat["type"] != "private" or not isinstance(number, int) or id_ is None:
        return None
    incoming = Incoming(action=Action.decode(_text(query, "data") or ""), language_hint=_hint(query))
    return Arrived(chat["id"], number, id_, incoming)


def _membership(change: dict[str, Any]) -> Elsewhere | None:
    """A child who blocks or unblocks the bot says nothing; in a group or channel the bot has become a member."""
    chat, member = _chat(change), _part(change, "new_chat_member") or {}
    is_inside = member.get("status") in ("member", "administrator", "restricted")
    if chat is None or chat["type"] == "private" or not is_inside:
        return None
    return Elsewhere(chat["id"], _hint(change), chat["type"] != "channel")


def _incoming(message: dict[str, Any], *, edited: bool) -> Incoming:
    """Words below a picture are read like any others: there may be danger in them."""
    sort = next((sort for sort in UNREADABLE if message.get(sort)), "")
    text = _text(message, "text")
    text = _text(message, "caption") if text is None else text
    action = Action(Kind.CANNOT_READ, sort or "other") if text is None else _command(text)
    return Incoming(
        text=text or "" if action is None else "",
        action=action,
        language_hint=_hint(message),
        sent_at=_moment(message.get("edit_date") if edited else message.get("date")),
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


def _part(raw: dict[str, Any], name: str) -> dict[str, Any] | None:
    found = raw.get(name)
    return found if isinstance(found, dict) else None


def _text(raw: dict[str, Any], name: str) -> str | None:
    found = raw.get(name)
    return found if isinstance(found, str) else None


def _chat(raw: dict[str, Any]) -> dict[str, Any] | None:
    """The chat, where it tells its id and its type."""
    chat = _part(raw, "chat")
    return chat if chat and type(chat.get("id")) is int and isinstance(chat.get("type"), str) else None


def _hint(raw: dict[str, Any]) -> str | None:
    """The app's language: two letters, good for nothing but a guess."""
    code = _text(_part(raw, "from") or {}, "language_code")
    return code.split("-")[0] if code else None


def _moment(seconds: object) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds, timezone.utc) if isinstance(seconds, int) else None
    except (OverflowError, ValueError, OSError):
        return None
