"""The stand-in, a child, and a real door between them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime, timezone

import pytest

from bot.channels import telegram
from bot.channels.telegram import Door, make_bot
from bot.knowledge import Knowledge
from bot.memory import Memory
from tests.telegram.child import Child
from tests.telegram.standin import TOKEN, StandIn, stand_in

RunDoor = Callable[..., AbstractAsyncContextManager[Door]]


@pytest.fixture
def anyio_backend() -> str:
    """PTB is made for asyncio."""
    return "asyncio"


@pytest.fixture
def standin(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    """A fresh server; what fails is tried again soon."""
    monkeypatch.setattr(telegram, "RETRY_SECONDS", 0.01)
    with stand_in() as running:
        yield running


@pytest.fixture
def child(standin: StandIn) -> Child:
    """Sokha, whose phone speaks Khmer."""
    return Child(standin)


@pytest.fixture
def friend(standin: StandIn) -> Child:
    """Another child in another chat."""
    return Child(standin, id=7_100_000_002, first_name="Nok", username="nok_th", language_code="th")


def now() -> datetime:
    """The real time: the stand-in's messages carry it too."""
    return datetime.now(timezone.utc)


@pytest.fixture
def run_door(standin: StandIn, knowledge: Knowledge) -> RunDoor:
    """Starts a door; at the end it is stopped as SIGTERM stops it."""

    @asynccontextmanager
    async def start(
        know: Callable[[], Knowledge] = lambda: knowledge,
        memory: Memory | None = None,
        clock: Callable[[], datetime] = now,
    ) -> AsyncIterator[Door]:
        async with make_bot(TOKEN, standin.url) as bot:
            door, stop = Door(bot, know, memory or Memory(clock), clock), asyncio.Event()
            polling = asyncio.ensure_future(door.poll(stop))
            try:
                yield door
            finally:
                stop.set()
                await polling

    return start


@pytest.fixture
async def door(run_door: RunDoor) -> AsyncIterator[Door]:
    """A running door."""
    async with run_door() as running:
        yield running
