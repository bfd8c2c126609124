"""Deletes both sides of a chat as far as Telegram allows."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Bot
from telegram.error import TelegramError

from bot.channels.telegram.outgoing import Outgoing

DELETE_AT_ONCE = 100
"""Most message ids in one `deleteMessages` (Bot API)."""


async def erase(chat: int, ids: Sequence[int], bot: Bot, outgoing: Outgoing, key: bytes) -> bool:
    """Deletes the messages `ids`; whether all are away now, as far as Telegram tells."""
    complete = True
    for start in range(0, len(ids), DELETE_AT_ONCE):
        part = ids[start : start + DELETE_AT_ONCE]
        try:
            await outgoing.insist(lambda part=part: bot.delete_messages(chat, part), key, counts=False)  # type: ignore[misc]
        except TelegramError:
            complete = all([await _is_gone(chat, id_, bot, outgoing, key) for id_ in part]) and complete
    return complete


async def _is_gone(chat: int, message: int, bot: Bot, outgoing: Outgoing, key: bytes) -> bool:
    """Deletes one message; whether it is away now, by us or already before."""
    try:
        return await outgoing.insist(lambda: bot.delete_message(chat, message), key, counts=False)
    except TelegramError as problem:
        return "to delete not found" in str(problem)
