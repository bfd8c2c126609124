"""What the leader of a children's club needs: how to prepare, stories to play with the bot, a quiz, a form.

A step of a story names an intent: whoever shows it shows the bot's own answer, so a story cannot contradict the bot.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from bot.content import Content, Key
from bot.pieces import attempt, each, strings, text

FALLBACK_LANGUAGE = "en"
SECTIONS = ("before", "telling")
"""What a leader reads before the session, and what to do when a child tells something."""
CHOICES = 3

Piece = TypeVar("Piece")


@dataclass(frozen=True, slots=True)
class ClubTexts:
    """The headings of one language, and its form for questions that the bot could not answer."""

    language: str
    title: str
    sections: Mapping[str, str]
    """Section → its heading."""
    form_title: str
    form_intro: str
    form_columns: tuple[str, ...]
    reviewed: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with its lines, inside a section."""

    language: str
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TopicNotes:
    """For one topic: notes for the leader, and questions for the group."""

    language: str
    notes: tuple[str, ...]
    group: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """What happens, what the child of the story writes, the intent of the bot's answer, a question for the group."""

    tell: str
    says: str = ""
    intent: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """A conversation with the bot that is played step by step."""

    language: str
    title: str
    topic: str
    about: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the quiz; `right` counts from 0."""

    language: str
    question: str
    choices: tuple[str, ...]
    right: int
    why: str
    intent: str


@dataclass(frozen=True, slots=True)
class Pocket:
    """Sentences that a child points at when an officer stops it."""

    officers: Mapping[str, str]
    """Country → language of its officers."""
    sentences: tuple[Mapping[str, str], ...]
    """Each in every language, by code."""
    reviewed: bool = False


@dataclass(frozen=True, slots=True)
class Club:
    """All of it for one language; a piece that this language lacks is the English one and says so."""

    texts: ClubTexts
    sections: Mapping[str, tuple[Part, ...]] = field(default_factory=dict)
    topics: Mapping[str, TopicNotes] = field(default_factory=dict)
    stories: Mapping[str, Story] = field(default_factory=dict)
    quiz: Mapping[str, Question] = field(default_factory=dict)


def club_in(language: str, content: Content) -> Club | None:
    """The club's texts in `language`, English where a piece is missing; None where there are none at all."""
    headings = _by_id(content, language, "club", ClubTexts).get("texts")
    if headings is None:
        return None
    topics = _by_id(content, language, "club_topic", TopicNotes)
    stories = _by_id(content, language, "club_story", Story)
    quiz = _by_id(content, language, "club_question", Question)
    return Club(
        headings,
        {name: tuple(_by_id(content, language, f"club_{name}", Part).values()) for name in SECTIONS},
        {module: topics[module] for module in content.module_ids if module in topics},
        {id_: story for id_, story in stories.items() if _answered(content, *(s.intent for s in story.steps))},
        {id_: question for id_, question in quiz.items() if _answered(content, question.intent)},
    )


def _answered(content: Content, *intents: str) -> bool:
    return all(intent in content.intents for intent in intents if intent)


def _by_id(content: Content, language: str, sort: str, kind: type[Piece]) -> dict[str, Piece]:
    """Id → piece in the order of the English file, which is the most complete one."""
    found: dict[str, Piece] = {}
    for code in (FALLBACK_LANGUAGE, language):
        for key, piece in content.pieces.items():
            if key[:2] == (sort, code) and isinstance(piece, kind):
                found[key[2]] = piece
    return found


def pocket(content: Content) -> Pocket | None:
    """The sentences for the pocket; None while their file is missing or broken."""
    found = content.pieces.get(("pocket",))
    return found if isinstance(found, Pocket) else None


def pocket_piece(data: dict[str, Any]) -> tuple[Key, object | None]:
    """The sentences for the pocket; None where they cannot be read."""

    def make() -> Pocket:
        sentences = tuple({str(k): text(v) for k, v in row.items()} for row in data["sentences"].values())
        officers = {str(country): text(language) for country, language in data["officers"].items()}
        return Pocket(officers, sentences, data["review"]["state"] == "reviewed")

    return attempt(("pocket",), make)


def club_pieces(language: str, data: dict[str, Any]) -> Iterator[tuple[Key, object | None]]:
    """The pieces of a club file; None for one that cannot be read."""
    yield attempt(("club", language, "texts"), lambda: _texts(language, data))
    for name in SECTIONS:
        parts = data[name].get("parts") if isinstance(data.get(name), dict) else None
        yield from each(f"club_{name}", parts, lambda _, raw: _part(language, raw), language)
    yield from each("club_topic", data.get("topics"), lambda _, raw: _topic(language, raw), language)
    yield from each("club_story", data.get("stories"), lambda _, raw: _story(language, raw), language)
    yield from each("club_question", data.get("quiz"), lambda _, raw: _question(language, raw), language)


def _texts(language: str, data: dict[str, Any]) -> ClubTexts:
    form = data["form"]
    return ClubTexts(
        language,
        text(data["title"]),
        {name: text(data[name]["title"]) for name in SECTIONS},
        text(form["title"]),
        text(form["intro"]),
        strings(form["columns"]),
        data["review"]["state"] == "reviewed",
    )


def _part(language: str, raw: Any) -> Part:
    return Part(language, text(raw["title"]), strings(raw["lines"]))


def _topic(language: str, raw: Any) -> TopicNotes:
    return TopicNotes(language, strings(raw["notes"]), strings(raw["group"]))


def _story(language: str, raw: Any) -> Story:
    steps = tuple(_step(step) for step in raw["steps"])
    if not steps:
        raise ValueError("a story has steps")
    return Story(language, text(raw["title"]), text(raw["topic"]), text(raw["about"]), steps)


def _step(raw: Any) -> Step:
    says, intent = raw.get("says"), raw.get("intent")
    if (says is None) != (intent is None):
        raise ValueError("what a child says has an answer")
    optional = (text(value) if value is not None else "" for value in (says, intent, raw.get("group")))
    return Step(text(raw["tell"]), *optional)


def _question(language: str, raw: Any) -> Question:
    choices = tuple(text(choice) for choice in raw["choices"])
    right = raw["right"]
    if len(choices) != CHOICES or right not in range(1, CHOICES + 1):
        raise ValueError("three choices, one of them right")
    return Question(language, text(raw["question"]), choices, right - 1, text(raw["why"]), text(raw["intent"]))
