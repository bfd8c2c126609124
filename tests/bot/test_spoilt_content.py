"""A slip anywhere in content or texts, while the bot runs, costs no child the number it asks for."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from bot.content import Content
from bot.content_files import content_files, parse_file
from bot.conversation import respond
from bot.knowledge import Knowledge
from bot.live import LiveKnowledge
from bot.memory import Note
from bot.messages import Incoming
from bot.settings import Settings
from bot.wording import Wording, last_resort_wording, read_wording
from bot.yaml_source import read_yaml
from nlu.understanding import NoInterpreter
from tests.conftest import LANGUAGES, NOW, ROOT, Scripted

FOLDER = ROOT / "content"
FILES = [path.relative_to(FOLDER).as_posix() for path in content_files(FOLDER)]
SPOILT = (None, 24, [], "", "{", {}, True, "  ")
EVERY = 5
"""Of the leaves of a file one in so many is spoilt: each file still has every kind of leaf among them."""


def leaves(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every value that holds no further values."""
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    below = list(items)
    if not below:
        yield path
    for key, value in below:
        yield from leaves(value, (*path, key))


def spoil(data: Any, path: tuple[Any, ...], value: object) -> Any:
    spoilt = copy.deepcopy(data)
    holder = spoilt
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    return spoilt


def assert_helped(knowledge: Knowledge, text: str = "police arrested me") -> None:
    reply, _ = respond(Incoming(text=text, sent_at=NOW), Note(country="TH"), NOW, knowledge)
    assert reply is not None
    assert "1387" in reply.text
    assert "None" not in reply.text
    assert all(button.label for button in reply.buttons[-1])


@pytest.mark.parametrize("relative", FILES)
def test_a_spoilt_value_anywhere_in_a_file_costs_no_number(relative: str, real_knowledge: Knowledge) -> None:
    knowledge = replace(real_knowledge, interpreter=Scripted({"police arrested me": "detained_now"}))
    good = read_yaml(FOLDER / relative).data
    for path, value in zip(list(leaves(good))[::EVERY], cycle(SPOILT)):
        pieces = dict(parse_file(relative, spoil(good, path, value)))
        read = {key: piece for key, piece in pieces.items() if piece is not None}
        assert_helped(replace(knowledge, content=Content({**knowledge.content.pieces, **read})))


@pytest.mark.parametrize("spoilt", ["{", "}", "{nothing}", "{0}", "{languages.x}", "{languages[9]}", ""])
def test_a_spoilt_interface_text_costs_no_number(spoilt: str, knowledge: Knowledge) -> None:
    """Every text of a language at once: the last resort steps in."""
    broken = Wording({language: dict.fromkeys(last_resort_wording()["en"], spoilt) for language in LANGUAGES})
    assert_helped(replace(knowledge, wording=broken, interpreter=Scripted({"police arrested me": "detained_now"})))


def test_a_catalogue_that_breaks_keeps_what_was_last_good(tmp_path: Path) -> None:
    path = tmp_path / "en" / "LC_MESSAGES" / "bot.po"
    path.parent.mkdir(parents=True)
    path.write_text('msgid "menu"\nmsgstr "All topics"\n')
    good = read_wording(tmp_path)
    path.write_text('msgid "menu\nmsgstr')
    assert read_wording(tmp_path, good).say("en", "menu") == "All topics"


def test_a_content_folder_that_is_moved_for_a_moment_loses_nothing(tmp_path: Path) -> None:
    import shutil

    folder = Path(shutil.copytree(FOLDER, tmp_path / "content"))
    live = LiveKnowledge(Settings(content=folder), NoInterpreter())
    folder.rename(tmp_path / "away")
    live._looked_at -= 5
    assert live.current().content.answer("en", "detained_sign") is not None
    (tmp_path / "away").rename(folder)
    live._looked_at -= 5
    assert live.current().content.answer("en", "detained_sign") is not None


def test_looking_for_changes_never_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    live = LiveKnowledge(Settings(), NoInterpreter())

    def vanish(_: LiveKnowledge) -> None:
        raise FileNotFoundError

    monkeypatch.setattr(LiveKnowledge, "_times", vanish)
    live._looked_at -= 5
    assert live.current().content.answer("en", "detained_now") is not None
