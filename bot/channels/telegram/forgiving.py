"""A store that fails must silence nobody: what cannot be recalled is empty, what cannot be kept is let go."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from bot.channels.telegram.store import Store
from bot.logs import Event, log
from bot.memory import NO_NOTE, Note
from bot.pace import Recent


class ForgivingStore:
    """`Store` around another one, for a door that always answers."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.failing = False
        """Whether the last thing that was asked of the store failed: nothing true can be said of what it holds."""

    def key(self, chat: int | str) -> bytes:
        """The keyed hash that stands for `chat`."""
        return self._store.key(chat)

    @asynccontextmanager
    async def turn(self, key: bytes) -> AsyncIterator[None]:
        """The right to answer in this chat; taken where it cannot be asked for."""
        async with AsyncExitStack() as stack:
            try:
                await stack.enter_async_context(self._store.turn(key))
            except Exception as problem:
                self._failed(problem)
            yield

    async def recall(self, key: bytes) -> tuple[Note, Recent]:
        """The note and the last minutes of the chat; empty ones where they cannot be had."""
        try:
            found = await self._store.recall(key)
        except Exception as problem:
            self._failed(problem)
            return NO_NOTE, Recent()
        self.failing = False
        return found

    async def keep(self, key: bytes, note: Note, recent: Recent) -> None:
        """Keeps both, where that can be done."""
        try:
            await self._store.keep(key, note, recent)
        except Exception as problem:
            self._failed(problem)

    async def is_done(self, update: int) -> bool:
        """Whether this update was answered; a second answer is better than none."""
        try:
            return await self._store.is_done(update)
        except Exception as problem:
            self._failed(problem)
            return False

    async def done(self, update: int) -> None:
        """Remembers that this update was answered, where that can be done."""
        try:
            await self._store.done(update)
        except Exception as problem:
            self._failed(problem)

    def forget_expired(self) -> None:
        """Drops all whose time is over."""
        try:
            self._store.forget_expired()
        except Exception as problem:
            self._failed(problem)

    def _failed(self, problem: Exception) -> None:
        self.failing = True
        log(Event.STORE_FAILED, error=type(problem).__name__)
