"""`rightsbot telegram` as a process: how it starts, introduces itself and stops."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from tests.conftest import LANGUAGES, ROOT
from tests.telegram.child import Child
from tests.telegram.standin import Server, StandIn

STARTING = 30
STOPPING = 10
WRITTEN = "A sentence that nobody may log 4711"


def _environment(**settings: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    return kept | {"PYTHONPATH": str(ROOT), "RASA_TELEMETRY_ENABLED": "false"} | settings


def _run(*options: str, **settings: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bot", "telegram", *options]
    return subprocess.run(command, cwd=ROOT, env=_environment(**settings), capture_output=True, text=True, timeout=60)


@contextmanager
def _running(standin: StandIn) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "bot", "telegram", "--drafts"]
    settings = _environment(TELEGRAM_BOT_TOKEN=standin.token, TELEGRAM_API_URL=standin.url)
    with subprocess.Popen(
        command, cwd=ROOT, env=settings, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def _until(true: Callable[[], object], seconds: float = STARTING) -> None:
    late = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < late, "it did not happen"
        time.sleep(0.02)


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_finishes_what_is_being_answered(standin: StandIn, child: Child, stop: signal.Signals) -> None:
    """It answers what waited, introduces itself in all languages, and stops in time with exit 0, leaving no words."""
    child.write("/start")
    with _running(standin) as process:
        _until(lambda: child.replies and not standin.waiting)
        _until(lambda: len(standin.calls_of("setMyShortDescription")) == 1 + len(LANGUAGES))
        sending = standin.hold("sendMessage")
        child.write(WRITTEN)
        _until(lambda: len(standin.calls_of("sendMessage")) == 2)
        process.send_signal(stop)
        started = time.monotonic()
        threading.Timer(0.3, sending.set).start()
        output = "".join(process.communicate(timeout=STOPPING))
        assert time.monotonic() - started < STOPPING
    assert process.returncode == 0
    assert len(child.replies) == 2
    assert standin.waiting == []
    for private in (standin.token, WRITTEN, child.first_name, child.username, str(child.id), "Traceback"):
        assert private not in output
    assert {call.status for call in standin.calls} <= {0, 200}
    introduced = [call.form for call in standin.calls_of("setMyCommands")]
    assert [form.get("language_code") for form in introduced] == [None, *LANGUAGES]
    assert all(len(json.loads(form["commands"])) >= 5 for form in introduced)


def test_a_stop_does_not_wait_for_a_dead_server(standin: StandIn, child: Child) -> None:
    """Though Telegram answers nothing any more, it stops in time with exit 0, and confirms nothing unanswered."""
    with _running(standin) as process:
        _until(lambda: standin.calls_of("setMyCommands"))
        for method in ("sendMessage", "setMyDescription", "setMyShortDescription", "setMyCommands"):
            standin.hold(method)
        update = child.write("/start")
        _until(lambda: standin.calls_of("sendMessage"))
        standin.hold("getUpdates")
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=STOPPING)
    assert process.returncode == 0
    assert standin.waiting == [update]


def test_without_a_token_one_sentence() -> None:
    """A missing token stops the start with one sentence that says how to mend it."""
    ended = _run("--drafts", TELEGRAM_BOT_TOKEN="")
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert ended.stderr.count("\n") == 1
    assert "TELEGRAM_BOT_TOKEN is missing" in ended.stderr


def test_a_token_that_telegram_does_not_know(server: Server) -> None:
    """The same for a wrong one, which is not shown."""
    wrong = "1234567:AAH-NobodyKnowsThisOne"
    url = f"http://127.0.0.1:{server.port}/bot"
    ended = _run("--drafts", TELEGRAM_BOT_TOKEN=wrong, TELEGRAM_API_URL=url)
    assert ended.returncode == 2
    assert "TELEGRAM_BOT_TOKEN" in ended.stderr.splitlines()[-1]
    assert "Traceback" not in ended.stderr
    assert wrong not in ended.stdout + ended.stderr


def test_unreviewed_texts_do_not_go_live() -> None:
    """Without --drafts it does not start with texts that nobody has reviewed."""
    ended = _run(TELEGRAM_BOT_TOKEN="1234567:AAH-NeverAsked", TELEGRAM_API_URL="http://127.0.0.1:9/bot")
    assert ended.returncode == 2
    assert "--drafts" in ended.stderr.splitlines()[-1]
