"""A child talks to the bot on Telegram: real HTTP, a real bot, the real content."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from bot.channels.telegram import Door
from tests.conftest import LANGUAGES
from tests.telegram.child import Child
from tests.telegram.conftest import RunDoor
from tests.telegram.standin import Shown, StandIn

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("door")]

HIT_BY_MOTHER = "ម្តាយវាយខ្ញុំ"
NATIVE_NAMES = ("ไทย", "မြန်မာ", "ລາວ", "ខ្មែរ", "English")
TEN_MINUTES = 600


def leads_on(reply: Shown) -> bool:
    """Whether the reply says something and ends with *Help now* and *Menu*."""
    last = [button["callback_data"].partition(":")[0] for button in reply.rows[-1]]
    return bool(reply.text) and last == ["h", "m"]


async def test_start_offers_five_languages(child: Child) -> None:
    """/start names every language in its own script, and asks for nothing else."""
    reply = await child.asks("/start")
    assert [label for label in reply.labels if label in NATIVE_NAMES] == list(NATIVE_NAMES)
    assert leads_on(reply)


@pytest.mark.parametrize(("code", "name"), list(zip(LANGUAGES, NATIVE_NAMES, strict=True)))
async def test_a_chosen_language_stays(child: Child, code: str, name: str) -> None:
    """After one tap the menu, and whatever comes next, is in that language."""
    await child.asks("/start")
    menu = await child.taps(name)
    assert {button["callback_data"].split(":")[2] for button in menu.rows[-1]} == {code}
    again = await child.asks("/menu")
    assert {button["callback_data"].split(":")[2] for button in again.rows[-1]} == {code}


async def test_danger_gets_numbers_at_once(child: Child) -> None:
    """A sentence about danger is answered with numbers, a question whether it was understood, and no detour."""
    reply = await child.asks(HIT_BY_MOTHER)
    assert re.search(r"\b\d{3,}", reply.text)
    kinds = {button["callback_data"][0] for button in reply.buttons if "callback_data" in button}
    assert kinds >= {"y", "n", "r", "e", "h", "m"}


async def test_a_country_puts_its_numbers_into_the_same_message(child: Child) -> None:
    """*I am in …* below an answer edits it, and its numbers can be copied with one tap."""
    asked = await child.asks(HIT_BY_MOTHER)
    country = next(button for button in asked.buttons if button.get("callback_data", "").startswith("C:help_hurt"))
    answered = await child.taps(country["text"])
    assert answered.edited
    assert answered.id == asked.id
    assert any("copy_text" in button for button in answered.buttons)


async def test_menus_change_in_place_and_answers_are_new(child: Child) -> None:
    """Looking for a topic leaves one menu on the screen; an answer stays where it can be scrolled back to."""
    await child.asks("/start")
    first = await child.taps("English")
    menu = await child.taps("Menu")
    languages = await child.taps("🌐")
    assert first.id == menu.id == languages.id
    assert menu.edited
    assert languages.edited
    help_now = await child.taps("🆘")
    assert not help_now.edited
    assert help_now.id != menu.id


async def test_a_menu_pressed_twice_is_no_error(child: Child, standin: StandIn) -> None:
    """Telegram refuses an edit that changes nothing; the child sees the menu that already stands there."""
    await child.asks("/start")
    await child.taps("English")
    await child.taps("Menu")
    child.press("Menu")
    assert await child.gets() == []
    assert standin.calls_of("editMessageText")[-1].status == 400
    assert len([shown for shown in child.screen if shown.by_bot]) == 1


async def test_a_deleted_menu_comes_new(child: Child, standin: StandIn) -> None:
    """A menu that was deleted meanwhile cannot be edited, so it is sent again."""
    menu = await child.asks("/menu")
    child.press("🌐")
    del standin.screen[child.id, menu.id]
    reply = await child.one_reply()
    assert not reply.edited


async def test_every_press_ends_its_waiting_sign(child: Child, standin: StandIn) -> None:
    """Each pressed button is acknowledged, known or not."""
    await child.asks("/start")
    await child.taps("English")
    await child.taps("🆘")
    await child.taps("Menu", data="z:unknown")
    assert standin.queries == set()


@pytest.mark.parametrize("data", ["z", "a:no_such_answer:km", "C:help_hurt:xx:XX", "::::::", "😭" * 16, "L:x:en"])
async def test_an_unknown_button_gets_the_menu(child: Child, data: str) -> None:
    """Buttons live for years: one that this version does not know is answered kindly."""
    await child.asks("/start")
    assert leads_on(await child.taps("ខ្មែរ", data=data))


ODD: list[Callable[[Child], int]] = [
    lambda child: child.write(""),
    lambda child: child.write(" \u200b\n"),
    lambda child: child.write("ប៉ូលិស " * 1_430),
    lambda child: child.write("😭😭😭"),
    lambda child: child.write("/{bad"),
    lambda child: child.write("/"),
    lambda child: child.write("/no_such_command@questions_bot now"),
    lambda child: child.write("ေနေကာင္းလား"),
    lambda child: child.write("{language} %s <b>&amp;</b> _*[x](y)"),
    lambda child: child.photo(),
    lambda child: child.voice(),
    lambda child: child.sticker(),
    lambda child: child.location(),
]


@pytest.mark.parametrize("send", ODD)
async def test_whatever_comes_gets_one_kind_reply(child: Child, send: Callable[[Child], int]) -> None:
    """Nothing is too empty, too long or too strange for one reply with *Help now*."""
    send(child)
    assert leads_on(await child.one_reply())


async def test_words_below_a_photo_are_read(child: Child) -> None:
    """Danger told in the caption of a photo is found like danger told in a message; nobody saw the photo."""
    told = await child.asks(HIT_BY_MOTHER)
    child.photo(HIT_BY_MOTHER)
    seen = (await child.one_reply()).text.split("\n\n")
    assert seen.pop(1) == "ខ្ញុំមើលរូបមិនឃើញទេ ហើយក៏គ្មានអ្នកណាបានមើលដែរ។ សូមកុំផ្ញើរូបរបស់ប្អូន។"
    assert seen == told.text.split("\n\n")


@pytest.mark.parametrize("sign", ["🆘", "🌻", "help"])
async def test_help_now_needs_no_words(child: Child, sign: str) -> None:
    """🆘, the safe word and *help* open *Help now*, the same as /help."""
    wanted = await child.asks("/help")
    assert (await child.asks(sign)).buttons[-2]["callback_data"][0] == wanted.buttons[-2]["callback_data"][0] == "h"
    assert {b["callback_data"].split(":")[1] for b in child.replies[-1].buttons if b.get("callback_data", "")[0] == "a"}


async def test_an_old_message_gets_one_neutral_line(child: Child, friend: Child) -> None:
    """After an outage nobody who holds the phone now sees an answer; each chat gets one line, not one per message."""
    child.write(HIT_BY_MOTHER, age=TEN_MINUTES + 60)
    child.write("ជួយផង", age=TEN_MINUTES + 50)
    child.photo()
    friend.write("เขาตีหนู", age=TEN_MINUTES + 60)
    late, photo = await child.gets()
    assert leads_on(late)
    assert not re.search(r"\d{3,}", late.text)
    assert {button["callback_data"][0] for button in late.buttons} == {"h", "m"}
    assert leads_on(await friend.one_reply())
    fresh = await child.asks(HIT_BY_MOTHER)
    assert fresh.text not in (late.text, photo.text)


async def test_what_telegram_writes_is_not_answered(child: Child) -> None:
    """A set timer or a pinned message asks nothing, so the phone stays dark."""
    child.service(message_auto_delete_timer_changed={"message_auto_delete_time": 86_400})
    assert await child.gets() == []


async def test_links_show_no_preview(child: Child, standin: StandIn) -> None:
    """No big card with the name of a helper's site on the screen."""
    await child.asks(HIT_BY_MOTHER)
    assert '"is_disabled": true' in standin.calls_of("sendMessage")[-1].form["link_preview_options"]


async def test_the_door_needs_no_hint_of_the_app(standin: StandIn) -> None:
    """A phone that tells no language is answered too."""
    assert leads_on(await Child(standin, id=5, language_code=None).asks("/start"))


async def test_all_is_in_memory_only(child: Child, door: Door, run_door: RunDoor) -> None:
    """*What do you know about me* counts each message once, however often a menu was pressed."""
    await child.asks("/start")
    await child.taps("English")
    for label in ("🌐", "English", "Menu", "🔒"):
        last = await child.taps(label)
    messages = [shown for shown in child.screen if shown.id != last.id]
    assert f" {len(messages)}\n" in last.text
