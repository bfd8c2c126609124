"""Everything that a reply is made from, put together once and passed in: the conversation itself keeps nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from bot.content import Content
from bot.danger import DangerFinder
from bot.wording import Say, Wording, key
from nlu.understanding import Interpreter


class Door(Enum):
    """Where the chat happens: what is private there differs, and so do a few words."""

    TELEGRAM = "telegram"
    PAGE = "page"
    """A page on the computer of a club: no account, nothing kept."""
    FOLDER = "folder"
    """The same page out of a folder, without a programme behind it: nobody can write there."""


_ON_PAGE = {
    "welcome": key("welcome_on_page"),
    "about_me": key("about_me_on_page"),
    "erase_question": key("erase_question_on_page"),
}
_IN_FOLDER = _ON_PAGE | {
    "menu_text": key("menu_text_in_folder"),
    "choose_question": key("choose_question_in_folder"),
}
_WORDED: dict[Door, dict[str, str]] = {Door.TELEGRAM: {}, Door.PAGE: _ON_PAGE, Door.FOLDER: _IN_FOLDER}
"""Interface texts that differ at a door."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the bot can say, how it understands, and the few settings that change a reply."""

    content: Content
    wording: Wording
    danger: DangerFinder
    interpreter: Interpreter
    default_language: str = "en"
    first_country: str | None = None
    """Listed first while the child's country is unknown. It is never taken for the child's country."""
    today: Callable[[], date] = date.today
    now: datetime | None = None
    """The time (with its zone) of the reply that is being made; None: nothing is said about which lines are open."""
    door: Door = Door.TELEGRAM

    def say(self, language: str) -> Say:
        """Interface texts in `language`, worded for this door."""
        said, worded = self.wording.in_language(language), _WORDED[self.door]
        return lambda message, /, **values: said(worded.get(message, message), **values)

    @property
    def language_codes(self) -> tuple[str, ...]:
        """The live languages, in the order in which they are offered."""
        return tuple(language.code for language in self.content.languages)

    def countries(self, language: str) -> dict[str, str]:
        """Country code → name, the operator's country first."""
        names = self.content.country_names(language) or self.content.country_names("en")
        first = {code: name for code, name in names.items() if code == self.first_country}
        return first | names
