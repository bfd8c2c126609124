"""The only logging set-up: our own lines are events with allow-listed fields; everybody else's lose their words.

A child's message, name or id can reach a log only through a text: of a foreign logger, of its arguments or of a
traceback. So every log record is emptied where it is made, before any handler can see it, at every level.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from enum import Enum
from typing import Any

import structlog

FIELDS = frozenset({"language", "count", "seconds", "kind", "door", "level", "logger", "error"})
"""The only fields a line may carry; none of them can hold what a person wrote or who the person is."""


class Event(Enum):
    """All that is ever logged."""

    STARTED = "started"
    STOPPED = "stopped"
    MODEL_READY = "model_ready"
    MODEL_MISSING = "model_missing"
    MODEL_FAILED = "model_failed"
    CONTENT_READ = "content_read"
    CONTENT_BROKEN = "content_broken"
    REPLY_FAILED = "reply_failed"
    STORE_FAILED = "store_failed"
    SEND_FAILED = "send_failed"
    UPDATES_FAILED = "updates_failed"
    REQUEST_REFUSED = "request_refused"
    FOREIGN = "foreign"
    CRASHED = "crashed"


def log(event: Event, **fields: str | int | float) -> None:
    """Writes one line to standard error.

    Raises:
        ValueError: for a field that is not on the list.
    """
    unknown = fields.keys() - FIELDS
    if unknown:
        raise ValueError("a log line may not carry such a field")
    words = " ".join(f"{name}={value}" for name, value in fields.items())
    moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    with suppress(OSError, ValueError):  # a closed standard error must not stop an answer
        print(f"{moment} {event.value} {words}".rstrip(), file=sys.stderr, flush=True)


def configure_logs() -> None:
    """Empties every foreign log record, silences structlog, and replaces tracebacks by the name of the error."""
    logging.setLogRecordFactory(_emptied_record)
    root = logging.getLogger()
    root.handlers = [_ForeignHandler(logging.WARNING)]
    structlog.configure(processors=[_drop], cache_logger_on_first_use=False)
    logging.captureWarnings(True)
    sys.excepthook = lambda kind, _error, _trace: log(Event.CRASHED, error=kind.__name__)
    sys.unraisablehook = lambda args: log(Event.CRASHED, error=getattr(args.exc_type, "__name__", "unknown"))
    threading.excepthook = lambda args: log(Event.CRASHED, error=args.exc_type.__name__)


def quiet_loop(loop: asyncio.AbstractEventLoop) -> None:
    """Keeps asyncio from printing the exception of a lost task: it may carry a message."""
    loop.set_exception_handler(lambda _loop, context: log(Event.CRASHED, error=type(context.get("exception")).__name__))


class _ForeignHandler(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        log(Event.FOREIGN, logger=record.name.split(".")[0], level=record.levelname)


def _emptied_record(*args: Any, **kwargs: Any) -> logging.LogRecord:
    record = logging.LogRecord(*args, **kwargs)
    record.msg, record.args, record.exc_info, record.exc_text, record.stack_info = "(emptied)", (), None, None, None
    return record


def _drop(_logger: object, _name: str, _event: Mapping[str, Any]) -> Mapping[str, Any]:
    raise structlog.DropEvent
