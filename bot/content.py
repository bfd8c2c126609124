"""What the bot can say and whom it can name: typed once, then only read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import cached_property
from typing import TypeVar

from bot.hours import Hours
from bot.languages import Language

Piece = TypeVar("Piece")

KINDS = frozenset(
    {
        *(
            "child_helpline",
            "ambulance",
            "police",
            "fire",
            "mental_health",
            "clinic",
            "women",
            "trafficking",
            "shelter",
        ),
        *("migrant_support", "labour", "legal_aid", "refugee", "family_tracing", "online_reporting", "education"),
        *("government", "consular"),
    }
)
"""Every kind of contact: a closed list, the same as in content/schema/contacts.schema.json."""

CHAT_MODULE = "chat"
"""The module of the talk around the questions; children do not browse it."""

WORLD = "REG"
"""The country code of contacts that serve every country."""


@dataclass(frozen=True, slots=True)
class Intent:
    """One thing a child may want: an id of the catalogue."""

    id: str
    module: str
    urgent: bool = False
    careful: bool = False
    journey: bool = False
    """Its answer concerns a border or a journey: helpers on both sides belong under it."""
    kinds: tuple[str, ...] = ()
    """Kinds of contact that belong under its answer, in this order."""


@dataclass(frozen=True, slots=True)
class Module:
    """A topic of the menu, in one language."""

    id: str
    language: str
    title: str
    icon: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bot says to one intent, in one language."""

    id: str
    language: str
    ask: str
    quiet: str
    say: str
    do: tuple[str, ...] = ()
    countries: Mapping[str, str] = field(default_factory=dict)
    next: tuple[str, ...] = ()
    reviewed: bool = False
    say_on_page: str = ""
    """Instead of `say` where the chat is a page on this computer, for the few answers that differ there."""


class Show(Enum):
    """Who may see a contact."""

    YES = "yes"
    NO_NUMBER = "no_number"
    """An organisation with a web address, of which no number could be confirmed."""
    ADULTS = "adults"
    """Only on the pages for facilitators, never in a child's chat."""
    NOBODY = "no"
    """It waits until somebody has checked it."""


FOR_CHILDREN = frozenset({Show.YES, Show.NO_NUMBER})
"""Contacts that may stand in a reply."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody who can help: the facts, once for all languages."""

    id: str
    country: str
    kinds: tuple[str, ...]
    show: Show
    numbers: tuple[str, ...] = ()
    """As dialled inside the country."""
    from_abroad: tuple[str, ...] = ()
    """As dialled from another country; empty where short numbers work only inside."""
    web: str | None = None
    languages: tuple[str, ...] = ()
    """Codes of the languages in which the line is known to answer; empty when nobody has stated them."""
    hours: Hours | None = None
    """When the line answers; None where nobody has stated it."""
    cost: str | None = None
    source_seen_on: date | None = None
    called_on: date | None = None
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class ContactWords:
    """A contact in the words of one language."""

    name: str
    purpose: str
    hours: str | None = None


@dataclass(frozen=True, slots=True)
class PhoneWords:
    """What to say on the phone: in the line's language, and the same spelt in the child's letters."""

    words: str
    spelt: str


@dataclass(frozen=True, slots=True)
class DangerWords:
    """One language's danger phrases with the intent of each, and what may soften them."""

    phrases: tuple[tuple[str, str], ...] = ()
    softening: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Texts:
    """The same text in several languages, by code."""

    texts: Mapping[str, str]

    def in_language(self, language: str) -> str:
        """The text in `language`, else in English, else in any."""
        return self.texts.get(language) or self.texts.get("en") or next(iter(self.texts.values()), "")


@dataclass(frozen=True, slots=True)
class Operator:
    """Who runs this bot."""

    name: Texts
    privacy_contact: str
    adult_contact: Texts
    safeguarding_lead: Texts
    """A role, never a person's name."""
    complaint: Texts
    """Which person takes complaints, and how a child reaches them."""
    farewell: Texts
    """What the bot says when it ends."""
    languages: tuple[str, ...] = ()
    """Codes of the languages that the people of the organisation speak."""
    example: bool = True
    """Nobody runs it yet: none of the other values may be told to a child."""


Key = tuple[str, ...]
"""The place of one piece of content: its sort, then language and id as far as it has them."""


@dataclass(frozen=True)
class Content:
    """All content. Pieces are stored by key, so that a broken one can be replaced alone."""

    pieces: Mapping[Key, object] = field(default_factory=dict)

    @cached_property
    def intents(self) -> dict[str, Intent]:
        """The catalogue, in its order."""
        return self._all("intent", Intent)

    @cached_property
    def contacts(self) -> dict[str, Contact]:
        """Every contact by its id."""
        return self._all("contact", Contact)

    @cached_property
    def languages(self) -> tuple[Language, ...]:
        """The live languages, in the order in which they are offered; all of them where none is live."""
        known = self._all("language", Language).values()
        return tuple(language for language in known if language.live) or tuple(known)

    @cached_property
    def module_ids(self) -> tuple[str, ...]:
        """The modules that children browse, in the catalogue's order."""
        return tuple(dict.fromkeys(i.module for i in self.intents.values() if i.module != CHAT_MODULE))

    @cached_property
    def danger(self) -> dict[str, DangerWords]:
        """The danger phrases of every language."""
        return self._all("danger", DangerWords)

    @cached_property
    def pairs(self) -> dict[str, tuple[frozenset[str], ...]]:
        """By urgent intent: sets of concepts that, all in one message, mean danger in any language."""
        found = self.pieces.get(("pairs",), {})
        return dict(found) if isinstance(found, dict) else {}

    def module(self, language: str, module: str) -> Module | None:
        """Title and icon of a module."""
        return self._piece(("module", language, module), Module)

    def answer(self, language: str, intent: str) -> Answer | None:
        """The answer to an intent, or None while nobody has written it."""
        return self._piece(("answer", language, intent), Answer)

    def questions(self, language: str, module: str) -> tuple[Answer, ...]:
        """The written answers of a module, in the catalogue's order."""
        found = (self.answer(language, i.id) for i in self.intents.values() if i.module == module)
        return tuple(answer for answer in found if answer is not None)

    def contact_words(self, language: str, contact: str) -> ContactWords | None:
        """A contact's name and purpose."""
        return self._piece(("contact_words", language, contact), ContactWords)

    def country_names(self, language: str) -> dict[str, str]:
        """Country code → name, in the order in which countries are offered."""
        found = self.pieces.get(("countries", language), {})
        return dict(found) if isinstance(found, dict) else {}

    def no_number(self, language: str, country: str) -> str | None:
        """What to tell a child in a country of which no number may be shown."""
        return self._piece(("no_number", language, country), str)

    def phone_words(self, language: str, line: str) -> PhoneWords | None:
        """What a child who speaks `language` can say to a line that answers in the language `line`."""
        return self._piece(("phone_words", language, line), PhoneWords)

    @property
    def operator(self) -> Operator | None:
        """Who runs this bot."""
        return self._piece(("operator",), Operator)

    def _piece(self, key: Key, kind: type[Piece]) -> Piece | None:
        found = self.pieces.get(key)
        return found if isinstance(found, kind) else None

    def _all(self, sort: str, kind: type[Piece]) -> dict[str, Piece]:
        return {key[1]: piece for key, piece in self.pieces.items() if key[0] == sort and isinstance(piece, kind)}
