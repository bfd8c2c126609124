"""Telegram as a door, by long polling: the only module that sees an update, and so the only one that sees who writes.

An update is confirmed to Telegram only after it was answered, so a crash loses no message. Updates of one chat are
answered in order, chats side by side.
"""

from __future__ import annotations

import asyncio
import signal
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from weakref import WeakValueDictionary

from telegram import Bot, LinkPreviewOptions, Message, Update
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError
from telegram.ext import Defaults, ExtBot
from telegram.warnings import PTBUserWarning

from bot.channels.telegram_messages import keyboard, read_update
from bot.channels.telegram_setup import introduce
from bot.conversation import respond_kindly
from bot.knowledge import Knowledge
from bot.logs import Event, log, quiet_loop
from bot.memory import Memory
from bot.messages import Reply

ALLOWED_UPDATES = ("message", "callback_query")
POLL_SECONDS = 25
RETRY_SECONDS = 3.0
STOP_SECONDS = 8.0
"""How long answers that are on their way may take after a stop was asked for; 10 s is what supervisors allow."""
DELETE_AT_ONCE = 100
"""Most message ids in one `deleteMessages` (Bot API)."""


@dataclass
class Door:
    """One bot on Telegram: takes updates, asks the conversation, sends the reply."""

    bot: Bot
    knowledge: Callable[[], Knowledge]
    memory: Memory
    clock: Callable[[], datetime]
    _locks: WeakValueDictionary[bytes, asyncio.Lock] = field(default_factory=WeakValueDictionary)
    _running: dict[int, asyncio.Task[None]] = field(default_factory=dict)
    _done: set[int] = field(default_factory=set)
    _offset: int = 0

    async def poll(self, stop: asyncio.Event) -> None:
        """Answers updates until `stop` is set, then finishes what is being answered."""
        while not stop.is_set():
            fetch = asyncio.ensure_future(self._fetch())
            halt = asyncio.ensure_future(stop.wait())
            await asyncio.wait({fetch, halt}, return_when=asyncio.FIRST_COMPLETED)
            halt.cancel()
            if not fetch.done():
                fetch.cancel()
                break
            fresh = [update for update in fetch.result() if self._is_new(update)]
            for update in fresh:
                self._start(update)
            await asyncio.sleep(0)
            if not fresh and self._running:
                await asyncio.wait(self._running.values(), return_when=asyncio.FIRST_COMPLETED, timeout=0.25)
        if self._running:
            await asyncio.wait(self._running.values(), timeout=STOP_SECONDS)
        await self._confirm()

    async def _fetch(self) -> list[dict[str, Any]]:
        """The next updates as plain data: one that cannot be read must not hide the others."""
        waiting = 0 if self._running else POLL_SECONDS
        call = {"offset": self._offset, "timeout": waiting, "allowed_updates": list(ALLOWED_UPDATES)}
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", PTBUserWarning)  # the typed call gives up on the whole batch
                found = await self.bot.do_api_request("getUpdates", api_kwargs=call, read_timeout=waiting + 10)
            return [u for u in found if isinstance(u, dict) and isinstance(u.get("update_id"), int)]
        except TelegramError as problem:
            log(Event.UPDATES_FAILED, error=type(problem).__name__)
            await asyncio.sleep(RETRY_SECONDS)
            return []

    async def _confirm(self) -> None:
        """Tells Telegram what was answered, so that the next start does not answer it again."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", PTBUserWarning)
                call = {"offset": self._offset, "timeout": 0, "limit": 1}
                await self.bot.do_api_request("getUpdates", api_kwargs=call)
        except TelegramError as problem:
            log(Event.UPDATES_FAILED, error=type(problem).__name__)

    def _is_new(self, raw: dict[str, Any]) -> bool:
        return raw["update_id"] not in self._running and raw["update_id"] not in self._done

    def _start(self, raw: dict[str, Any]) -> None:
        id_: int = raw["update_id"]
        task = asyncio.ensure_future(self._answer(raw))
        self._running[id_] = task
        task.add_done_callback(lambda _: self._finished(id_))

    def _finished(self, id_: int) -> None:
        self._running.pop(id_, None)
        self._done.add(id_)
        self._offset = min(self._running, default=max(self._done) + 1)
        self._done = {done for done in self._done if done >= self._offset}

    async def _answer(self, raw: dict[str, Any]) -> None:
        """Answers one update; whatever happens in it stays in it."""
        try:
            arrived = read_update(Update.de_json(raw, self.bot))
            if arrived is None:
                return
            key = self.memory.key(arrived.chat)
            lock = self._locks.setdefault(key, asyncio.Lock())
            async with lock:
                note = self.memory.recall(key)
                reply, note = respond_kindly(arrived.incoming, note, self.clock(), self.knowledge())
                note = note.with_messages((arrived.message,), self.clock())
                self.memory.keep(key, note)
                if arrived.query is not None:
                    await self._quietly(self.bot.answer_callback_query(arrived.query))
                if reply is None:
                    return
                text = await self._erase(arrived.chat, key, reply) if reply.erases else reply.text
                sent = await self._send(arrived.chat, text, reply, arrived.message if arrived.query else None)
                if sent is not None:
                    self.memory.keep(key, self.memory.recall(key).with_messages((sent,), self.clock()))
        except Exception as problem:
            log(Event.REPLY_FAILED, error=type(problem).__name__)

    async def _send(self, chat: int, text: str, reply: Reply, pressed: int | None) -> int | None:
        """Sends or edits; the id of the message, or None when Telegram took none (a blocked bot is normal)."""
        markup = keyboard(reply.buttons)
        if reply.replaces and pressed is not None:
            try:
                await self.bot.edit_message_text(text, chat_id=chat, message_id=pressed, reply_markup=markup)
                return pressed
            except BadRequest as problem:
                if "not modified" in str(problem):
                    return pressed
        for attempt in range(3):
            try:
                message: Message = await self.bot.send_message(chat, text, reply_markup=markup)
                return message.message_id
            except TelegramError as problem:
                log(Event.SEND_FAILED, error=type(problem).__name__)
                wait = _seconds_to_wait(problem, attempt)
                if wait is None:
                    return None
                await asyncio.sleep(wait)
        return None

    async def _erase(self, chat: int, key: bytes, reply: Reply) -> str:
        """Deletes both sides of the chat as far as Telegram allows; the truth about what is left."""
        ids = [id_ for id_, _ in self.memory.recall(key).messages]
        self.memory.forget(key)
        complete = True
        for start in range(0, len(ids), DELETE_AT_ONCE):
            part = ids[start : start + DELETE_AT_ONCE]
            if not await self._quietly(self.bot.delete_messages(chat, part)):
                singly = [await self._quietly(self.bot.delete_message(chat, id_)) for id_ in part]
                complete = complete and all(singly)
        return reply.text if complete else reply.text_if_some_remain

    async def _quietly(self, call: Any) -> bool:
        """Whether `call` went well; a failure is no reason to stop answering."""
        try:
            return bool(await call)
        except TelegramError as problem:
            log(Event.SEND_FAILED, error=type(problem).__name__)
            return False


def _seconds_to_wait(problem: TelegramError, attempt: int) -> float | None:
    """How long to wait before the next try; None when another try makes no sense."""
    if isinstance(problem, RetryAfter):
        wait = problem.retry_after
        return wait.total_seconds() if hasattr(wait, "total_seconds") else float(wait)
    if isinstance(problem, NetworkError) and not isinstance(problem, BadRequest):
        return RETRY_SECONDS * (attempt + 1) / 3
    return None


async def run(
    knowledge: Callable[[], Knowledge], memory: Memory, clock: Callable[[], datetime], *, token: str, url: str
) -> None:
    """Runs the bot until SIGTERM or SIGINT."""
    loop = asyncio.get_running_loop()
    quiet_loop(loop)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    defaults = Defaults(link_preview_options=LinkPreviewOptions(is_disabled=True))
    bot = ExtBot(token, base_url=url, base_file_url=url.replace("/bot", "/file/bot"), defaults=defaults)
    while not stop.is_set():
        try:
            await bot.initialize()
            break
        except TelegramError as problem:
            log(Event.UPDATES_FAILED, error=type(problem).__name__)
            await asyncio.wait({asyncio.ensure_future(stop.wait())}, timeout=RETRY_SECONDS)
    if not stop.is_set():
        await introduce(bot, knowledge())
        log(Event.STARTED, door="telegram")
        await Door(bot, knowledge, memory, clock).poll(stop)
    await bot.shutdown()
    log(Event.STOPPED, door="telegram")
