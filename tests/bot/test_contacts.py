"""Contacts in replies: who may see them, which lines are open, and what the child reads about that."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from bot.actions import Action, Kind
from bot.contacts import all_contacts_for, contacts_for
from bot.content import Content, Intent, Show
from bot.conversation import respond
from bot.hours import Hours, Span
from bot.knowledge import Knowledge
from bot.memory import Note
from bot.messages import Incoming
from tests.conftest import LANGUAGES, NOW, ROOT

COUNTRIES = ("TH", "LA", "KH", "MM", "MY")
DETENTION_LINE = "my-unhcr-detention"  # Monday to Friday 8 to 18, Saturday and Sunday 8 to 16, in Malaysia (UTC+8)


def press(action: Action, note: Note, now: datetime, knowledge: Knowledge) -> str:
    reply, _ = respond(Incoming(action=action, sent_at=now), note, now, knowledge)
    assert reply is not None
    return reply.text


def line_of(text: str, beginning: str) -> str:
    """The lines of one contact in a reply."""
    lines = text[text.index(beginning) :].split("\n")
    end = next((i for i, line in enumerate(lines[1:], start=1) if not line.startswith("   ")), len(lines))
    return "\n".join(lines[:end])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_child_never_sees_a_contact_for_adults_or_one_that_waits(language: str, real_knowledge: Knowledge) -> None:
    content = real_knowledge.content
    hidden = [c for c in content.contacts.values() if c.show in (Show.ADULTS, Show.NOBODY)]
    assert {c.show for c in hidden} == {Show.ADULTS, Show.NOBODY}
    names = [words.name for c in hidden if (words := content.contact_words(language, c.id))]
    assert len(names) == len(hidden)
    for country in (None, *COUNTRIES):
        for intent in content.intents:
            text = press(Action(Kind.ANSWER, intent, language), Note(country=country), NOW, real_knowledge)
            for name in names:
                assert f"{name}: " not in text, (intent, country)


def test_every_contact_of_the_facts_is_there_with_words_in_five_languages(content: Content) -> None:
    assert len(content.contacts) == 77
    for id_ in content.contacts:
        for language in LANGUAGES:
            assert content.contact_words(language, id_) is not None, (language, id_)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("now", "said"),
    [
        (datetime(2026, 11, 24, 1, 0, tzinfo=timezone.utc), "open_now"),  # Tuesday 9:00 there
        (datetime(2026, 11, 23, 23, 30, tzinfo=timezone.utc), "opens_today"),  # Tuesday 7:30 there, Monday in UTC
        (datetime(2026, 11, 28, 9, 0, tzinfo=timezone.utc), "opens_on"),  # Saturday 17:00 there
    ],
)
def test_a_line_with_hours_says_whether_it_is_open(
    now: datetime, said: str, language: str, real_knowledge: Knowledge
) -> None:
    words = real_knowledge.content.contact_words(language, DETENTION_LINE)
    assert words is not None
    text = press(Action(Kind.ANSWER, "detained_now", language), Note(country="MY"), now, real_knowledge)
    line = line_of(text, f"📞 {words.name}")
    days = {"th": "วันอาทิตย์", "my": "တနင်္ဂနွေ", "lo": "ວັນອາທິດ", "km": "អាទិត្យ", "en": "Sunday"}
    assert real_knowledge.say(language)(said, time="08:00", day=days[language]) in line


def test_nothing_is_said_about_a_line_whose_hours_nobody_knows(real_knowledge: Knowledge) -> None:
    say = real_knowledge.say("en")
    text = press(Action(Kind.ANSWER, "help_hurt", "en"), Note(country="LA"), NOW, real_knowledge)
    line = line_of(text, "📞 Lao Women's Union")
    assert say("open_now") not in line
    assert "opens" not in line


def test_a_line_that_answers_day_and_night_says_just_that(real_knowledge: Knowledge) -> None:
    text = press(Action(Kind.ANSWER, "help_hurt", "en"), Note(country="TH"), NOW, real_knowledge)
    line = line_of(text, "📞 Childline Thailand")
    assert "Day and night" in line
    assert real_knowledge.say("en")("open_now") not in line


def with_hours(knowledge: Knowledge, id_: str, hours: Hours | None) -> Knowledge:
    changed = replace(knowledge.content.contacts[id_], hours=hours)
    content = Content({**knowledge.content.pieces, ("contact", id_): changed})
    return replace(knowledge, content=content, now=NOW)


def test_open_lines_come_first_but_only_inside_their_kind(real_knowledge: Knowledge) -> None:
    """NOW is a Tuesday; Buddy Bear and Talian Kasih are both child helplines."""
    closed = Hours(timezone.utc, (Span(frozenset({6}), 0, 60),))
    knowledge = with_hours(real_knowledge, "my-kasih-15999", closed)
    knowledge = with_hours(knowledge, "my-buddybear", Hours(timezone.utc))
    helplines = Intent("x", "help", urgent=True, kinds=("child_helpline", "police"))
    order = [c.id for c in contacts_for(helplines, "MY", knowledge)]
    assert order[:3] == ["my-buddybear", "my-kasih-15999", "my-999"]
    knowledge = with_hours(knowledge, "my-buddybear", closed)
    order = [c.id for c in contacts_for(helplines, "MY", knowledge)]
    assert order.index("my-999") == 2, "an open line of a later kind does not overtake"


def test_an_unknown_line_stands_between_open_and_closed_ones(real_knowledge: Knowledge) -> None:
    closed = Hours(timezone.utc, (Span(frozenset({6}), 0, 60),))
    helplines = Intent("x", "help", kinds=("child_helpline",))
    for hours, first in ((closed, "my-buddybear"), (Hours(timezone.utc), "my-kasih-15999")):
        knowledge = with_hours(real_knowledge, "my-kasih-15999", hours)
        knowledge = with_hours(knowledge, "my-buddybear", None)
        assert contacts_for(helplines, "MY", knowledge)[0].id == first


def test_every_urgent_answer_shows_a_line_for_day_and_night_where_the_country_has_one(
    real_knowledge: Knowledge,
) -> None:
    contacts = real_knowledge.content.contacts.values()
    night = NOW + timedelta(hours=9)
    for country in COUNTRIES:
        lines = [c for c in contacts if c.country == country and c.show is Show.YES and c.hours and c.hours.always]
        assert lines or country == "MM"
        for intent in real_knowledge.content.intents.values():
            if intent.urgent and lines:
                text = press(Action(Kind.ANSWER, intent.id, "en"), Note(country=country), night, real_knowledge)
                assert any(line.numbers[0] in text for line in lines), (intent.id, country)


def test_all_contacts_go_on_where_the_shown_ones_end(real_knowledge: Knowledge) -> None:
    intent = real_knowledge.content.intents["help_contacts"]
    everybody = all_contacts_for(intent, "TH", real_knowledge)
    assert len(everybody) > 4
    assert contacts_for(intent, "TH", real_knowledge) == everybody[:4]


def test_hours_without_a_time_zone_lose_only_themselves() -> None:
    from bot.content_files import parse_file
    from bot.yaml_source import read_yaml

    data = read_yaml(ROOT / "content" / "contacts" / "MY.yml").data | {"time_zone": "Asia/Kuala_Lumper"}
    pieces = dict(parse_file("contacts/MY.yml", data))
    contact = pieces[("contact", DETENTION_LINE)]
    assert contact is not None
    assert contact.hours is None  # type: ignore[attr-defined]
    assert contact.numbers == ("012-630 5060",)  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_answer_says_that_a_number_was_tried_while_nobody_has(language: str, real_knowledge: Knowledge) -> None:
    say = real_knowledge.say(language)
    tried, seen = (say(text, day="@") for text in ("numbers_called", "numbers_seen"))
    assert all(contact.called_on is None for contact in real_knowledge.content.contacts.values())
    for country in COUNTRIES:
        for intent in real_knowledge.content.intents:
            text = press(Action(Kind.ANSWER, intent, language), Note(country=country), NOW, real_knowledge)
            assert max(tried.split("@"), key=len) not in text
            assert ("📞" in text) is (seen.replace("@", "2026-11-23") in text), (intent, country)
