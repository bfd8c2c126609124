"""The webhook: real HTTP, as Telegram brings updates, and as others try."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from bot.channels.telegram import Door, webhook
from bot.knowledge import Knowledge
from tests.telegram.child import Child, until
from tests.telegram.conftest import SECRET, RunDoor
from tests.telegram.standin import StandIn
from tests.telegram.test_delivery import BROKEN

pytestmark = pytest.mark.anyio

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
HIT = "ម្តាយវាយខ្ញុំ"


@pytest.fixture
async def hook(run_hook: RunDoor) -> AsyncIterator[Door]:
    """A running webhook."""
    async with run_hook() as door:
        yield door


@pytest.fixture
async def visitor(standin: StandIn, hook: Door) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody on the internet who knows the address."""
    assert standin.webhook
    async with httpx.AsyncClient(trust_env=False, base_url=standin.webhook["url"].rpartition("/")[0]) as client:
        yield client


async def post(visitor: httpx.AsyncClient, body: bytes, **headers: str) -> int:
    """Brings a body with Telegram's secret; the status of the answer."""
    given = {SECRET_HEADER: SECRET, "Content-Type": "application/json"} | headers
    return (await visitor.post("/telegram", content=body, headers=given)).status_code


async def test_a_conversation(standin: StandIn, child: Child, hook: Door) -> None:
    """Everything works as by polling; Telegram is asked for no update."""
    assert "ខ្មែរ" in (await child.asks("/start")).labels
    await child.taps("ខ្មែរ")
    await child.asks(HIT)
    await child.asks("/erase")
    await child.taps("🧹")
    assert len(child.screen) == 1
    assert standin.calls_of("getUpdates") == []
    assert {status for _, status in standin.brought} == {200}


async def test_the_answer_comes_after_the_reply_was_taken(standin: StandIn, child: Child, hook: Door) -> None:
    """A crash before that is no loss: Telegram brings the update again."""
    sending = standin.hold("sendMessage")
    child.write("/start")
    await until(lambda: standin.calls_of("sendMessage"))
    assert standin.brought == []
    sending.set()
    await child.one_reply()


