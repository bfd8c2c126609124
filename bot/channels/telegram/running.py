"""The bot on Telegram from start to stop: it connects, introduces itself, takes updates, and ends in time."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from telegram.error import BadRequest, InvalidToken, TelegramError
from telegram.ext import ExtBot

from bot.channels.telegram import outgoing, webhook
from bot.channels.telegram.door import STOP_SECONDS, Door
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.setup import introduce
from bot.channels.telegram.updates import ALLOWED_UPDATES
from bot.logs import Event, log, quiet_loop
from bot.settings import SettingsError

CONNECTIONS = 100
"""How many updates Telegram may bring at once; the most it allows."""
FORGET_SECONDS = 30.0
"""How often an idle bot looks for what it must forget."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where Telegram brings updates: the public `url`, its `secret`, and the `port` that is listened on."""

    url: str
    secret: str = field(repr=False)
    port: int

    @property
    def path(self) -> str:
        """The path of the public address, and so of the application."""
        return urlsplit(self.url).path or "/"


async def run(door: Door, hook: Webhook | None = None, *, ready: Callable[[], bool] = lambda: True) -> None:
    """Runs the bot until SIGTERM or SIGINT: by long polling, or with `hook` by a webhook.

    `ready`: whether it understands texts yet.

    Raises:
        SettingsError: when Telegram does not know the token or refuses the webhook, or the port cannot be had.
    """
    loop = asyncio.get_running_loop()
    quiet_loop(loop)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    bot = door.bot
    forgetting = asyncio.ensure_future(_forget_now_and_then(door))
    try:
        if hook is None:
            await _run_polling(door, bot, stop)
        else:
            await _run_webhook(door, bot, hook, stop, ready)
    finally:
        await _end(forgetting)
        await bot.shutdown()
    log(Event.STOPPED, door="telegram")


async def _run_polling(door: Door, bot: ExtBot[None], stop: asyncio.Event) -> None:
    # While there is a webhook, Telegram gives no updates to a poll.
    if await _connect(bot, stop) and await _until_taken(lambda: bot.delete_webhook(), stop):
        introducing = _introduce(bot, door)
        log(Event.STARTED, door="telegram")
        await Polling(door).poll(stop)
        await _end(introducing)


async def _run_webhook(
    door: Door, bot: ExtBot[None], hook: Webhook, stop: asyncio.Event, ready: Callable[[], bool]
) -> None:
    connected = asyncio.Event()

    def is_ready() -> bool:
        return connected.is_set() and ready() and not stop.is_set()

    try:
        listener = socket.create_server(("", hook.port))
    except OSError:
        raise SettingsError(f"Port {hook.port} cannot be used: set PORT to another one.") from None
    server = webhook.Server(webhook.make_app(door, hook.path, hook.secret, is_ready))
    serving = asyncio.ensure_future(server.serve(sockets=[listener]))
    try:
        if await _connect(bot, stop) and await _until_taken(lambda: _set_webhook(bot, hook), stop):
            connected.set()
            introducing = _introduce(bot, door)
            log(Event.STARTED, door="telegram")
            await stop.wait()
            await _end(introducing)
    finally:
        server.should_exit = True
        await door.finish(STOP_SECONDS)
        await serving


async def _set_webhook(bot: ExtBot[None], hook: Webhook) -> bool:
    try:
        return await bot.set_webhook(
            hook.url, secret_token=hook.secret, allowed_updates=ALLOWED_UPDATES, max_connections=CONNECTIONS
        )
    except BadRequest:
        raise SettingsError(
            "Telegram refuses the address given with --webhook: it must be a public https:// address that reaches PORT."
        ) from None


def _introduce(bot: ExtBot[None], door: Door) -> asyncio.Future[None]:
    """Beside the answers: a child must not wait until all languages are introduced."""
    return asyncio.ensure_future(introduce(bot, door.knowledge()))


async def _connect(bot: ExtBot[None], stop: asyncio.Event) -> bool:
    async def initialize() -> bool:
        try:
            await bot.initialize()
        except InvalidToken:
            # Without its cause: PTB writes the token into the message.
            raise SettingsError("Telegram does not know TELEGRAM_BOT_TOKEN: copy it whole from @BotFather.") from None
        return True

    return await _until_taken(initialize, stop)


async def _until_taken(call: Callable[[], Awaitable[bool]], stop: asyncio.Event) -> bool:
    """Whether Telegram took the call, however long that takes, before `stop` was set."""
    calling = asyncio.ensure_future(_again_and_again(call))
    stopping = asyncio.ensure_future(stop.wait())
    await asyncio.wait({calling, stopping}, return_when=asyncio.FIRST_COMPLETED)
    await _end(stopping)
    if calling.done():
        return calling.result()
    await _end(calling)
    return False


async def _again_and_again(call: Callable[[], Awaitable[bool]]) -> bool:
    attempt = 0
    while True:
        try:
            return await call()
        except TelegramError as problem:
            log(Event.UPDATES_FAILED, error=type(problem).__name__)
            await asyncio.sleep(outgoing.pause_after(problem, attempt) or outgoing.MAX_RETRY_SECONDS)
        attempt += 1


async def _forget_now_and_then(door: Door) -> None:
    while True:
        await asyncio.sleep(FORGET_SECONDS)
        door.store.forget_expired()


async def _end(task: asyncio.Future[Any]) -> None:
    task.cancel()
    await asyncio.wait({task})
