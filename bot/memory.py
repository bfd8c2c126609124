"""The note: all that is ever remembered of a chat, in memory only, under a keyed hash, and soon forgotten.

This is the only module that turns a chat id into a key, and nothing can turn the key back.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

FORGET_AFTER = timedelta(hours=47)
"""How long after the last message a note lives. Telegram lets a bot delete messages for 48 hours."""

MAX_MESSAGES = 500


@dataclass(frozen=True, slots=True)
class Note:
    """What is remembered of one chat.

    `messages` are ids and times of this chat's messages, kept only so that *Erase* can delete them; `late_at` is when
    the last neutral line about late messages was sent.
    """

    language: str | None = None
    country: str | None = None
    messages: tuple[tuple[int, datetime], ...] = ()
    late_at: datetime | None = None
    expires_at: datetime | None = None

    def with_messages(self, ids: tuple[int, ...], now: datetime) -> Note:
        """This note with `ids` added, and those that can no longer be deleted left out."""
        young = tuple(entry for entry in self.messages if now - entry[1] < FORGET_AFTER)
        return replace(self, messages=(young + tuple((id_, now) for id_ in ids))[-MAX_MESSAGES:])


NO_NOTE = Note()


class Memory:
    """Notes by keyed hash, in this process only."""

    def __init__(self, clock: Callable[[], datetime], key: bytes | None = None) -> None:
        """`key` (random when not given) makes the hash; without it nobody can look a chat up."""
        self._clock = clock
        self._key = key or secrets.token_bytes(32)
        self._notes: dict[bytes, Note] = {}

    def key(self, chat: int | str) -> bytes:
        """The keyed hash that stands for `chat` everywhere behind the door (BLAKE2b, 16 bytes)."""
        return hashlib.blake2b(str(chat).encode(), digest_size=16, key=self._key).digest()

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

    def forget(self, key: bytes) -> None:
        """Drops the note under `key` at once."""
        self._notes.pop(key, None)

    def forget_expired(self) -> None:
        """Drops every note whose time is over; a door calls it now and then, so that an idle bot forgets too."""
        now = self._clock()
        for key in [k for k, note in self._notes.items() if note.expires_at is None or note.expires_at <= now]:
            del self._notes[key]
