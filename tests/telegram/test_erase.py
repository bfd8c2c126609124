"""*Erase* deletes both sides of the chat, and says truthfully what is left."""

from __future__ import annotations

import json

import pytest

from bot.channels.telegram import Door
from tests.telegram.child import Child
from tests.telegram.standin import StandIn

pytestmark = pytest.mark.anyio


async def _erase(child: Child) -> str:
    """Asks for it and says yes; the text that is left."""
    await child.asks("/erase")
    return (await child.taps("🧹")).text


async def _in_english(child: Child) -> None:
    await child.asks("/start")
    await child.taps("English")


async def test_both_sides_are_deleted(standin: StandIn, child: Child, door: Door) -> None:
    """Only one neutral OK stands in the chat afterwards, and the note is gone with it."""
    await _in_english(child)
    await child.asks("my father hits me")
    await child.taps("Menu")
    assert await _erase(child) == "OK."
    assert [shown.text for shown in child.screen] == ["OK."]
    assert standin.calls_of("deleteMessage") == []
    assert "Help now" not in (await child.asks("/menu")).labels[-2]


async def test_erase_asks_once(standin: StandIn, child: Child, door: Door) -> None:
    """A number in the chat may still be needed: nothing is deleted before the child says yes."""
    await _in_english(child)
    await child.asks("/erase")
    assert standin.deleted == []
    await child.taps("🧹")
    assert standin.deleted != []


async def test_many_messages_are_deleted_in_hundreds(standin: StandIn, child: Child, door: Door) -> None:
    """Telegram takes at most 100 ids at once; no id is given twice."""
    await _in_english(child)
    for _ in range(50):
        child.write("/menu")
    assert len(await child.gets()) == 50
    assert await _erase(child) == "OK."
    parts = [json.loads(call.form["message_ids"]) for call in standin.calls_of("deleteMessages")]
    ids = [id_ for part in parts for id_ in part]
    assert [len(part) for part in parts] == [100, len(ids) - 100]
    assert len(ids) == len({*ids}) == 2 * 50 + 4
    assert len(child.screen) == 1


async def test_single_deletes_where_many_fail(standin: StandIn, child: Child, door: Door) -> None:
    """A server that cannot delete many at once is asked for each message; what the child deleted is not missed."""
    await _in_english(child)
    del standin.screen[child.id, child.screen[0].id]
    standin.fail("deleteMessages", 400, "Bad Request: method is not available")
    assert await _erase(child) == "OK."
    assert len(standin.calls_of("deleteMessage")) == 4
    assert [shown.text for shown in child.screen] == ["OK."]


async def test_the_truth_about_what_remains(standin: StandIn, child: Child, door: Door) -> None:
    """Where Telegram refuses a message, the child is told to delete the chat; the others go."""
    await _in_english(child)
    standin.fail("deleteMessages", 400, "Bad Request: method is not available")
    standin.fail("deleteMessage", 400, "Bad Request: message can't be deleted for everyone")
    text = await _erase(child)
    assert "could not erase everything" in text
    assert len(child.screen) == 2


async def test_a_busy_server_deletes_later(standin: StandIn, child: Child, door: Door) -> None:
    """A trouble at Telegram is no reason to leave messages behind."""
    await _in_english(child)
    standin.fail("deleteMessages", 500, "Internal Server Error", times=2)
    assert await _erase(child) == "OK."
    assert len(child.screen) == 1


async def test_each_chat_erases_only_itself(standin: StandIn, child: Child, friend: Child, door: Door) -> None:
    """Another child's messages stay."""
    await _in_english(child)
    await _in_english(friend)
    await _erase(child)
    assert {chat for chat, _ in standin.deleted} == {child.id}
    assert len(friend.screen) == 2
