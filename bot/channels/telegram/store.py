"""Where the door keeps its notes: in this process, or shared between several."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime
from typing import Protocol

from bot.memory import Memory, Note
from bot.pace import FORGET_AFTER, Recent

MOST_UPDATES = 20_000
"""Most update ids remembered; Telegram gives an id anew only within seconds."""


class Store(Protocol):
    """What is remembered of chats, under keyed hashes only, and which updates were answered."""

    def key(self, chat: int | str) -> bytes:
        """The keyed hash that stands for `chat`."""

    def turn(self, key: bytes) -> AbstractAsyncContextManager[None]:
        """The right to answer in this chat, among all processes."""

    async def recall(self, key: bytes) -> tuple[Note, Recent]:
        """The note and the last minutes of the chat."""

    async def keep(self, key: bytes, note: Note, recent: Recent) -> None:
        """Keeps both; an empty note is dropped."""

    async def is_done(self, update: int) -> bool:
        """Whether this update was answered in the last minutes."""

    async def done(self, update: int) -> None:
        """Remembers that this update was answered."""

    def forget_expired(self) -> None:
        """Drops all whose time is over; called now and then, so that an idle bot forgets too."""


class LocalStore:
    """The memory of this process."""

    def __init__(self, memory: Memory, clock: Callable[[], datetime]) -> None:
        self._memory = memory
        self._clock = clock
        self._done: OrderedDict[int, datetime] = OrderedDict()

    def key(self, chat: int | str) -> bytes:
        """The keyed hash that stands for `chat`."""
        return self._memory.key(chat)

    @asynccontextmanager
    async def turn(self, _key: bytes) -> AsyncIterator[None]:
        """There is no other process."""
        yield

    async def recall(self, key: bytes) -> tuple[Note, Recent]:
        """The note and the last minutes of the chat."""
        return self._memory.recall(key), self._memory.recall_recent(key)

    async def keep(self, key: bytes, note: Note, recent: Recent) -> None:
        """Keeps both; an empty note is dropped."""
        self._memory.keep(key, note)
        self._memory.keep_recent(key, recent)

    async def is_done(self, update: int) -> bool:
        """Whether this update was answered in the last minutes."""
        return update in self._done

    async def done(self, update: int) -> None:
        """Remembers that this update was answered."""
        self._done[update] = self._clock()
        if len(self._done) > MOST_UPDATES:
            self._done.popitem(last=False)
        self.forget_expired()

    def forget_expired(self) -> None:
        """Drops all whose time is over; called now and then, so that an idle bot forgets too."""
        self._memory.forget_expired()
        oldest = self._clock() - FORGET_AFTER
        while self._done and next(iter(self._done.values())) <= oldest:
            self._done.popitem(last=False)
