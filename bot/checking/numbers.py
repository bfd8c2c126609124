"""Phone numbers in texts: a number has one place, so that it cannot go wrong in a text alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.checking.forms import dig, mapping
from bot.checking.problem import CheckedFile, Problem
from bot.checking.texts import leaves
from bot.content import Content, Show

_NUMBER = re.compile(r"(?<![\d.])\+?\d[\d -]{1,}\d(?!\d|\.\d)")
"""Three digits or more, perhaps with spaces or hyphens between them."""

_YEAR = re.compile(r"(?:19|20|25)\d\d(?:-\d\d-\d\d)?")
"""Also of the Buddhist calendar, in which Thai texts count."""


def phone_numbers(text: str) -> list[str]:
    """What looks like a phone number in `text`; years and days do not."""
    return [found for found in _NUMBER.findall(text) if len(_digits(found)) > 2 and not _YEAR.fullmatch(found.strip())]


def check_numbers_in_answers(file: CheckedFile, content: Content) -> Iterator[Problem]:
    """A number in an answer is that of a contact that children may see."""
    shown = {_digits(n) for c in content.contacts.values() if c.show is Show.YES for n in (*c.numbers, *c.from_abroad)}
    for at, text in leaves(dig(file.data, "answers"), "answers"):
        if at[-1] != "translated_from" and "sources" not in at and "review" not in at:
            for number in phone_numbers(text):
                if _digits(number) not in shown:
                    fix = "Take it out: numbers stand in content/contacts, and the bot adds them."
                    yield file.error(f"the number {number.strip()} is that of no contact", fix, *at)


def check_numbers_in_words(file: CheckedFile, content: Content) -> Iterator[Problem]:
    """A number in the words of a contact is its own."""
    for id_, words in mapping(dig(file.data, "contacts")).items():
        contact = content.contacts.get(id_)
        own = {_digits(number) for number in (*contact.numbers, *contact.from_abroad)} if contact else set()
        for at, text in leaves(words, "contacts", id_):
            for number in phone_numbers(text):
                if contact and _digits(number) not in own:
                    fix = f"Its numbers are: {', '.join(contact.numbers) or 'none'}."
                    yield file.error(f"the number {number.strip()} is not one of '{id_}'", fix, *at)


def _digits(number: str) -> str:
    return "".join(re.findall(r"\d", number))
