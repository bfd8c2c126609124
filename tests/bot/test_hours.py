"""When a line is open, with fixed clocks: past midnight, in another time zone, at the weekend."""

from __future__ import annotations

from datetime import datetime, timezone
from zoneinfo import ZoneInfo

import pytest

from bot.hours import Hours, Span, parse_time

WEEK = frozenset(range(7))
WORKDAYS = frozenset(range(5))
KUALA_LUMPUR = ZoneInfo("Asia/Kuala_Lumpur")
OFFICE = Hours(KUALA_LUMPUR, (Span(WORKDAYS, 480, 1080), Span(frozenset({5, 6}), 480, 960)))
"""8 to 18 on workdays, 8 to 16 at the weekend, in Malaysia."""


def at(text: str, zone: str = "Asia/Kuala_Lumpur") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("now", "is_open"),
    [
        ("2026-11-24T07:59", False),  # Tuesday
        ("2026-11-24T08:00", True),
        ("2026-11-24T17:59", True),
        ("2026-11-24T18:00", False),
        ("2026-11-28T15:59", True),  # Saturday
        ("2026-11-28T16:00", False),
    ],
)
def test_a_line_is_open_from_its_first_minute_to_before_its_last(now: str, is_open: bool) -> None:
    assert OFFICE.is_open(at(now)) is is_open


def test_the_clock_is_the_line_s_own() -> None:
    """8:30 in Yangon is 10:00 in Kuala Lumpur; 7:30 in Bangkok is 8:30 there; midnight UTC is 8:00 there."""
    assert OFFICE.is_open(at("2026-11-24T08:30", "Asia/Yangon"))
    assert OFFICE.is_open(at("2026-11-24T07:30", "Asia/Bangkok"))
    assert OFFICE.is_open(datetime(2026, 11, 24, 0, 0, tzinfo=timezone.utc))
    assert not OFFICE.is_open(datetime(2026, 11, 24, 10, 0, tzinfo=timezone.utc))


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-11-24T06:00", "2026-11-24T08:00"),  # the same day
        ("2026-11-24T19:00", "2026-11-25T08:00"),  # the next
        ("2026-11-27T19:00", "2026-11-28T08:00"),  # Friday evening: Saturday
    ],
)
def test_a_closed_line_says_when_it_opens(now: str, opens: str) -> None:
    assert OFFICE.opens_at(at(now)) == at(opens)


def test_an_office_that_is_closed_at_the_weekend_opens_on_monday() -> None:
    office = Hours(KUALA_LUMPUR, (Span(WORKDAYS, 510, 1020),))
    assert office.opens_at(at("2026-11-27T17:00")) == at("2026-11-30T08:30")


def test_a_line_that_opens_once_a_week_is_found_from_the_minute_after() -> None:
    once = Hours(KUALA_LUMPUR, (Span(frozenset({1}), 540, 600),))
    assert once.opens_at(at("2026-11-24T10:00")) == at("2026-12-01T09:00")


@pytest.mark.parametrize(
    ("now", "is_open"),
    [
        ("2026-11-27T21:59", False),  # Friday
        ("2026-11-27T22:00", True),
        ("2026-11-28T02:00", True),  # in the night after Friday
        ("2026-11-28T06:00", False),
        ("2026-11-28T23:00", False),  # Saturday night is not among its days
    ],
)
def test_a_night_line_belongs_to_the_day_on_which_it_opens(now: str, is_open: bool) -> None:
    night = Hours(KUALA_LUMPUR, (Span(frozenset({4}), 1320, 360),))
    assert night.is_open(at(now)) is is_open


def test_until_midnight_ends_with_the_day() -> None:
    evening = Hours(KUALA_LUMPUR, (Span(WEEK, 1080, parse_time("24:00")),))
    assert evening.is_open(at("2026-11-24T23:59"))
    assert not evening.is_open(at("2026-11-25T00:00"))


def test_day_and_night_is_always_open() -> None:
    always = Hours(timezone.utc)
    assert always.is_open(at("2026-11-24T03:00"))
    assert always.opens_at(at("2026-11-24T03:00")) is None


@pytest.mark.parametrize("text", ["24:01", "25:00", "08:60", "8", "", "ab:cd", "-1:00"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"time|int|unpack"):
        parse_time(text)
