"""Groups, channels and deep links: where else a bot can be met."""

from __future__ import annotations

import time
from typing import Any

import pytest

from bot.channels.telegram import Door
from bot.channels.telegram.updates import deep_link
from bot.knowledge import Knowledge
from tests.conftest import LANGUAGES
from tests.telegram.child import Child
from tests.telegram.conftest import RunDoor
from tests.telegram.standin import StandIn

GROUP = -1_002_003_004_005
LINK = "https://t.me/questions_bot"


async def _done(child: Child) -> None:
    """All is confirmed; what the child got is not looked at."""
    await child.gets()


@pytest.mark.anyio
@pytest.mark.parametrize("code", LANGUAGES)
async def test_a_group_gets_one_line_and_is_left(standin: StandIn, knowledge: Knowledge, door: Door, code: str) -> None:
    """Whoever brings the bot into a group reads in the own language where it can be asked alone; then it is gone."""
    child = Child(standin, language_code=code)
    child.adds_to(GROUP)
    await _done(child)
    said = [shown for shown in standin.said if shown.chat == GROUP]
    assert len(said) == 1
    assert said[0].text == knowledge.say(code)("group_line", link=LINK)
    assert LINK in said[0].text
    assert said[0].buttons == []
    assert standin.left == [GROUP]


@pytest.mark.anyio
async def test_several_updates_of_a_group_get_one_line(standin: StandIn, child: Child, door: Door) -> None:
    """Being added is told twice, and somebody writes at once: one line, and nothing of the private chat."""
    child.adds_to(GROUP)
    group: dict[str, Any] = standin.chats[GROUP]
    message = {"message_id": 9, "date": int(time.time()), "chat": group, "from": child.user}
    standin.bring({"message": message | {"new_chat_members": [{"id": 987654321, "is_bot": True, "first_name": "Q"}]}})
    standin.bring({"message": message | {"text": "/start", "message_id": 10}})
    standin.bring({"callback_query": {"id": "1", "from": child.user, "message": message, "chat_instance": "1"}})
    await _done(child)
    assert [shown.chat for shown in standin.said] == [GROUP]
    assert {*standin.left} == {GROUP}


@pytest.mark.anyio
async def test_a_channel_is_left_without_a_word(standin: StandIn, child: Child, door: Door) -> None:
    """A post would be read by everybody."""
    child.adds_to(GROUP, "channel")
    await _done(child)
    assert standin.said == []
    assert standin.left == [GROUP]


@pytest.mark.anyio
async def test_a_group_that_has_thrown_the_bot_out_is_no_error(standin: StandIn, child: Child, door: Door) -> None:
    """Neither the line nor leaving is possible then; children are answered as ever."""
    standin.fail("sendMessage", 403, "Forbidden: bot was kicked from the supergroup chat", chat=GROUP)
    standin.fail("leaveChat", 403, "Forbidden: bot is not a member of the supergroup chat")
    child.adds_to(GROUP)
    await _done(child)
    await child.asks("/start")


@pytest.mark.anyio
async def test_only_what_is_answered_is_asked_for(standin: StandIn, child: Child, run_door: RunDoor) -> None:
    """Posts of channels, inline queries and everything unknown do not even arrive."""
    standin.bring({"channel_post": {"message_id": 1, "date": 1, "chat": {"id": GROUP, "type": "channel"}}})
    standin.bring({"inline_query": {"id": "1", "from": child.user, "query": "police", "offset": ""}})
    standin.bring({"a_new_kind": {"of": "update"}})
    async with run_door():
        await child.asks("/start")
    assert [shown.chat for shown in standin.said] == [child.id]


@pytest.mark.anyio
async def test_a_child_who_blocks_the_bot_gets_nothing(standin: StandIn, child: Child, door: Door) -> None:
    """Telegram tells of it; there is nothing to say."""
    member = {"user": {"id": 1, "is_bot": True, "first_name": "Q"}, "status": "member"}
    blocked = member | {"status": "kicked", "until_date": 0}
    change = {"chat": child.chat, "from": child.user, "date": int(time.time())}
    standin.bring({"my_chat_member": change | {"old_chat_member": member, "new_chat_member": blocked}})
    standin.bring({"my_chat_member": change | {"old_chat_member": blocked, "new_chat_member": member}})
    assert await child.gets() == []


def _parts(payload: str) -> tuple[str, str, str]:
    action = deep_link(payload)
    return action.language, action.country, action.value


LINKS = {
    "": ("", "", ""),
    "km": ("km", "", ""),
    "km_TH_detained": ("km", "TH", "detained"),
    "TH": ("", "TH", ""),
    "TH_detained_sign": ("", "TH", "detained_sign"),
    "detained_sign": ("", "", "detained_sign"),
    "my-MY-health": ("my", "MY", "health"),
    "TH_km_health": ("km", "TH", "health"),
    "../../etc": ("", "", ""),
    "km_TH_" + "x" * 60: ("km", "TH", ""),
    "ភាសា": ("", "", ""),
}


@pytest.mark.parametrize("payload", LINKS)
def test_a_link_is_read_as_far_as_it_can_be(payload: str) -> None:
    """Any part may be missing or wrong."""
    assert _parts(payload) == LINKS[payload]


@pytest.mark.anyio
@pytest.mark.parametrize("code", LANGUAGES)
async def test_a_link_leads_straight_to_its_topic(child: Child, door: Door, code: str) -> None:
    """The first message is the topic, in the link's language, and says who speaks; both choices stay."""
    reply = await child.asks(f"/start {code}_TH_detained")
    assert {b["callback_data"].split(":")[2] for b in reply.rows[-1]} == {code}
    questions = [b["callback_data"] for b in reply.buttons if b.get("callback_data", "").startswith("a:detained_")]
    assert len(questions) >= 5
    assert "Telegram" in reply.text
    assert not reply.edited
    helped = await child.asks("🆘")
    assert any("copy_text" in button for button in helped.buttons), "the country is known"


@pytest.mark.anyio
async def test_a_link_to_a_topic_alone_offers_languages(child: Child, door: Door) -> None:
    """Without a language the phone's is taken, and the same topic can be had in the others."""
    reply = await child.asks("/start health")
    assert "ไทย" in reply.labels
    thai = await child.taps("ไทย")
    assert any(b.get("callback_data", "").startswith("a:health_") for b in thai.buttons)
    assert {b["callback_data"].split(":")[2] for b in thai.rows[-1]} == {"th"}


@pytest.mark.anyio
async def test_a_link_to_an_answer_shows_it(child: Child, door: Door) -> None:
    """A poster about one question leads to its answer; the neutral first line stays the first."""
    by_link = await child.asks("/start en_TH_detained_sign")
    pressed = await child.asks("/menu")
    assert "Help now" in pressed.labels[-2]
    assert by_link.text.startswith("About papers to sign")


@pytest.mark.anyio
@pytest.mark.parametrize("payload", ["xx_ZZ_nothing", "zz", "nothing_at_all", "km_TH_nothing", "-", "_ _", "%00"])
async def test_a_wrong_link_is_a_kind_start(child: Child, door: Door, payload: str) -> None:
    """A torn poster is no error."""
    reply = await child.asks(f"/start {payload}")
    assert [b["callback_data"][0] for b in reply.rows[-1]] == ["h", "m"]
    assert "Telegram" in reply.text
