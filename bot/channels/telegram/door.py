"""One update becomes one reply: the note is looked up, the conversation asked, and the reply sent."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from telegram.error import BadRequest, TelegramError
from telegram.ext import ExtBot

from bot.channels.telegram.erasing import erase
from bot.channels.telegram.forgiving import ForgivingStore
from bot.channels.telegram.groups import leave
from bot.channels.telegram.messages import fitting, keyboard
from bot.channels.telegram.outgoing import Outgoing
from bot.channels.telegram.store import Store
from bot.channels.telegram.turns import Turns
from bot.channels.telegram.updates import Arrived, Elsewhere, read_update
from bot.conversation import is_about_danger, looks_urgent, respond_kindly
from bot.knowledge import Knowledge
from bot.logs import Event, log
from bot.memory import NO_NOTE, Note
from bot.messages import Incoming, Reply
from bot.pace import Limits, Recent, Verdict, spend
from bot.replies import slowly_reply

NORMAL = Limits()

STOP_SECONDS = 6.0
"""How long answers that are on their way may take after a stop was asked for; 10 s in all is what supervisors allow."""

Respond = Callable[[Incoming, Note, datetime, Knowledge], "tuple[Reply | None, Note]"]


@dataclass
class Door:
    """One bot on Telegram: answers updates, whoever brings them. `respond` is the conversation."""

    bot: ExtBot[None]
    knowledge: Callable[[], Knowledge]
    store: Store
    clock: Callable[[], datetime]
    limits: Limits = NORMAL
    respond: Respond = respond_kindly
    _notes: ForgivingStore = field(init=False)
    _running: dict[int, asyncio.Task[None]] = field(default_factory=dict)
    _turns: Turns = field(init=False)
    _outgoing: Outgoing = field(init=False)

    def __post_init__(self) -> None:
        self.store = self._notes = ForgivingStore(self.store)
        self._turns = Turns(self.limits.waiting)
        self._outgoing = Outgoing(self.limits)

    def answer(self, raw: dict[str, Any]) -> asyncio.Task[None]:
        """Answers an update as Telegram sent it, in a task; one that is being answered already is not begun anew.

        The task is cancelled where a stop came first, and never fails.
        """
        id_: int = raw["update_id"]
        if id_ not in self._running:
            task = self._running[id_] = asyncio.ensure_future(self._answer(raw, id_))
            task.add_done_callback(lambda _: self._running.pop(id_, None))
        return self._running[id_]

    async def finish(self, seconds: float) -> None:
        """Waits until all that is being answered has been, `seconds` at most; the rest is cancelled."""
        if self._running:
            await asyncio.wait(self._running.values(), timeout=seconds)
        left = list(self._running.values())
        for task in left:
            task.cancel()
        if left:
            await asyncio.wait(left)

    async def _answer(self, raw: dict[str, Any], id_: int) -> None:
        """Answers one update once; whatever happens in it stays in it."""
        try:
            if await self.store.is_done(id_):
                return
            await self._handle(read_update(raw))
            await self.store.done(id_)
        except Exception as problem:
            log(Event.REPLY_FAILED, error=type(problem).__name__)

    async def _handle(self, arrived: Arrived | Elsewhere | None) -> None:
        if isinstance(arrived, Elsewhere):
            async with self._turns.turn(self.store.key(arrived.chat), 0, lambda: False):
                await leave(arrived, self.bot, self._outgoing, self.store, self.knowledge())
        elif arrived is not None:
            key = self.store.key(arrived.chat)
            async with self._turns.turn(key, arrived.message, lambda: self._looks_urgent(arrived)) as line:
                if line is None:
                    await self._acknowledge(arrived)
                    return
                async with self.store.turn(key):
                    await self._reply(arrived, key, line.take_skipped)

    def _looks_urgent(self, arrived: Arrived) -> bool:
        try:
            return looks_urgent(arrived.incoming, self.knowledge())
        except Exception as problem:
            log(Event.REPLY_FAILED, error=type(problem).__name__)
            return False

    async def _reply(self, arrived: Arrived, key: bytes, skipped: Callable[[], tuple[int, ...]]) -> None:
        note, recent = await self.store.recall(key)
        now = self.clock()
        reply, note, recent = self._decide(arrived, note, recent, now)
        sent = None
        acknowledged = asyncio.ensure_future(self._acknowledge(arrived))
        try:
            if reply is not None and reply.erases:
                ids = [*dict.fromkeys((*(id_ for id_, _ in note.messages), *skipped(), arrived.message))]
                await self.store.keep(key, NO_NOTE, recent.without_messages())
                complete = await erase(arrived.chat, ids, self.bot, self._outgoing, key) and not self._notes.failing
                text = reply.text if complete else reply.text_if_some_remain
                note, recent, reply = NO_NOTE, recent.without_messages(), replace(reply, text=text)
            else:
                note = note.with_messages((arrived.message,), now)
            if reply is not None:
                sent = await self._send(arrived, reply, self._message_to_change(arrived, reply, recent, now), note, key)
        finally:
            await asyncio.wait({acknowledged})
        if sent is not None and reply is not None:
            recent = self._remember(arrived, reply, sent, recent, now)
        ids_since = (*skipped(), sent) if sent is not None else skipped()
        await self.store.keep(key, note.with_messages(ids_since, now), recent)

    def _decide(self, arrived: Arrived, note: Note, recent: Recent, now: datetime) -> tuple[Reply | None, Note, Recent]:
        """What to say, within the budget of the chat: danger is always answered."""
        knowledge = self.knowledge()
        reply, changed = self.respond(arrived.incoming, note, now, knowledge)
        if reply is None:
            return None, changed, recent
        danger = is_about_danger(reply, knowledge)
        if self._is_more_of_an_album(arrived, recent) and not (arrived.incoming.text or danger):
            return None, changed, recent
        verdict, recent = spend(recent, now, self.limits, danger=danger)
        if verdict is Verdict.ANSWER:
            return reply, changed, recent
        if verdict is Verdict.SLOWLY:
            return slowly_reply(reply.language, knowledge), note, recent
        return None, note, recent

    def _is_more_of_an_album(self, arrived: Arrived, recent: Recent) -> bool:
        return arrived.album is not None and recent.answer_to(self.store.key(arrived.album)) is not None

    def _message_to_change(self, arrived: Arrived, reply: Reply, recent: Recent, now: datetime) -> int | None:
        """The id of the message that the reply takes the place of; None where it is a new one."""
        if arrived.query is not None and reply.replaces:
            return arrived.message
        if arrived.album is not None:
            return recent.answer_to(self.store.key(arrived.album))
        if arrived.incoming.edited and (answer := recent.answer_to(arrived.message)) is not None:
            return answer
        return recent.last_urgent(now, self.limits) if reply.urgent else None

    def _remember(self, arrived: Arrived, reply: Reply, sent: int, recent: Recent, now: datetime) -> Recent:
        """What later updates must know: which message is the last urgent one, and what answers an album or an edit."""
        if arrived.album is not None:
            recent = recent.with_answer(self.store.key(arrived.album), sent)
        if reply.urgent:
            if arrived.query is None:
                recent = recent.with_answer(arrived.message, sent)
            if recent.last_urgent(now, self.limits) is None and not (arrived.query and reply.replaces):
                recent = replace(recent, urgent=(sent, now))
        return recent

    async def _acknowledge(self, arrived: Arrived) -> None:
        """Ends the waiting sign on a pressed button."""
        if arrived.query is not None:
            with suppress(TelegramError):
                await self.bot.answer_callback_query(arrived.query)

    async def _send(self, arrived: Arrived, reply: Reply, old: int | None, note: Note, key: bytes) -> int | None:
        """Sends or edits; the id of the message, or None when Telegram took none (a blocked bot is normal)."""
        chat, text, markup = arrived.chat, fitting(reply.text), keyboard(reply.buttons)
        try:
            if old is not None and await self._change(chat, old, text, reply, key):
                return old
            message = await self._outgoing.insist(
                lambda: self.bot.send_message(chat, text, reply_markup=markup, disable_notification=note.quiet),
                key,
                urgent=reply.urgent,
            )
            return message.message_id
        except TelegramError:
            return None

    async def _change(self, chat: int, old: int, text: str, reply: Reply, key: bytes) -> bool:
        """Puts the reply into the place of message `old`; False where that cannot be done (any more)."""
        markup = keyboard(reply.buttons)
        try:
            await self._outgoing.insist(
                lambda: self.bot.edit_message_text(text, chat_id=chat, message_id=old, reply_markup=markup),
                key,
                urgent=reply.urgent,
            )
        except BadRequest as problem:
            return "not modified" in str(problem)
        return True
