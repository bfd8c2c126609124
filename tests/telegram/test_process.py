"""`rightsbot telegram` as a whole: how it starts, introduces itself and stops."""

from __future__ import annotations

import asyncio
import json
import signal
import threading
import time
from collections.abc import Callable

import httpx
import pytest

from bot.channels.telegram import Door, LocalStore, make_bot, polling, run
from bot.channels.telegram.updates import ALLOWED_UPDATES
from bot.knowledge import Knowledge
from bot.memory import Memory
from bot.settings import SettingsError
from tests.conftest import LANGUAGES
from tests.telegram.bot_process import free_port, process
from tests.telegram.child import Child, until
from tests.telegram.conftest import OPEN, now
from tests.telegram.standin import StandIn

STARTING = 30
STOPPING = 10
WRITTEN = "A sentence that nobody may log 4711"


def wait_until(true: Callable[[], object]) -> None:
    """Waits for a process that is starting."""
    late = time.monotonic() + STARTING
    while not true():
        assert time.monotonic() < late, "it did not happen"
        time.sleep(0.02)


def test_a_stop_finishes_what_is_being_answered(standin: StandIn, child: Child) -> None:
    """It answers what waited, introduces itself in all languages, stops in time with exit 0, and prints no words."""
    child.write("/start")
    with process("--drafts", TELEGRAM_BOT_TOKEN=standin.token, TELEGRAM_API_URL=standin.url) as bot:
        wait_until(lambda: child.replies and not standin.waiting)
        wait_until(lambda: len(standin.calls_of("setMyShortDescription")) == 1 + len(LANGUAGES))
        sending = standin.hold("sendMessage")
        child.write(WRITTEN)
        wait_until(lambda: len(standin.calls_of("sendMessage")) == 2)
        bot.send_signal(signal.SIGTERM)
        threading.Timer(0.3, sending.set).start()
        output = "".join(bot.communicate(timeout=STOPPING))
    assert bot.returncode == 0
    assert len(child.replies) == 2
    assert standin.waiting == []
    for private in (standin.token, WRITTEN, child.first_name, child.username, str(child.id), "Traceback"):
        assert private not in output
    assert {call.status for call in standin.calls} <= {0, 200}


def test_without_a_token_one_sentence() -> None:
    """A missing token stops the start with one sentence that says how to mend it."""
    with process("--drafts") as bot:
        printed, complained = bot.communicate(timeout=STARTING)
    assert bot.returncode == 2
    assert printed == ""
    assert complained.count("\n") == 1
    assert "TELEGRAM_BOT_TOKEN is missing" in complained


Start = Callable[[], "asyncio.Task[None]"]


def new_door(token: str, url: str, knowledge: Knowledge) -> Door:
    """A door as the command makes it."""
    return Door(make_bot(token, url), lambda: knowledge, LocalStore(Memory(now), now), now, OPEN)


@pytest.fixture
def start(standin: StandIn, knowledge: Knowledge) -> Start:
    """Starts in this process what the command starts."""

    def start() -> asyncio.Task[None]:
        return asyncio.get_running_loop().create_task(run(new_door(standin.token, standin.url, knowledge)))

    return start


@pytest.mark.anyio
async def test_it_introduces_itself_in_every_language(standin: StandIn, child: Child, start: Start) -> None:
    """Commands and neutral descriptions, once for any other app language and once for each of ours."""
    running = start()
    await until(lambda: [call for call in standin.calls_of("setMyCommands") if "scope" in call.form])
    signal.raise_signal(signal.SIGINT)
    await running
    for method in ("setMyCommands", "setMyDescription", "setMyShortDescription", "setMyName"):
        calls = [call for call in standin.calls_of(method) if "scope" not in call.form]
        assert [call.form.get("language_code") for call in calls] == [None, *LANGUAGES]
        assert {call.status for call in calls} == {200}
    names = [each["command"] for each in json.loads(standin.calls_of("setMyCommands")[0].form["commands"])]
    assert names == ["menu", "help", "language", "erase", "privacy", "about"]
    assert len(standin.calls_of("deleteWebhook")) == 1


@pytest.mark.anyio
async def test_a_failing_introduction_delays_no_answer(standin: StandIn, child: Child, start: Start) -> None:
    """A child is answered though Telegram takes no description just now."""
    for method in ("setMyCommands", "setMyDescription"):
        standin.fail(method, 429, "Too Many Requests", times=99, retry_after=600)
    standin.hold("setMyShortDescription")
    running = start()
    await child.asks("/start")
    signal.raise_signal(signal.SIGTERM)
    await running


@pytest.mark.anyio
async def test_it_waits_for_telegram(standin: StandIn, child: Child, start: Start) -> None:
    """Where Telegram cannot be reached at the start, it tries again until it can."""
    standin.fail("getMe", 502, "Bad Gateway", times=3)
    running = start()
    await child.asks("/start")
    signal.raise_signal(signal.SIGTERM)
    await running


