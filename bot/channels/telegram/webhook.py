"""The webhook: one small web application that Telegram brings updates to, and that supervisors ask how it is."""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import json
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.channels.telegram.door import STOP_SECONDS, Door
from bot.logs import Event, log

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
MAX_BODY = 1_000_000
"""Bytes of one update; the longest message is far smaller."""
ANSWER_SECONDS = 25.0
"""How long Telegram is kept waiting for an answer to be accepted; after that it is told that all is well."""
REPORT_SECONDS = 60.0
"""How often refused requests are logged, all together: a flood must not fill the log."""

_CLOSE = {"Connection": "close"}
"""A refused body is not read, so nothing else can come on this connection."""


class Refusals:
    """Counts refused requests by kind, and now and then writes one line about them."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._counts: Counter[str] = Counter()
        self._reported = float("-inf")

    def refuse(self, kind: str, status: int) -> Response:
        """The answer to a request that is not Telegram's."""
        self._counts[kind] += 1
        if self._clock() - self._reported >= REPORT_SECONDS:
            self._reported = self._clock()
            for each, count in self._counts.items():
                log(Event.REQUEST_REFUSED, kind=each, count=count)
            self._counts.clear()
        return PlainTextResponse("", status, headers=_CLOSE)


def make_app(door: Door, path: str, secret: str, ready: Callable[[], bool]) -> Starlette:
    """The web application: updates at `path`, `/healthz` (the process lives), `/readyz` (it can answer)."""
    refusals = Refusals(lambda: asyncio.get_running_loop().time())

    async def update(request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return refusals.refuse("secret", 403)
        body = await _body(request)
        if body is None:
            return refusals.refuse("size", 413)
        raw = _update(body)
        if raw is None:
            return refusals.refuse("form", 400)
        task = door.answer(raw)
        await asyncio.wait({task}, timeout=ANSWER_SECONDS)
        return PlainTextResponse("", 503 if task.cancelled() else 200)

    async def healthz(_request: Request) -> Response:
        return PlainTextResponse("ok")

    async def readyz(_request: Request) -> Response:
        return PlainTextResponse("ok") if ready() else PlainTextResponse("not yet", 503)

    return Starlette(
        routes=[Route(path, update, methods=["POST"]), Route("/healthz", healthz), Route("/readyz", readyz)]
    )


class Server(uvicorn.Server):
    """Writes no line about any request, and leaves signals to the bot."""

    def __init__(self, app: Starlette) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                access_log=False,
                log_config=None,
                ws="none",
                lifespan="off",
                server_header=False,
                timeout_graceful_shutdown=round(STOP_SECONDS) + 1,
            )
        )

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Nothing: one place decides what a signal does."""
        yield


async def _body(request: Request) -> bytes | None:
    """The request's body; None for one that is too large, as soon as that is known."""
    announced = request.headers.get("Content-Length", "0")
    if not announced.isdecimal() or int(announced[:20]) > MAX_BODY:
        return None
    body = bytearray()
    try:
        async for part in request.stream():
            body += part
            if len(body) > MAX_BODY:
                return None
    except ClientDisconnect:
        return b""  # whoever asked is gone
    return bytes(body)


def _update(body: bytes) -> dict[str, Any] | None:
    """The update in `body`; None where it is none."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and type(found.get("update_id")) is int else None
