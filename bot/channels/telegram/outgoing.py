"""What goes out to Telegram: no faster than it allows, urgent replies first, and again until it is taken."""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeVar

from telegram import LinkPreviewOptions
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError
from telegram.ext import Defaults, ExtBot
from telegram.request import HTTPXRequest

from bot.logs import Event, log
from bot.pace import Limits

RETRY_SECONDS = 1.0
"""Pause before a failed call is made again; it doubles with each failure, up to `MAX_RETRY_SECONDS`."""
MAX_RETRY_SECONDS = 5.0
GIVE_UP_SECONDS = 180.0
"""How long one call is tried: longer than any short outage, shorter than the age at which a message is too old."""
READ_SECONDS = 20.0
"""How long Telegram may take for one answer. After a shorter time the same message might go out twice."""
CONNECTIONS = 100
MOST_CHATS = 1_000

_Result = TypeVar("_Result")
_FINAL = (BadRequest, Forbidden, InvalidToken, ChatMigrated)
"""Refusals that another try does not change."""


def make_bot(token: str, url: str) -> ExtBot[None]:
    """A bot that asks the Bot API server at `url` and shows no previews of links."""
    defaults = Defaults(link_preview_options=LinkPreviewOptions(is_disabled=True))
    request = HTTPXRequest(connection_pool_size=CONNECTIONS, read_timeout=READ_SECONDS, pool_timeout=READ_SECONDS)
    return ExtBot(token, base_url=url, defaults=defaults, request=request)


class Outgoing:
    """Sends messages: so many a second in all, so many to one chat, and waits where Telegram says so."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._line = _Slots(limits.overall)
        self._chats: dict[bytes, float] = {}
        self._told_to_wait: dict[bytes, float] = {}

    async def insist(
        self, call: Callable[[], Awaitable[_Result]], chat: bytes, *, urgent: bool = False, counts: bool = True
    ) -> _Result:
        """Makes `call` until Telegram takes it, so that a short outage loses no answer.

        `counts`: it sends or changes a message, which Telegram limits.

        Raises:
            TelegramError: when Telegram refuses the call, or after `GIVE_UP_SECONDS`.
        """
        started, attempt = _now(), 0
        while True:
            await (self._slot(chat, urgent) if counts else self._wait_for(chat, self._told_to_wait))
            try:
                return await call()
            except TelegramError as problem:
                log(Event.SEND_FAILED, error=type(problem).__name__)
                pause = pause_after(problem, attempt)
                if pause is None or _now() - started + pause > GIVE_UP_SECONDS:
                    raise
                if isinstance(problem, RetryAfter):
                    self._wait_as_told(chat, _now() + pause)
            attempt += 1
            await asyncio.sleep(pause)

    async def _slot(self, chat: bytes, urgent: bool) -> None:
        """Waits until this chat, and then all chats together, may get a message."""
        await self._wait_for(chat, self._chats)
        await self._line.slot(urgent)
        if len(self._chats) >= MOST_CHATS:
            for key in [key for key, end in self._chats.items() if end <= _now()]:
                del self._chats[key]
        self._chats[chat] = _now() + 1 / self._limits.per_chat

    async def _wait_for(self, chat: bytes, ends: Mapping[bytes, float]) -> None:
        while (wait := ends.get(chat, 0.0) - _now()) > 0:  # noqa: ASYNC110 - the end may move while we wait
            await asyncio.sleep(wait)

    def _wait_as_told(self, chat: bytes, until: float) -> None:
        """Holds this chat back; where Telegram tells it to more than one chat, it means the whole bot."""
        for key in [key for key, end in self._told_to_wait.items() if end <= _now()]:
            del self._told_to_wait[key]
        self._told_to_wait[chat] = until
        self._chats[chat] = until
        if len(self._told_to_wait) > 1:
            self._line.hold(until)


class _Slots:
    """Moments at which a message may go out, `rate` a second; whoever is urgent gets the next one."""

    def __init__(self, rate: float) -> None:
        self._gap = 1 / rate
        self._next = 0.0
        self._waiting: list[tuple[bool, int, asyncio.Future[None]]] = []
        self._numbers = itertools.count()
        self._timer: asyncio.TimerHandle | None = None

    def hold(self, until: float) -> None:
        """No slot before `until`."""
        self._next = max(self._next, until)

    async def slot(self, urgent: bool) -> None:
        """Waits for a moment at which a message may go out."""
        if not self._waiting and _now() >= self._next:
            self._next = _now() + self._gap
            return
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (not urgent, next(self._numbers), mine))
        self._wake()
        await mine

    def _wake(self) -> None:
        if self._timer is None and self._waiting:
            self._timer = asyncio.get_running_loop().call_later(max(0.0, self._next - _now()), self._give)

    def _give(self) -> None:
        self._timer = None
        while self._waiting and _now() >= self._next:
            _, _, next_one = heapq.heappop(self._waiting)
            if not next_one.done():  # a stop may have ended it
                next_one.set_result(None)
                self._next = _now() + self._gap
        self._wake()


def pause_after(problem: TelegramError, attempt: int) -> float | None:
    """Seconds until the next try; None when another try makes no sense. An unreadable answer is worth one."""
    if isinstance(problem, RetryAfter):
        wait = problem.retry_after
        return wait.total_seconds() if hasattr(wait, "total_seconds") else float(wait)
    if isinstance(problem, _FINAL):
        return None
    return float(min(RETRY_SECONDS * 2 ** min(attempt, 10), MAX_RETRY_SECONDS))


def _now() -> float:
    return asyncio.get_running_loop().time()
