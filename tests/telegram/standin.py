"""A stand-in of a Bot API server: real HTTP on 127.0.0.1, strict about every call, and it can be told to fail.

A bot takes updates by `getUpdates` or, once it has called `setWebhook`, gets them there, as Telegram brings them: those
of one chat one after the other, several chats side by side, and again until the answer is 2xx.

- `fail`, `drop`, `garble` and `hold` spoil the next calls of a method; `spoil` decides for every call; `mend` ends it.
- `out` is a lost connection: while it is set, no call gets an answer and no update is brought.
- `twice` brings every update a second time (to a poll only the last few, together with the next ones).
- `violations` holds what Telegram would refuse about the form of a call; the `standin` fixture fails the test for it,
  and for a pressed button that nobody acknowledged.
"""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from tests.telegram.rules import Refused, read_call

BOT = {"id": 987654321, "is_bot": True, "first_name": "Questions", "username": "questions_bot"}
ME = BOT | dict.fromkeys(("can_join_groups", "can_read_all_group_messages", "supports_inline_queries"), False)
HELD_WITH_ANSWER = 102
FUTURE = 10
"""An offset farther beyond the newest update confirms nothing (tdlib, TQueue::get): ids have started anew."""
TOO_OLD_TO_DELETE = 48 * 3600
MOST_CONNECTIONS = 100
BRING_AGAIN = 0.05
"""Seconds until an update is brought again to a webhook; twice as long each time, up to a second."""


class Lost(Exception):  # noqa: N818 - a fact, not a fault
    """The connection breaks off before an answer."""


class Garbage(Exception):  # noqa: N818 - a fact, not a fault
    """The answer is no JSON."""


class _BrokenOff(Response):
    """An answer that is announced and never comes: the server closes the connection."""

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"1000")]})


@dataclass
class Call:
    """One request: the method, its parameters as they came, and the answer's status (0 while there is none)."""

    method: str
    form: dict[str, str]
    status: int = 0


@dataclass
class Shown:
    """A message as it stands on the child's screen."""

    id: int
    chat: int
    text: str
    rows: list[list[dict[str, Any]]]
    by_bot: bool
    date: float
    edited: bool = False

    @property
    def buttons(self) -> list[dict[str, Any]]:
        """All buttons, in reading order."""
        return [button for row in self.rows for button in row]

    @property
    def labels(self) -> list[str]:
        """What stands on the buttons."""
        return [button["text"] for button in self.buttons]

    def as_message(self, chat: dict[str, Any]) -> dict[str, Any]:
        """The message as the Bot API describes it."""
        message = {"message_id": self.id, "date": int(self.date), "chat": chat, "from": BOT, "text": self.text}
        return message | ({"reply_markup": {"inline_keyboard": self.rows}} if self.rows else {})


@dataclass
class _Rule:
    """Calls of `method` (in `chat`, or in any) that go wrong, `times` times.

    `hold`: they wait until it is set, before they do anything or, with `done`, with the answer already made.
    """

    method: str
    chat: int | None
    refused: Exception | None = None
    times: int = 1
    hold: threading.Event | None = None
    done: bool = False

    def covers(self, method: str, chat: int | None, *, done: bool) -> bool:
        return self.times > 0 and self.method == method and self.chat in (None, chat) and self.done == done


