"""Load and abuse: what goes out, what comes in, and danger above both. Each test waits a second or two at most."""

from __future__ import annotations

import re
import time
from datetime import timedelta

import pytest

from bot.knowledge import Knowledge
from bot.pace import Limits
from tests.telegram.child import Child, until
from tests.telegram.conftest import RunDoor, now
from tests.telegram.standin import StandIn

pytestmark = pytest.mark.anyio

FREE = float("inf")
HIT = "my father hits me"
ARRESTED = "police arrested me"


def incoming(**more: float) -> Limits:
    """Real limits for what comes in, none for what goes out."""
    return Limits(overall=FREE, per_chat=FREE, waiting=1_000, **more)  # type: ignore[arg-type]


async def _fast(child: Child, number: int) -> int:
    """Asks for the menu so often; how many replies came."""
    for _ in range(number):
        child.write("/menu")
    return len(await child.gets())


async def test_one_message_a_second_to_one_chat(
    standin: StandIn, child: Child, friend: Child, run_door: RunDoor
) -> None:
    """A quick child gets the second reply a second later; a friend waits for none of it."""
    async with run_door(limits=Limits()):
        started = time.monotonic()
        child.write("/menu")
        child.write("/menu")
        friend.write("/menu")
        await until(lambda: child.replies and friend.replies)
        assert time.monotonic() - started < 0.9
        await child.gets()
        assert len(child.replies) == 2
        assert 1 <= time.monotonic() - started < 2


async def test_thirty_messages_a_second_in_all_and_urgent_ones_first(standin: StandIn, run_door: RunDoor) -> None:
    """Behind a crowd that asks for the menu, the last child's danger goes out before most menus."""
    crowd = [Child(standin, id=8_000 + number, language_code="en") for number in range(40)]
    async with run_door(limits=Limits(overall=30.0)):
        started = time.monotonic()
        for child in crowd[:-1]:
            child.write("/menu")
        crowd[-1].write(HIT)
        await until(lambda: not standin.waiting)
        took = time.monotonic() - started
    assert len(standin.said) == 40
    assert 1.2 <= took < 4
    assert next(place for place, shown in enumerate(standin.said) if shown.chat == crowd[-1].id) < 20


async def test_told_to_wait_it_waits_in_that_chat_only(
    standin: StandIn, child: Child, friend: Child, run_door: RunDoor
) -> None:
    """`retry_after` of one chat holds up that chat."""
    standin.fail("sendMessage", 429, "Too Many Requests: retry after 1", retry_after=1, chat=child.id)
    async with run_door(limits=Limits()):
        started = time.monotonic()
        child.write("/menu")
        await until(lambda: standin.calls_of("sendMessage"))
        friend.write("/menu")
        await until(lambda: friend.replies)
        assert time.monotonic() - started < 0.9
        await until(lambda: child.replies)
        assert time.monotonic() - started >= 1


async def test_told_to_wait_in_two_chats_the_whole_bot_waits(
    standin: StandIn, child: Child, friend: Child, run_door: RunDoor
) -> None:
    """Two chats at once mean the bot itself: a third one is not tried either."""
    third = Child(standin, id=5, language_code="en")
    for each in (child, friend):
        standin.fail("sendMessage", 429, "Too Many Requests: retry after 1", retry_after=1, chat=each.id)
    async with run_door(limits=Limits()):
        child.write("/menu")
        friend.write("/menu")
        await until(lambda: sum(call.status == 429 for call in standin.calls_of("sendMessage")) == 2)
        started = time.monotonic()
        await third.asks("/menu")
        assert time.monotonic() - started > 0.8


async def test_a_flood_gets_one_kind_sentence_then_silence(
    knowledge: Knowledge, standin: StandIn, child: Child, friend: Child, run_door: RunDoor
) -> None:
    """Ten replies, "slowly please" with *Help now*, and nothing; others are answered as ever."""
    child.language_code = "en"
    async with run_door(limits=incoming(refill=0.0)):
        assert await _fast(child, 40) == 11
        assert child.replies[-1].text == knowledge.say("en")("slowly")
        assert child.replies[-1].buttons[-2]["callback_data"].startswith("h")
        await friend.asks("/menu")
        assert await _fast(child, 5) == 0


async def test_danger_is_answered_in_the_middle_of_a_flood(standin: StandIn, child: Child, run_door: RunDoor) -> None:
    """Words of danger, *Help now*, 🆘 and the safe word need no budget."""
    child.language_code = "en"
    async with run_door(limits=incoming(refill=0.0, urgent_pause=0.0)):
        await _fast(child, 40)
        for text in (HIT, "🆘", "🌻", "/help"):
            assert re.search(r"\b\d{3,}", (await child.asks(text)).text)
        await child.taps("🆘")
        assert await _fast(child, 5) == 0


async def test_urgent_messages_in_a_row_become_one(standin: StandIn, child: Child, run_door: RunDoor) -> None:
    """At most one new one in 10 seconds; the next changes it, and says the newest."""
    child.language_code = "en"
    ahead = timedelta()
    async with run_door(limits=incoming(), clock=lambda: now() + ahead):
        first = await child.asks(HIT)
        second = await child.asks(ARRESTED)
        assert second.edited
        assert second.id == first.id
        child.write(ARRESTED)
        assert await child.gets() == []
        ahead = timedelta(seconds=11)
        third = await child.asks(ARRESTED)
        assert not third.edited


async def test_the_budget_fills_up_again(child: Child, run_door: RunDoor) -> None:
    """After a quiet minute a child is answered as if nothing had been."""
    ahead = timedelta()
    async with run_door(limits=incoming(), clock=lambda: now() + ahead):
        assert await _fast(child, 30) == 11
        ahead = timedelta(seconds=60)
        assert await _fast(child, 5) == 5


async def test_every_press_ends_its_waiting_sign_also_in_silence(
    standin: StandIn, child: Child, run_door: RunDoor
) -> None:
    """Silence is no reason for a button that seems to hang."""
    async with run_door(limits=incoming(refill=0.0)):
        await _fast(child, 20)
        child.press("📍", data="m")
        assert await child.gets() == []
        assert standin.queries == set()


async def test_erase_finds_what_was_met_with_silence(standin: StandIn, child: Child, run_door: RunDoor) -> None:
    """A message that got no answer is deleted with the others."""
    ahead = timedelta()
    async with run_door(limits=incoming(), clock=lambda: now() + ahead):
        await _fast(child, 30)
        ahead = timedelta(minutes=5)
        await child.asks("/erase")
        await child.taps("🧹")
    assert len(child.screen) == 1


async def test_a_slow_chat_that_is_flooded_holds_up_nobody(
    standin: StandIn, child: Child, friend: Child, run_door: RunDoor
) -> None:
    """Telegram shows only 100 unconfirmed updates: a chat whose answers hang may not fill them all."""
    slow = standin.hold("sendMessage", child.id)
    async with run_door(limits=Limits(overall=FREE, per_chat=FREE)):
        for _ in range(150):
            child.write("/menu")
        friend.write("/menu")
        await until(lambda: friend.replies)
        child.write("🆘")
        await until(lambda: len(standin.waiting) < 5)
        slow.set()
        await until(lambda: not standin.waiting)
        assert re.search(r"\b\d{3,}", child.replies[1].text), "urgent ones go to the head of their chat"
