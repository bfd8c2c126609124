"""No answer is lost, none doubled but those in flight at a kill: a short run of what the benchmark measures."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable

import pytest

from bot.channels.telegram import Door, LocalStore, make_bot
from bot.channels.telegram.outgoing import Outgoing
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.updates import ALLOWED_UPDATES
from bot.channels.telegram.webhook import Server as HookServer
from bot.channels.telegram.webhook import make_app
from bot.knowledge import Knowledge
from bot.memory import Memory
from tests.telegram.conftest import OPEN, PATH, SECRET, now
from tests.telegram.faults import Plan, Start, run
from tests.telegram.standin import Server, StandIn


class InThread:
    """A bot in a thread of its own; a kill ends it in the middle of whatever it does, and its memory is gone."""

    def __init__(self, standin: StandIn, plan: Plan, knowledge: Knowledge) -> None:
        self._standin, self._plan, self._knowledge = standin, plan, knowledge
        self._started = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()))
        self._thread.start()
        self._started.wait()

    def kill(self) -> None:
        self._end(self._main.cancel)

    def stop(self) -> None:
        self._end(self._stop.set)

    def _end(self, how: Callable[[], object]) -> None:
        self._loop.call_soon_threadsafe(how)
        self._thread.join()

    async def _run(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        bot = make_bot(self._standin.token, self._standin.url)
        door = Door(bot, lambda: self._knowledge, LocalStore(Memory(now), now), now, OPEN)
        living = self._hook(door) if self._plan.webhook else Polling(door).poll(self._stop)
        self._main = asyncio.ensure_future(living)
        self._started.set()
        await asyncio.wait({self._main})

    async def _hook(self, door: Door) -> None:
        listener = socket.create_server(("127.0.0.1", 0))
        server = HookServer(make_app(door, PATH, SECRET, lambda: True))
        serving = asyncio.ensure_future(server.serve(sockets=[listener]))
        url = f"http://127.0.0.1:{listener.getsockname()[1]}{PATH}"
        await Outgoing(OPEN).insist(
            lambda: door.bot.set_webhook(url, secret_token=SECRET, allowed_updates=ALLOWED_UPDATES), b"", counts=False
        )
        try:
            await self._stop.wait()
            server.should_exit = True
            await door.finish(6)
        finally:
            if self._stop.is_set():
                await serving
            else:
                serving.cancel()
                listener.close()
                for connection in [*server.server_state.connections]:
                    connection.transport.abort()  # type: ignore[union-attr]


@pytest.fixture
def start(knowledge: Knowledge) -> Start:
    """Starts a bot for one run."""
    return lambda standin, plan: InThread(standin, plan, knowledge)


@pytest.mark.usefixtures("standin")
@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
def test_nothing_is_lost(server: Server, start: Start, webhook: bool) -> None:
    """Errors, 429s, broken connections, garbage, duplicates, an outage, and a kill with a restart."""
    plan = Plan(seconds=3.0, children=12, every=0.5, outage=0.7, webhook=webhook, too_many=0.005)
    outcome = run(server, plan, start)
    assert outcome.sent > 20
    assert outcome.faults.total() > 5
    assert outcome.lost == 0
    assert outcome.doubled == outcome.doubled_in_flight
