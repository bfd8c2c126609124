"""A child with a phone: writes, presses and sends things through the stand-in, and reads what comes back."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.telegram.standin import BOT, Shown, StandIn

PATIENCE = 15.0
"""Seconds until a test gives up. Nothing waits that long unless it is broken."""

_FILE = {"file_id": "BQAC", "file_unique_id": "AgAD"}
_ANSWER = {"persistent_id": "0", "text": "Yes", "voter_count": 0}
_POLL = {"id": "5", "question": "Hungry?", "options": [_ANSWER], "total_voter_count": 0, "type": "regular"}
_POLL |= dict.fromkeys(("is_closed", "is_anonymous", "allows_multiple_answers", "allows_revoting"), False)
_STRANGER = {"id": 7_200_000_003, "is_bot": False, "first_name": "Stranger"}
THINGS: dict[str, dict[str, Any]] = {
    "video": {"video": _FILE | {"width": 90, "height": 67, "duration": 2}},
    "video_note": {"video_note": _FILE | {"length": 240, "duration": 2}},
    "audio": {"audio": _FILE | {"duration": 2}},
    "animation": {"animation": _FILE | {"width": 90, "height": 67, "duration": 2}, "document": _FILE},
    "document": {"document": _FILE | {"file_name": "passport.pdf"}},
    "contact": {"contact": {"phone_number": "+85512345678", "first_name": "Dara"}},
    "venue": {"venue": {"location": {"latitude": 1.5, "longitude": 2.5}, "title": "Market", "address": "Street 1"}},
    "poll": {"poll": _POLL},
    "dice": {"dice": {"emoji": "🎲", "value": 3}},
    "story": {"story": {"chat": {"id": -100_9, "type": "channel", "title": "Old"}, "id": 4}},
    "something new": {"something_new": {"shape": "round"}},
    "forwarded sticker": {
        "sticker": _FILE | {"type": "regular", "width": 5, "height": 5, "is_animated": False, "is_video": False},
        "forward_origin": {"type": "user", "date": 1_790_000_000, "sender_user": _STRANGER},
    },
}
FORWARDED = {"forward_origin": {"type": "hidden_user", "date": 1_790_000_000, "sender_user_name": "Somebody"}}
ADMINISTRATOR = (
    *("can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats"),
    *("can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories"),
    *("can_edit_stories", "can_delete_stories"),
)


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

    def write(self, text: str, *, age: float = 0, **more: Any) -> int:
        """Sends a text, `age` seconds ago, with whatever else Telegram tells of it; the update's id."""
        return self._send(text=text, age=age, **more)

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

    def other(self, sort: str, **more: Any) -> int:
        """Sends something else that a phone can send, as the Bot API describes it (`THINGS`)."""
        return self._send(**THINGS[sort], **more)

    def album(self, *captions: str | None) -> list[int]:
        """Sends several photos at once, each with its words or without."""
        size = {"file_id": "AgACAg", "file_unique_id": "AQAD", "width": 90, "height": 67, "file_size": 1200}
        group = f"137{self.standin.next_message()}"
        words = [{} if caption is None else {"caption": caption} for caption in captions]
        return [self._send(photo=[size], media_group_id=group, **each) for each in words]

    def edit(self, text: str, *, message: int | None = None) -> int:
        """Changes the words of the last message that the child sent, or of `message`."""
        mine = [shown for shown in self.screen if not shown.by_bot]
        old = max(mine, key=lambda shown: shown.id) if message is None else self.standin.screen[self.id, message]
        when = {"date": int(old.date), "edit_date": int(time.time())}
        edited = {"message_id": old.id, "chat": self.chat, "from": self.user, "text": text} | when
        return self.standin.bring({"edited_message": edited})

    def answers(self, shown: Shown, text: str) -> int:
        """Replies to a message of the bot."""
        return self._send(text=text, reply_to_message=shown.as_message(self.chat))

    def adds_to(self, group: int, kind: str = "supergroup") -> int:
        """Brings the bot into a group or channel."""
        chat = self.standin.chats.setdefault(group, {"id": group, "type": kind, "title": "Club"})
        now = {"user": BOT, "status": "administrator" if kind == "channel" else "member"}
        if kind == "channel":
            now |= dict.fromkeys(ADMINISTRATOR, False)
        before = {"user": BOT, "status": "left"}
        change = {"chat": chat, "from": self.user, "date": int(time.time())}
        return self.standin.bring({"my_chat_member": change | {"old_chat_member": before, "new_chat_member": now}})

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
