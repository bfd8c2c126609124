"""Logs hold no words and no people, whoever writes them."""

import subprocess
import sys

import pytest

from bot.logs import Event, log

CANARY = "my name is Canary"

FOREIGN = f"""
import logging, sys, threading, warnings
from bot.logs import configure_logs
configure_logs()
import structlog
name = {CANARY!r}
for level in (logging.DEBUG, logging.INFO, logging.WARNING, logging.CRITICAL):
    logging.getLogger("httpx").setLevel(logging.DEBUG)
    logging.getLogger("httpx").log(level, "request %s", name)
try:
    raise ValueError(name)
except ValueError:
    logging.getLogger("telegram").exception(name)
structlog.get_logger().warning("message.parsing.failed", user_text=name)
warnings.warn(name)
threading.Thread(target=lambda: (_ for _ in ()).throw(ValueError(name))).start()
raise RuntimeError(name)
"""


def test_only_listed_fields_may_be_logged() -> None:
    with pytest.raises(ValueError, match="may not carry"):
        log(Event.STARTED, text="hello")


def test_a_line_is_an_event_with_its_fields(capsys: pytest.CaptureFixture[str]) -> None:
    log(Event.CONTENT_READ, count=3)
    assert capsys.readouterr().err.rstrip().endswith("content_read count=3")


def test_foreign_loggers_warnings_and_tracebacks_lose_their_words() -> None:
    run = subprocess.run([sys.executable, "-c", FOREIGN], capture_output=True, text=True, check=False)
    assert "Canary" not in run.stdout + run.stderr
    assert "foreign logger=httpx level=CRITICAL" in run.stderr
    assert "crashed error=RuntimeError" in run.stderr
