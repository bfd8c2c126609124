"""The terminal as a door: one person, one conversation; buttons are numbers to type."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from bot.actions import Action, Kind
from bot.conversation import respond_kindly
from bot.knowledge import Knowledge
from bot.memory import NO_NOTE, Note
from bot.messages import Button, Incoming, Reply


def chat(
    lines: Iterable[str], show: Callable[[str], None], knowledge: Callable[[], Knowledge], clock: Callable[[], datetime]
) -> None:
    """Talks until `lines` end. A line that is the number of a button presses it; `show` prints a reply."""
    note: Note = NO_NOTE
    incoming = Incoming(action=Action(Kind.START), sent_at=clock())
    waiting = iter(lines)
    while True:
        reply, note = respond_kindly(incoming, note, clock(), knowledge())
        buttons = [] if reply is None else [button for row in reply.buttons for button in row]
        if reply is not None:
            show(as_text(reply))
        line = next(waiting, None)
        if line is None:
            return
        incoming = _incoming(line, buttons, clock())


def as_text(reply: Reply) -> str:
    """The reply as lines of text: its words, then each button with its number."""
    numbered = []
    count = 0
    for row in reply.buttons:
        labels = []
        for button in row:
            count += 1
            labels.append(f"[{count}] {button.label}")
        numbered.append("  ".join(labels))
    return "\n".join([reply.text, "", *numbered, ""])


def _incoming(line: str, buttons: list[Button], now: datetime) -> Incoming:
    numbered = {str(i): button.action for i, button in enumerate(buttons, start=1)}
    action = numbered.get(line.strip())
    return Incoming(text=line, sent_at=now) if action is None else Incoming(action=action, sent_at=now)
