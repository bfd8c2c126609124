"""How the bot introduces itself on Telegram: commands and neutral descriptions in every language. Never fatal."""

from __future__ import annotations

from collections.abc import Awaitable

from telegram import Bot, BotCommand, BotCommandScopeAllGroupChats
from telegram.error import TelegramError

from bot.knowledge import Knowledge
from bot.logs import Event, log
from bot.wording import key

COMMAND_WORDS = {
    "menu": key("command_menu"),
    "help": key("command_help"),
    "language": key("command_language"),
    "erase": key("command_erase"),
    "privacy": key("command_privacy"),
    "about": key("command_about"),
}


async def introduce(bot: Bot, knowledge: Knowledge) -> None:
    """Sets command lists and descriptions; without a language first, for apps in any other language."""
    default = knowledge.default_language
    for code, language in ((None, default), *((c, c) for c in knowledge.language_codes)):
        say = knowledge.say(language)
        commands = [BotCommand(name, say(words)) for name, words in COMMAND_WORDS.items()]
        await _try(bot.set_my_commands(commands, language_code=code))
        await _try(bot.set_my_description(say("bot_description"), language_code=code))
        await _try(bot.set_my_short_description(say("bot_short_description"), language_code=code))
        await _try(_set_name(bot, say("bot_name"), code))
    await _try(bot.set_my_commands([], scope=BotCommandScopeAllGroupChats()))


async def _set_name(bot: Bot, name: str, code: str | None) -> bool:
    """Only where it differs: Telegram lets a bot change its name very few times a day."""
    return (await bot.get_my_name(code)).name == name or await bot.set_my_name(name, language_code=code)


async def _try(call: Awaitable[bool]) -> None:
    try:
        await call
    except TelegramError as problem:
        log(Event.SEND_FAILED, error=type(problem).__name__)
