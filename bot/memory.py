"""The note: all that is ever remembered of a chat, in memory only, under a keyed hash, and soon forgotten.

This is the only module that turns a chat id into a key, and nothing can turn the key back.
"""

from __future__ import annotations

import hashlib
import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot import pace
from bot.pace import Recent

FORGET_AFTER = timedelta(hours=47)
"""How long after the last message a note lives. Telegram lets a bot delete messages for 48 hours."""

MAX_MESSAGES = 500


@dataclass(frozen=True, slots=True)
class Note:
    """What is remembered of one chat.

    `country` is where the child says it is, `going_to` where it says it is going. `quiet`: replies make no sound.
    `messages` are ids and times of this chat's messages, kept only so that *Erase* can delete them; `late_at` is when
    the last neutral line about late messages was sent.
    """

    language: str | None = None
    country: str | None = None
    going_to: str | None = None
    quiet: bool = False
    messages: tuple[tuple[int, datetime], ...] = ()
    late_at: datetime | None = None
    expires_at: datetime | None = None

    def with_messages(self, ids: tuple[int, ...], now: datetime) -> Note:
        """This note with those of `ids` added that it lacks, and those that can no longer be deleted left out."""
        young = tuple(entry for entry in self.messages if now - entry[1] < FORGET_AFTER)
        known = {id_ for id_, _ in young}
        fresh = tuple((id_, now) for id_ in dict.fromkeys(ids) if id_ not in known)
        return replace(self, messages=(young + fresh)[-MAX_MESSAGES:])


NO_NOTE = Note()
NOTHING_RECENT = Recent()


def chat_key(chat: int | str, secret: bytes) -> bytes:
    """The keyed hash that stands for `chat` everywhere behind the door (BLAKE2b, 16 bytes)."""
    return hashlib.blake2b(str(chat).encode("utf-8", "surrogatepass"), digest_size=16, key=secret).digest()


class Memory:
    """Notes by keyed hash, in this process only."""

    def __init__(self, clock: Callable[[], datetime], key: bytes | None = None) -> None:
        """`key` (random when not given) makes the hash; without it nobody can look a chat up."""
        self._clock = clock
        self._key = key or secrets.token_bytes(32)
        # Both in the order of expiry, so that forgetting costs only what is forgotten.
        self._notes: OrderedDict[bytes, Note] = OrderedDict()
        self._recent: OrderedDict[bytes, tuple[datetime, Recent]] = OrderedDict()

    def key(self, chat: int | str) -> bytes:
        """The keyed hash that stands for `chat`."""
        return chat_key(chat, self._key)

    def recall(self, key: bytes) -> Note:
        """The note under `key`; an empty one when there is none or its time is over."""
        self.forget_expired()
        return self._notes.get(key, NO_NOTE)

    def keep(self, key: bytes, note: Note) -> None:
        """Keeps `note` for 47 hours from now; an empty note is dropped at once."""
        if note == replace(NO_NOTE, expires_at=note.expires_at):
            self._notes.pop(key, None)
        else:
            self._notes[key] = replace(note, expires_at=self._clock() + FORGET_AFTER)
            self._notes.move_to_end(key)

    def forget(self, key: bytes) -> None:
        """Drops the note under `key` at once."""
        self._notes.pop(key, None)

    def recall_recent(self, key: bytes) -> Recent:
        """The last minutes of the chat; nothing when they are over."""
        self.forget_expired()
        return self._recent.get(key, (None, NOTHING_RECENT))[1]

    def keep_recent(self, key: bytes, recent: Recent) -> None:
        """Keeps `recent` for 10 minutes from now, beside the note and not part of it."""
        self._recent[key] = (self._clock() + pace.FORGET_AFTER, recent)
        self._recent.move_to_end(key)

    def forget_expired(self) -> None:
        """Drops all whose time is over; a door calls it now and then, so that an idle bot forgets too."""
        now = self._clock()
        while self._notes and _over(next(iter(self._notes.values())).expires_at, now):
            self._notes.popitem(last=False)
        while self._recent and _over(next(iter(self._recent.values()))[0], now):
            self._recent.popitem(last=False)


def _over(end: datetime | None, now: datetime) -> bool:
    return end is None or end <= now
