"""Telegram as a door, by long polling: the only module that sees an update, and so the only one that sees who writes.

An update is confirmed to Telegram only after it was answered, so a crash loses no message. Updates of one chat are
answered in order, chats side by side.
"""

from __future__ import annotations

import asyncio
import signal
import warnings
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar
from weakref import WeakValueDictionary

from telegram import Bot, LinkPreviewOptions, Update
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.ext import Defaults, ExtBot
from telegram.warnings import PTBUserWarning

from bot.channels.telegram_messages import Arrived, fitting, keyboard, read_update
from bot.channels.telegram_setup import introduce
from bot.conversation import respond_kindly
from bot.knowledge import Knowledge
from bot.logs import Event, log, quiet_loop
from bot.memory import Memory, Note
from bot.messages import Reply
from bot.settings import SettingsError

ALLOWED_UPDATES = ("message", "callback_query")
POLL_SECONDS = 25
RETRY_SECONDS = 1.0
"""Pause before a failed call is made again; it doubles with each failure, up to `MAX_RETRY_SECONDS`."""
MAX_RETRY_SECONDS = 30.0
GIVE_UP_SECONDS = 60.0
"""How long one call is tried. Telegram shows only the 100 oldest unconfirmed updates: no chat may block the others."""
STOP_SECONDS = 6.0
"""How long answers that are on their way may take after a stop was asked for; 10 s in all is what supervisors allow."""
CONFIRM_SECONDS = 2.0
DELETE_AT_ONCE = 100
"""Most message ids in one `deleteMessages` (Bot API)."""

