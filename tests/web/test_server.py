"""The chat page's server: one reply to each message, kind or clear about nonsense, and it gives nothing away."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from starlette.testclient import TestClient

from bot.channels.web import HOST, MAX_BODY, PAGE, listen, listen_near, make_app, serve
from bot.knowledge import Knowledge
from bot.live import LateInterpreter
from bot.memory import Memory
from bot.settings import SettingsError
from nlu.understanding import Interpreter, Understanding
from tests.conftest import LANGUAGES, NOW, Scripted

SESSION = "a1" * 16
FRIEND = "b2" * 16
ARRESTED = {
    "th": "ตำรวจจับหนู",
    "my": "ရဲဖမ်းထားတယ်",
    "lo": "ຕຳຫຼວດຈັບຂ້ອຍ",
    "km": "ប៉ូលិសចាប់ខ្ញុំ",
    "en": "police arrested me",
}
HEADERS = {
    "content-security-policy": "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
}


@pytest.fixture
def memory() -> Memory:
    return Memory(lambda: NOW)


@pytest.fixture
def client(knowledge: Knowledge, memory: Memory) -> TestClient:
    return _client(knowledge, memory)


def _client(knowledge: Knowledge, memory: Memory, clock: Callable[[], datetime] = lambda: NOW) -> TestClient:
    return TestClient(make_app(lambda: knowledge, memory, clock), base_url=f"http://{HOST}:8080")


def _send(client: TestClient, session: str = SESSION, **what: str) -> dict[str, object]:
    answer = client.post("/api/message", content=json.dumps({"session": session, **what}))
    assert answer.status_code == 200
    reply = answer.json()
    assert isinstance(reply, dict)
    assert reply["text"]
    assert reply["language"] in LANGUAGES
    always = [button["action"][0] for button in reply["buttons"][-1]]
    assert always == ["h", "m"]
    return reply


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_reply_in_the_child_s_language(client: TestClient, language: str) -> None:
    reply = _send(client, text=ARRESTED[language])
    assert reply["language"] == language
    assert reply["urgent"] is True
    assert "1387" in str(reply["text"])


def test_every_button_of_the_menu_answers(client: TestClient) -> None:
    menu = _send(client, action="m::km")
    rows = menu["buttons"]
    assert isinstance(rows, list)
    for button in (button for row in rows for button in row):
        assert _send(client, action=button["action"])["language"] == "km"


def test_the_browser_s_language_is_a_hint(client: TestClient) -> None:
    assert _send(client, action="s", hint="km-KH")["language"] == "km"
    assert _send(client, action="s", hint="xx")["language"] == "en"


ODD = {
    "empty": "",
    "blank": "   ",
    "emoji": "🙂🙂🙂",
    "sos": "🆘",
    "flower": "🌻",
    "long": "x" * 10_000,
    "long Khmer": "ប៉ូលិស " * 1_500,
    "invisible": "\u200b",
    "control": "\x00\x1b[31m",
    "half a letter": "\ud800",
    "family": "👩\u200d👩\u200d👧" * 500,
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_any_text_gets_a_kind_reply(client: TestClient, text: str) -> None:
    _send(client, text=text)


@pytest.mark.parametrize("action", ["", "?", "a:no_such_answer:th", "C::en:XX", "::::", "é", "m" * 500])
def test_any_button_gets_a_kind_reply(client: TestClient, action: str) -> None:
    _send(client, action=action)


def test_an_unknown_intent_of_the_model_gets_a_kind_reply(knowledge: Knowledge, memory: Memory) -> None:
    _send(_client(replace(knowledge, interpreter=Scripted({"hm": "no_such_intent"})), memory), text="hm")


BAD: dict[str, bytes | str] = {
    "nothing": b"",
    "not JSON": b"hello",
    "cut off": b'{"session": "a", "text": "hel',
    "a list": b'["hello"]',
    "a number": b"1",
    "null": b"null",
    "not UTF-8": b'{"session": "a", "text": "\xff\xfe"}',
    "deep": b"[" * 90_000,
    "a long number": b"9" * 50_000,
    "no session": '{"text": "hello"}',
    "empty session": '{"session": "", "text": "hello"}',
    "no such session": '{"session": "\\ud800", "text": "hello"}',
    "long session": '{"session": "' + "a" * 65 + '", "text": "hello"}',
    "session as a number": '{"session": 5, "text": "hello"}',
    "text as a list": '{"session": "a", "text": ["hello"]}',
    "text as null": '{"session": "a", "text": null}',
    "action as an object": '{"session": "a", "action": {"kind": "h"}}',
    "hint as a number": '{"session": "a", "text": "hello", "hint": 1}',
    "unknown field": '{"session": "a", "text": "hello", "name": "Sokha"}',
    "neither text nor action": '{"session": "a"}',
    "200 kB": '{"session": "a", "text": "' + "x" * 200_000 + '"}',
    "a byte too much": '{"session": "a", "text": "'.ljust(MAX_BODY - 1, "x") + '"}',
}


@pytest.mark.parametrize("body", BAD.values(), ids=BAD.keys())
def test_what_the_page_never_sends_is_refused(client: TestClient, body: bytes | str) -> None:
    answer = client.post("/api/message", content=body)
    assert answer.status_code == 400
    assert answer.text == "{}"


@pytest.mark.parametrize("host", ["example.org", "127.0.0.1.example.org", "0.0.0.0:8080", ""])
def test_another_host_is_refused(client: TestClient, host: str) -> None:
    """A page elsewhere that has its name point to this computer reads nothing."""
    for method, path in (("GET", "/"), ("POST", "/api/message")):
        answer = client.request(method, path, headers={"Host": host})
        assert answer.status_code == 400
        assert "Help now" not in answer.text


def test_localhost_is_this_computer(client: TestClient) -> None:
    assert client.get("/", headers={"Host": "localhost:8080"}).status_code == 200


def _answers(client: TestClient) -> dict[str, Any]:
    paths = ["/", "/nowhere", "/%2e%2e/web.py", "/api/message", "/api/nothing"]
    paths += [f"/{path.relative_to(PAGE).as_posix()}" for path in PAGE.rglob("*") if path.is_file()]
    answers = {path: client.get(path) for path in paths}
    answers["message"] = client.post("/api/message", json={"session": SESSION, "text": "hello"})
    answers["bad message"] = client.post("/api/message", content=b"{")
    answers["bad host"] = client.get("/", headers={"Host": "example.org"})
    return answers


def test_every_answer_has_the_headers_and_sets_no_cookie(client: TestClient) -> None:
    answers = _answers(client)
    for path, answer in answers.items():
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS, path
        assert "set-cookie" not in answer.headers, path
        assert "access-control-allow-origin" not in answer.headers, path
    refused = {path: answer.status_code for path, answer in answers.items() if answer.status_code != 200}
    assert refused == {
        "/nowhere": 404,
        "/%2e%2e/web.py": 404,
        "/api/message": 404,
        "/api/nothing": 404,
        "bad message": 400,
        "bad host": 400,
    }


def test_the_page_names_no_other_place(client: TestClient) -> None:
    """Its title says nothing, and no file of it speaks of an address elsewhere, or holds a style or script inside."""
    page = client.get("/").text
    assert "<title>Chat</title>" in page
    for banned in ("http", "//", " style=", "<style", " onclick"):
        assert banned not in page
    for name in ("style.css", "chat.js"):
        assert "http" not in client.get(f"/{name}").text


def test_the_country_is_remembered_for_its_session_only(client: TestClient) -> None:
    _send(client, action="C:detained_now:en:TH")
    assert "in Laos" not in str(_send(client, text="police arrested me"))
    assert "in Laos" in str(_send(client, FRIEND, text="police arrested me"))


def test_erase_forgets(client: TestClient, memory: Memory) -> None:
    _send(client, action="C:detained_now:en:TH")
    _send(client, FRIEND, action="C:detained_now:en:KH")
    assert _send(client, action="E::en")["erases"] is True
    assert memory.recall(memory.key(SESSION)).country is None
    assert memory.recall(memory.key(FRIEND)).country == "KH"
    assert "in Laos" in str(_send(client, text="police arrested me"))


def test_reading_leaves_no_note(client: TestClient, memory: Memory) -> None:
    for text in ARRESTED.values():
        _send(client, text=text)
    assert not memory._notes


def test_danger_is_answered_before_the_model_is_there(knowledge: Knowledge, memory: Memory) -> None:
    ready = threading.Event()

    def load() -> Interpreter:
        ready.wait(10)
        return Scripted({"hello there": "chat_greet"})

    late = LateInterpreter(load)
    client = _client(replace(knowledge, interpreter=late), memory)
    assert _send(client, text="police arrested me")["urgent"] is True
    before = _send(client, text="hello there")
    ready.set()
    assert late.loaded.wait(10)
    assert _send(client, text="hello there") != before


class _Failing:
    def interpret(self, text: str) -> Understanding:
        raise ValueError(text)


@pytest.mark.parametrize("interpreter", [Scripted({}), _Failing()], ids=["well", "failing"])
def test_nothing_of_a_message_is_written(
    knowledge: Knowledge, memory: Memory, capfd: pytest.CaptureFixture[str], interpreter: Interpreter
) -> None:
    client = _client(replace(knowledge, interpreter=interpreter), memory)
    _send(client, text="Sokha4711 police arrested me")
    _send(client, action="Sokha4711")
    client.post("/api/message", content=b'{"session": "Sokha4711", "text": Sokha4711')
    client.post("/api/message?Sokha4711", content=b"Sokha4711", headers={"Host": "Sokha4711"})
    client.get("/Sokha4711")
    written = "".join(capfd.readouterr())
    assert "Sokha" not in written
    assert SESSION not in written
    assert "Traceback" not in written


def test_a_taken_port_is_named_and_the_next_one_used(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server((HOST, 0)) as taken:
        port = taken.getsockname()[1]
        with listen_near(port) as listener:
            used = listener.getsockname()[1]
            assert port < used < port + 20
            assert capsys.readouterr().out == f"Port {port} is in use by another programme: using {used}.\n"


def test_a_port_that_cannot_be_had_is_one_sentence(knowledge: Knowledge, memory: Memory) -> None:
    with pytest.raises(SettingsError, match=r"Port 70000 .*--port"):
        serve(lambda: knowledge, memory, lambda: NOW, port=70_000, open_browser=False)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_club_s_texts_come_in_each_language(knowledge: Knowledge, memory: Memory, language: str) -> None:
    club = _client(knowledge, memory).get(f"/api/club/{language}").json()
    assert club["language"] == language
    assert all(club["labels"].values())
    assert len(club["modules"]) == 5
    assert club["sections"]
    assert club["stories"]
    assert club["quiz"]


@pytest.mark.parametrize("language", ["xx", "..%2f..%2fpyproject.toml", "TH", "%00"])
def test_an_unknown_language_has_no_club(knowledge: Knowledge, memory: Memory, language: str) -> None:
    answer = _client(knowledge, memory).get(f"/api/club/{language}")
    assert answer.status_code == 404
    assert answer.text in ("{}", "Not Found")


def test_only_this_computer_can_ask() -> None:
    with listen(0) as listener:
        assert listener.getsockname()[0] == "127.0.0.1"
