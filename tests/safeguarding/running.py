"""Sends a whole suite through the Telegram door, each message from a child of its own, and judges the replies."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

from bot.channels.telegram import Door, LocalStore, make_bot
from bot.channels.telegram.polling import Polling
from bot.content import Content
from bot.knowledge import Knowledge
from bot.memory import Memory
from tests.safeguarding.judging import Judged, judge
from tests.safeguarding.suite import Case
from tests.telegram.child import Child
from tests.telegram.conftest import OPEN, now
from tests.telegram.standin import Server, Shown, StandIn

FIRST_CHAT = 7_200_000_001
PATIENCE = 120.0
"""Seconds until a run gives up on a bot that does not answer."""
QUIET_FOR = 20.0
"""Seconds without a new reply after which what is missing counts as silence."""


@asynccontextmanager
async def polling(
    server: Server, know: Callable[[], Knowledge], memory: Memory | None = None
) -> AsyncIterator[StandIn]:
    """A stand-in with a door on it that limits nothing; at the end the door is stopped."""
    with server.new_bot() as standin:
        async with make_bot(standin.token, standin.url) as bot:
            stop = asyncio.Event()
            door = Door(bot, know, LocalStore(memory or Memory(now), now), now, OPEN)
            running = asyncio.ensure_future(Polling(door).poll(stop))
            try:
                yield standin
            finally:
                stop.set()
                await running


async def run_suite(cases: Sequence[Case], standin: StandIn, content: Content) -> list[Judged]:
    """Every case through whatever bot listens to `standin`, judged."""
    replies = await ask_all(cases, standin)
    return [judge(case, each, content) for case, each in zip(cases, replies, strict=True)]


async def ask_all(cases: Sequence[Case], standin: StandIn, first_chat: int = FIRST_CHAT) -> list[list[Shown]]:
    """All that was said to each case: children whose phone speaks the language of their words, without a country."""
    children = [Child(standin, id=first_chat + i, language_code=case.language) for i, case in enumerate(cases)]
    said_before = len(standin.said)
    for child, case in zip(children, cases, strict=True):
        child.write(case.text)
    await _until_answered(standin, said_before + len(cases))
    said: dict[int, list[Shown]] = {}
    for shown in standin.said[said_before:]:
        said.setdefault(shown.chat, []).append(shown)
    return [said.get(child.id, []) for child in children]


async def _until_answered(standin: StandIn, wanted: int) -> None:
    """Waits until all was confirmed and `wanted` messages were said, or nothing more comes."""
    started = last = time.monotonic()
    said = len(standin.said)
    while standin.waiting or len(standin.said) < wanted:
        await asyncio.sleep(0.05)
        now = time.monotonic()
        if len(standin.said) > said:
            said, last = len(standin.said), now
        if now - last > QUIET_FOR or now - started > PATIENCE:
            return
