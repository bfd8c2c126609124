"""No message is lost and none is answered twice: retries, restarts, order, and other people's troubles."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest

from bot.channels.telegram import outgoing, polling
from tests.telegram.child import Child, until
from tests.telegram.conftest import RunDoor, now
from tests.telegram.standin import HELD_WITH_ANSWER, StandIn

pytestmark = pytest.mark.anyio


async def test_confirmed_only_after_the_answer_was_accepted(standin: StandIn, child: Child, run_door: RunDoor) -> None:
    """While an answer is on its way its update stays with Telegram."""
    release = standin.hold("sendMessage")
    async with run_door():
        update = child.write("/start")
        await until(lambda: standin.calls_of("sendMessage"))
        polls = len(standin.calls_of("getUpdates"))
        await until(lambda: len(standin.calls_of("getUpdates")) > polls + 1)
        assert standin.waiting == [update]
        release.set()
        await child.one_reply()


@pytest.mark.parametrize(("status", "why"), [(500, "Internal Server Error"), (502, "Bad Gateway")])
async def test_a_failing_send_is_made_again(
    standin: StandIn, child: Child, run_door: RunDoor, status: int, why: str
) -> None:
    """A trouble at Telegram delays the answer, and does not lose it."""
    standin.fail("sendMessage", status, why, times=5)
    async with run_door():
        await child.asks("/start")
    assert [call.status for call in standin.calls_of("sendMessage")] == [status] * 5 + [200]


async def test_a_failing_edit_is_made_again(standin: StandIn, child: Child, run_door: RunDoor) -> None:
    """The same holds for a menu that changes in place."""
    async with run_door():
        await child.asks("/menu")
        standin.fail("editMessageText", 500, "Internal Server Error", times=2)
        assert (await child.taps("🌐")).edited


async def test_too_many_requests_are_waited_for(standin: StandIn, child: Child, run_door: RunDoor) -> None:
    """`retry_after` is obeyed, then the answer comes."""
    standin.fail("sendMessage", 429, "Too Many Requests: retry after 1", retry_after=1)
    async with run_door():
        started = time.monotonic()
        await child.asks("/start")
    assert time.monotonic() - started >= 1


async def test_a_refused_message_is_not_tried_for_ever(
    standin: StandIn, child: Child, friend: Child, run_door: RunDoor
) -> None:
    """A blocked bot and a refused text are normal: one try each, and others are answered."""
    standin.fail("sendMessage", 403, "Forbidden: bot was blocked by the user", chat=child.id)
    async with run_door():
        child.write("/start")
        assert await child.gets() == []
        standin.fail("sendMessage", 400, "Bad Request: something", chat=child.id)
        child.write("/start")
        assert await child.gets() == []
        await child.asks("/start")
        await friend.asks("/start")
    assert len(standin.calls_of("sendMessage")) == 4


async def test_a_chat_that_always_fails_is_given_up(
    standin: StandIn, child: Child, run_door: RunDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One call is not tried for ever: Telegram would show the updates behind it to nobody."""
    monkeypatch.setattr(outgoing, "GIVE_UP_SECONDS", 0.05)
    standin.fail("sendMessage", 500, "Internal Server Error", times=1_000)
    async with run_door():
        child.write("/start")
        assert await child.gets() == []


async def test_failing_acknowledgements_do_not_stop_an_answer(
    standin: StandIn, child: Child, run_door: RunDoor
) -> None:
    """A press is answered though Telegram finds it too old to acknowledge."""
    async with run_door():
        await child.asks("/start")
        standin.queries.clear()
        child.press("🆘")
        standin.queries.clear()
        await child.one_reply()


async def test_failing_polls_are_survived(standin: StandIn, child: Child, run_door: RunDoor) -> None:
    """Troubles while asking for updates end by themselves."""
    standin.fail("getUpdates", 502, "Bad Gateway", times=2)
    standin.fail("getUpdates", 409, "Conflict: terminated by other getUpdates request")
    async with run_door():
        await child.asks("/start")


