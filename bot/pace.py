"""How much one chat may ask at once, and what the last minutes of a chat must remember for that: pure, no clock."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum

FORGET_AFTER = timedelta(minutes=10)
"""How long the recent past of a chat is remembered, at most."""
MAX_ANSWERS = 5


@dataclass(frozen=True, slots=True)
class Limits:
    """What a door lets through. `overall` and `per_chat`: messages a second to Telegram, as its FAQ names them.

    A chat may bring `burst` messages at once and `refill` a second after that; a new urgent message goes out every
    `urgent_pause` seconds at most, those in between change the last one. No more than `waiting` updates of one chat
    wait for their turn; a flood beyond that gets silence, so that it cannot hold up other chats.
    """

    overall: float = 30.0
    per_chat: float = 1.0
    burst: float = 10.0
    refill: float = 0.5
    urgent_pause: float = 10.0
    waiting: int = 10


class Verdict(Enum):
    """What a chat gets for one more message."""

    ANSWER = "answer"
    SLOWLY = "slowly"
    """The budget has just run out: one kind sentence."""
    SILENCE = "silence"


@dataclass(frozen=True, slots=True)
class Recent:
    """The last minutes of one chat: no words, only counts, times and message ids.

    `spent` is how much of the budget was used at `at`; `urgent` is the bot's last urgent message and when it was sent;
    `answers` tells which message of the bot answers which of the child's (or which album), for edits and albums.
    """

    spent: float = 0.0
    at: datetime | None = None
    warned: bool = False
    urgent: tuple[int, datetime] | None = None
    answers: tuple[tuple[int | bytes, int], ...] = ()

    def answer_to(self, question: int | bytes) -> int | None:
        """The id of the bot's message that answers `question`; None when it is not remembered."""
        return dict(self.answers).get(question)

    def with_answer(self, question: int | bytes, answer: int) -> Recent:
        """This past with one more answer; the oldest give way."""
        others = tuple(known for known in self.answers if known[0] != question)
        return replace(self, answers=(*others, (question, answer))[-MAX_ANSWERS:])

    def without_messages(self) -> Recent:
        """What is left after *Erase*: only the budget."""
        return Recent(self.spent, self.at, self.warned)

    def last_urgent(self, now: datetime, limits: Limits) -> int | None:
        """The urgent message that the next one changes; None when a new one may be sent."""
        if self.urgent is None or (now - self.urgent[1]).total_seconds() >= limits.urgent_pause:
            return None
        return self.urgent[0]


def spend(recent: Recent, now: datetime, limits: Limits, *, danger: bool) -> tuple[Verdict, Recent]:
    """What one more message gets, and the past afterwards. Danger is always answered and costs nothing."""
    if danger:
        return Verdict.ANSWER, recent
    passed = (now - recent.at).total_seconds() if recent.at else 0.0
    spent = max(0.0, recent.spent - max(0.0, passed) * limits.refill)
    warned = recent.warned and spent > limits.burst / 2
    if spent + 1 <= limits.burst:
        return Verdict.ANSWER, replace(recent, spent=spent + 1, at=now, warned=warned)
    verdict = Verdict.SILENCE if warned else Verdict.SLOWLY
    return verdict, replace(recent, spent=spent, at=now, warned=True)