_Result = TypeVar("_Result")


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
        stopping = asyncio.ensure_future(stop.wait())
        while not stop.is_set():
            taking = asyncio.ensure_future(self._take_for_ever())
            await asyncio.wait({taking, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if taking.done():  # nothing may leave the bot deaf while it seems to run
                log(Event.UPDATES_FAILED, error=type(taking.exception()).__name__)
                await asyncio.sleep(RETRY_SECONDS)
            await _end(taking)
        if self._running:
            await asyncio.wait(self._running.values(), timeout=STOP_SECONDS)
        await self._confirm()
        for task in list(self._running.values()):  # not confirmed, so the next start answers them
            await _end(task)

    async def _take_for_ever(self) -> None:
        while True:
            self.memory.forget_expired()
            asked = self._offset
            started = [self._start(update) for update in await self._fetch() if self._is_new(update)]
            # What lies before `asked` cannot come again; what was done since then may stand in an answer on its way.
            self._done = {done for done in self._done if done >= asked}
            if not started and self._running:
                await asyncio.wait(self._running.values(), return_when=asyncio.FIRST_COMPLETED, timeout=0.25)

    async def _fetch(self) -> list[dict[str, Any]]:
        """The next updates as plain data: one that cannot be read must not hide the others."""
        # While something is being answered Telegram shows it again at once, so there is nothing to wait for.
        waiting = 0 if self._running else POLL_SECONDS
        call = {"offset": self._offset, "timeout": waiting, "allowed_updates": list(ALLOWED_UPDATES)}
        try:
            found = await self._get_updates(call, read_timeout=waiting + 10)
            return [u for u in found if isinstance(u, dict) and isinstance(u.get("update_id"), int)]
        except Exception as problem:
            log(Event.UPDATES_FAILED, error=type(problem).__name__)
            pause = _pause(problem, 1) if isinstance(problem, TelegramError) else None
            await asyncio.sleep(pause or RETRY_SECONDS)
            return []

    async def _confirm(self) -> None:
        """Tells Telegram what was answered, so that the next start does not answer it again."""
        try:
            call = {"offset": self._offset, "timeout": 0, "limit": 1}
            await asyncio.wait_for(self._get_updates(call, read_timeout=CONFIRM_SECONDS), CONFIRM_SECONDS)
        except (TelegramError, asyncio.TimeoutError) as problem:
            log(Event.UPDATES_FAILED, error=type(problem).__name__)

    async def _get_updates(self, call: Mapping[str, object], *, read_timeout: float) -> Any:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", PTBUserWarning)  # the typed call gives up on the whole batch
            return await self.bot.do_api_request("getUpdates", api_kwargs=dict(call), read_timeout=read_timeout)

    def _is_new(self, raw: dict[str, Any]) -> bool:
        return raw["update_id"] not in self._running and raw["update_id"] not in self._done

    def _start(self, raw: dict[str, Any]) -> int:
        id_: int = raw["update_id"]
        task = asyncio.ensure_future(self._answer(raw))
        self._running[id_] = task
        task.add_done_callback(lambda _: self._finished(id_))
        return id_

    def _finished(self, id_: int) -> None:
        self._running.pop(id_, None)
        self._done.add(id_)
        self._offset = min(self._running, default=max(self._done) + 1)

    async def _answer(self, raw: dict[str, Any]) -> None:
        """Answers one update; whatever happens in it stays in it."""
        try:
            arrived = read_update(Update.de_json(raw, self.bot))
            if arrived is not None:
                key = self.memory.key(arrived.chat)
                lock = self._locks.setdefault(key, asyncio.Lock())
                async with lock:
                    await self._reply(arrived, key)
        except Exception as problem:
            log(Event.REPLY_FAILED, error=type(problem).__name__)

    async def _reply(self, arrived: Arrived, key: bytes) -> None:
        note = self.memory.recall(key)
        reply, note = respond_kindly(arrived.incoming, note, self.clock(), self.knowledge())
        self._keep(key, note, arrived.message)
        if arrived.query is not None:
            with suppress(TelegramError):  # only ends the waiting sign on the button
                await self.bot.answer_callback_query(arrived.query)
        if reply is None:
            return
        text = await self._erase(arrived.chat, key, reply) if reply.erases else reply.text
        sent = await self._send(arrived.chat, text, reply, arrived.message if arrived.query else None)
        if sent is not None:
            self._keep(key, self.memory.recall(key), sent)

    def _keep(self, key: bytes, note: Note, message: int) -> None:
        """Keeps the note with the id of `message` in it, once: a menu is pressed and edited many times."""
        if all(message != known for known, _ in note.messages):
            note = note.with_messages((message,), self.clock())
        self.memory.keep(key, note)

    async def _send(self, chat: int, text: str, reply: Reply, pressed: int | None) -> int | None:
        """Sends or edits; the id of the message, or None when Telegram took none (a blocked bot is normal)."""
        text, markup = fitting(text), keyboard(reply.buttons)
        try:
            if reply.replaces and pressed is not None:
                try:
                    await self._insist(
                        lambda: self.bot.edit_message_text(text, chat_id=chat, message_id=pressed, reply_markup=markup)
                    )
                    return pressed
                except BadRequest as problem:
                    if "not modified" in str(problem):
                        return pressed
            message = await self._insist(lambda: self.bot.send_message(chat, text, reply_markup=markup))
            return message.message_id
        except TelegramError:
            return None

    async def _erase(self, chat: int, key: bytes, reply: Reply) -> str:
        """Deletes both sides of the chat as far as Telegram allows; the truth about what is left."""
        ids = [id_ for id_, _ in self.memory.recall(key).messages]
        self.memory.forget(key)
        complete = True
        for start in range(0, len(ids), DELETE_AT_ONCE):
            part = ids[start : start + DELETE_AT_ONCE]
            try:
                await self._insist(lambda part=part: self.bot.delete_messages(chat, part))  # type: ignore[misc]
            except TelegramError:
                complete = all([await self._is_gone(chat, id_) for id_ in part]) and complete
        return reply.text if complete else reply.text_if_some_remain

    async def _is_gone(self, chat: int, message: int) -> bool:
        """Deletes one message; whether it is away now, by us or already before."""
        try:
            return await self._insist(lambda: self.bot.delete_message(chat, message))
        except TelegramError as problem:
            return "to delete not found" in str(problem)

    async def _insist(self, call: Callable[[], Awaitable[_Result]]) -> _Result:
        """Makes `call` until Telegram takes it, so that a short outage loses no answer.

        Raises:
            TelegramError: when Telegram refuses the call, or after `GIVE_UP_SECONDS`.
        """
        waited, attempt = 0.0, 0
        while True:
            try:
                return await call()
            except TelegramError as problem:
                log(Event.SEND_FAILED, error=type(problem).__name__)
                pause = _pause(problem, attempt)
                if pause is None or waited + pause > GIVE_UP_SECONDS:
                    raise
            waited, attempt = waited + pause, attempt + 1
            await asyncio.sleep(pause)


def _pause(problem: TelegramError, attempt: int) -> float | None:
    """How long to wait before the next try; None when another try makes no sense."""
    if isinstance(problem, RetryAfter):
        wait = problem.retry_after
        return wait.total_seconds() if hasattr(wait, "total_seconds") else float(wait)
    if isinstance(problem, NetworkError) and not isinstance(problem, BadRequest):
        return float(min(RETRY_SECONDS * 2 ** min(attempt, 10), MAX_RETRY_SECONDS))
    return None


async def _end(task: asyncio.Future[None]) -> None:
    task.cancel()
    await asyncio.wait({task})


def make_bot(token: str, url: str) -> ExtBot[None]:
    """A bot that asks the Bot API server at `url` and shows no previews of links."""
    defaults = Defaults(link_preview_options=LinkPreviewOptions(is_disabled=True))
    return ExtBot(token, base_url=url, defaults=defaults)


async def run(
    knowledge: Callable[[], Knowledge], memory: Memory, clock: Callable[[], datetime], *, token: str, url: str
) -> None:
    """Runs the bot until SIGTERM or SIGINT.

    Raises:
        SettingsError: when Telegram does not know the token.
    """
    loop = asyncio.get_running_loop()
    quiet_loop(loop)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    bot = make_bot(token, url)
    if await _connect(bot, stop):
        # Beside the answers: a child must not wait until all languages are introduced.
        introducing = asyncio.ensure_future(introduce(bot, knowledge()))
        log(Event.STARTED, door="telegram")
        await Door(bot, knowledge, memory, clock).poll(stop)
        await _end(introducing)
    await bot.shutdown()
    log(Event.STOPPED, door="telegram")


async def _connect(bot: ExtBot[None], stop: asyncio.Event) -> bool:
    """Whether Telegram was reached, however long that takes, before `stop` was set."""
    attempt = 0
    while not stop.is_set():
        try:
            await bot.initialize()
            return True
        except InvalidToken:
            # Without its cause: PTB writes the token into the message.
            raise SettingsError("Telegram does not know TELEGRAM_BOT_TOKEN: copy it whole from @BotFather.") from None
        except TelegramError as problem:
            log(Event.UPDATES_FAILED, error=type(problem).__name__)
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(stop.wait(), _pause(problem, attempt) or RETRY_SECONDS)
            attempt += 1
    return False
