"""Sends a whole suite through the Telegram door, each message from a child of its own, and judges the replies."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence

from bot.content import Content
from tests.safeguarding.judging import Judged, judge
from tests.safeguarding.suite import Case
from tests.telegram.child import Child
from tests.telegram.standin import Shown, StandIn

FIRST_CHAT = 7_200_000_001
PATIENCE = 120.0
"""Seconds until a run gives up on a bot that does not answer."""
QUIET_FOR = 20.0
"""Seconds without a new reply after which what is missing counts as silence."""


async def run_suite(cases: Sequence[Case], standin: StandIn, content: Content) -> list[Judged]:
    """Every case through whatever bot listens to `standin`, judged.

    Children whose phone speaks the language of their words; no country is chosen.
    """
    children = [Child(standin, id=FIRST_CHAT + i, language_code=case.language) for i, case in enumerate(cases)]
    said_before = len(standin.said)
    for child, case in zip(children, cases, strict=True):
        child.write(case.text)
    await _until_answered(standin, said_before + len(cases))
    replies: dict[int, list[Shown]] = {}
    for shown in standin.said[said_before:]:
        replies.setdefault(shown.chat, []).append(shown)
    return [judge(case, replies.get(child.id, []), content) for child, case in zip(children, cases, strict=True)]


async def _until_answered(standin: StandIn, wanted: int) -> None:
    """Waits until all was confirmed and `wanted` messages were said, or nothing more comes."""
    started = last = time.monotonic()
    said = len(standin.said)
    while standin.waiting or len(standin.said) < wanted:
        await asyncio.sleep(0.05)
        now = time.monotonic()
        if len(standin.said) > said:
            said, last = len(standin.said), now
        if now - last > QUIET_FOR or now - started > PATIENCE:
            return
