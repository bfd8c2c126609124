"""Rules for contacts: who may see them, numbers, hours and days that make sense, words in every language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from zoneinfo import available_timezones

from bot.checking.forms import day, dig, listing, mapping
from bot.checking.problem import CheckedFile, Problem, did_you_mean
from bot.checking.texts import check_texts, find_language
from bot.content import Content, Show
from bot.hours import parse_time

WARN_BEFORE = timedelta(days=30)
FARTHEST = timedelta(days=2 * 365)
"""No number is trusted longer than this without a new look."""


def check_contacts(file: CheckedFile, today: date, *, release: bool) -> Iterator[Problem]:
    """Who sees it, hours, days, numbers where a number is promised; with `release`, nothing that soon expires."""
    yield from _check_zone(file)
    for id_, raw in mapping(dig(file.data, "contacts")).items():
        contact, at = mapping(raw), ("contacts", id_)
        numbers, web = listing(contact.get("numbers")), contact.get("web")
        if contact.get("show") == "yes" and not numbers:
            fix = "Add a confirmed number, or write 'show: no_number'."
            yield file.error(f"'{id_}' is shown but has no number", fix, *at)
        if contact.get("show") == "no_number" and not web:
            yield file.error(f"'{id_}' has neither number nor web address", "Add the web address, or delete it.", *at)
        yield from _check_state(file, id_, contact)
        yield from _check_hours(file, id_, contact)
        for key in ("source_seen_on", "called_on", "expires_on"):
            written = contact.get(key)
            if isinstance(written, str) and day(written) is None:
                yield file.error(f"'{written}' is no day", "Write a day that exists, like 2026-11-23.", *at, key)
        for key in ("source_seen_on", "called_on"):
            done = day(contact.get(key))
            if done and done > today:
                fix = "Write the day on which it was done, with a year like 2026."
                yield file.error(f"'{key}' of '{id_}' lies in the future", fix, *at, key)
        expires = day(contact.get("expires_on"))
        if expires and contact.get("show") != "no":
            yield from _check_expiry(file, id_, expires, today, release=release)


def _check_state(file: CheckedFile, id_: str, contact: Mapping[str, object]) -> Iterator[Problem]:
    """A contact that waits says what for, and is shown to nobody."""
    at = ("contacts", id_)
    waits = contact.get("state") == "to_check"
    if waits and contact.get("show") != "no":
        fix = "Write 'show: no'. After the check, delete 'state' and 'check', and set called_on."
        yield file.error(f"'{id_}' waits for a check but is shown", fix, *at, "show")
    if waits and not contact.get("check"):
        fix = "Add a line 'check: …' with what somebody has to find out."
        yield file.error(f"'{id_}' waits, and nothing says for what", fix, *at, "state")
    if contact.get("show") == "no" and not waits:
        fix = "Write 'state: to_check' and 'check: …', or delete the contact."
        yield file.error(f"'{id_}' is shown to nobody, and nothing says why", fix, *at, "show")


@cache
def _time_zones() -> set[str]:
    """The names of all time zones, read from disk once."""
    return available_timezones()


def _check_zone(file: CheckedFile) -> Iterator[Problem]:
    zone = mapping(file.data).get("time_zone")
    if isinstance(zone, str) and zone not in _time_zones():
        fix = did_you_mean(zone, _time_zones()) or "Write a name like Asia/Bangkok."
        yield file.error(f"there is no time zone '{zone}'", fix, "time_zone")


def _check_hours(file: CheckedFile, id_: str, contact: Mapping[str, object]) -> Iterator[Problem]:
    for i, span in enumerate(listing(contact.get("hours"))):
        at = ("contacts", id_, "hours", i)
        if not mapping(file.data).get("time_zone"):
            yield file.error(f"'{id_}' has hours but its file has no time zone", "Add a line 'time_zone: …'.", *at)
        for end in ("from", "to"):
            written = mapping(span).get(end)
            if isinstance(written, str) and not _is_time(written):
                yield file.error(f"'{written}' is no time", "Write a time like 08:30; midnight is 24:00.", *at, end)


def _is_time(text: str) -> bool:
    try:
        return parse_time(text) >= 0
    except ValueError:
        return False


def _check_expiry(file: CheckedFile, id_: str, expires: date, today: date, *, release: bool) -> Iterator[Problem]:
    at = ("contacts", id_, "expires_on")
    if expires > today + FARTHEST:
        fix = "Write a day within the next year, with a year like 2026."
        yield file.error(f"'{id_}' expires only on {expires}, which is too far away", fix, *at)
    if expires <= today + WARN_BEFORE:
        what = f"'{id_}' expired on {expires}" if expires < today else f"'{id_}' expires on {expires}"
        report = file.error if release else file.warning
        yield report(what, "Check it (call the number), then set called_on and a new expires_on.", *at)


def check_contact_words(file: CheckedFile, content: Content, english: object) -> Iterator[Problem]:
    """Words for contacts that exist, in the file's language, and for every contact that children may see."""
    language = find_language(content, file.folder)
    words = dig(file.data, "contacts")
    for id_ in mapping(words):
        if id_ not in content.contacts:
            yield file.unknown("contact", id_, content.contacts, "contacts", id_)
        for key in ("for", "hours"):
            yield from check_texts(file, language, english, "contacts", id_, key)
        if id_ in content.contacts and content.contacts[id_].hours and not dig(words, id_, "hours"):
            fix = "Add 'hours: …' in words, as in its facts."
            yield file.error(f"the contact '{id_}' does not say when it is open", fix, "contacts", id_)
    for id_ in content.contacts:
        if isinstance(words, dict) and id_ not in words:
            yield file.error(f"the contact '{id_}' has no words here", "Add its name and what it is for.", "contacts")
    for key in ("no_number", "countries"):
        yield from check_texts(file, language, english, key)
    spoken = dig(file.data, "say_on_phone")
    lines = {c.languages[0] for c in content.contacts.values() if c.show is Show.YES and c.languages} - {file.folder}
    for line in sorted(lines - set(mapping(spoken))):
        if isinstance(spoken, dict):
            what = f"no words for the phone to lines that speak '{line}'"
            yield file.error(what, f"Add '{line}:' with words and spelt.", "say_on_phone")
