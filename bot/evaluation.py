"""How well the test utterances are understood: what became of each, and the shares that this makes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import regex

from bot.conversation import read
from bot.decision import OTHER, Outcome
from bot.knowledge import Knowledge
from bot.yaml_source import read_yaml
from nlu.text import count_scripts, normalise
from nlu.typing_errors import with_slips
from nlu.zawgyi import unicode_to_zawgyi

SHORT, LONG = 15, 60
"""A message of at most, or of at least so many letters and marks is called short or long."""

_LETTERS = regex.compile(r"[\p{L}\p{M}]")
_LATIN_WORD = regex.compile(r"\p{Latin}{3,}")


@dataclass(frozen=True, slots=True)
class Utterance:
    """A message whose right answer is known; `intent` is None for a harmless one that belongs to no id."""

    language: str
    intent: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Case:
    """What became of one utterance: `best` is the model's first intent, `shown` what a child sees, best first."""

    utterance: Utterance
    urgent: bool
    outcome: Outcome
    shown: tuple[str, ...]
    best: str | None


@dataclass(frozen=True, slots=True)
class Measures:
    """Shares (0–1) over some cases, and how many there were of each kind."""

    messages: int
    accuracy: float
    """The model's first intent is right, whatever the decision makes of it."""
    macro_f1: float
    right_first: float
    """The right answer is given, or offered as the first button."""
    shown: float
    """The right answer is given, or stands among the buttons."""
    confidently_wrong: float
    """Another answer is given; an urgent answer to an urgent message is not counted as wrong."""
    lost: float
    dangers: int
    danger_found: float
    """Messages in danger that get an urgent answer."""
    calm: int
    false_alarms: float
    """All other messages, look-alikes included, that get an urgent answer."""
    off_topic: int
    rejected: float
    """Off-topic messages that get no answer on a topic: small talk, buttons or the menu instead."""


def read_utterances(folder: Path) -> list[Utterance]:
    """Every test utterance in `folder`."""
    found: list[Utterance] = []
    for path in sorted(folder.glob("*/*.yml")):
        data, language = read_yaml(path).data, path.parent.name
        for intent, texts in data.get("utterances", {}).items():
            found += [Utterance(language, str(intent), str(text)) for text in texts]
        found += [Utterance(language, None, str(text)) for text in data.get("harmless", [])]
    return found


def run_cases(utterances: Iterable[Utterance], knowledge: Knowledge) -> list[Case]:
    """Every utterance read as the bot reads it."""
    cases = []
    for utterance in utterances:
        decision = read(utterance.text, knowledge).decision
        urgent = utterance.intent is not None and knowledge.content.intents[utterance.intent].urgent
        cases.append(Case(utterance, urgent, decision.outcome, decision.shown, decision.understanding.intent))
    return cases


def measure(cases: Sequence[Case]) -> Measures:
    """The shares of `cases`; 0 where there is nothing to share."""
    named = [case for case in cases if case.utterance.intent is not None]
    dangers = [case for case in cases if case.urgent]
    calm = [case for case in cases if not case.urgent]
    off_topic = [case for case in cases if case.utterance.intent == OTHER]
    return Measures(
        messages=len(cases),
        accuracy=_share(named, lambda case: case.best == case.utterance.intent),
        macro_f1=_macro_f1(named),
        right_first=_share(named, lambda case: case.utterance.intent in case.shown[:1]),
        shown=_share(named, lambda case: case.utterance.intent in case.shown),
        confidently_wrong=_share(named, is_confidently_wrong),
        lost=_share(named, lambda case: case.outcome is Outcome.LOST),
        dangers=len(dangers),
        danger_found=_share(dangers, lambda case: case.outcome is Outcome.URGENT),
        calm=len(calm),
        false_alarms=_share(calm, lambda case: case.outcome is Outcome.URGENT),
        off_topic=len(off_topic),
        rejected=_share(off_topic, _is_rejected),
    )


def is_confidently_wrong(case: Case) -> bool:
    """Whether another answer was given than the right one; one urgent answer for another is help all the same."""
    if case.outcome not in (Outcome.ANSWER, Outcome.URGENT) or case.utterance.intent in case.shown:
        return False
    return not (case.urgent and case.outcome is Outcome.URGENT)


def _is_rejected(case: Case) -> bool:
    return case.outcome in (Outcome.LOST, Outcome.SUGGEST) or case.shown == (OTHER,)


def confusions(cases: Iterable[Case]) -> list[tuple[tuple[str, str], int]]:
    """((right intent, answered intent), how often), the most frequent first."""
    wrong = ((str(c.utterance.intent), c.shown[0]) for c in cases if c.utterance.intent and is_confidently_wrong(c))
    return Counter(wrong).most_common()


def style(utterance: Utterance) -> str:
    """How `utterance` is written: romanised, mixed with Latin words, short, long or plain."""
    plain = normalise(utterance.text)
    if utterance.language != "en" and _LATIN_WORD.search(plain):
        own = len(_LETTERS.findall(plain)) - count_scripts(plain)["Latin"]
        return "mixed" if own else "romanised"
    letters = len(_LETTERS.findall(plain))
    return "short" if letters <= SHORT else "long" if letters >= LONG else "plain"


def misspelt(utterances: Iterable[Utterance], share: float) -> list[Utterance]:
    """The utterances with about `share` of their characters mistyped, always in the same way."""
    random = Random(17)  # noqa: S311 - no secret
    return [Utterance(u.language, u.intent, with_slips(u.text, share, random)) for u in utterances]


def in_zawgyi(utterances: Iterable[Utterance]) -> list[Utterance]:
    """The Burmese ones, as a Zawgyi keyboard types them."""
    return [Utterance(u.language, u.intent, unicode_to_zawgyi(u.text)) for u in utterances if u.language == "my"]


def _share(cases: Sequence[Case], holds: Callable[[Case], bool]) -> float:
    return sum(map(holds, cases)) / len(cases) if cases else 0.0


def _macro_f1(cases: Sequence[Case]) -> float:
    right = Counter(case.best for case in cases if case.best == case.utterance.intent)
    guessed = Counter(case.best for case in cases)
    meant = Counter(case.utterance.intent for case in cases)
    scores = [2 * right[intent] / (guessed[intent] + meant[intent]) for intent in meant]
    return sum(scores) / len(scores) if scores else 0.0
