"""A child with a phone: writes, presses and sends things through the stand-in, and reads what comes back."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.telegram.standin import Shown, StandIn

PATIENCE = 15.0
"""Seconds until a test gives up. Nothing waits that long unless it is broken."""


async def until(true: Callable[[], object]) -> None:
    """Waits until something is so."""
    late = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < late, "it did not happen"
        await asyncio.sleep(0.005)


@dataclass
class Child:
    """One child in one private chat."""

    standin: StandIn
    id: int = 7_100_000_001
    first_name: str = "Sokha"
    username: str = "sokha_kh"
    language_code: str | None = "km"
    chat: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        self.chat = {"id": self.id, "type": "private", "first_name": self.first_name, "username": self.username}
        self.standin.chats[self.id] = self.chat

    @property
    def user(self) -> dict[str, Any]:
        """Who writes, as the Bot API describes it."""
        user = {"id": self.id, "is_bot": False, "first_name": self.first_name, "username": self.username}
        return user | ({"language_code": self.language_code} if self.language_code else {})

    @property
    def replies(self) -> list[Shown]:
        """All that the bot said to this child, edits included."""
        return [shown for shown in self.standin.said if shown.chat == self.id]

    @property
    def screen(self) -> list[Shown]:
        """What stands in the chat now."""
        return [shown for shown in self.standin.screen.values() if shown.chat == self.id]

    def write(self, text: str, *, age: float = 0) -> int:
        """Sends a text, `age` seconds ago; the update's id."""
        return self._send(text=text, age=age)

    def photo(self, caption: str | None = None) -> int:
        """Sends a photo, with or without words below it."""
        size = {"file_id": "AgACAg", "file_unique_id": "AQAD", "width": 90, "height": 67, "file_size": 1200}
        return self._send(photo=[size]) if caption is None else self._send(photo=[size], caption=caption)

    def voice(self) -> int:
        """Sends a voice message."""
        return self._send(voice={"file_id": "AwAC", "file_unique_id": "AgAD", "duration": 3})

    def sticker(self) -> int:
        """Sends a sticker."""
        kind = {"type": "regular", "is_animated": False, "is_video": False, "width": 512, "height": 512}
        return self._send(sticker={"file_id": "CAAC", "file_unique_id": "AgAE", "emoji": "😢"} | kind)

    def location(self) -> int:
        """Sends where the child is."""
        return self._send(location={"latitude": 13.66, "longitude": 102.55})

    def service(self, **what: Any) -> int:
        """Does something that Telegram writes into the chat."""
        return self._send(**what)

    def press(self, label: str, *, data: str | None = None) -> int:
        """Presses the button with `label` on the newest message that has it; `data` instead of what it carries."""
        shown, button = next(
            (shown, button)
            for shown in sorted(self.screen, key=lambda each: -each.id)
            for button in shown.buttons
            if label in button["text"] and "callback_data" in button
        )
        query = f"query{len(self.standin.calls)}x{shown.id}"
        self.standin.queries.add(query)
        pressed = {
            "id": query,
            "from": self.user,
            "message": shown.as_message(self.chat),
            "chat_instance": "4611686018427387904",
            "data": button["callback_data"] if data is None else data,
        }
        return self.standin.bring({"callback_query": pressed})

    async def gets(self) -> list[Shown]:
        """What the bot said to everything sent since the last look, once it has confirmed all."""
        await until(lambda: not self.standin.waiting)
        fresh, self._seen = self.replies[self._seen :], len(self.replies)
        return fresh

    async def asks(self, text: str, *, age: float = 0) -> Shown:
        """Writes, and gets exactly one reply."""
        self.write(text, age=age)
        return await self.one_reply()

    async def taps(self, label: str, *, data: str | None = None) -> Shown:
        """Presses, and gets exactly one reply."""
        self.press(label, data=data)
        return await self.one_reply()

    async def one_reply(self) -> Shown:
        """Exactly one."""
        replies = await self.gets()
        assert len(replies) == 1, f"{len(replies)} replies"
        return replies[0]

    _seen: int = 0

    def _send(self, *, age: float = 0, **what: Any) -> int:
        date = time.time() - age
        id_ = self.standin.next_message()
        message = {"message_id": id_, "date": int(date), "chat": self.chat, "from": self.user}
        shown = Shown(id_, self.id, str(what.get("text", "")), [], by_bot=False, date=date)
        self.standin.screen[self.id, id_] = shown
        return self.standin.bring({"message": message | what})
