"""Replies: no dead end where an answer is missing, contacts in their order, numbers with their truth."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from bot.actions import Action, Kind
from bot.contact_texts import contact_text
from bot.contacts import contacts_for
from bot.content import KINDS, Content, Intent, Show
from bot.conversation import respond
from bot.knowledge import Knowledge
from bot.memory import Note
from bot.messages import Incoming, Reply
from bot.release import unreviewed
from bot.replies import answer_reply, module_reply
from tests.conftest import LANGUAGES, NOW, ROOT


def without(knowledge: Knowledge, *keys: tuple[str, ...]) -> Knowledge:
    """`knowledge` whose content lacks some pieces."""
    pieces = {key: piece for key, piece in knowledge.content.pieces.items() if key not in keys}
    return replace(knowledge, content=Content(pieces))


def with_contact(knowledge: Knowledge, id_: str, **changes: object) -> Knowledge:
    """`knowledge` with one contact changed."""
    changed = replace(knowledge.content.contacts[id_], **changes)  # type: ignore[arg-type]
    return replace(knowledge, content=Content({**knowledge.content.pieces, ("contact", id_): changed}))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_id_without_an_answer_says_so_and_shows_contacts_and_its_module_s_questions(
    language: str, real_knowledge: Knowledge
) -> None:
    knowledge = without(real_knowledge, ("answer", language, "health_see_doctor"))
    intent = knowledge.content.intents["health_see_doctor"]
    reply = answer_reply(intent, language, Note(country="TH"), knowledge)
    assert knowledge.say(language)("not_written") in reply.text
    assert "1663" in reply.text
    assert any(b.action == Action(Kind.ANSWER, "health_emergency", language) for row in reply.buttons for b in row)


def test_an_urgent_id_without_an_answer_is_still_urgent(real_knowledge: Knowledge) -> None:
    knowledge = without(real_knowledge, ("answer", "km", "help_hurt"))
    reply = answer_reply(knowledge.content.intents["help_hurt"], "km", Note(country="KH"), knowledge)
    assert reply.urgent
    assert "1280" in reply.text


def test_a_module_without_questions_names_who_can_help(real_knowledge: Knowledge) -> None:
    school = [i.id for i in real_knowledge.content.intents.values() if i.module == "school"]
    knowledge = without(real_knowledge, *(("answer", "en", id_) for id_ in school))
    reply = module_reply("school", "en", Note(country="TH"), knowledge)
    assert knowledge.say("en")("module_not_written") in reply.text
    assert "1387" in reply.text


def test_contacts_come_in_the_order_of_the_catalogue_s_kinds(real_knowledge: Knowledge) -> None:
    intent = Intent("x", "help", kinds=("mental_health", "child_helpline"))
    ids = [c.id for c in contacts_for(intent, "TH", real_knowledge)]
    assert ids[:2] == ["th-mental-1323", "th-childline-1387"]


def test_an_expired_urgent_contact_stays_below_the_fresh_ones_and_says_so(real_knowledge: Knowledge) -> None:
    knowledge = with_contact(real_knowledge, "kh-chc-1280", expires_on=date(2026, 11, 1))
    urgent = Intent("x", "help", urgent=True, kinds=("child_helpline", "police"))
    found = contacts_for(urgent, "KH", knowledge)
    numbered = [c.id for c in found if c.show is Show.YES]
    assert numbered == ["kh-police-117", "kh-chc-1280"]
    assert knowledge.say("en")("may_have_changed") in contact_text(
        found[numbered.index("kh-chc-1280")], "en", knowledge
    )


def test_an_expired_contact_of_another_answer_is_hidden(real_knowledge: Knowledge) -> None:
    knowledge = with_contact(real_knowledge, "kh-chc-1280", expires_on=date(2026, 11, 1))
    calm = Intent("x", "help", kinds=("child_helpline",))
    assert "kh-chc-1280" not in [c.id for c in contacts_for(calm, "KH", knowledge)]


def test_seen_in_sources_is_never_told_as_called(real_knowledge: Knowledge) -> None:
    say = real_knowledge.say("en")
    intent = real_knowledge.content.intents["help_calling"]
    note = Note(country="TH")
    assert say("numbers_seen", day="2026-11-23") in answer_reply(intent, "en", note, real_knowledge).text
    called = with_contact(real_knowledge, "th-childline-1387", called_on=date(2026, 11, 20))
    text = answer_reply(intent, "en", note, called).text
    assert say("numbers_called", day="2026-11-20") in text
    assert say("numbers_seen", day="2026-11-23") not in text


@pytest.mark.parametrize(("language", "spoken"), [("my", True), ("th", False)])
def test_what_to_say_on_the_phone_stands_only_where_the_line_may_not_speak_the_child_s_language(
    language: str, spoken: bool, real_knowledge: Knowledge
) -> None:
    intent = real_knowledge.content.intents["help_calling"]
    words = real_knowledge.content.phone_words("my", "th")
    assert words is not None
    text = answer_reply(intent, language, Note(country="TH"), real_knowledge).text
    assert (words.words in text and words.spelt in text) is spoken


def test_the_operator_s_country_is_only_listed_first(real_knowledge: Knowledge) -> None:
    knowledge = replace(real_knowledge, first_country="MY")
    reply, note = respond(Incoming(text="police arrested me", sent_at=NOW), Note(), NOW, knowledge)
    assert isinstance(reply, Reply)
    assert note.country is None
    assert reply.text.index("Malaysia") < reply.text.index("Thailand")


def test_a_draft_says_so_in_its_last_line_only(real_knowledge: Knowledge) -> None:
    mark = real_knowledge.say("en")("draft_mark")
    text = answer_reply(real_knowledge.content.intents["detained_sign"], "en", Note(), real_knowledge).text
    assert text.endswith(mark)
    assert not text.startswith(mark)


def test_nothing_unreviewed_goes_live_unseen(real_knowledge: Knowledge) -> None:
    assert "--drafts" in str(unreviewed(real_knowledge.content))
    pieces = {
        key: replace(piece, reviewed=True) if key[0] == "answer" else piece  # type: ignore[type-var]
        for key, piece in real_knowledge.content.pieces.items()
    }
    assert "0 urgent answers" in str(unreviewed(Content(pieces)))
    called = {
        key: replace(piece, called_on=date(2026, 11, 20)) if key[0] == "contact" else piece  # type: ignore[type-var]
        for key, piece in pieces.items()
    }
    assert unreviewed(Content(called)) is None


def test_the_kinds_of_contact_are_those_of_the_schema() -> None:
    schema = json.loads((ROOT / "content" / "schema" / "contacts.schema.json").read_text("utf-8"))
    entry = schema["properties"]["contacts"]["additionalProperties"]
    assert set(entry["properties"]["kinds"]["items"]["enum"]) == KINDS