async def test_telegram_is_not_kept_waiting_for_ever(
    standin: StandIn, child: Child, hook: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After 25 seconds (here 0.1) it is told that all is well, and the reply still comes."""
    assert webhook.ANSWER_SECONDS == 25
    monkeypatch.setattr(webhook, "ANSWER_SECONDS", 0.1)
    sending = standin.hold("sendMessage")
    child.write("/start")
    await until(lambda: standin.brought)
    assert child.replies == []
    sending.set()
    await until(lambda: len(child.replies) == 1)


async def test_what_is_brought_twice_is_answered_once(standin: StandIn, child: Child, hook: Door) -> None:
    """Also while the first one is still being answered."""
    standin.twice = True
    await child.asks("/start")
    await child.taps("ខ្មែរ")
    await child.asks(HIT)
    sending = standin.hold("sendMessage")
    child.write("/menu")
    await until(lambda: len(standin.calls_of("sendMessage")) == 3)
    again = asyncio.ensure_future(_bring_again(standin))
    sending.set()
    assert await again == 200
    await child.one_reply()


async def _bring_again(standin: StandIn) -> int:
    assert standin.webhook
    async with httpx.AsyncClient(trust_env=False, headers={SECRET_HEADER: SECRET}) as client:
        return (await client.post(standin.webhook["url"], json=standin._updates[0])).status_code


async def test_a_slow_chat_delays_nobody(standin: StandIn, child: Child, friend: Child, hook: Door) -> None:
    """Chats are answered side by side, one chat in order."""
    slow = standin.hold("sendMessage", child.id)
    child.write("/start")
    child.write("/erase")
    for _ in range(3):
        friend.write("/menu")
    await until(lambda: len(friend.replies) == 3)
    assert child.replies == []
    slow.set()
    welcome, _ = await child.gets()
    assert "ខ្មែរ" in welcome.labels


@pytest.mark.parametrize("headers", [{}, {SECRET_HEADER: ""}, {SECRET_HEADER: SECRET[:-1]}, {SECRET_HEADER: "\xe9"}])
async def test_without_the_secret_nothing_is_read(
    standin: StandIn, visitor: httpx.AsyncClient, child: Child, headers: dict[str, str]
) -> None:
    """403, whatever the body is, and the next child is answered."""
    update = {"update_id": 1, "message": {"message_id": 1, "date": 1, "chat": child.chat, "text": "/start"}}
    raw = {name: value.encode("latin-1") for name, value in headers.items()}
    for body in (json.dumps(update).encode(), b"{", b""):
        answer = await visitor.post("/telegram", content=body, headers=raw)  # type: ignore[arg-type]
        assert (answer.status_code, answer.text) == (403, "")
    assert child.replies == []
    await child.asks("/start")


async def test_a_large_body_without_the_secret_is_not_waited_for(visitor: httpx.AsyncClient) -> None:
    """The answer is there before the body is."""
    reader, writer = await asyncio.open_connection(visitor.base_url.host, visitor.base_url.port)
    writer.write(b"POST /telegram HTTP/1.1\r\nHost: x\r\nContent-Length: 10000000\r\n\r\n")
    await writer.drain()
    answer = await asyncio.wait_for(reader.read(), 2)
    assert answer.startswith(b"HTTP/1.1 403 ")
    writer.close()


BAD = {
    "no JSON": (b"{", 400),
    "nothing": (b"", 400),
    "no object": (b"[]", 400),
    "no id": (b"{}", 400),
    "a null id": (b'{"update_id": null}', 400),
    "an id in words": (b'{"update_id": "7"}', 400),
    "bytes that are no text": (b'{"update_id": 1, "message": "\xff\xfe"}', 400),
    "deep": (b'{"update_id": 1, "message": ' + b"[" * 90_000, 400),
    "a huge number": (b'{"update_id": 1' + b"0" * 5_000 + b"}", 400),
    "an unknown kind": (b'{"update_id": 71, "a_new_kind": {"of": "update"}}', 200),
    "null fields": (b'{"update_id": 72, "message": null, "callback_query": null, "my_chat_member": null}', 200),
    "large": (b'{"update_id": 73, "message": "' + b"x" * 10_000_000 + b'"}', 413),
}


@pytest.mark.parametrize("name", BAD)
async def test_bad_bodies(visitor: httpx.AsyncClient, child: Child, hook: Door, name: str) -> None:
    """Each gets the status that Telegram expects, nothing grows, and the next child is answered."""
    body, status = BAD[name]
    try:
        assert await post(visitor, body) == status
    except (httpx.WriteError, httpx.ReadError):  # the server closed the connection while the body was still coming
        assert status == 413
    assert len(hook._turns) == len(hook._running) == 0
    await child.asks("/start")


async def test_a_large_body_in_pieces_is_refused(visitor: httpx.AsyncClient, child: Child) -> None:
    """A body that does not tell its length is counted as it comes."""

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(100):
            yield b" " * 100_000

    try:
        answer = await visitor.post("/telegram", content=pieces(), headers={SECRET_HEADER: SECRET})
        assert answer.status_code == 413
    except (httpx.WriteError, httpx.ReadError):
        pass  # closed while the body was still coming
    await child.asks("/start")


async def test_malformed_updates_are_taken_and_left(visitor: httpx.AsyncClient, child: Child) -> None:
    """Telegram must not bring them again and again."""
    for number, update in enumerate(BROKEN):
        assert await post(visitor, json.dumps({"update_id": number} | update).encode()) == 200
    await child.asks("/start")


ODD: dict[str, dict[str, Any]] = {
    "lone surrogates": {"text": "\ud83d police \udc00"},
    "no user": {"text": "/menu", "from": None},
    "a user of strange types": {"text": "/menu", "from": {"id": "x", "language_code": 7}},
    "null words": {"text": None, "caption": None},
    "words that are no text": {"text": 7},
    "nothing": {},
    "no date": {"text": "/menu", "date": None},
    "a nul": {"text": "\x00"},
    "an empty photo": {"photo": []},
}


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("chat", [7_100_000_001, 2**52 - 1, 2**63 - 1])
async def test_odd_messages_get_a_kind_reply(
    standin: StandIn, visitor: httpx.AsyncClient, hook: Door, chat: int, name: str
) -> None:
    """Whatever is missing in a message, whoever wrote it gets one reply."""
    child = Child(standin, id=chat, language_code=None)
    message = {"message_id": 5, "date": int(time.time()), "chat": child.chat} | ODD[name]
    assert await post(visitor, json.dumps({"update_id": 2**60 + 1, "message": message}).encode()) == 200
    assert len(child.replies) == 1
    assert child.replies[0].rows


async def test_other_addresses_and_methods(visitor: httpx.AsyncClient) -> None:
    """Nothing else is served."""
    assert (await visitor.get("/telegram")).status_code == 405
    assert (await visitor.post("/", content=b"{}", headers={SECRET_HEADER: SECRET})).status_code == 404
    assert (await visitor.get("/docs")).status_code == 404


async def test_health(visitor: httpx.AsyncClient) -> None:
    """Supervisors ask without a secret."""
    assert (await visitor.get("/healthz")).status_code == 200
    assert (await visitor.get("/readyz")).status_code == 200


async def test_a_flood_of_wrong_secrets_writes_one_line(
    visitor: httpx.AsyncClient, capfd: pytest.CaptureFixture[str]
) -> None:
    """The log does not grow with it; the count comes with the next line."""
    for _ in range(200):
        await visitor.post("/telegram", content=b"{}")
    assert capfd.readouterr().err.count("request_refused") == 1


async def test_a_webhook_answers_from_knowledge_of_now(child: Child, hook: Door, knowledge: Knowledge) -> None:
    """The same content as everywhere."""
    assert (await child.asks("/menu")).text == knowledge.say("km")("menu_text")


async def test_readiness_is_told(hook: Door) -> None:
    """While the model loads, Telegram is not reached yet, or a stop was asked for, /readyz says so."""
    for is_ready, wanted in ((True, 200), (False, 503)):
        app = webhook.make_app(hook, "/telegram", SECRET, lambda is_ready=is_ready: is_ready)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot") as client:
            assert (await client.get("/readyz")).status_code == wanted
            assert (await client.get("/healthz")).status_code == 200
