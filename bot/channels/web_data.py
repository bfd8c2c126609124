"""What the pages of a club get: replies, and the texts for the leader of the club, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.actions import Action, Kind
from bot.club import Club, Part, Question, Story, TopicNotes, club_in
from bot.contact_texts import contact_text, where_from
from bot.content import Contact, Show
from bot.knowledge import Knowledge
from bot.messages import Button, Reply
from bot.wording import key

PAGE = Path(__file__).with_name("web_page")
"""The pages' scripts, styles and fonts."""

LABELS = {
    "help_now": key("help_now"),
    "menu": key("menu"),
    "leaders": key("club_for_leaders"),
    "projector": key("club_projector"),
    "open_projector": key("club_open_projector"),
    "on_projector": key("club_on_projector"),
    "black": key("club_black"),
    "show": key("club_show"),
    "show_urgent": key("club_show_urgent"),
    "stories": key("club_stories"),
    "topics": key("club_topics"),
    "quiz": key("club_quiz"),
    "try": key("club_try"),
    "notes": key("club_notes"),
    "group": key("club_group"),
    "next": key("club_next"),
    "back": key("club_back"),
    "pace": key("club_pace"),
    "language": key("change_language"),
    "second_language": key("club_second_language"),
    "country": key("change_country"),
    "not_translated": key("club_not_translated"),
    "right": key("club_right_choice"),
    "keys": key("club_keys"),
    "story_note": key("club_story_note"),
    "adults": key("club_adults"),
    "print": key("club_print"),
    "message": key("club_message"),
    "send": key("club_send"),
    "no_typing": key("no_typing"),
    "draft": key("draft_mark"),
}
"""Name in the pages → interface text."""


def reply_data(reply: Reply) -> dict[str, Any]:
    """A reply as the pages get it."""
    return {
        "text": reply.text,
        "language": reply.language,
        "urgent": reply.urgent,
        "replaces": reply.replaces,
        "erases": reply.erases,
        "buttons": [row for row in ([_button(b) for b in row if not _is_of_sound(b)] for row in reply.buttons) if row],
    }


def _is_of_sound(button: Button) -> bool:
    """Pages make no sound that one could switch off."""
    return button.action is not None and button.action.kind is Kind.SOUND


def _button(button: Button) -> dict[str, str | None]:
    action = button.action.encode() if button.action else None
    return {"label": button.label, "action": action, "copy": button.copy}


def club_data(language: str, knowledge: Knowledge) -> dict[str, Any]:
    """All that the leader's window and the projector show in `language`, besides the bot's own replies."""
    say = knowledge.say(language)
    club = club_in(language, knowledge.content)
    return {
        "language": language,
        "labels": {name: say(message) for name, message in LABELS.items()},
        "languages": {known.code: known.native_name for known in knowledge.content.languages},
        "countries": knowledge.countries(language),
        "modules": [_module(id_, language, knowledge) for id_ in knowledge.content.module_ids],
        "adults": [
            {"country": contact.country, "text": adult_text(contact, language, knowledge)}
            for contact in adult_contacts(knowledge)
        ],
        **(_club(club, language) if club else {"sections": [], "topics": {}, "stories": [], "quiz": []}),
    }


def adult_text(contact: Contact, language: str, knowledge: Knowledge) -> str:
    """A contact for adults with its numbers, and whether anybody has dialled them."""
    text = contact_text(replace(contact, show=Show.YES), language, knowledge)
    source = where_from([contact], knowledge.say(language))
    return f"{text}\n   {source}" if source else text


def adult_contacts(knowledge: Knowledge, *countries: str) -> list[Contact]:
    """Contacts that only adults are told of, of all countries or of these."""
    found = (c for c in knowledge.content.contacts.values() if c.show is Show.ADULTS)
    return [contact for contact in found if not countries or contact.country in countries]


def _module(id_: str, language: str, knowledge: Knowledge) -> dict[str, Any]:
    module = knowledge.content.module(language, id_) or knowledge.content.module("en", id_)
    questions = knowledge.content.questions(language, id_)
    return {
        "id": id_,
        "title": f"{module.icon} {module.title}" if module else id_,
        "questions": [{"ask": answer.ask, "action": _read(answer.id, language)} for answer in questions],
    }


def _read(intent: str, language: str) -> str:
    """The action of the answer to `intent`, as it is read and not as it is told."""
    return Action(Kind.READ, intent, language).encode() if intent else ""


def _club(club: Club, language: str) -> dict[str, Any]:
    texts = club.texts
    return {
        "reviewed": texts.reviewed,
        "sections": [_section(texts.sections[name], parts) for name, parts in club.sections.items()],
        "topics": {id_: _notes(notes) for id_, notes in club.topics.items()},
        "stories": [_story(id_, story, language) for id_, story in club.stories.items()],
        "quiz": [_question(id_, question, language) for id_, question in club.quiz.items()],
        "form": {
            "language": texts.language,
            "title": texts.form_title,
            "intro": texts.form_intro,
            "columns": texts.form_columns,
        },
    }


def _section(title: str, parts: tuple[Part, ...]) -> dict[str, Any]:
    return {"title": title, "parts": [{"language": p.language, "title": p.title, "lines": p.lines} for p in parts]}


def _notes(notes: TopicNotes) -> Mapping[str, Any]:
    return {"language": notes.language, "notes": notes.notes, "group": notes.group}


def _story(id_: str, story: Story, language: str) -> dict[str, Any]:
    steps = [
        {"tell": s.tell, "says": s.says, "action": _read(s.intent, language), "group": s.group} for s in story.steps
    ]
    return {
        "id": id_,
        "language": story.language,
        "title": story.title,
        "topic": story.topic,
        "about": story.about,
        "steps": steps,
    }


def _question(id_: str, question: Question, language: str) -> dict[str, Any]:
    return {
        "id": id_,
        "language": question.language,
        "question": question.question,
        "choices": question.choices,
        "right": question.right,
        "why": question.why,
        "action": _read(question.intent, language),
    }
