"""Which kinds of contact a country has no number for: a committed list, and never nobody in danger."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.checking.forms import dig, mapping, texts
from bot.checking.problem import CheckedFile, Problem
from bot.contacts import is_expired
from bot.content import Content, Show


def open_gaps(content: Content, country: str, today: date) -> list[str]:
    """Kinds that the catalogue wants and of which no number in `country` may be shown, in the catalogue's order."""
    wanted = dict.fromkeys(kind for intent in content.intents.values() for kind in intent.kinds)
    callable_ = _callable(content, country, today)
    return [kind for kind in wanted if kind not in callable_]


def check_gaps(file: CheckedFile, content: Content, today: date) -> Iterator[Problem]:
    """The list is the truth of today; each country's known gaps are a note."""
    for country in mapping(dig(file.data, "gaps")):
        listed, now = dict(texts(dig(file.data, "gaps", country))).values(), open_gaps(content, country, today)
        at = ("gaps", country)
        for kind in (kind for kind in now if kind not in listed):
            what = f"no number of the kind '{kind}' can be shown in {country} any more"
            yield file.warning(what, "Find one and call it, or add the kind to this list.", *at)
        for kind in (kind for kind in listed if kind not in now):
            what = f"'{kind}' is no gap in {country} any more"
            yield file.warning(what, "Take it out of this list.", *at)
        known = [kind for kind in now if kind in listed]
        if known:
            yield file.note(f"{country} has no number for: {', '.join(known)}", "Find one, call it, show it.", *at)


def check_nobody_is_left(file: CheckedFile, content: Content, today: date) -> Iterator[Problem]:
    """Where an urgent answer has nobody to call in a country, the words say what else to do."""
    for country in content.country_names(file.folder):
        reached = _callable(content, country, today)
        left = [
            intent.id
            for intent in content.intents.values()
            if intent.urgent and not reached & {*intent.kinds, "child_helpline"}
        ]
        if left and content.no_number(file.folder, country) is None:
            what = f"in {country} nobody can be called for '{left[0]}', and nothing says what else to do"
            yield file.error(what, f"Write '{country}: …' under 'no_number'.", "no_number")


def _callable(content: Content, country: str, today: date) -> set[str]:
    return {
        kind
        for contact in content.contacts.values()
        if contact.country == country and contact.show is Show.YES and not is_expired(contact, today)
        for kind in contact.kinds
    }
