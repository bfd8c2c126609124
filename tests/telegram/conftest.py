"""The stand-in, a child, and a real door between them."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime, timezone

import pytest

from bot.channels import telegram
from bot.channels.telegram import Door, make_bot
from bot.knowledge import Knowledge
from bot.memory import Memory
from tests.telegram.child import Child
from tests.telegram.standin import Server, StandIn, serving

RunDoor = Callable[..., AbstractAsyncContextManager[Door]]


@pytest.fixture
def anyio_backend() -> str:
    """PTB is made for asyncio."""
    return "asyncio"


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The stand-in of Telegram's server."""
    with serving() as running:
        yield running


@pytest.fixture
def standin(server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    """A fresh bot on it; what fails is tried again soon, and no certificates are read, since nothing speaks TLS."""
    monkeypatch.setattr(ssl.SSLContext, "load_verify_locations", lambda *_args, **_kwargs: None)
    monkeypatch.setattr(telegram, "RETRY_SECONDS", 0.01)
    with server.new_bot() as bot:
        yield bot


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
        async with make_bot(standin.token, standin.url) as bot:
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
