"""`--farewell`: the bot has ended. Every message says so and who is still there; danger is still answered."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.channels.telegram import Door
from bot.content import Texts
from bot.farewell import farewell_reply, say_farewell
from bot.knowledge import Knowledge
from bot.memory import NO_NOTE, Note
from bot.messages import Incoming
from tests.conftest import LANGUAGES, NOW
from tests.telegram.child import Child
from tests.telegram.conftest import RunDoor
from tests.telegram.standin import StandIn
from tests.telegram.test_everything import kinds

HIT = {"th": "พ่อตีหนู", "my": "အဖေက ရိုက်တယ်", "lo": "ພໍ່ຕີຂ້ອຍ", "km": "ម្តាយវាយខ្ញុំ", "en": "my father hits me"}


@pytest.fixture
async def door(run_door: RunDoor) -> AsyncIterator[Door]:
    """A bot that has ended."""
    async with run_door(respond=say_farewell) as running:
        yield running


@pytest.mark.anyio
@pytest.mark.parametrize("code", LANGUAGES)
async def test_every_message_gets_the_farewell(knowledge: Knowledge, standin: StandIn, door: Door, code: str) -> None:
    """The operator's words in the child's language, numbers, *Help now*, and the way to erase the chat."""
    child = Child(standin, language_code=code)
    assert knowledge.content.operator
    for send in (
        lambda: child.write("/start"),
        lambda: child.write("xyzzy"),
        child.photo,
        lambda: child.write("/menu"),
    ):
        send()
        reply = await child.one_reply()
        assert reply.text.startswith(knowledge.content.operator.farewell.texts[code])
        assert re.search(r"\b\d{3,}", reply.text)
        assert kinds(reply) >= {"h", "m", "e", "C"}


@pytest.mark.anyio
@pytest.mark.parametrize("code", LANGUAGES)
async def test_danger_is_still_answered(standin: StandIn, door: Door, code: str) -> None:
    """In words or by *Help now*, as before; also the buttons below."""
    child = Child(standin, language_code=code)
    assert kinds(await child.asks(HIT[code])) >= {"y", "n", "r"}
    country = next(b for b in child.replies[-1].buttons if b.get("callback_data", "").startswith("C:"))
    assert any("copy_text" in button for button in (await child.taps(country["text"])).buttons)
    assert re.search(r"\b\d{3,}", (await child.taps("🆘")).text)


@pytest.mark.anyio
async def test_the_chat_can_still_be_erased(child: Child, door: Door) -> None:
    """A bot that has ended still keeps its promise."""
    await child.asks("/start")
    await child.asks("/erase")
    await child.taps("🧹")
    assert len(child.screen) == 1


@pytest.mark.anyio
async def test_the_language_can_be_chosen(knowledge: Knowledge, child: Child, door: Door) -> None:
    """Whoever cannot read it gets it in another language."""
    assert knowledge.content.operator
    await child.asks("/start")
    assert (await child.taps("ไทย")).text.startswith(knowledge.content.operator.farewell.texts["th"])


@pytest.mark.parametrize("code", LANGUAGES)
def test_without_words_of_the_operator_there_are_ours(knowledge: Knowledge, code: str) -> None:
    """An operator who wrote none, or not in this language."""
    operator = knowledge.content.operator
    assert operator
    pieces = {**knowledge.content.pieces, ("operator",): replace(operator, farewell=Texts({}))}
    silent = replace(knowledge, content=replace(knowledge.content, pieces=pieces))
    reply, _ = say_farewell(Incoming("xyzzy", language_hint=code), NO_NOTE, NOW, silent)
    assert reply
    assert reply.text.startswith(silent.say(code)("farewell"))


def test_numbers_of_the_chosen_country_can_be_copied(knowledge: Knowledge) -> None:
    """As in every answer with contacts."""
    reply = farewell_reply("en", Note(country="TH"), knowledge)
    assert [button.copy for row in reply.buttons for button in row if button.copy]
