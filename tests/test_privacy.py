"""A name, an id and a sentence go through everything and stay nowhere."""

from __future__ import annotations

import gc
import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from bot.channels.terminal import chat
from bot.channels.web import make_app
from bot.conversation import respond_kindly
from bot.knowledge import Knowledge
from bot.memory import Memory, Note
from bot.messages import Incoming
from nlu.understanding import Understanding
from tests.conftest import NOW

NAME = "Canarina"
SENTENCE = f"my name is {NAME} and my uncle beats me every day"
CHAT = 987_654_321_012


class Raising:
    """An interpreter whose error carries the child's words."""

    def interpret(self, text: str) -> Understanding:
        raise ValueError(text)


def reachable(root: object) -> Iterator[object]:
    """Every object that can be reached from `root`, without modules, classes and functions."""
    seen: set[int] = set()
    waiting = [root]
    while waiting:
        thing = waiting.pop()
        if id(thing) in seen or isinstance(thing, (type, type(sys), type(reachable))):
            continue
        seen.add(id(thing))
        yield thing
        waiting += gc.get_referents(thing)


def assert_forgotten(*roots: object) -> None:
    for root in roots:
        for thing in reachable(root):
            assert not (isinstance(thing, str) and NAME in thing)
            assert thing != CHAT


@contextmanager
def no_writing() -> Iterator[list[str]]:
    """Collects every file that is opened for writing meanwhile."""
    opened: list[str] = []
    watching = [True]

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if watching[0] and event == "open" and isinstance(arguments[1], str) and set("wax+") & set(arguments[1]):
            opened.append(str(arguments[0]))

    sys.addaudithook(hook)
    yield opened
    watching[0] = False


@pytest.mark.parametrize("raising", [False, True])
def test_a_conversation_leaves_no_word_in_memory_output_or_files(raising: bool, knowledge: Knowledge) -> None:
    from dataclasses import replace

    used = replace(knowledge, interpreter=Raising()) if raising else knowledge
    memory = Memory(lambda: NOW)
    out = io.StringIO()
    with no_writing() as opened, redirect_stdout(out), redirect_stderr(out):
        key = memory.key(CHAT)
        for text in (SENTENCE, "x" + SENTENCE, f"/{{{NAME}", NAME, "🆘"):
            reply, note = respond_kindly(Incoming(text=text, sent_at=NOW), memory.recall(key), NOW, used)
            memory.keep(key, note.with_messages((7,), NOW))
            assert reply is not None
            assert NAME not in reply.text
    assert NAME not in out.getvalue()
    assert not opened
    assert_forgotten(memory, used)


def test_the_terminal_leaves_no_word(knowledge: Knowledge) -> None:
    shown: list[str] = []
    with no_writing() as opened:
        chat([SENTENCE, "1", NAME], shown.append, lambda: knowledge, lambda: NOW)
    assert NAME not in "".join(shown)
    assert not opened
    assert_forgotten(knowledge)


def test_the_web_page_s_server_leaves_no_word(knowledge: Knowledge) -> None:
    memory = Memory(lambda: NOW)
    client = TestClient(make_app(lambda: knowledge, memory, lambda: NOW), base_url="http://127.0.0.1")
    out = io.StringIO()
    with no_writing() as opened, redirect_stdout(out), redirect_stderr(out):
        answer = client.post("/api/message", json={"session": NAME, "text": SENTENCE})
        client.post("/api/message", content=f'{{"session": "{NAME}", "text": ')
    assert answer.status_code == 200
    assert NAME not in answer.text + out.getvalue()
    assert not opened
    del answer, client
    gc.collect()
    assert_forgotten(memory, knowledge)


def test_the_canary_is_found_where_it_is_kept() -> None:
    """The tests above can fail: a word that is kept is found."""
    with pytest.raises(AssertionError):
        assert_forgotten({"kept": [f"hello {NAME}"]})
    with pytest.raises(AssertionError):
        assert_forgotten([(CHAT,)])


def test_a_written_file_is_noticed(tmp_path: Path) -> None:
    with no_writing() as opened:
        (tmp_path / "x").write_text("y")
    assert opened


def test_incoming_has_no_place_for_a_person_and_never_shows_its_text() -> None:
    assert {f.name for f in fields(Incoming)} == {"text", "action", "language_hint", "sent_at", "edited", "unseen"}
    assert NAME not in repr(Incoming(text=SENTENCE))


def test_the_note_has_no_place_for_words() -> None:
    assert {f.name for f in fields(Note)} == {
        "language",
        "country",
        "going_to",
        "quiet",
        "messages",
        "late_at",
        "expires_at",
    }
