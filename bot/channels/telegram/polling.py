"""Long polling with a loop of our own: an update is confirmed to Telegram only after it was answered."""

from __future__ import annotations

import asyncio
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from telegram.error import TelegramError
from telegram.warnings import PTBUserWarning

from bot.channels.telegram import outgoing
from bot.channels.telegram.door import STOP_SECONDS, Door
from bot.channels.telegram.updates import ALLOWED_UPDATES
from bot.logs import Event, log

POLL_SECONDS = 25
CONFIRM_SECONDS = 2.0
WINDOW = 100
"""Telegram shows only so many unconfirmed updates at once, the oldest first."""
MOST_STUCK = 20
"""Where a full window is held up by no more than this many, they are confirmed early: others must not wait for them."""


@dataclass
class Polling:
    """Asks Telegram for updates and hands them to the door."""

    door: Door
    _running: dict[int, asyncio.Task[None]] = field(default_factory=dict)
    _done: set[int] = field(default_factory=set)
    _early: set[int] = field(default_factory=set)
    """Confirmed though they are still being answered."""
    _offset: int = 0

    async def poll(self, stop: asyncio.Event) -> None:
        """Answers updates until `stop` is set, then finishes what is being answered."""
        stopping = asyncio.ensure_future(stop.wait())
        while not stop.is_set():
            taking = asyncio.ensure_future(self._take_for_ever())
            await asyncio.wait({taking, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if taking.done():  # nothing may leave the bot deaf while it seems to run
                log(Event.UPDATES_FAILED, error=type(taking.exception()).__name__)
                await asyncio.sleep(outgoing.RETRY_SECONDS)
            taking.cancel()
            await asyncio.wait({taking})
        if self._running:
            await asyncio.wait(self._running.values(), timeout=STOP_SECONDS)
        await self._confirm()
        await self.door.finish(0)  # not confirmed, so the next start answers it

    async def _take_for_ever(self) -> None:
        while True:
            asked = self._offset
            started = self._start_new(await self._fetch())
            # What lies before `asked` cannot come again; what was done since then may stand in an answer on its way.
            self._done = {done for done in self._done if done >= asked}
            if not started and self._running:
                await asyncio.wait(self._running.values(), return_when=asyncio.FIRST_COMPLETED, timeout=0.25)

    def _start_new(self, found: list[dict[str, Any]]) -> bool:
        """Whether anything in `found` was new; no frame that waits may hold on to what was found."""
        new = [update for update in found if self._is_new(update)]
        for update in new:
            self._start(update)
        if len(found) == WINDOW and not new and len(self._running) <= MOST_STUCK:
            self._early.update(self._running)
            self._offset = max(update["update_id"] for update in found) + 1
            return True
        return bool(new)

    async def _fetch(self) -> list[dict[str, Any]]:
        """The next updates as plain data: one that cannot be read must not hide the others."""
        # While something is being answered Telegram shows it again at once, so there is nothing to wait for.
        waiting = 0 if self._running else POLL_SECONDS
        call = {"offset": self._offset, "timeout": waiting, "allowed_updates": list(ALLOWED_UPDATES)}
        try:
            found = await self._get_updates(call, read_timeout=waiting + 10)
            return [u for u in found if isinstance(u, dict) and type(u.get("update_id")) is int]
        except Exception as problem:
            log(Event.UPDATES_FAILED, error=type(problem).__name__)
            pause = outgoing.pause_after(problem, 0) if isinstance(problem, TelegramError) else None
            await asyncio.sleep(pause or outgoing.RETRY_SECONDS)
            return []

    async def _confirm(self) -> None:
        """Tells Telegram what was answered, so that the next start does not answer it again."""
        try:
            call = {"offset": self._offset, "timeout": 0, "limit": 1}
            await asyncio.wait_for(self._get_updates(call, read_timeout=CONFIRM_SECONDS), CONFIRM_SECONDS)
        except (TelegramError, asyncio.TimeoutError) as problem:
            log(Event.UPDATES_FAILED, error=type(problem).__name__)

    async def _get_updates(self, call: Mapping[str, object], *, read_timeout: float) -> Any:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", PTBUserWarning)  # the typed call gives up on the whole batch
            return await self.door.bot.do_api_request("getUpdates", api_kwargs=dict(call), read_timeout=read_timeout)

    def _is_new(self, raw: dict[str, Any]) -> bool:
        return raw["update_id"] not in self._running and raw["update_id"] not in self._done

    def _start(self, raw: dict[str, Any]) -> None:
        id_: int = raw["update_id"]
        task = self._running[id_] = self.door.answer(raw)
        task.add_done_callback(lambda _: self._finished(id_))

    def _finished(self, id_: int) -> None:
        self._running.pop(id_, None)
        self._done.add(id_)
        self._early.discard(id_)
        self._offset = min(self._running.keys() - self._early, default=max(self._done | self._early) + 1)
