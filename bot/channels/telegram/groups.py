"""Groups and channels: the bot never helps in the open. One line with the private link, then it leaves."""

from __future__ import annotations

from contextlib import suppress

from telegram import Bot
from telegram.error import TelegramError

from bot.channels.telegram.outgoing import Outgoing
from bot.channels.telegram.store import Store
from bot.channels.telegram.updates import Elsewhere
from bot.knowledge import Knowledge
from bot.languages import reply_language

GREETED = b"left"
"""Stands for the one line in the recent past of a group: several updates tell that the bot was added."""


async def leave(place: Elsewhere, bot: Bot, outgoing: Outgoing, store: Store, knowledge: Knowledge) -> None:
    """Says once where the bot can be asked alone, and leaves; a channel is left without a word."""
    key = store.key(place.chat)
    async with store.turn(key):
        note, recent = await store.recall(key)
        if place.speaks and recent.answer_to(GREETED) is None:
            await store.keep(key, note, recent.with_answer(GREETED, 0))
            language = reply_language(
                None, None, place.language_hint, knowledge.default_language, knowledge.language_codes
            )
            text = knowledge.say(language)("group_line", link=f"https://t.me/{await _name(bot)}")
            with suppress(TelegramError):  # it may have been removed already, or may not write there
                await outgoing.insist(lambda: bot.send_message(place.chat, text), key)
        with suppress(TelegramError):
            await outgoing.insist(lambda: bot.leave_chat(place.chat), key, counts=False)


async def _name(bot: Bot) -> str:
    """The bot's user name; a webhook may bring a group before the bot has introduced itself."""
    try:
        return bot.username
    except RuntimeError:
        return str((await bot.get_me()).username)
