"""The two bots that `benchmarks/telegram.py` compares, each run as a process of its own: ours, and PTB's echo bot.

The echo bot follows python-telegram-bot's own example of a custom webhook (Starlette on uvicorn), with updates handled
concurrently: one message with a keyboard, no model.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime, timezone

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, CallbackContext, MessageHandler, filters

from bot.channels.telegram import Door, LocalStore, Webhook, make_bot, run
from bot.content_files import read_content
from bot.live import LiveKnowledge
from bot.logs import configure_logs
from bot.memory import Memory
from bot.pace import Limits
from bot.settings import read_settings
from nlu.model import Model
from nlu.training import model_folder
from tests.telegram.conftest import OPEN

SECRET = "a-secret-of-the-benchmark"  # noqa: S105 - nothing that it opens is real


def now() -> datetime:
    """The time."""
    return datetime.now(timezone.utc)


def ours(token: str, url: str, port: int, limits: Limits = OPEN) -> None:
    """Our bot with its model, its limits opened."""
    configure_logs()
    settings = read_settings({})
    intents = frozenset(read_content(settings.content).content.intents)
    model = Model(model_folder(), intents)  # without it there is nothing to measure
    live = LiveKnowledge(settings, model)
    door = Door(make_bot(token, url), live.current, LocalStore(Memory(now), now), now, limits)
    hook = Webhook(f"http://127.0.0.1:{port}/telegram", SECRET, port)
    asyncio.run(run(door, hook))


def echo(token: str, url: str, port: int) -> None:
    """PTB's echo bot behind a webhook."""
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton(f"Button {n}", callback_data=str(n))] for n in range(6)])

    async def answer(update: Update, _context: CallbackContext) -> None:  # type: ignore[type-arg]
        assert update.message
        await update.message.reply_text(update.message.text or "", reply_markup=keyboard)

    async def main() -> None:
        building = Application.builder().token(token).base_url(url).updater(None).concurrent_updates(True)
        application = building.build()
        application.add_handler(MessageHandler(filters.TEXT, answer))

        async def telegram(request: Request) -> Response:
            await application.update_queue.put(Update.de_json(await request.json(), application.bot))
            return Response()

        app = Starlette(routes=[Route("/telegram", telegram, methods=["POST"])])
        config = uvicorn.Config(app, port=port, log_config=None, access_log=False, lifespan="off", ws="none")
        await application.bot.set_webhook(f"http://127.0.0.1:{port}/telegram", secret_token=SECRET)
        async with application:
            await application.start()
            await uvicorn.Server(config).serve()
            await application.stop()

    asyncio.run(main())


if __name__ == "__main__":
    {"ours": ours, "echo": echo}[sys.argv[1]](sys.argv[2], sys.argv[3], int(sys.argv[4]))
