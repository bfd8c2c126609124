"""What comes in and what goes out. `Incoming` has no place for a name or an id, and never shows its text."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from bot.actions import Action


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message or one pressed button.

    `language_hint` is the language of the app, if the door knows it; `sent_at` (with a time zone) is when it was sent.
    `edited`: the message had been sent, and mostly answered, before; `unseen` names what came with the text that nobody
    can see or hear here (photo, voice …).
    """

    text: str = field(default="", repr=False)
    action: Action | None = None
    language_hint: str | None = None
    sent_at: datetime | None = None
    edited: bool = False
    unseen: str = ""


@dataclass(frozen=True, slots=True)
class Button:
    """A label with exactly one effect: an action, or a text to copy."""

    label: str
    action: Action | None = None
    copy: str | None = None


Row = tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """One message of the bot.

    `replaces`: the door may show it in place of the message whose button was pressed. `erases`: the door deletes what
    it can of this chat before it shows the reply, with `text_if_some_remain` instead where it could not delete all.
    """

    text: str
    language: str
    buttons: tuple[Row, ...] = ()
    urgent: bool = False
    audio: str | None = None
    replaces: bool = False
    erases: bool = False
    text_if_some_remain: str = ""
    intents: tuple[str, ...] = ()
    """The ids of the catalogue that this reply answers or offers, best first."""
