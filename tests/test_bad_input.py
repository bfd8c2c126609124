"""Whatever a child sends gets one kind, useful reply in its language."""

import pytest

from bot.actions import Action, Kind
from bot.conversation import respond
from bot.knowledge import Knowledge
from bot.memory import Note
from bot.messages import Incoming
from tests.conftest import LANGUAGES, NOW

NOTHING = ["", " ", "\n\n", "…", "😀😀", "\u200b", "١٢٣", "\ud83d"]
TOO_MUCH = ["a" * 10_000, "ช่วย" * 3_000]
SIGNS = ["/{bad", "/", "/intent{}", "%s{}{0}", "<b>x</b>"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", NOTHING + TOO_MUCH + SIGNS)
def test_text_that_says_nothing_gets_a_kind_reply_with_help(
    text: str, language: str, real_knowledge: Knowledge
) -> None:
    reply, _ = respond(Incoming(text=text, sent_at=NOW), Note(language=language), NOW, real_knowledge)
    assert reply is not None
    assert reply.text
    assert [b.action.kind for b in reply.buttons[-1] if b.action] == [Kind.HELP_NOW, Kind.MENU]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sort", ["photo", "voice", "sticker", "location", "video", "other"])
def test_what_cannot_be_read_gets_the_truth_a_helpline_and_the_topics(
    sort: str, language: str, real_knowledge: Knowledge
) -> None:
    incoming = Incoming(action=Action(Kind.CANNOT_READ, sort), sent_at=NOW)
    reply, _ = respond(incoming, Note(language=language, country="TH"), NOW, real_knowledge)
    assert reply is not None
    assert reply.language == language
    assert "1387" in reply.text
    assert any(b.action and b.action.kind is Kind.MODULE for row in reply.buttons for b in row)


@pytest.mark.parametrize("kind", list(Kind))
def test_every_button_without_its_details_still_gets_a_reply(kind: Kind, real_knowledge: Knowledge) -> None:
    for language in ("", "km", "xx"):
        reply, _ = respond(Incoming(action=Action(kind, "nonsense", language, "ZZ")), Note(), NOW, real_knowledge)
        assert reply is not None
        assert reply.text
