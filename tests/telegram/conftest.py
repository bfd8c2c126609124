"""The stand-in, a child, and a real door between them: `run_door` polls, `run_hook` is a webhook.

Doors here are as fast as a test writes: `OPEN` limits neither what comes in nor what goes out. A test of the limits
starts its door with `limits=Limits()`.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime, timezone
from typing import Any

import pytest

from bot.channels.telegram import Door, LocalStore, make_bot, outgoing
from bot.channels.telegram.door import Respond
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.updates import ALLOWED_UPDATES
from bot.channels.telegram.webhook import Server as HookServer
from bot.channels.telegram.webhook import make_app
from bot.conversation import respond_kindly
from bot.knowledge import Knowledge
from bot.memory import Memory
from bot.pace import Limits
from tests.telegram.child import Child, until
from tests.telegram.standin import Server, StandIn, serving

OPEN = Limits(overall=float("inf"), per_chat=float("inf"), burst=float("inf"), urgent_pause=0.0, waiting=1_000_000)
SECRET = "a-secret-of-the-tests"
PATH = "/telegram"

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
    monkeypatch.setattr(outgoing, "RETRY_SECONDS", 0.01)
    with server.new_bot() as bot:
        yield bot
        assert bot.violations == []
        acknowledged = {call.form["callback_query_id"] for call in bot.calls_of("answerCallbackQuery")}
        assert bot.queries <= acknowledged or bot.waiting


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
def make_door(standin: StandIn, knowledge: Knowledge) -> Callable[..., AbstractAsyncContextManager[Door]]:
    """A door that nothing brings updates to yet."""

    @asynccontextmanager
    async def make(
        know: Callable[[], Knowledge] = lambda: knowledge,
        memory: Memory | None = None,
        clock: Callable[[], datetime] = now,
        limits: Limits = OPEN,
        respond: Respond = respond_kindly,
    ) -> AsyncIterator[Door]:
        async with make_bot(standin.token, standin.url) as bot:
            yield Door(bot, know, LocalStore(memory or Memory(clock), clock), clock, limits, respond)

    return make


@pytest.fixture
def run_door(make_door: Callable[..., AbstractAsyncContextManager[Door]]) -> RunDoor:
    """Starts a door that polls; at the end it is stopped as SIGTERM stops it."""

    @asynccontextmanager
    async def start(*arguments: Any, **more: Any) -> AsyncIterator[Door]:
        async with make_door(*arguments, **more) as door:
            stop = asyncio.Event()
            polling = asyncio.ensure_future(Polling(door).poll(stop))
            try:
                yield door
            finally:
                stop.set()
                await polling

    return start


@pytest.fixture
def run_hook(standin: StandIn, make_door: Callable[..., AbstractAsyncContextManager[Door]]) -> RunDoor:
    """Starts a door behind a webhook on a real server; its address is `standin.webhook["url"]`."""

    @asynccontextmanager
    async def start(*arguments: Any, **more: Any) -> AsyncIterator[Door]:
        async with make_door(*arguments, **more) as door:
            listener = socket.create_server(("127.0.0.1", 0))
            url = f"http://127.0.0.1:{listener.getsockname()[1]}{PATH}"
            server = HookServer(make_app(door, PATH, SECRET, lambda: True))
            running = asyncio.ensure_future(server.serve(sockets=[listener]))
            await until(lambda: server.started)
            await door.bot.set_webhook(url, secret_token=SECRET, allowed_updates=ALLOWED_UPDATES)
            try:
                yield door
            finally:
                server.should_exit = True
                await door.finish(6)
                await running

    return start


@pytest.fixture
async def door(run_door: RunDoor) -> AsyncIterator[Door]:
    """A running door."""
    async with run_door() as running:
        yield running
