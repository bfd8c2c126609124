"""The chat page as a door: for this computer only, keeps nothing in the browser, loads nothing from elsewhere."""

from __future__ import annotations

import json
import threading
import webbrowser
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Any

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
from bot.conversation import respond_kindly
from bot.knowledge import Knowledge
from bot.memory import Memory
from bot.messages import Button, Incoming, Reply

PAGE = Path(__file__).with_name("web_page")
HOST = "127.0.0.1"
MAX_BODY = 100_000
"""Bytes of one request; a chat message is far smaller."""

_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


def make_app(knowledge: Callable[[], Knowledge], memory: Memory, clock: Callable[[], datetime]) -> Starlette:
    """The web application: the page, and one address that takes a message and gives the reply.

    The page sends a random name of its own with each message; the note behind it is in memory and soon forgotten.
    """

    async def message(request: Request) -> Response:
        sent = await _read(request)
        if sent is None:
            return JSONResponse({}, status_code=400)
        key = memory.key(str(sent.get("session", "")))
        incoming = _incoming(sent, clock())
        reply, note = respond_kindly(incoming, memory.recall(key), clock(), knowledge())
        if reply is not None and reply.erases:
            memory.forget(key)
        else:
            memory.keep(key, note)
        return JSONResponse({} if reply is None else reply_data(reply))

    routes = [
        Route("/api/message", message, methods=["POST"]),
        Mount("/", StaticFiles(directory=PAGE, html=True)),
    ]
    middleware = [
        Middleware(TrustedHostMiddleware, allowed_hosts=[HOST, "localhost"]),
        Middleware(BaseHTTPMiddleware, dispatch=_with_headers),
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
    """Serves the page on this computer until it is stopped."""
    address = f"http://{HOST}:{port}/"
    app = make_app(knowledge, memory, clock)
    server = uvicorn.Server(uvicorn.Config(app, host=HOST, port=port, access_log=False, log_config=None, ws="none"))
    print(f"The chat page: {address}  (Ctrl+C ends it)", flush=True)
    if open_browser:
        threading.Timer(1.0, webbrowser.open, (address,)).start()
    server.run()


def reply_data(reply: Reply) -> dict[str, Any]:
    """A reply as the page gets it."""
    return {
        "text": reply.text,
        "language": reply.language,
        "urgent": reply.urgent,
        "replaces": reply.replaces,
        "erases": reply.erases,
        "buttons": [[_button_data(button) for button in row] for row in reply.buttons],
    }


def _button_data(button: Button) -> dict[str, str | None]:
    action = button.action.encode() if button.action else None
    return {"label": button.label, "action": action, "link": button.link, "copy": button.copy}


async def _read(request: Request) -> dict[str, Any] | None:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MAX_BODY:
            return None
    try:
        sent = json.loads(body)
    except ValueError:
        return None
    return sent if isinstance(sent, dict) else None


def _incoming(sent: dict[str, Any], now: datetime) -> Incoming:
    hint = sent.get("hint")
    action = sent.get("action")
    return Incoming(
        text=str(sent.get("text", "")),
        action=Action.decode(action) if isinstance(action, str) else None,
        language_hint=hint.split("-")[0] if isinstance(hint, str) else None,
        sent_at=now,
    )


async def _with_headers(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    response = await call_next(request)
    response.headers.update(_HEADERS)
    return response