@dataclass
class StandIn:
    """The server's state; tests read it, and `Child` writes into it."""

    port: int
    token: str
    calls: list[Call] = field(default_factory=list)
    screen: dict[tuple[int, int], Shown] = field(default_factory=dict)
    """What stands in each chat now, by chat and message id."""
    said: list[Shown] = field(default_factory=list)
    """Everything that the bot sent or edited, in order."""
    deleted: list[tuple[int, int]] = field(default_factory=list)
    chats: dict[int, dict[str, Any]] = field(default_factory=dict)
    queries: set[str] = field(default_factory=set)
    """Pressed buttons that still show their waiting sign."""
    violations: list[str] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    """The groups and channels that the bot left."""
    spoil: Callable[[Call], Exception | None] | None = None
    spoil_after: Callable[[Call], Exception | None] | None = None
    """The same, once the call has had its effect."""
    out: bool = False
    twice: bool = False
    webhook: dict[str, Any] | None = None
    brought: list[tuple[int, int]] = field(default_factory=list)
    """What was brought to the webhook: the update's id and the status of the answer (0 where there was none)."""
    _bringing: asyncio.Task[None] | None = None
    _updates: list[dict[str, Any]] = field(default_factory=list)
    _rules: list[_Rule] = field(default_factory=list)
    _allowed: list[str] | None = None
    _confirmed: list[dict[str, Any]] = field(default_factory=list)
    _next_update: int = 500
    _next_message: int = 1
    _poll: int = 0
    _closing: bool = False

    @property
    def url(self) -> str:
        """For `TELEGRAM_API_URL`."""
        return f"http://127.0.0.1:{self.port}/bot"

    @property
    def waiting(self) -> list[int]:
        """Ids of the updates that the bot has not confirmed."""
        return [update["update_id"] for update in [*self._updates]]

    def calls_of(self, method: str) -> list[Call]:
        """The calls of one method, in order."""
        return [call for call in self.calls if call.method == method]

    def bring(self, update: dict[str, Any]) -> int:
        """Puts an update, as it is, before the bot; its id."""
        self._next_update += 1
        self._updates.append({"update_id": self._next_update} | update)
        return self._next_update

    def forget_confirmed(self) -> None:
        """What was confirmed is not brought a second time any more (`twice`)."""
        self._confirmed.clear()

    def next_message(self) -> int:
        """The id of a new message."""
        self._next_message += 1
        return self._next_message

    def fail(
        self, method: str, status: int, why: str, *, times: int = 1, chat: int | None = None, retry_after: int = 0
    ) -> None:
        """The next calls of `method` are refused."""
        self._rules.append(_Rule(method, chat, Refused(why, status, retry_after or None), times))

    def drop(self, method: str, *, times: int = 1, done: bool = False) -> None:
        """The connection of the next calls of `method` breaks off, before they do anything or, with `done`, after."""
        self._rules.append(_Rule(method, None, Lost(), times, done=done))

    def garble(self, method: str, *, times: int = 1) -> None:
        """The next calls of `method` do nothing and get an answer that is no JSON."""
        self._rules.append(_Rule(method, None, Garbage(), times))

    def mend(self) -> None:
        """Whatever was told to fail or to wait works again."""
        for rule in self._rules:
            rule.times = 0
            if rule.hold:
                rule.hold.set()

    def close(self) -> None:
        """Every call that still waits ends."""
        self._closing = True
        self.mend()

    def hold(self, method: str, chat: int | None = None, *, done: bool = False) -> threading.Event:
        """Calls of `method` get no answer until the event is set; with `done` it is made before they wait."""
        self._rules.append(_Rule(method, chat, times=1_000, hold=threading.Event(), done=done))
        event = self._rules[-1].hold
        assert event is not None
        return event

    async def answer(self, request: Request) -> Response:
        """Answers one HTTP request."""
        form = dict(parse_qsl((await request.body()).decode(), keep_blank_values=True))
        call = Call(request.path_params["method"], form)
        self.calls.append(call)
        try:
            await self._obey_rules(call, done=False)
            result = await self._result(call.method, self._read(call))
            await self._obey_rules(call, done=True)
        except Lost:
            return _BrokenOff()
        except Garbage:
            return Response("<html>oops", media_type="text/html")
        except Refused as refused:
            call.status = refused.status
            body = {"ok": False, "error_code": refused.status, "description": str(refused)}
            if refused.retry_after:
                body["parameters"] = {"retry_after": refused.retry_after}
            return JSONResponse(body, refused.status)
        call.status = 200
        return JSONResponse({"ok": True, "result": result})

    def _read(self, call: Call) -> dict[str, Any]:
        try:
            return read_call(call.method, call.form)
        except Refused as refused:
            self.violations.append(str(refused))
            raise

    async def _obey_rules(self, call: Call, *, done: bool) -> None:
        if self.out:
            raise Lost
        spoil = self.spoil_after if done else self.spoil
        if spoil is not None and (problem := spoil(call)) is not None:
            raise problem
        chat = int(call.form["chat_id"]) if "chat_id" in call.form else None
        for rule in [rule for rule in self._rules if rule.covers(call.method, chat, done=done)]:
            rule.times -= 1
            call.status = HELD_WITH_ANSWER if done else 0
            while rule.hold is not None and not rule.hold.is_set() and not self._closing:  # noqa: ASYNC110 - set in another thread
                await asyncio.sleep(0.005)
            if rule.refused is not None:
                raise rule.refused

    async def _result(self, method: str, call: dict[str, Any]) -> Any:
        if method == "getMe":
            return ME
        if method == "getUpdates":
            return await self._get_updates(call)
        if method in ("setWebhook", "deleteWebhook"):
            return self._set_webhook(call)
        if method == "getMyName":
            return {"name": "Questions"}
        if method == "leaveChat":
            self.left.append(call["chat_id"])
        if method == "sendMessage":
            return self._send(call)
        if method == "editMessageText":
            return self._edit(call)
        if method == "deleteMessage":
            return self._delete(call["chat_id"], call["message_id"])
        if method == "deleteMessages":
            self._delete_many(call)
        if method == "answerCallbackQuery":
            self._acknowledge(call)
        return True

    def _delete_many(self, call: dict[str, Any]) -> None:
        for message in call["message_ids"]:
            if (call["chat_id"], message) in self.screen:  # skips what it cannot delete, and says nothing of it
                self._delete(call["chat_id"], message, strict=False)

    def _acknowledge(self, call: dict[str, Any]) -> None:
        if call["callback_query_id"] not in self.queries:
            raise Refused("Bad Request: query is too old and response timeout expired or query ID is invalid")
        self.queries.discard(call["callback_query_id"])

    async def _get_updates(self, call: dict[str, Any]) -> list[dict[str, Any]]:
        if self.webhook is not None:
            raise Refused("Conflict: can't use getUpdates method while webhook is active", 409)
        self._poll += 1
        mine, until = self._poll, time.monotonic() + min(call.get("timeout", 0), 50)
        self._allowed = call.get("allowed_updates", self._allowed)
        offset = call.get("offset", 0)
        if offset <= self._next_update + 1 + FUTURE:
            self._confirmed += [u for u in self._updates if u["update_id"] < offset]
            self._updates = [u for u in self._updates if u["update_id"] >= offset]
        while True:
            self._updates = [u for u in self._updates if self._allowed is None or {*self._allowed} & {*u}]
            found = self._updates
            if found or time.monotonic() >= until or self._closing:
                again = self._confirmed[-3:] if self.twice and found else []
                return [*again, *found][: call.get("limit", 100)]
            if mine != self._poll:
                raise Refused("Conflict: terminated by other getUpdates request", 409)
            await asyncio.sleep(0.005)

    def _set_webhook(self, call: dict[str, Any]) -> bool:
        self.webhook = call if call.get("url") else None
        if self._bringing is None:
            self._bringing = asyncio.ensure_future(self._bring_for_ever())
        return True

    async def _bring_for_ever(self) -> None:
        """Brings each update to the webhook: one at a time of each chat, so many chats at once as Telegram does."""
        busy: dict[object, asyncio.Task[None]] = {}
        limits = httpx.Limits(max_connections=MOST_CONNECTIONS)
        async with httpx.AsyncClient(limits=limits, timeout=60, trust_env=False) as client:
            while not self._closing:
                busy = {of: task for of, task in busy.items() if not task.done()}
                for update in [*self._updates] if self.webhook and not self.out else []:
                    allowed = self.webhook.get("allowed_updates") if self.webhook else None
                    if allowed is not None and not {*allowed} & {*update}:
                        self._updates.remove(update)
                    elif (of := _queue(update)) not in busy:
                        busy[of] = asyncio.ensure_future(self._bring(client, update))
                await asyncio.sleep(0.005)

    async def _bring(self, client: httpx.AsyncClient, update: dict[str, Any]) -> None:
        pause = BRING_AGAIN
        while not self._closing and self.webhook:
            status = 0
            headers = {"X-Telegram-Bot-Api-Secret-Token": self.webhook.get("secret_token", "")}
            with suppress(httpx.HTTPError):
                status = (await client.post(self.webhook["url"], json=update, headers=headers)).status_code
            self.brought.append((update["update_id"], status))
            if 200 <= status < 300 and not self.out:
                break
            await asyncio.sleep(pause)
            pause = min(2 * pause, 1.0)
        if self.twice and self.webhook:
            with suppress(httpx.HTTPError):
                await client.post(self.webhook["url"], json=update, headers=headers)
        with suppress(ValueError):
            self._updates.remove(update)

    def _send(self, call: dict[str, Any]) -> dict[str, Any]:
        chat = self.chats.get(call["chat_id"])
        if chat is None:
            raise Refused("Bad Request: chat not found")
        rows = call.get("reply_markup", {}).get("inline_keyboard", [])
        shown = Shown(self.next_message(), chat["id"], call["text"].strip(), rows, by_bot=True, date=time.time())
        self.screen[shown.chat, shown.id] = shown
        self.said.append(shown)
        return shown.as_message(chat)

    def _edit(self, call: dict[str, Any]) -> dict[str, Any]:
        old = self.screen.get((call["chat_id"], call["message_id"]))
        if old is None or not old.by_bot:
            raise Refused("Bad Request: message to edit not found")
        rows = call.get("reply_markup", {}).get("inline_keyboard", [])
        if (old.text, old.rows) == (call["text"].strip(), rows):
            raise Refused(
                "Bad Request: message is not modified: specified new message content and reply markup are same"
            )
        shown = Shown(old.id, old.chat, call["text"].strip(), rows, by_bot=True, date=old.date, edited=True)
        self.screen[shown.chat, shown.id] = shown
        self.said.append(shown)
        return shown.as_message(self.chats[shown.chat])

    def _delete(self, chat: int, message: int, *, strict: bool = True) -> bool:
        shown = self.screen.get((chat, message))
        if shown is None:
            raise Refused("Bad Request: message to delete not found")
        if time.time() - shown.date > TOO_OLD_TO_DELETE:
            if strict:
                raise Refused("Bad Request: message can't be deleted for everyone")
            return False
        del self.screen[chat, message]
        self.deleted.append((chat, message))
        return True


