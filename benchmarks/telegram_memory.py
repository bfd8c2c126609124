"""Whether the door's memory grows: 100,000 updates from 20,000 chats, and a clock that is moved past every note."""

from __future__ import annotations

import asyncio
import ctypes
import gc
import json
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from telegram.ext import ExtBot
from telegram.request import BaseRequest

from bot.channels.telegram import Door, LocalStore
from bot.live import LiveKnowledge
from bot.memory import Memory
from bot.settings import read_settings
from nlu.understanding import NoInterpreter
from tests.telegram.conftest import OPEN

UPDATES, CHATS, AT_ONCE = 100_000, 20_000, 200
WORDS = ("/menu", "xyzzy plugh", "hello", "help", "police arrested me", "/about")


class Taken(BaseRequest):
    """A Telegram that takes every call at once: only the memory of the bot is measured."""

    read_timeout = 1.0

    def __init__(self) -> None:
        self._message = 0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(self, url: str, *_arguments: Any, **_more: Any) -> tuple[int, bytes]:
        """A message with the next id, or yes."""
        self._message += 1
        sent = {"message_id": self._message, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "x"}
        return 200, json.dumps({"ok": True, "result": sent if "Message" in url else True}).encode()


async def memory_row() -> str:
    """One line: resident memory after the first 100,000 updates, and after as many more, each time all forgotten."""
    ahead = timedelta()

    def clock() -> datetime:
        return datetime.now(timezone.utc) + ahead

    live = LiveKnowledge(read_settings({}), NoInterpreter())
    memory = Memory(clock)
    bot: ExtBot[None] = ExtBot("1:benchmark", request=Taken(), get_updates_request=Taken())
    store = LocalStore(memory, clock)
    door = Door(bot, live.current, store, clock, OPEN)
    sizes, full = [], 0.0
    for start, number in ((0, UPDATES), (UPDATES, UPDATES)):
        for first in range(start, start + number, AT_ONCE):
            await asyncio.gather(*(door.answer(_update(id_, clock())) for id_ in range(first, first + AT_ONCE)))
        full = _resident()
        ahead += timedelta(hours=48)
        store.forget_expired()
        gc.collect()
        ctypes.CDLL("libc.so.6").malloc_trim(0)
        sizes.append(_resident())
    growth = 100 * (sizes[1] / sizes[0] - 1)
    return (
        f"memory: {sizes[0]:.0f} MB after {UPDATES:,} updates were forgotten, {full:.0f} MB with {UPDATES:,} more from "
        f"{CHATS:,} chats, {sizes[1]:.0f} MB after those were forgotten: {growth:+.1f} % (bar: 5 %)"
    )


def _update(id_: int, when: datetime) -> dict[str, Any]:
    chat = 5_000_000 + id_ % CHATS
    where = {"id": chat, "type": "private", "first_name": "Sokha"}
    user = {"id": chat, "is_bot": False, "first_name": "Sokha", "language_code": "en"}
    text = WORDS[id_ % len(WORDS)]
    message = {"message_id": 10_000_000 + id_, "date": int(when.timestamp()), "chat": where, "from": user, "text": text}
    return {"update_id": id_, "message": message}


def _resident() -> float:
    """Megabytes of this process in memory now."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * 4096 / 1e6
