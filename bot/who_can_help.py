"""Who can help, under an answer: contacts where the child is and where it is going, with their buttons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.actions import Action, Kind
from bot.contact_texts import contact_text, country_lines, phone_text
from bot.contacts import contacts_for, first_other_line, other_contacts_for
from bot.content import Contact, Intent, Show
from bot.knowledge import Knowledge
from bot.memory import Note
from bot.messages import Button, Row

MAX_THERE = 3
"""Contacts of the country to which the child is going: the answer still fits on a small screen."""

MAX_COPIED = 2
"""Numbers with a button that copies them."""


@dataclass(frozen=True, slots=True)
class Help:
    """Who can help: the text, and its buttons."""

    text: str = ""
    rows: tuple[Row, ...] = ()


def who_can_help(intent: Intent, language: str, note: Note, knowledge: Knowledge) -> Help:
    """The contacts of `intent` in the child's country or, while that is unknown, the first line of each country.

    Both sides of the border where the child has said where it is going, and the answer is urgent or about a journey.
    """
    if not intent.kinds:
        return Help()
    if note.country is None:
        lines = country_lines(intent, language, knowledge)
        text = "\n".join((knowledge.say(language)("call_in_country"), lines)) if lines else ""
        return Help(text, tuple(country_rows(intent.id, language, knowledge)))
    here = contacts_for(intent, note.country, knowledge)
    texts = [_text(here, note.country, language, knowledge), _there(intent, language, note, knowledge)]
    rows = [*_copy_rows(here), *_going_rows(intent, language, note, knowledge)]
    return Help("\n\n".join(text for text in texts if text), tuple(rows))


def others_who_can_help(intent: Intent, language: str, note: Note, knowledge: Knowledge) -> Help:
    """Contacts that do not stand under the answer to `intent`: the rest of its kinds, and kinds that help with much.

    Where no other number is known this is said, with the way to the countries; no line is ever named twice.
    """
    say = knowledge.say(language)
    if note.country is None:
        lines = country_lines(intent, language, knowledge, first_other_line)
        text = "\n".join((say("call_in_country"), lines)) if lines else say("no_other_number")
        return Help(text, tuple(country_rows(intent.id, language, knowledge)))
    others = other_contacts_for(intent, note.country, knowledge)
    if any(contact.show is Show.YES for contact in others) or not intent.kinds:
        return Help(_text(others, note.country, language, knowledge), tuple(_copy_rows(others)))
    addresses = [contact_text(contact, language, knowledge) for contact in others]
    there = "" if intent.journey else _there(replace(intent, journey=True), language, note, knowledge)
    parts = ("\n".join((say("no_other_number"), *addresses)), there)
    country = Button("📍 " + say("change_country"), Action(Kind.COUNTRIES, language=language))
    going = [going_row(intent.id if intent.journey else "", language, knowledge)] if note.going_to is None else []
    return Help("\n\n".join(part for part in parts if part), ((country,), *going))


def country_rows(value: str, language: str, knowledge: Knowledge) -> list[Row]:
    """*I am in …*, two a row; `value` is the answer to show again with that country's contacts."""
    say = knowledge.say(language)
    buttons = [
        Button("📍 " + say("i_am_in", country=name), Action(Kind.COUNTRY, value, language, code))
        for code, name in knowledge.countries(language).items()
    ]
    return _two_a_row(buttons)


def going_to_rows(value: str, language: str, note: Note, knowledge: Knowledge) -> list[Row]:
    """*I am going to …* for every country but the child's own, and *I stay here*; `value` as in `country_rows`."""
    say = knowledge.say(language)
    buttons = [
        Button("🧭 " + say("i_am_going_to", country=name), Action(Kind.GOING_TO, value, language, code))
        for code, name in knowledge.countries(language).items()
        if code != note.country
    ]
    return [*_two_a_row(buttons), (Button(say("i_stay_here"), Action(Kind.GOING_TO, value, language)),)]


def going_row(value: str, language: str, knowledge: Knowledge) -> Row:
    """The way to *I am going to …*."""
    say = knowledge.say(language)
    return (Button("🧭 " + say("i_am_going"), Action(Kind.GOING, value, language)),)


def _text(contacts: Sequence[Contact], country: str, language: str, knowledge: Knowledge) -> str:
    say = knowledge.say(language)
    parts = [contact_text(contact, language, knowledge) for contact in contacts]
    if not any(contact.show is Show.YES for contact in contacts):
        parts.insert(0, _no_number(country, language, knowledge))
    else:
        parts += [
            phone_text(contacts, language, knowledge),
            say("ask_before_name"),
            _dates(contacts, language, knowledge),
        ]
    return "\n".join(part for part in (say("who_can_help"), *parts) if part)


def _there(intent: Intent, language: str, note: Note, knowledge: Knowledge) -> str:
    """Who can help where the child is going."""
    there = note.going_to
    if there is None or there == note.country or not (intent.urgent or intent.journey):
        return ""
    name = knowledge.countries(language).get(there, there)
    contacts = contacts_for(intent, there, knowledge)[:MAX_THERE]
    parts = [contact_text(contact, language, knowledge, from_abroad=True) for contact in contacts]
    if not any(contact.show is Show.YES for contact in contacts):
        parts.insert(0, _no_number(there, language, knowledge))
    return "\n".join((knowledge.say(language)("who_can_help_there", country=name), *parts))


def _no_number(country: str, language: str, knowledge: Knowledge) -> str:
    return knowledge.content.no_number(language, country) or knowledge.say(language)("no_number")


def _dates(contacts: Sequence[Contact], language: str, knowledge: Knowledge) -> str:
    """Says truthfully whether somebody has dialled the numbers, or whether they only stand in sources."""
    say = knowledge.say(language)
    numbers = [contact for contact in contacts if contact.show is Show.YES]
    called = [contact.called_on for contact in numbers if contact.called_on]
    if numbers and len(called) == len(numbers):
        return say("numbers_called", day=min(called).isoformat())
    seen = [contact.source_seen_on for contact in numbers if contact.source_seen_on]
    return say("numbers_seen", day=min(seen).isoformat()) if seen else ""


def _copy_rows(contacts: Sequence[Contact]) -> list[Row]:
    """Buttons that copy the first numbers, so that nobody has to remember or retype one."""
    found = [contact for contact in contacts if contact.show is Show.YES][:MAX_COPIED]
    buttons = tuple(Button(f"📋 {contact.numbers[0]}", copy=contact.numbers[0]) for contact in found)
    return [buttons] if buttons else []


def _going_rows(intent: Intent, language: str, note: Note, knowledge: Knowledge) -> list[Row]:
    """Only under answers about a journey, and while nobody has said where it goes."""
    return [going_row(intent.id, language, knowledge)] if intent.journey and note.going_to is None else []


def _two_a_row(buttons: Sequence[Button]) -> list[Row]:
    return [tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)]
