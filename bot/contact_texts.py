"""How contacts are written for a child: names with numbers, when they are open, what to say on the phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from babel.core import UnknownLocaleError
from babel.dates import get_day_names

from bot.contacts import first_line, is_expired
from bot.content import Contact, ContactWords, Intent, Show
from bot.hours import Hours
from bot.knowledge import Knowledge
from bot.wording import FALLBACK_LANGUAGE, Say, key

ChooseLine = Callable[[Intent, str, Knowledge], "Contact | None"]
"""Chooses the line to name for an intent in a country."""

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


def contact_text(contact: Contact, language: str, knowledge: Knowledge, *, from_abroad: bool = False) -> str:
    """One contact: its name with the numbers or the web address, what for, when, what it costs, which languages.

    With `from_abroad` the numbers as dialled from another country, where there are some.
    """
    words = _words(contact, language, knowledge)
    name = words.name if words else contact.id
    if contact.show is Show.YES:
        numbers = (from_abroad and contact.from_abroad) or contact.numbers
        head = f"📞 {with_numbers(name, numbers, knowledge.say(language)('or'))}"
    else:
        head = f"🔗 {name}: {contact.web}"
    details = [words.purpose] if words else []
    details += [" · ".join(facts)] if (facts := list(_facts(contact, words, language, knowledge))) else []
    if is_expired(contact, knowledge.today()):
        details.append(knowledge.say(language)("may_have_changed"))
    return "\n".join([head, *(f"   {line}" for line in details)])


def phone_text(contacts: Sequence[Contact], language: str, knowledge: Knowledge) -> str:
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


def country_lines(intent: Intent, language: str, knowledge: Knowledge, choose: ChooseLine = first_line) -> str:
    """While the country is unknown: the first line of every country, or what to do where none may be shown.

    `choose` picks another line than the first.
    """
    lines = []
    for code, country in knowledge.countries(language).items():
        contact = choose(intent, code, knowledge)
        if contact is not None:
            words = knowledge.content.contact_words(language, contact.id)
            name = words.name if words else contact.id
            lines.append(f"📞 {country}: {with_numbers(name, contact.numbers[:1], '')}")
        else:
            nothing = knowledge.content.no_number(language, code)
            if nothing and intent.urgent:
                lines.append(f"▪️ {country}: {nothing}")
    return "\n".join(lines)


def with_numbers(name: str, numbers: Sequence[str], between: str) -> str:
    """The name followed by its numbers, unless it already says the only one ("สายเด็ก 1387")."""
    return name if len(numbers) == 1 and numbers[0] in name else f"{name}: {between.join(numbers)}"


def open_text(hours: Hours, now: datetime, language: str, say: Say) -> str:
    """Whether a line is open at `now`, else when it opens; nothing for a line that answers day and night."""
    if hours.always:
        return ""
    opens = hours.opens_at(now)
    if opens is None:
        return say("open_now")
    time = f"{opens:%H:%M}"
    if opens.date() == now.astimezone(hours.zone).date():
        return say("opens_today", time=time)
    return say("opens_on", day=_day_name(opens.weekday(), language), time=time)


def _words(contact: Contact, language: str, knowledge: Knowledge) -> ContactWords | None:
    content = knowledge.content
    return content.contact_words(language, contact.id) or content.contact_words(FALLBACK_LANGUAGE, contact.id)


def _facts(contact: Contact, words: ContactWords | None, language: str, knowledge: Knowledge) -> Iterator[str]:
    """Hours, whether it is open, cost and languages, as far as they are known."""
    say = knowledge.say(language)
    if words and words.hours:
        yield words.hours
    if contact.show is Show.YES:
        if contact.hours and knowledge.now and (told := open_text(contact.hours, knowledge.now, language, say)):
            yield told
        if contact.cost == "free":
            yield say("cost_free")
        if contact.cost == "charge":
            yield say("cost_charge")
    if contact.languages:
        named = [say(LINE_LANGUAGES[code]) for code in contact.languages if code in LINE_LANGUAGES]
        yield say("speaks", languages=", ".join(named))


def _day_name(weekday: int, language: str) -> str:
    """Monday is 0."""
    try:
        return str(get_day_names("wide", "format", language)[weekday])
    except UnknownLocaleError:
        return str(get_day_names("wide", "format", FALLBACK_LANGUAGE)[weekday])


def where_from(contacts: Sequence[Contact], say: Say) -> str:
    """Says truthfully which numbers somebody has dialled, and which only stand in sources, with the day."""
    called = [c.called_on for c in contacts if c.called_on]
    seen = [c.source_seen_on for c in contacts if not c.called_on and c.source_seen_on]
    if called and seen:
        return say("paper_numbers_mixed", called=min(called).isoformat(), seen=min(seen).isoformat())
    if called:
        return say("numbers_called", day=min(called).isoformat())
    return say("numbers_seen", day=min(seen).isoformat()) if seen else ""
