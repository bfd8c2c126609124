"""Telegram as a door: the only package that sees an update, and so the only one that sees who writes.

`polling` and `webhook` bring updates, `door` answers each, `outgoing` sends. Nothing of an update stays behind.
"""

from bot.channels.telegram.door import Door
from bot.channels.telegram.outgoing import make_bot
from bot.channels.telegram.running import Webhook, run
from bot.channels.telegram.store import LocalStore

__all__ = ["Door", "LocalStore", "Webhook", "make_bot", "run"]
