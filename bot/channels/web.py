"""The chat page as a door: for this computer only, keeps nothing in the browser, loads nothing from elsewhere."""

from __future__ import annotations

import json
import re
import socket
import threading
import webbrowser
from collections.abc import Awaitable, Callable
from datetime import datetime

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.actions import Action
from bot.channels.web_data import PAGE, club_data, reply_data
from bot.conversation import respond_kindly
from bot.knowledge import Knowledge
from bot.memory import Memory
from bot.messages import Incoming
from bot.settings import SettingsError

HOST = "127.0.0.1"
MAX_BODY = 100_000
"""Bytes of one request; a chat message is far smaller."""

TRIED_PORTS = 20
"""Beginning with the one that was asked for."""

_FIELDS = frozenset({"session", "text", "action", "hint"})
_SESSION = re.compile(r"[\w-]{1,64}", re.ASCII)

_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


def make_app(knowledge: Callable[[], Knowledge], memory: Memory, clock: Callable[[], datetime]) -> Starlette:
    """The web application: the pages, one address that takes a message and gives the reply, one for the club's texts.

    The page sends a random name of its own with each message; the note behind it is in memory and soon forgotten.
    """

    async def message(request: Request) -> Response:
        sent = _sent(await _body(request))
        if sent is None:
            return JSONResponse({}, status_code=400)
        key = memory.key(sent["session"])
        reply, note = respond_kindly(_incoming(sent, clock()), memory.recall(key), clock(), knowledge())
        if reply is not None and reply.erases:
            memory.forget(key)
        else:
            memory.keep(key, note)
        return JSONResponse({} if reply is None else reply_data(reply))

    async def club(request: Request) -> Response:
        known, language = knowledge(), request.path_params["language"]
        if language not in known.language_codes:
            return JSONResponse({}, status_code=404)
        return JSONResponse(club_data(language, known))

    routes = [
        Route("/api/club/{language}", club, methods=["GET"]),
        Route("/api/message", message, methods=["POST"]),
        Mount("/", StaticFiles(directory=PAGE, html=True)),
    ]
    middleware = [
        Middleware(BaseHTTPMiddleware, dispatch=_with_headers),
        Middleware(TrustedHostMiddleware, allowed_hosts=[HOST, "localhost"]),
    ]
    return Starlette(routes=routes, middleware=middleware)


def serve(
    knowledge: Callable[[], Knowledge],
    memory: Memory,
    clock: Callable[[], datetime],
    *,
    port: int,
    open_browser: bool,
) -> None:
    """Serves the page on this computer until it is stopped.

    Raises:
        SettingsError: when the port cannot be had.
    """
    listener = listen_near(port)
    address = f"http://{HOST}:{listener.getsockname()[1]}/"
    print(f"The chat page: {address}  (Ctrl+C ends it)", flush=True)
    if open_browser:
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
    make_server(make_app(knowledge, memory, clock)).run(sockets=[listener])


def listen(port: int) -> socket.socket:
    """A socket of this computer only, on `port` (0: any free one); who asks early waits until the server answers.

    Raises:
        SettingsError: when the port cannot be had.
    """
    try:
        return socket.create_server((HOST, port))
    except (OSError, OverflowError):
        raise SettingsError(f"Port {port} cannot be used: choose another one with --port, like --port 8090.") from None


def listen_near(port: int) -> socket.socket:
    """A socket on `port`, or on one of the next where a programme already has it, which is said.

    Raises:
        SettingsError: when none of them can be had.
    """
    for tried in range(port, port + TRIED_PORTS):
        try:
            listener = listen(tried)
        except SettingsError:
            continue
        if tried != port:
            print(f"Port {port} is in use by another programme: using {tried}.", flush=True)
        return listener
    return listen(port)


def make_server(app: Starlette) -> uvicorn.Server:
    """A server that writes no line about any request."""
    return uvicorn.Server(uvicorn.Config(app, access_log=False, log_config=None, ws="none"))


async def _body(request: Request) -> bytes:
    """The request's body; nothing of one that is too large."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MAX_BODY:
            return b""
    return body


def _sent(body: bytes) -> dict[str, str] | None:
    """What the page sent; None for anything that the page does not send."""
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(sent, dict) or not sent.keys() <= _FIELDS or not all(isinstance(v, str) for v in sent.values()):
        return None
    return sent if _SESSION.fullmatch(sent.get("session", "")) and sent.keys() & {"text", "action"} else None


def _incoming(sent: dict[str, str], now: datetime) -> Incoming:
    return Incoming(
        text=sent.get("text", ""),
        action=Action.decode(sent["action"]) if "action" in sent else None,
        language_hint=sent["hint"].split("-")[0] if "hint" in sent else None,
        sent_at=now,
    )


async def _with_headers(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    response = await call_next(request)
    response.headers.update(_HEADERS)
    return response
