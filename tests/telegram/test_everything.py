"""Everything a child may send gets one kind reply; nothing of it is fetched."""

from __future__ import annotations

import re

import pytest

from bot.knowledge import Knowledge
from bot.operator_texts import who_keeps_it_private, who_runs_it
from tests.conftest import LANGUAGES
from tests.telegram.child import FORWARDED, THINGS, Child
from tests.telegram.standin import Shown, StandIn

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("door")]

HIT_BY_MOTHER = "ម្តាយវាយខ្ញុំ"
HARMLESS = "xyzzy plugh"
SENT = frozenset({"getMe", "getUpdates", "setWebhook", "sendMessage", "editMessageText", "answerCallbackQuery"})


def kinds(reply: Shown) -> set[str]:
    """What the buttons of the reply do, by letter."""
    return {button["callback_data"][0] for button in reply.buttons if "callback_data" in button}


@pytest.mark.parametrize("thing", THINGS)
@pytest.mark.parametrize("code", LANGUAGES)
async def test_each_thing_gets_one_kind_reply(
    standin: StandIn, knowledge: Knowledge, child: Child, thing: str, code: str
) -> None:
    """It says that nobody has seen it, names somebody to call, and shows the topics with their pictures."""
    child.language_code = code
    child.other(thing)
    reply = await child.one_reply()
    say = knowledge.say(code)
    assert reply.text.startswith((say("cannot_read"), say("cannot_see_photo")))
    assert re.search(r"\b\d{3,}", reply.text)
    assert kinds(reply) >= {"o", "h", "m"}
    assert {call.method for call in standin.calls} <= SENT


@pytest.mark.parametrize("thing", ["video", "video_note", "animation", "story"])
async def test_pictures_of_oneself_are_asked_not_to_be_sent(knowledge: Knowledge, child: Child, thing: str) -> None:
    """Not only for photos."""
    child.other(thing)
    assert (await child.one_reply()).text.startswith(knowledge.say("km")("cannot_see_photo"))


async def test_words_below_a_file_are_read(knowledge: Knowledge, child: Child) -> None:
    """Danger in them is answered; the neutral line stays first, and the child learns that nobody has the file."""
    child.other("document", caption=HIT_BY_MOTHER)
    reply = await child.one_reply()
    assert kinds(reply) >= {"y", "n"}
    assert reply.text.split("\n\n")[1] == knowledge.say("km")("file_not_seen")


async def test_an_album_gets_one_reply(child: Child) -> None:
    """Four photos at once are one message to a child."""
    child.album(None, None, None, None)
    await child.one_reply()
    child.album(None, None)
    await child.one_reply()


@pytest.mark.parametrize("place", [0, 1, 3])
async def test_words_in_an_album_are_read_wherever_they_stand(child: Child, place: int) -> None:
    """Danger told below the last photo takes the place of the reply to the first one: one message, and it helps."""
    captions: list[str | None] = [None, None, None, None]
    captions[place] = HIT_BY_MOTHER
    child.album(*captions)
    await child.gets()
    shown = [message for message in child.screen if message.by_bot]
    assert len(shown) == 1
    assert kinds(shown[0]) >= {"y", "n"}


async def test_a_forwarded_message_is_read(child: Child) -> None:
    """Whoever wrote it first: what it says may be why the child is afraid."""
    told = await child.asks(HIT_BY_MOTHER)
    child.write(HIT_BY_MOTHER, **FORWARDED)
    assert (await child.one_reply()).text == told.text


async def test_a_reply_to_an_old_message_is_read(child: Child) -> None:
    """Also where the bot no longer knows that message."""
    old = await child.asks("/menu")
    told = await child.asks(HIT_BY_MOTHER)
    child.answers(old, HIT_BY_MOTHER)
    assert (await child.one_reply()).text == told.text


async def test_an_edit_is_not_answered_twice(child: Child) -> None:
    """A mended typing error asks nothing new."""
    await child.asks(HARMLESS)
    child.edit(HARMLESS + "!")
    assert await child.gets() == []


async def test_danger_in_an_edit_is_answered(child: Child) -> None:
    """A child that dares only in the second attempt is heard."""
    await child.asks(HARMLESS)
    child.edit(HIT_BY_MOTHER)
    assert kinds(await child.one_reply()) >= {"y", "n"}


async def test_an_edit_of_danger_that_was_answered_stays_one_answer(child: Child) -> None:
    """The same danger in other words changes the answer in its place, if at all."""
    await child.asks(HIT_BY_MOTHER)
    child.edit(HIT_BY_MOTHER + "!")
    assert await child.gets() == []
    child.edit("ប៉ូលិសចាប់ខ្ញុំ")
    changed = await child.one_reply()
    assert changed.edited
    assert len([message for message in child.screen if message.by_bot]) == 1


async def test_an_edited_command_for_help_is_answered(child: Child) -> None:
    """🆘 is 🆘."""
    await child.asks(HARMLESS)
    child.edit("🆘")
    await child.one_reply()


@pytest.mark.parametrize("code", LANGUAGES)
async def test_about_says_who_runs_the_bot(knowledge: Knowledge, child: Child, code: str) -> None:
    """/about: what it is and whose it is, and the way to what is remembered."""
    child.language_code = code
    reply = await child.asks("/about")
    assert who_runs_it(code, knowledge) in reply.text
    assert kinds(reply) >= {"i", "e", "h", "m"}


@pytest.mark.parametrize("code", LANGUAGES)
async def test_privacy_says_what_telegram_sees(knowledge: Knowledge, child: Child, code: str) -> None:
    """/privacy: what is kept, for how long, whom to ask, and what Telegram gets of every message."""
    child.language_code = code
    reply = await child.asks("/privacy")
    assert knowledge.say(code)("telegram_sees") in reply.text
    assert who_keeps_it_private(code, knowledge) in reply.text
    assert "47" in reply.text


async def test_sound_is_off_until_it_is_turned_on(standin: StandIn, knowledge: Knowledge, child: Child) -> None:
    """A phone in a dark room stays silent; *What do you know about me?* says so."""
    child.language_code = "en"
    await child.asks("/start")
    await child.taps("English")
    await child.taps("🌐")
    await child.taps("🔕")
    await child.asks("help")
    assert standin.calls_of("sendMessage")[-1].form["disable_notification"] == "true"
    await child.taps("Menu")
    about = await child.taps("🔒")
    assert knowledge.say("en")("without_sound") in about.text
    await child.taps("🔔")
    await child.asks("help")
    assert standin.calls_of("sendMessage")[-1].form.get("disable_notification", "false") == "false"


async def test_a_button_of_an_answer_long_ago_gets_the_menu(child: Child) -> None:
    """An answer that no longer exists leads to the topics."""
    await child.asks("/start")
    assert "o" in kinds(await child.taps("ខ្មែរ", data="a:an_answer_of_last_year:km:TH"))
