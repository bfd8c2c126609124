"""Which contacts belong under an answer, and how they are written for a child."""

from __future__ import annotations

from collections.abc import Sequence

from bot.content import WORLD, Contact, Intent, Show
from bot.knowledge import Knowledge
from bot.wording import key

LINE_LANGUAGES = {
    "th": key("language_th"),
    "lo": key("language_lo"),
    "km": key("language_km"),
    "my": key("language_my"),
    "ms": key("language_ms"),
    "en": key("language_en"),
    "vi": key("language_vi"),
    "zh": key("language_zh"),
    "hmn": key("language_hmn"),
    "kar": key("language_kar"),
    "shn": key("language_shn"),
    "rhg": key("language_rhg"),
    "ur": key("language_ur"),
    "ta": key("language_ta"),
}
"""Languages that lines answer in, by code, with the message id of their name."""

CHILD_HELPLINE = "child_helpline"
"""Named where no wanted kind of contact has a number in the country: it can help to find somebody."""

MAX_CONTACTS = 4
"""More are not read, and the message gets too long for a small screen."""


def contacts_for(intent: Intent, country: str, knowledge: Knowledge) -> list[Contact]:
    """Contacts of `intent` in `country`: in the order of its kinds, numbers before web addresses, fresh before expired.

    An expired contact of an urgent intent stays, last; other expired ones are left out. Organisations that serve every
    country come last and only where their kind is wanted.
    """
    today = knowledge.today()
    chosen: list[Contact] = []
    for kind in (*intent.kinds, *((CHILD_HELPLINE,) if intent.kinds else ())):
        if kind == CHILD_HELPLINE and kind not in intent.kinds and any(c.show is Show.YES for c in chosen):
            break
        of_kind = [c for c in knowledge.content.contacts.values() if kind in c.kinds and c.country in (country, WORLD)]
        of_kind.sort(key=lambda c: (_expired(c, today), c.show is not Show.YES, c.country == WORLD))
        chosen += [c for c in of_kind if c not in chosen and (intent.urgent or not _expired(c, today))]
    fresh_first = sorted(chosen, key=lambda c: _expired(c, today))
    with_number = [c for c in fresh_first if c.show is Show.YES]
    without = [c for c in fresh_first if c.show is not Show.YES and c.web]
    return (with_number + without)[:MAX_CONTACTS]


def first_line(intent: Intent, country: str, knowledge: Knowledge) -> Contact | None:
    """The one contact with a number that a child in `country` calls first."""
    found = (c for c in contacts_for(intent, country, knowledge) if c.show is Show.YES)
    return next(found, None)


def contact_text(contact: Contact, language: str, knowledge: Knowledge) -> str:
    """One contact: its name with the numbers or the web address, what for, when, what it costs, which languages."""
    say = knowledge.say(language)
    words = knowledge.content.contact_words(language, contact.id) or knowledge.content.contact_words("en", contact.id)
    name = words.name if words else contact.id
    if contact.show is Show.YES:
        between = say("or")
        head = f"📞 {_with_numbers(name, contact.numbers, between)}"
    else:
        head = f"🔗 {name}: {contact.web}"
    details = [words.purpose] if words else []
    facts = [words.hours] if words and words.hours else []
    if contact.show is Show.YES and contact.cost == "free":
        facts.append(say("cost_free"))
    if contact.show is Show.YES and contact.cost == "charge":
        facts.append(say("cost_charge"))
    if contact.languages:
        named = [say(LINE_LANGUAGES[code]) for code in contact.languages if code in LINE_LANGUAGES]
        facts.append(say("speaks", languages=", ".join(named)))
    if facts:
        details.append(" · ".join(facts))
    if _expired(contact, knowledge.today()):
        details.append(say("may_have_changed"))
    return "\n".join([head, *(f"   {line}" for line in details)])


def phone_text(contacts: list[Contact], language: str, knowledge: Knowledge) -> str:
    """What to say on the phone, for each language of a line among `contacts` that may not speak the child's."""
    say = knowledge.say(language)
    lines = [c.languages for c in contacts if c.show is Show.YES and c.languages]
    needed = [spoken[0] for spoken in lines if language not in spoken and spoken[0] in LINE_LANGUAGES]
    parts = []
    for line in dict.fromkeys(needed):
        words = knowledge.content.phone_words(language, line)
        if words:
            parts.append(say("say_on_phone", line=say(LINE_LANGUAGES[line]), words=words.words, spelt=words.spelt))
    return "\n".join(parts)


def country_lines(intent: Intent, language: str, knowledge: Knowledge) -> str:
    """While the country is unknown: the first line of every country, or what to do where none may be shown."""
    lines = []
    for code, country in knowledge.countries(language).items():
        contact = first_line(intent, code, knowledge)
        if contact is not None:
            words = knowledge.content.contact_words(language, contact.id)
            name = words.name if words else contact.id
            lines.append(f"📞 {country}: {_with_numbers(name, contact.numbers[:1], '')}")
        else:
            nothing = knowledge.content.no_number(language, code)
            if nothing and intent.urgent:
                lines.append(f"▪️ {country}: {nothing}")
    return "\n".join(lines)


def _with_numbers(name: str, numbers: Sequence[str], between: str) -> str:
    """The name followed by its numbers, unless it already says the only one ("สายเด็ก 1387")."""
    return name if len(numbers) == 1 and numbers[0] in name else f"{name}: {between.join(numbers)}"


def _expired(contact: Contact, today: object) -> bool:
    return contact.expires_on is not None and contact.expires_on < today  # type: ignore[operator]
