"""The stand-in is as strict as Telegram, and every reply of the bot passes it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.actions import Action, Kind
from bot.button_replies import Press, button_reply, intent_reply
from bot.channels.telegram.messages import fitting, keyboard
from bot.conversation import respond
from bot.knowledge import Knowledge
from bot.memory import Note
from bot.messages import Incoming, Reply
from tests.conftest import LANGUAGES, NOW
from tests.telegram.rules import Refused, read_call, utf16


def send(**changes: Any) -> dict[str, Any]:
    """What the stand-in reads from a call of sendMessage; None leaves a parameter out."""
    call = {"chat_id": 7, "text": "Hello"} | changes
    form = {name: value if isinstance(value, str) else json.dumps(value) for name, value in call.items()}
    return read_call("sendMessage", {name: value for name, value in form.items() if value != "null"})


def buttons(*row: dict[str, Any]) -> dict[str, Any]:
    """An inline keyboard of one row."""
    return {"inline_keyboard": [list(row)]}


WRONG: dict[str, dict[str, Any]] = {
    "unknown parameter": {"colour": "red"},
    "missing chat": {"chat_id": None},
    "missing text": {"text": None},
    "empty text": {"text": " \n "},
    "long text": {"text": "x" * 4097},
    "long text in UTF-16": {"text": "\U0001f33b" * 2049},
    "boolean in words": {"protect_content": "yes"},
    "no JSON": {"reply_markup": "{"},
    "unknown part of a keyboard": {"reply_markup": {"inline_keyboard": [], "size": 3}},
    "long callback data": {"reply_markup": buttons({"text": "A", "callback_data": "x" * 65})},
    "callback data in bytes": {"reply_markup": buttons({"text": "A", "callback_data": "ក" * 22})},
    "two purposes": {"reply_markup": buttons({"text": "A", "callback_data": "x", "url": "https://example.org"})},
    "no purpose": {"reply_markup": buttons({"text": "A"})},
    "empty label": {"reply_markup": buttons({"text": "", "callback_data": "x"})},
    "telephone link": {"reply_markup": buttons({"text": "A", "url": "tel:1387"})},
    "number as label": {"reply_markup": buttons({"text": 1, "callback_data": "x"})},
    "too many buttons": {"reply_markup": {"inline_keyboard": [[{"text": "A", "callback_data": "x"}]] * 101}},
    "too long a row": {"reply_markup": buttons(*[{"text": "A", "callback_data": "x"}] * 9)},
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_calls_are_refused(name: str) -> None:
    """What Telegram would refuse fails the test that sends it."""
    with pytest.raises(Refused):
        send(**WRONG[name])


def test_right_calls_are_read() -> None:
    """Parameters come out typed."""
    markup = buttons({"text": "A", "callback_data": "x" * 64}, {"text": "1387", "copy_text": {"text": "1387"}})
    call = send(text="x" * 4096, reply_markup=markup, protect_content=True)
    assert (call["chat_id"], call["protect_content"], call["reply_markup"]) == (7, True, markup)


def test_unknown_methods_are_refused() -> None:
    """The table holds only what the bot may use."""
    with pytest.raises(Refused):
        read_call("sendPhoto", {"chat_id": "7"})


def test_a_long_text_is_cut_after_a_line() -> None:
    """Most of an answer is better than none: Telegram refuses a longer text whole."""
    line = "ផ្កាឈូករ័ត្ន \U0001f33b\n"
    cut = fitting(line * 400)
    assert utf16(cut) <= 4096
    assert cut == line * (cut.count("\n")) + "…"
    assert utf16(fitting("\U0001f33b" * 3000)) <= 4096
    assert fitting("x" * 4096) == "x" * 4096


def accepted(reply: Reply | None) -> None:
    """Fails when Telegram would refuse the reply, or when it would have to be cut."""
    assert reply is not None
    assert reply.text == fitting(reply.text)
    send(text=reply.text, reply_markup=keyboard(reply.buttons).to_dict())
    if reply.erases:
        send(text=reply.text_if_some_remain)


@pytest.mark.parametrize("country", [None, "TH", "LA", "KH", "MM", "MY"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_fits(real_knowledge: Knowledge, language: str, country: str | None) -> None:
    """Each answer, in each language and country, is a message that Telegram takes as it is."""
    note = Note(language=language, country=country, messages=((1, NOW),), expires_at=NOW)
    for intent in real_knowledge.content.intents:
        accepted(intent_reply(intent, language, note, real_knowledge))
    for kind in Kind:
        for value in ("", "photo", *real_knowledge.content.module_ids):
            accepted(button_reply(Press(Action(kind, value, language), language, note, NOW), real_knowledge))
    accepted(respond(Incoming("xyzzy", language_hint=language), note, NOW, real_knowledge)[0])