def _queue(update: dict[str, Any]) -> object:
    """What must stay in order: the updates of one chat."""
    part: Any = next((value for name, value in update.items() if name != "update_id"), None)
    for step in ("message", "chat", "id"):
        if isinstance(part, dict) and step in part:
            part = part[step]
    return part if isinstance(part, int) else update["update_id"]


class Server:
    """One HTTP server for a whole test run; each test has a bot of its own on it, told apart by its token."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._bots: dict[str, StandIn] = {}

    @contextmanager
    def new_bot(self) -> Iterator[StandIn]:
        """A bot that nobody has written to."""
        token = f"{987654321 + len(self._bots)}:AAH-TokenOfTheStandIn"
        bot = self._bots[token] = StandIn(self.port, token)
        try:
            yield bot
        finally:
            bot.close()

    async def answer(self, request: Request) -> Response:
        """Hands a request to the bot that its token names."""
        bot = self._bots.get(request.path_params["token"])
        if bot is None:
            return JSONResponse({"ok": False, "error_code": 401, "description": "Unauthorized"}, 401)
        return await bot.answer(request)

    def close(self) -> None:
        """Ends every call that still waits."""
        for bot in self._bots.values():
            bot.close()


@contextmanager
def serving() -> Iterator[Server]:
    """A running server, in a thread of its own."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else each answer waits 40 ms for an ACK
        server = Server(listening.getsockname()[1])
        app = Starlette(routes=[Route("/bot{token}/{method}", server.answer, methods=["POST"])])
        config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="off", ws="none", loop="asyncio")
        uvicorn_server = uvicorn.Server(config)
        thread = threading.Thread(target=uvicorn_server.run, kwargs={"sockets": [listening]}, name="stand-in")
        thread.start()
        try:
            yield server
        finally:
            server.close()
            uvicorn_server.should_exit = True
            thread.join()
