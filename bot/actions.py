"""What a button does, and its few bytes of callback data.

Callback data lives as long as the message that carries it, so it must stay readable for years: new kinds may be
added, a letter once given out never changes its meaning.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

MAX_BYTES = 64
"""Telegram's limit for callback data (Bot API, InlineKeyboardButton)."""

_PART = re.compile(r"[A-Za-z0-9_]*", re.ASCII)


class Kind(Enum):
    """What happens when a button is pressed; the value is the letter in callback data."""

    START = "s"
    """The first message; a deep link adds a language, a country, and a topic or answer as `value`."""
    MENU = "m"
    MODULE = "o"
    ANSWER = "a"
    READ = "r"
    """An urgent answer, read for information: the same text, without asking whether it was understood."""
    LANGUAGES = "l"
    LANGUAGE = "L"
    COUNTRY = "C"
    COUNTRIES = "c"
    GOING = "g"
    """Asks where the child is going."""
    GOING_TO = "G"
    """The child is going to the action's country; without one it stays."""
    HELP_NOW = "h"
    CONFIRM = "y"
    SOMETHING_ELSE = "n"
    ABOUT_ME = "i"
    HELPED = "u"
    """An answer helped."""
    NOT_HELPED = "v"
    """It did not: another contact, and how to complain to a person."""
    PRIVACY = "p"
    ERASE = "e"
    ERASE_NOW = "E"
    QUIET = "q"
    """The child asked for quiet: a neutral OK, and nothing more until it writes."""
    SOUND = "S"
    """Replies with or without a sound: `value` is "on" or "off"."""
    CANNOT_READ = "x"
    """Something that is no text came in: `value` names it (photo, voice …)."""
    UNKNOWN = "?"


@dataclass(frozen=True, slots=True)
class Action:
    """A button's meaning: what to do, with which id, in which language, for which country ("" = not said)."""

    kind: Kind
    value: str = ""
    language: str = ""
    country: str = ""

    def encode(self) -> str:
        """Callback data: ASCII, at most 64 bytes.

        Raises:
            ValueError: when a part holds more than letters, digits and underscores, or all together are too long.
        """
        parts = (self.kind.value, self.value, self.language, self.country)
        data = ":".join(parts).rstrip(":")
        if not all(_PART.fullmatch(part) for part in parts[1:]) or len(data) > MAX_BYTES:
            raise ValueError(f"no callback data can be made of {self.kind.name}")
        return data

    @classmethod
    def decode(cls, data: str) -> Action:
        """The action in `data`; `Kind.UNKNOWN` for anything this version does not know. Never raises."""
        kind, *rest = data.split(":")
        if len(data) > MAX_BYTES or len(rest) > 3 or not all(_PART.fullmatch(part) for part in rest):
            return cls(Kind.UNKNOWN)
        value, language, country = (*rest, "", "", "")[:3]
        return cls(_KINDS.get(kind, Kind.UNKNOWN), value, language, country)


_KINDS = {kind.value: kind for kind in Kind}