async def test_a_restart_answers_what_was_not_answered(
    standin: StandIn, child: Child, run_door: RunDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What could not be answered before the stop is answered after the start, and nothing twice."""
    monkeypatch.setattr(polling, "STOP_SECONDS", 0.1)
    async with run_door():
        await child.asks("/start")
        standin.fail("sendMessage", 500, "Internal Server Error", times=1_000)
        unanswered = child.write("/help")
        await until(lambda: len(standin.calls_of("sendMessage")) > 2)
    assert standin.waiting == [unanswered]
    assert len(child.replies) == 1
    standin.mend()
    async with run_door():
        await child.one_reply()
        await child.asks("/menu")
    assert len(child.replies) == 3


async def test_a_stop_confirms_what_was_answered(standin: StandIn, child: Child, run_door: RunDoor) -> None:
    """The answer that was on its way at the stop still goes out, and the next start does not repeat it."""
    release = standin.hold("sendMessage")
    async with run_door():
        child.write("/start")
        await until(lambda: standin.calls_of("sendMessage"))
        release.set()
    await child.one_reply()
    async with run_door():
        await child.asks("/menu")


async def test_an_answer_during_a_poll_is_not_given_again(standin: StandIn, child: Child, run_door: RunDoor) -> None:
    """An update that is answered while Telegram already hands it out again is not answered again."""
    sending = standin.hold("sendMessage")
    async with run_door():
        child.write("/start")
        await until(lambda: standin.calls_of("sendMessage"))
        polling = standin.hold("getUpdates", done=True)
        await until(lambda: standin.calls_of("getUpdates")[-1].status == HELD_WITH_ANSWER)
        sending.set()
        await until(lambda: child.replies)
        polling.set()
        await child.one_reply()
        await child.asks("/menu")


async def test_one_chat_is_answered_in_order(standin: StandIn, child: Child, run_door: RunDoor) -> None:
    """The second message waits for the answer to the first, even where that is slow."""
    slow = standin.hold("sendMessage", child.id)
    async with run_door():
        child.write("/start")
        child.write("/erase")
        await until(lambda: standin.calls_of("sendMessage"))
        assert len(standin.calls_of("sendMessage")) == 1
        slow.set()
        welcome, question = await child.gets()
    assert "ខ្មែរ" in welcome.labels
    assert any(data.startswith("E") for button in question.buttons if (data := button["callback_data"]))


async def test_a_slow_chat_delays_nobody(standin: StandIn, child: Child, friend: Child, run_door: RunDoor) -> None:
    """While one child's answer hangs, another child gets one after the other."""
    slow = standin.hold("sendMessage", child.id)
    async with run_door():
        waiting = child.write("/start")
        await until(lambda: standin.calls_of("sendMessage"))
        for _ in range(3):
            friend.write("/menu")
        await until(lambda: len(friend.replies) == 3)
        assert standin.waiting[0] == waiting
        assert child.replies == []
        slow.set()
        await child.one_reply()


BROKEN: list[dict[str, Any]] = [
    {"message": {"text": "no more than this"}},
    {"message": {"message_id": 1, "date": "yesterday", "chat": {"id": 1, "type": "private"}}},
    {"message": "text"},
    {"callback_query": {"id": "1"}},
    {"message": None},
    {"message": {"message_id": 1, "date": 10**18, "chat": {"id": 1, "type": "private"}, "text": "late"}},
]


async def test_malformed_updates_hide_no_other(standin: StandIn, child: Child, run_door: RunDoor) -> None:
    """What cannot be read is confirmed and left; what stands beside it is answered."""
    for update in BROKEN:
        standin.bring(update)
    child.write("/start")
    for update in BROKEN:
        standin.bring(update)
    async with run_door():
        await child.one_reply()
    assert standin.waiting == []


async def test_update_ids_may_start_anew(standin: StandIn, child: Child, run_door: RunDoor) -> None:
    """After a quiet week Telegram chooses any next id, also a lower one."""
    async with run_door():
        await child.asks("/start")
        standin._next_update = 20
        await child.asks("/menu")


async def test_the_note_is_forgotten_in_time(standin: StandIn, child: Child, run_door: RunDoor) -> None:
    """47 hours after the last message the chosen language is gone."""
    ahead = timedelta()
    async with run_door(clock=lambda: now() + ahead):
        await child.asks("/start")
        await child.taps("English")
        ahead = timedelta(hours=46)
        assert "Help now" in (await child.taps("🌐", data="m")).labels[-2]
        ahead = timedelta(hours=46 + 48)
        assert "Help now" not in (await child.taps("🌐", data="m")).labels[-2]
