"""Conversations as tests: who says what, and what comes back. Exactly one reply to each message.

The files in tests/dialogs/ hold lists of dialogs. A turn is what the `child` writes, the button it presses (`press`:
kind, or kind:value as in `country:TH`) or raw callback `data`; `understood` and `perhaps` say what the model makes of
it. `bot` says what the reply must be.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from bot.actions import Action, Kind
from bot.conversation import respond
from bot.knowledge import Knowledge
from bot.memory import Note
from bot.messages import Button, Incoming, Reply
from bot.yaml_source import read_yaml
from nlu.understanding import NOTHING, Understanding
from tests.conftest import NOW, ROOT


def dialogs() -> Iterator[Any]:
    for path in sorted((ROOT / "tests" / "dialogs").glob("*.yml")):
        for dialog in read_yaml(path).data:
            yield pytest.param(dialog, id=f"{path.stem}: {dialog['name']}")


class OneTurn:
    """An interpreter that understands what the turn says."""

    def __init__(self, turn: dict[str, Any]) -> None:
        sure = [(turn["understood"], 0.9)] if "understood" in turn else []
        self.ranking = [(id_, p) for id_, p in turn.get("perhaps", sure)]

    def interpret(self, text: str) -> Understanding:
        return Understanding(self.ranking[0][0], self.ranking[0][1], tuple(self.ranking)) if self.ranking else NOTHING


@pytest.mark.parametrize("dialog", dialogs())
def test_dialog(dialog: dict[str, Any], real_knowledge: Knowledge) -> None:
    note = Note(**dialog.get("note", {}))
    reply: Reply | None = None
    for turn in dialog["turns"]:
        knowledge = replace(real_knowledge, interpreter=OneTurn(turn))
        incoming = Incoming(
            text=turn.get("child", ""), action=pressed(turn, reply), language_hint=dialog.get("hint"), sent_at=NOW
        )
        reply, note = respond(incoming, note, NOW, knowledge)
        assert reply is not None
        for aspect, wanted in turn["bot"].items():
            CHECKS[aspect](reply, wanted, knowledge)
        assert [name(b) for b in reply.buttons[-1]] == ["help_now", "menu"]


def pressed(turn: dict[str, Any], reply: Reply | None) -> Action | None:
    """The action of the button under the last reply, or of a button that can always be pressed."""
    if "data" in turn:
        return Action.decode(turn["data"])
    if "press" not in turn:
        return None
    for button in buttons(reply) if reply else []:
        if turn["press"] in (name(button), name(button).partition(":")[0]) and button.action:
            return button.action
    kind, _, value = turn["press"].partition(":")
    country = value if kind == "country" else ""
    return Action(Kind[kind.upper()], "" if country else value, reply.language if reply else "", country)


def buttons(reply: Reply) -> list[Button]:
    return [button for row in reply.buttons for button in row]


def name(button: Button) -> str:
    """A button's action as the dialogs write it."""
    action = button.action
    if action is None:
        return f"copy:{button.copy}"
    value = {Kind.COUNTRY: action.country, Kind.LANGUAGE: action.language}.get(action.kind, action.value)
    shown = action.kind in (Kind.COUNTRY, Kind.LANGUAGE, Kind.MODULE, Kind.ANSWER)
    return f"{action.kind.name.lower()}:{value}" if shown else action.kind.name.lower()


def check_buttons(reply: Reply, wanted: list[str], knowledge: Knowledge) -> None:
    names = [name(button) for button in buttons(reply)]
    assert not [button for button in wanted if button not in names], names


def check_says(reply: Reply, wanted: list[str], knowledge: Knowledge) -> None:
    assert not [words for words in wanted if words not in reply.text], reply.text


def check_says_not(reply: Reply, wanted: list[str], knowledge: Knowledge) -> None:
    assert not [words for words in wanted if words in reply.text], reply.text


def check_answer(reply: Reply, wanted: str, knowledge: Knowledge) -> None:
    answer = knowledge.content.answer(reply.language, wanted)
    assert answer is not None
    assert answer.say in reply.text
    assert reply.text.startswith(answer.quiet)


def check_message(reply: Reply, wanted: str, knowledge: Knowledge) -> None:
    assert knowledge.say(reply.language)(wanted) in reply.text


def check_no_number(reply: Reply, wanted: str, knowledge: Knowledge) -> None:
    assert str(knowledge.content.no_number(reply.language, wanted)) in reply.text
    assert "📞" not in reply.text


def check_copies(reply: Reply, wanted: list[str], knowledge: Knowledge) -> None:
    assert not set(wanted) - {button.copy for button in buttons(reply)}


def equal(attribute: str) -> Any:
    def check(reply: Reply, wanted: object, knowledge: Knowledge) -> None:
        assert getattr(reply, attribute) == wanted

    return check


CHECKS = {
    "buttons": check_buttons,
    "says": check_says,
    "says_not": check_says_not,
    "answers": check_answer,
    "message": check_message,
    "no_number": check_no_number,
    "copies": check_copies,
    "offers": lambda reply, wanted, _: equal("intents")(reply, tuple(wanted), _),
    "language": equal("language"),
    "urgent": equal("urgent"),
    "replaces": equal("replaces"),
    "erases": equal("erases"),
}
