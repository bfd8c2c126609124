"""One decision out of phrases and model together: what a text is about, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from bot.content import Intent
from bot.danger import NO_DANGER, PERSON_CONCEPTS, Danger
from nlu.text import has_letters, normalise
from nlu.understanding import NOTHING, Understanding

SURE = 0.45
"""From this probability on the best intent is answered. These numbers were chosen on the test utterances, see
docs/understanding.md."""

UNSURE = 0.12
"""From this probability on an intent is offered as a button; below it the bot says that it did not understand."""

URGENT = 0.30
"""From this probability of all urgent intents together on, the likeliest of them is answered as urgent, even where
another intent is more probable: which danger it is may be unclear, that there is one is not."""

SHORTEST_STORY = 12
"""A text of no more letters that names nothing but a person ("I", "mother") alarms nobody."""

SMALL_TALK = frozenset({"chat_greet", "chat_bye", "chat_thanks", "chat_other"})
"""Never offered as a button ("Did you mean: hello?"); answered from a lower probability on, since it does no harm."""

SMALL_TALK_SURE = 0.2

MAX_OFFERED = 3


class Outcome(Enum):
    """What the reply will be."""

    ANSWER = "answer"
    URGENT = "urgent"
    SUGGEST = "suggest"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Decision:
    """`shown` are the ids answered (one) or offered (up to three), best first."""

    outcome: Outcome
    shown: tuple[str, ...] = ()
    danger: Danger = NO_DANGER
    understanding: Understanding = NOTHING


def decide(text: str, danger: Danger, understanding: Understanding, intents: Mapping[str, Intent]) -> Decision:
    """What to do with `text`: danger in words first, then an urgent intent of the model, then how sure the model is."""
    if not has_letters(normalise(text)):
        return Decision(Outcome.LOST)
    alternatives = [(id_, p) for id_, p in understanding.alternatives if id_ in intents]
    found = [id_ for id_ in danger.intents if id_ in intents]
    if found and not danger.softened:
        return Decision(Outcome.URGENT, (_most_probable(found, alternatives),), danger, understanding)
    urgent = [(id_, p) for id_, p in alternatives if intents[id_].urgent]
    urgent_mass = sum(p for _, p in urgent)
    only_persons = len(text) <= SHORTEST_STORY and bool(danger.concepts) and danger.concepts <= PERSON_CONCEPTS
    if urgent_mass >= URGENT and not only_persons:
        return Decision(Outcome.URGENT, (urgent[0][0],), danger, understanding)
    best, probability = alternatives[0] if alternatives else ("", 0.0)
    enough = SMALL_TALK_SURE if best in SMALL_TALK and urgent_mass < UNSURE else SURE
    if probability >= enough and not found:
        return Decision(Outcome.ANSWER, (best,), danger, understanding)
    possible = [urgent[0][0]] if urgent_mass >= UNSURE else []
    likely = [id_ for id_, _ in alternatives if id_ not in SMALL_TALK] if probability >= UNSURE else []
    offered = tuple(dict.fromkeys((*found[:1], *possible, *likely)))[:MAX_OFFERED]
    if offered:
        return Decision(Outcome.SUGGEST, offered, danger, understanding)
    return Decision(Outcome.LOST, (), danger, understanding)


def _most_probable(found: list[str], alternatives: list[tuple[str, float]]) -> str:
    """Of several dangers the one that the model finds likeliest; without a model the one with most words."""
    order = [id_ for id_, _ in alternatives if id_ in found]
    return order[0] if order else found[0]
