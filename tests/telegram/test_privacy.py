"""Canaries: what tells who a child is, and what it said, goes through every path of the door and is left nowhere."""

from __future__ import annotations

import asyncio
import gc
import io
import logging
import sys
import threading
import types
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import httpx
import pytest
import structlog

from bot.channels.telegram import door as door_module
from bot.knowledge import Knowledge
from bot.logs import configure_logs, quiet_loop
from bot.memory import Memory
from nlu.understanding import Understanding
from tests.telegram.child import Child, until
from tests.telegram.conftest import SECRET, RunDoor, now
from tests.telegram.standin import StandIn

pytestmark = pytest.mark.anyio

FIRST_NAME = "Zwyxcanary"
USERNAME = "qjvk_canary_77"
CHAT = 7_313_371_337_001
SENTENCE = "ម្តាយវាយខ្ញុំ wqxzcanary"
LOST = "vbnmcanary plugh"
OWN = ("bot", "nlu")
EVERYTHING = 10
"""Below DEBUG: what libraries log at any level."""


@pytest.fixture
def nosy(standin: StandIn) -> Child:
    """A child whose every trait is a canary."""
    return Child(standin, id=CHAT, first_name=FIRST_NAME, username=USERNAME, language_code="km")


@pytest.fixture
def canaries(standin: StandIn) -> tuple[str, ...]:
    """What may be found nowhere."""
    return (FIRST_NAME, USERNAME, str(CHAT), "wqxzcanary", "vbnmcanary", standin.token, standin.token.split(":")[1])


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Callable[[], str]]:
    """The bot's logging, with every foreign logger at its loudest; gives all that reached any handler or a file.

    Everything that it sets for the whole process is put back, so that the other tests keep pytest's own logging.
    """
    root, kept = logging.getLogger(), io.StringIO()
    handlers, level, factory = root.handlers[:], root.level, logging.getLogRecordFactory()
    structured = structlog.get_config()
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    monkeypatch.chdir(tmp_path)
    configure_logs()
    records: list[logging.LogRecord] = []
    keeper = logging.StreamHandler(kept)
    keeper.setFormatter(logging.Formatter("%(name)s %(message)s %(args)s %(exc_text)s %(pathname)s"))
    keeper.addFilter(lambda record: not records.append(record))  # type: ignore[func-returns-value]
    root.addHandler(keeper)
    root.setLevel(EVERYTHING)

    def everything() -> str:
        fields = "\n".join(str(vars(record)) for record in records)
        files = "\n".join(path.read_text("utf-8", "replace") for path in tmp_path.rglob("*") if path.is_file())
        return kept.getvalue() + fields + files

    yield everything
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.setLogRecordFactory(factory)
    logging.captureWarnings(False)
    structlog.configure(**structured)


def reachable(roots: Iterable[object]) -> Iterator[object]:
    """Every object that `roots` lead to, through all but other people's modules, event loops and threads."""
    foreign = {id(vars(module)) for name, module in [*sys.modules.items()] if name.partition(".")[0] not in OWN}
    seen, waiting = set(foreign), [*roots]
    while waiting:
        found = waiting.pop()
        if id(found) in seen or isinstance(found, (types.ModuleType, asyncio.AbstractEventLoop, threading.Thread)):
            continue
        seen.add(id(found))
        yield found
        waiting += gc.get_referents(found)


def left_in(roots: Iterable[object], canaries: tuple[str, ...]) -> list[str]:
    """Canaries in any reachable text, bytes or number."""
    found = []
    for each in reachable(roots):
        text = each.decode("utf-8", "replace") if isinstance(each, (bytes, bytearray)) else each
        text = str(text) if isinstance(text, int) else text
        if isinstance(text, str):
            found += [canary for canary in canaries if canary in text]
    return found


def assert_silent(output: str, canaries: tuple[str, ...]) -> None:
    """Fails without printing what was found."""
    assert [number for number, canary in enumerate(canaries) if canary in output] == []


class Broken:
    """An interpreter whose error carries the words, as a careless library's would."""

    def interpret(self, text: str) -> Understanding:
        raise ValueError(f"cannot read {text}")


async def _through_everything(standin: StandIn, child: Child) -> None:
    """A conversation in which everything goes wrong once."""
    await child.asks("/start")
    await child.asks(SENTENCE)
    await child.asks(LOST)
    await child.taps("🆘")
    child.photo(SENTENCE)
    await child.one_reply()
    standin.fail("sendMessage", 500, f"Internal Server Error about {SENTENCE}")
    await child.asks(SENTENCE)
    standin.fail("getUpdates", 502, f"Bad Gateway for {USERNAME}")
    await child.asks(LOST)
    for status in (400, 403):
        standin.fail("sendMessage", status, f"{FIRST_NAME} refuses {SENTENCE}")
        child.write(SENTENCE)
        await child.gets()
    standin.fail("answerCallbackQuery", 400, f"query of {USERNAME} is too old")
    await child.taps("🆘")
    broken = {"message_id": "one", "chat": child.chat, "from": child.user, "text": SENTENCE}
    standin.bring({"message": broken})
    standin.bring({"message": broken | {"message_id": 1, "date": SENTENCE}})
    standin.bring({"callback_query": {"id": "1", "from": child.user, "data": SENTENCE}})
    await child.gets()
    standin.fail("deleteMessages", 400, f"Bad Request: {CHAT}")
    standin.fail("deleteMessage", 400, f"Bad Request: {CHAT}")
    await child.asks("/erase")
    await child.taps("🧹")
    await child.asks(SENTENCE)


