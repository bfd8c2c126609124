"""Replies become what Telegram shows: texts that fit, and inline keyboards."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup

from bot.actions import Action, Kind
from bot.messages import Button, Row

MAX_TEXT = 4096
"""Most UTF-16 units in one message (Bot API)."""


def keyboard(rows: Sequence[Row]) -> InlineKeyboardMarkup:
    """Inline buttons; whole labels, as many rows as the reply has."""
    return InlineKeyboardMarkup([[_button(button) for button in row] for row in rows])


def fitting(text: str) -> str:
    """`text`, cut after a whole line where Telegram would refuse it: most of an answer is better than none."""
    if _utf16_units(text) <= MAX_TEXT:
        return text
    kept = text.encode("utf-16-le")[: 2 * (MAX_TEXT - 2)].decode("utf-16-le", errors="ignore")
    return (kept[: kept.rfind("\n")] if "\n" in kept else kept) + "\n…"


def _utf16_units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _button(button: Button) -> InlineKeyboardButton:
    if button.copy is not None:
        return InlineKeyboardButton(button.label, copy_text=CopyTextButton(button.copy))
    return InlineKeyboardButton(button.label, callback_data=(button.action or Action(Kind.MENU)).encode())