@pytest.mark.anyio
async def test_a_stop_does_not_wait_for_a_dead_server(
    standin: StandIn, child: Child, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though Telegram answers nothing any more, it stops in time, and confirms nothing that was not answered."""
    assert polling.STOP_SECONDS + polling.CONFIRM_SECONDS <= STOPPING - 1
    monkeypatch.setattr(polling, "STOP_SECONDS", 0.2)
    monkeypatch.setattr(polling, "CONFIRM_SECONDS", 0.2)
    running = start()
    await until(lambda: standin.calls_of("setMyCommands"))
    for method in ("sendMessage", "setMyCommands", "setMyDescription", "setMyShortDescription"):
        standin.hold(method)
    update = child.write("/start")
    await until(lambda: standin.calls_of("sendMessage"))
    standin.hold("getUpdates")
    signal.raise_signal(signal.SIGTERM)
    await asyncio.wait_for(running, 2)
    assert standin.waiting == [update]


@pytest.mark.anyio
async def test_a_token_that_telegram_does_not_know(standin: StandIn, knowledge: Knowledge) -> None:
    """A wrong token ends the start with one sentence that names the setting and does not show the token."""
    wrong = "1234567:AAH-NobodyKnowsThisOne"
    with pytest.raises(SettingsError, match="TELEGRAM_BOT_TOKEN") as ended:
        await run(new_door(wrong, standin.url, knowledge))
    assert wrong not in str(ended.value)
    assert ended.value.__suppress_context__


HOOK = "http://127.0.0.1:{port}/telegram"
SECRET = "a-secret-of-sixteen-or-more"


def status(port: int, path: str) -> int:
    """What a supervisor sees; 0 where nobody answers."""
    try:
        return httpx.get(f"http://127.0.0.1:{port}{path}", trust_env=False).status_code
    except httpx.TransportError:
        return 0


def test_a_webhook_from_start_to_stop(standin: StandIn, child: Child) -> None:
    """It is alive at once, tries until Telegram takes the webhook, finishes what it answers, and prints no words."""
    standin.fail("setWebhook", 502, "Bad Gateway")
    port = free_port()
    settings = {"TELEGRAM_BOT_TOKEN": standin.token, "TELEGRAM_API_URL": standin.url, "PORT": str(port)}
    with process("--drafts", "--webhook", HOOK.format(port=port), RIGHTSBOT_WEBHOOK_SECRET=SECRET, **settings) as bot:
        wait_until(lambda: status(port, "/healthz") == 200)
        child.write("/start")
        wait_until(lambda: child.replies and not standin.waiting)
        assert status(port, "/readyz") in (200, 503), "ready once the model has loaded, which may have to be trained"
        sending = standin.hold("sendMessage")
        child.write(WRITTEN)
        wait_until(lambda: len(standin.calls_of("sendMessage")) == 2)
        bot.send_signal(signal.SIGTERM)
        threading.Timer(0.3, sending.set).start()
        output = "".join(bot.communicate(timeout=STOPPING))
    assert bot.returncode == 0, output
    assert len(child.replies) == 2
    assert standin.waiting == []
    assert standin.webhook is not None, "updates wait with Telegram until the next start"
    assert json.loads(standin.calls_of("setWebhook")[-1].form["allowed_updates"]) == [*ALLOWED_UPDATES]
    for private in (standin.token, SECRET, WRITTEN, child.first_name, child.username, str(child.id), "Traceback"):
        assert private not in output


@pytest.mark.parametrize(
    ("url", "settings", "named"),
    [
        ("https://bot.example.org/telegram", {}, "RIGHTSBOT_WEBHOOK_SECRET is missing"),
        ("https://bot.example.org/telegram", {"RIGHTSBOT_WEBHOOK_SECRET": "short"}, "RIGHTSBOT_WEBHOOK_SECRET"),
        ("bot.example.org", {"RIGHTSBOT_WEBHOOK_SECRET": SECRET}, "--webhook"),
        ("http://bot.example.org/telegram", {"RIGHTSBOT_WEBHOOK_SECRET": SECRET}, "--webhook"),
    ],
)
def test_a_webhook_that_cannot_work_is_one_sentence(
    standin: StandIn, url: str, settings: dict[str, str], named: str
) -> None:
    """Exit 2, and the setting that has to change; the last one is refused by Telegram itself."""
    known = {"TELEGRAM_BOT_TOKEN": standin.token, "TELEGRAM_API_URL": standin.url, "PORT": str(free_port())}
    with process("--drafts", "--webhook", url, **known, **settings) as bot:
        _, complained = bot.communicate(timeout=STARTING)
    sentences = [line for line in complained.splitlines() if not line.startswith("20")]
    assert bot.returncode == 2, complained
    assert len(sentences) == 1
    assert named in sentences[0]
    standin.violations.clear()


def test_unreviewed_texts_stop_the_start(standin: StandIn) -> None:
    """Without --drafts nothing that nobody has reviewed or dialled goes to children."""
    with process(TELEGRAM_BOT_TOKEN=standin.token, TELEGRAM_API_URL=standin.url) as bot:
        _, complained = bot.communicate(timeout=STARTING)
    assert bot.returncode == 2
    assert "--drafts" in complained
    assert standin.calls == []
