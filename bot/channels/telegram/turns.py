"""One update of a chat after the other, chats side by side; what looks urgent goes to the head of its chat."""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass
class Line:
    """Who waits in one chat. `skipped`: ids of messages that came meanwhile and stay unanswered."""

    waiting: list[tuple[bool, int, asyncio.Future[None]]] = field(default_factory=list)
    skipped: list[int] = field(default_factory=list)

    def take_skipped(self) -> tuple[int, ...]:
        """The skipped ids, each given once."""
        taken, self.skipped = tuple(self.skipped), []
        return taken


class Turns:
    """Whose turn it is in each chat. A chat in which nothing happens leaves nothing here."""

    def __init__(self, most_waiting: int) -> None:
        """`most_waiting`: how many updates of one chat may wait."""
        self._most_waiting = most_waiting
        self._lines: dict[bytes, Line] = {}
        self._numbers = itertools.count()

    def __len__(self) -> int:
        """How many chats are being answered."""
        return len(self._lines)

    @asynccontextmanager
    async def turn(self, key: bytes, message: int, urgent: Callable[[], bool]) -> AsyncIterator[Line | None]:
        """Waits for the turn of `message`; None for one that a flood has made too many.

        `urgent` is asked only where others of the same chat are waiting.
        """
        line = self._lines.get(key)
        if line is None:
            line = self._lines[key] = Line()
        else:
            first = urgent()
            if len(line.waiting) >= self._most_waiting and not first:
                line.skipped.append(message)
                yield None
                return
            await self._wait(key, line, first)
        try:
            yield line
        finally:
            self._pass_on(key, line)

    async def _wait(self, key: bytes, line: Line, first: bool) -> None:
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(line.waiting, (not first, next(self._numbers), mine))
        try:
            await mine
        except asyncio.CancelledError:
            if mine.done() and not mine.cancelled():  # it was our turn already
                self._pass_on(key, line)
            raise

    def _pass_on(self, key: bytes, line: Line) -> None:
        while line.waiting:
            _, _, next_one = heapq.heappop(line.waiting)
            if not next_one.done():
                next_one.set_result(None)
                return
        del self._lines[key]
