"""One decision out of phrases and model together: what a text is about, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from bot.content import Intent
from bot.danger import NO_DANGER, PERSON_CONCEPTS, Danger
from nlu.text import has_letters
from nlu.understanding import NOTHING, Understanding

SURE = 0.45
"""From this probability on the best intent is answered. These numbers were chosen on the test utterances, see
docs/understanding.md."""

UNSURE = 0.12
"""From this probability on an intent is offered as a button; below it the bot says that it did not understand."""

URGENT = 0.35
"""From this probability of all urgent intents together on, the likeliest of them is answered as urgent, even where
another intent is more probable: which danger it is may be unclear, that there is one is not."""

DOUBTED = 0.2
"""Below this probability of all urgent intents together the model contradicts a danger that only concepts standing
together tell of ("police", "hit" in a match report): it is offered first, with *Help now*, instead of answered."""

POSSIBLE = 0.05
"""From this probability of all urgent intents together on, a danger is possible: whatever else is said, *Help now* and
the likeliest danger stand first, and nobody is answered with small talk."""

POSSIBLE_FOR_SOMEBODY = 0.02
"""The same where the text names a person and an alarming thing: "I am 15 and the police …" is nobody's homework."""

SHORTEST_STORY = 12
"""A text of no more letters that names nothing but a person ("I", "mother") alarms nobody."""

OTHER = "chat_other"
"""What the bot knows nothing about."""

SMALL_TALK = frozenset({"chat_greet", "chat_bye", "chat_thanks", OTHER})
"""Never offered as a button ("Did you mean: hello?"); answered from a lower probability on, since it does no harm."""

SMALL_TALK_SURE = 0.2

LIFE_FIRST = ("health_emergency", "health_want_to_die")
"""Of several dangers said in words, these are answered first, in this order: somebody may be dying."""

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
    also: tuple[str, ...] = ()
    """Under an answer: the other dangers of the message, or the danger that it may speak of."""
    danger: Danger = NO_DANGER
    understanding: Understanding = NOTHING


def decide(
    text: str,
    danger: Danger,
    understanding: Understanding,
    intents: Mapping[str, Intent],
    *,
    foreign: bool = False,
) -> Decision:
    """What to do with the normalised `text`: danger in words, then an urgent intent of the model, then how sure it is.

    Small talk is never the answer where a danger is said or possible; nor is plain information without *Help now* and
    that danger before it. In a `foreign` language, half understood at best, a danger counts but nothing else is sure.
    """
    if not has_letters(text):
        return Decision(Outcome.LOST)
    alternatives = [(id_, p) for id_, p in understanding.alternatives if id_ in intents]
    outcome, shown, also = _decide(text, danger, alternatives, intents)
    if foreign and outcome is Outcome.ANSWER:
        outcome = Outcome.LOST if shown[0] in SMALL_TALK else Outcome.SUGGEST
    return Decision(outcome, shown, also, danger, understanding)


_Choice = tuple[Outcome, tuple[str, ...], tuple[str, ...]]


def _decide(
    text: str, danger: Danger, alternatives: Sequence[tuple[str, float]], intents: Mapping[str, Intent]
) -> _Choice:
    urgent = [(id_, p) for id_, p in alternatives if intents[id_].urgent]
    mass = sum(p for _, p in urgent)
    doubted = danger.paired if alternatives and mass < DOUBTED else ()
    said = _in_order((id_ for id_ in danger.intents if id_ in intents and id_ not in doubted), alternatives)
    dangers = [id_ for id_ in said if intents[id_].urgent]
    careful = [id_ for id_ in said if not intents[id_].urgent]
    softened = [id_ for id_ in (*danger.softened, *doubted) if id_ in intents]
    only_persons = len(text) <= SHORTEST_STORY and bool(danger.concepts) and danger.concepts <= PERSON_CONCEPTS
    if not dangers and mass >= URGENT and not only_persons:
        dangers = [urgent[0][0]]
    if dangers:
        return Outcome.URGENT, (dangers[0],), _some(dangers[1:], careful)
    somebody = danger.alarming and not PERSON_CONCEPTS.isdisjoint(danger.concepts)
    possible = [urgent[0][0]] if mass >= (POSSIBLE_FOR_SOMEBODY if somebody else POSSIBLE) else []
    if careful and not softened:
        return Outcome.ANSWER, (careful[0],), _some(possible, careful[1:])
    best, probability = alternatives[0] if alternatives else ("", 0.0)
    likely = [id_ for id_, _ in alternatives if id_ not in SMALL_TALK] if probability >= UNSURE else []
    if softened or careful:
        return Outcome.SUGGEST, _some(softened, careful, possible, likely), ()
    if best in SMALL_TALK:
        harmless = not possible and not (best == OTHER and danger.alarming)
        if harmless and probability >= SMALL_TALK_SURE:
            return Outcome.ANSWER, (best,), ()
    elif probability >= SURE:
        return Outcome.ANSWER, (best,), _some(id_ for id_ in possible if id_ != best)
    offered = _some(possible, likely)
    return (Outcome.SUGGEST if offered else Outcome.LOST), offered, ()


def _in_order(said: Iterable[str], alternatives: Iterable[tuple[str, float]]) -> list[str]:
    """Dying first, then what the model finds likeliest; without a model what has most words."""
    listed = list(said)
    likeliest = [id_ for id_, _ in alternatives if id_ in listed]
    return list(dict.fromkeys((*(id_ for id_ in LIFE_FIRST if id_ in listed), *likeliest, *listed)))


def _some(*ids: Iterable[str]) -> tuple[str, ...]:
    """The first few of `ids`, none twice."""
    return tuple(dict.fromkeys(id_ for each in ids for id_ in each))[:MAX_OFFERED]
