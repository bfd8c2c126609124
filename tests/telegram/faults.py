"""A run in which everything goes wrong: Telegram fails, the bot is killed, children write on; answers are counted."""

from __future__ import annotations

import itertools
import random
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any, Protocol

from tests.telegram.bot_process import free_port, process_into
from tests.telegram.child import Child
from tests.telegram.rules import Refused
from tests.telegram.standin import Call, Garbage, Lost, Server, StandIn

WORDS = ("/menu", "xyzzy plugh", "/about", "hello", "/language")
"""Each is answered by one new message."""
SECRET = "a-secret-of-sixteen-or-more"
PATIENCE = 120.0


@dataclass(frozen=True)
class Plan:
    """How long a run takes, in seconds, and what happens in it. Parts are of all calls (`updates`: of all updates)."""

    seconds: float
    children: int
    every: float
    """Seconds between two messages of one child."""
    outage: float
    webhook: bool
    errors: float = 0.10
    too_many: float = 0.02
    dropped: float = 0.03
    garbage: float = 0.01


@dataclass
class Outcome:
    """What came of a run: answers by kind, and how long a child waited, in seconds, outside of outage and kill."""

    sent: int = 0
    lost: int = 0
    doubled: int = 0
    doubled_in_flight: int = 0
    """Of those, answers to updates that had not been confirmed when the bot was killed."""
    in_flight: int = 0
    faults: Counter[str] = field(default_factory=Counter)


class Running(Protocol):
    """A bot that runs."""

    def kill(self) -> None:
        """Ends it at once, as `kill -9` does."""

    def stop(self) -> None:
        """Ends it as SIGTERM does."""


Start = Callable[[StandIn, Plan], Running]


def run(server: Server, plan: Plan, start: Start, seed: int = 7) -> Outcome:
    """One run: faults all the time, in between an outage, then a kill and a restart."""
    outcome = Outcome()
    with server.new_bot() as standin:
        standin.spoil = _spoiler(plan, random.Random(seed), outcome.faults)
        standin.twice = True
        first = start(standin, plan)
        _wait(lambda: standin.calls_of("getUpdates") or standin.webhook)
        children = [Child(standin, id=7_300_000_000 + n, language_code="en") for n in range(plan.children)]
        writing = threading.Thread(target=_write, args=(children, plan, outcome))
        writing.start()
        _sleep(plan.seconds * 0.4)
        standin.out = True
        _sleep(plan.outage)
        standin.out = False
        _sleep(plan.seconds * 0.3)
        first.kill()
        unconfirmed = Counter(_writer(update) for update in [*standin._updates])
        outcome.in_flight = unconfirmed.total()
        standin.forget_confirmed()  # Telegram brings nothing again that was confirmed before a restart
        second = start(standin, plan)
        writing.join()
        _wait(lambda: not standin.waiting)
        _wait(lambda: _is_still(standin))
        second.stop()
        _count(outcome, children, unconfirmed)
    return outcome


class Process:
    """The command as a process of its own."""

    def __init__(self, standin: StandIn, plan: Plan) -> None:
        port = free_port()
        hook = ("--webhook", f"http://127.0.0.1:{port}/telegram") if plan.webhook else ()
        self._ending = ExitStack()
        self._bot = self._ending.enter_context(
            process_into(
                subprocess.DEVNULL,
                "--drafts",
                *hook,
                TELEGRAM_BOT_TOKEN=standin.token,
                TELEGRAM_API_URL=standin.url,
                RIGHTSBOT_WEBHOOK_SECRET=SECRET,
                PORT=str(port),
            )
        )

    def kill(self) -> None:
        """`kill -9`."""
        self._bot.kill()
        self._ending.close()

    def stop(self) -> None:
        """SIGTERM; it must end in 10 seconds."""
        self._bot.terminate()
        self._bot.wait(timeout=10)
        self._ending.close()


def _spoiler(plan: Plan, dice: random.Random, faults: Counter[str]) -> Any:
    """What goes wrong with a call before it has any effect: else nobody could know whether it is to be made again."""
    kinds: tuple[tuple[str, float, Any], ...] = (
        ("error 5xx", plan.errors / 2, lambda: Refused("Internal Server Error", 500)),
        ("error 5xx", plan.errors / 2, lambda: Refused("Bad Gateway", 502)),
        ("429", plan.too_many, lambda: Refused("Too Many Requests: retry after 1", 429, 1)),
        ("dropped connection", plan.dropped, Lost),
        ("garbage", plan.garbage, Garbage),
    )

    def spoil(call: Call) -> Exception | None:
        rolled = dice.random()
        for name, part, make in kinds:
            rolled -= part
            if rolled < 0:
                if name != "429" or call.method == "sendMessage":
                    faults[name] += 1
                    problem: Exception = make()
                    return problem
                return None
        return None

    return spoil


def _write(children: list[Child], plan: Plan, outcome: Outcome) -> None:
    """All children write in turn, evenly, until the time is over."""
    end = time.monotonic() + plan.seconds + plan.outage
    words = itertools.cycle(WORDS)
    for child in itertools.cycle(children):
        if time.monotonic() >= end:
            break
        child.write(next(words))
        outcome.sent += 1
        _sleep(plan.every / plan.children)


def _count(outcome: Outcome, children: list[Child], unconfirmed: Counter[int]) -> None:
    for child in children:
        written = sum(not shown.by_bot for shown in child.screen)
        answered = sum(shown.by_bot for shown in child.screen)
        outcome.lost += max(0, written - answered)
        doubled = max(0, answered - written)
        outcome.doubled += doubled
        outcome.doubled_in_flight += min(doubled, unconfirmed[child.id])


def _writer(update: dict[str, Any]) -> int:
    chat: int = update["message"]["chat"]["id"]
    return chat


def _is_still(standin: StandIn) -> bool:
    """Nothing was sent for a second: a reply after the confirmation, as a webhook may have, has come by then."""
    before = len(standin.said)
    _sleep(1.0)
    return len(standin.said) == before


def _wait(true: Any) -> None:
    late = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < late, "it did not happen"
        _sleep(0.02)


def _sleep(seconds: float) -> None:
    time.sleep(seconds)
