"""When a line is open: days and times in its own time zone, asked with a clock that is given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""Days as the contact files write them, in the order of `date.weekday`."""

_DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class Span:
    """From `opens` to `closes`, in minutes after midnight, on each of `days` (0 = Monday).

    `closes` at or before `opens` lies on the next day; 1440 is the end of the day.
    """

    days: frozenset[int]
    opens: int
    closes: int

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return self.closes - self.opens if self.closes > self.opens else self.closes - self.opens + _DAY_MINUTES


@dataclass(frozen=True, slots=True)
class Hours:
    """When a line answers, in its time zone; no spans: day and night."""

    zone: tzinfo
    spans: tuple[Span, ...] = ()

    @property
    def always(self) -> bool:
        """Whether it answers day and night."""
        return not self.spans

    def is_open(self, now: datetime) -> bool:
        """Whether it answers at `now` (with a time zone)."""
        return self.always or any(opens <= now < closes for opens, closes in self._around(now))

    def opens_at(self, now: datetime) -> datetime | None:
        """When it opens next, in its own time zone; None while it is open."""
        if self.is_open(now):
            return None
        return min((opens for opens, _ in self._around(now) if opens > now), default=None)

    def _around(self, now: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Opening and closing from the day before `now` (a span may end after midnight) to a week after it."""
        today = now.astimezone(self.zone).date()
        for shift in range(-1, 8):
            day = today + timedelta(days=shift)
            for span in self.spans:
                if day.weekday() in span.days:
                    opens = self._moment(day, span.opens)
                    yield opens, opens + timedelta(minutes=span.minutes)

    def _moment(self, day: date, minutes: int) -> datetime:
        return datetime.combine(day, time(), self.zone) + timedelta(minutes=minutes)


def parse_time(text: str) -> int:
    """Minutes after midnight in a text like 08:30; 24:00 is the end of the day.

    Raises:
        ValueError: when there is no such time.
    """
    hours, minutes = (int(part) for part in text.split(":"))
    total = hours * 60 + minutes
    if not 0 <= minutes < 60 or not 0 <= total <= _DAY_MINUTES:
        raise ValueError(f"no time: {text}")
    return total
