"""One decision out of phrases and model together: what a text is about, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from bot.content import Intent
from bot.danger import NO_DANGER, Danger
from nlu.text import has_letters, normalise
from nlu.understanding import NOTHING, Understanding

SURE = 0.45
"""From this probability on the best intent is answered. Chosen on the test utterances, see docs/understanding.md."""

UNSURE = 0.12
"""From this probability on intents are offered as buttons; below it the bot says that it did not understand."""

URGENT = 0.30
"""From this probability on an urgent intent is answered as such, even where another one is more probable."""

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
    if urgent and urgent[0][1] >= URGENT:
        return Decision(Outcome.URGENT, (urgent[0][0],), danger, understanding)
    if found:
        offered = dict.fromkeys((*found[:1], *(id_ for id_, p in alternatives if p >= UNSURE)))
        return Decision(Outcome.SUGGEST, tuple(offered)[:MAX_OFFERED], danger, understanding)
    if alternatives and alternatives[0][1] >= SURE:
        return Decision(Outcome.ANSWER, (alternatives[0][0],), danger, understanding)
    if alternatives and alternatives[0][1] >= UNSURE:
        return Decision(Outcome.SUGGEST, tuple(id_ for id_, _ in alternatives[:MAX_OFFERED]), danger, understanding)
    return Decision(Outcome.LOST, (), danger, understanding)


def _most_probable(found: list[str], alternatives: list[tuple[str, float]]) -> str:
    """Of several dangers the one that the model finds likeliest; without a model the one with most words."""
    order = [id_ for id_, _ in alternatives if id_ in found]
    return order[0] if order else found[0]
