"""Which contacts belong under an answer, and in which order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.content import FOR_CHILDREN, WORLD, Contact, Intent, Show
from bot.knowledge import Knowledge

CHILD_HELPLINE = "child_helpline"
"""Named where no wanted kind of contact has a number in the country: it can help to find somebody."""

WIDER_KINDS = (CHILD_HELPLINE, "women", "migrant_support", "shelter", "mental_health", "legal_aid")
"""Kinds that help with many things, for a child whom the wanted ones did not help; no offices, which ask for papers."""

EMERGENCY_KINDS = frozenset({"police", "ambulance", "fire"})

MAX_CONTACTS = 4
"""More are not read, and the message gets too long for a small screen."""


def contacts_for(intent: Intent, country: str, knowledge: Knowledge) -> list[Contact]:
    """The first of `all_contacts_for`: as many as a child reads."""
    return all_contacts_for(intent, country, knowledge)[:MAX_CONTACTS]


def all_contacts_for(intent: Intent, country: str, knowledge: Knowledge) -> list[Contact]:
    """Contacts of `intent` in `country` that children may see, most wanted first.

    In the order of the intent's kinds, inside a kind those that are open now first; numbers before web addresses,
    fresh before expired. An expired contact of an urgent intent stays, last; other expired ones are left out.
    Organisations that serve every country come last and only where their kind is wanted.
    """
    today = knowledge.today()
    chosen = [c for kind in intent.kinds for c in _of_kind(kind, country, knowledge)]
    if intent.kinds and not any(c.show is Show.YES for c in chosen):
        chosen += _of_kind(CHILD_HELPLINE, country, knowledge)
    chosen = [c for c in dict.fromkeys(chosen) if intent.urgent or not is_expired(c, today)]
    return sorted(chosen, key=lambda c: (c.show is not Show.YES, is_expired(c, today)))


def first_line(intent: Intent, country: str, knowledge: Knowledge) -> Contact | None:
    """The one contact with a number that a child in `country` calls first."""
    found = (c for c in contacts_for(intent, country, knowledge) if c.show is Show.YES)
    return next(found, None)


def other_contacts_for(intent: Intent, country: str, knowledge: Knowledge) -> list[Contact]:
    """Contacts that do not stand under the answer to `intent`: the rest of its kinds, then wider ones."""
    return _others(intent, country, knowledge, contacts_for(intent, country, knowledge))[:MAX_CONTACTS]


def first_other_line(intent: Intent, country: str, knowledge: Knowledge) -> Contact | None:
    """The one contact with a number to name after `first_line`, which did not help."""
    others = _others(intent, country, knowledge, [first_line(intent, country, knowledge)])
    return next((c for c in others if c.show is Show.YES), None)


def _others(intent: Intent, country: str, knowledge: Knowledge, named: Sequence[Contact | None]) -> list[Contact]:
    """All but those `named` already and emergency lines: answers to danger name these, with a word of care."""
    wider = replace(intent, kinds=tuple(dict.fromkeys((*intent.kinds, *WIDER_KINDS))))
    found = all_contacts_for(wider, country, knowledge)
    return [contact for contact in found if contact not in named and not EMERGENCY_KINDS.intersection(contact.kinds)]


def is_expired(contact: Contact, today: date) -> bool:
    """Whether nobody has looked at this contact for too long."""
    return contact.expires_on is not None and contact.expires_on < today


def _of_kind(kind: str, country: str, knowledge: Knowledge) -> list[Contact]:
    """What children in `country` may see of one kind: numbers first, then web addresses; those that are open first."""
    found = [
        contact
        for contact in knowledge.content.contacts.values()
        if kind in contact.kinds
        and contact.country in (country, WORLD)
        and contact.show in FOR_CHILDREN
        and (contact.show is Show.YES or contact.web)
    ]
    return sorted(found, key=lambda c: (c.show is not Show.YES, c.country == WORLD, _openness(c, knowledge.now)))


def _openness(contact: Contact, now: datetime | None) -> int:
    """0 open, 1 not known, 2 closed."""
    if contact.hours is None or now is None:
        return 1
    return 0 if contact.hours.is_open(now) else 2