@pytest.mark.parametrize("way", ["run_door", "run_hook"])
async def test_nothing_is_printed_logged_or_written(
    request: pytest.FixtureRequest,
    way: str,
    standin: StandIn,
    nosy: Child,
    canaries: tuple[str, ...],
    logged: Callable[[], str],
    capfd: pytest.CaptureFixture[str],
) -> None:
    """No canary reaches stdout, stderr, a log record or a file, though every library logs all it can."""
    quiet_loop(asyncio.get_running_loop())
    run: RunDoor = request.getfixturevalue(way)
    async with run():
        await _through_everything(standin, nosy)
        await _knock(standin)
    assert_silent(logged() + "".join(capfd.readouterr()), canaries)
    for library in ("httpx", "httpcore", "telegram", *(("uvicorn",) if standin.webhook else ())):
        assert library in logged()


async def test_failing_parts_say_nothing(
    standin: StandIn,
    nosy: Child,
    run_door: RunDoor,
    knowledge: Knowledge,
    canaries: tuple[str, ...],
    logged: Callable[[], str],
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Exceptions that carry the words, anywhere on the way, leave only the names of their kinds."""
    quiet_loop(asyncio.get_running_loop())

    def no_knowledge() -> Knowledge:
        raise RuntimeError(f"no answer to {SENTENCE} of {USERNAME}")

    def careless(*_arguments: object, **_more: object) -> NoReturn:
        raise KeyError(SENTENCE, USERNAME)

    async with run_door(know=no_knowledge):
        nosy.write(SENTENCE)
        assert await nosy.gets() == []
    async with run_door(know=lambda: replace(knowledge, interpreter=Broken())):
        await nosy.asks(LOST)
        with monkeypatch.context() as patch:
            patch.setattr(door_module, "spend", careless)
            nosy.write(SENTENCE)
            assert await nosy.gets() == []
        warnings.warn(SENTENCE, stacklevel=1)
        asyncio.get_running_loop().call_exception_handler({"message": SENTENCE, "exception": ValueError(SENTENCE)})
    output = "".join(capfd.readouterr())
    assert_silent(logged() + output, canaries)
    assert "error=RuntimeError" in output
    assert "error=ValueError" in output
    assert "error=KeyError" in output


async def _knock(standin: StandIn) -> None:
    """Somebody brings a child's words to the webhook without the secret, and in pieces that cannot be read."""
    if standin.webhook is not None:
        async with httpx.AsyncClient(trust_env=False) as client:
            await client.post(standin.webhook["url"], json={"update_id": 1, "message": SENTENCE})
            for body in (SENTENCE.encode(), b'{"update_id": "%s"}' % USERNAME.encode(), FIRST_NAME.encode() * 200_000):
                with suppress(httpx.TransportError):
                    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
                    await client.post(standin.webhook["url"], content=body, headers=headers)


@pytest.mark.parametrize("way", ["run_door", "run_hook"])
async def test_nothing_is_left_in_memory(
    request: pytest.FixtureRequest,
    way: str,
    standin: StandIn,
    nosy: Child,
    knowledge: Knowledge,
    canaries: tuple[str, ...],
) -> None:
    """From the note, the knowledge and the running door no path leads to what was said or to who said it."""
    memory = Memory(now)
    said = tuple(canary for canary in canaries if canary not in standin.token)
    run: RunDoor = request.getfixturevalue(way)
    async with run(memory=memory) as door:
        await _through_everything(standin, nosy)
        gc.collect()
        polling = [task.get_coro() for task in asyncio.all_tasks() if "Polling." in repr(task)]
        assert len(polling) == (0 if standin.webhook else 2)
        assert left_in([memory, knowledge, door, *polling], said) == []
        assert len(door._turns) == len(door._running) == 0
        assert len(memory._notes) == 1


async def test_the_walk_finds_what_is_kept(standin: StandIn, nosy: Child, run_door: RunDoor) -> None:
    """The canary walk is able to fail: while an answer is on its way it finds the chat's id."""
    sending = standin.hold("sendMessage")
    async with run_door() as door:
        nosy.write(SENTENCE)
        await until(lambda: standin.calls_of("sendMessage"))
        assert {*left_in([door], (str(CHAT), "wqxzcanary"))} == {str(CHAT), "wqxzcanary"}
        sending.set()
        await nosy.one_reply()
