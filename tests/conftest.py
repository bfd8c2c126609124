"""What all tests share: the real content once, a clock that stands still, and an interpreter that a test can set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timezone
from pathlib import Path

import pytest

from bot.content import Content
from bot.content_files import read_content
from bot.danger import DangerFinder
from bot.knowledge import Knowledge
from bot.wording import read_wording
from nlu.concepts import load_lexicon
from nlu.understanding import NOTHING, Understanding

ROOT = Path(__file__).resolve().parents[1]
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=timezone.utc)
LANGUAGES = ("th", "my", "lo", "km", "en")


class Scripted:
    """An interpreter that knows just the texts it was given, with probability 0.9."""

    def __init__(self, known: Mapping[str, str]) -> None:
        self.known = dict(known)

    def interpret(self, text: str) -> Understanding:
        intent = self.known.get(text)
        return NOTHING if intent is None else Understanding(intent, 0.9, ((intent, 0.9),))


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads the settings of the machine it runs on."""
    for name in (
        "TELEGRAM_BOT_TOKEN",
        "TELEGRAM_API_URL",
        "RIGHTSBOT_COUNTRY",
        "RIGHTSBOT_LANGUAGE",
        "RIGHTSBOT_CONTENT",
        "PORT",
    ):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def content() -> Content:
    """The real content."""
    return read_content(ROOT / "content").content


@pytest.fixture(scope="session")
def real_knowledge(content: Content) -> Knowledge:
    """Real content, wording and danger phrases, and no model."""
    return Knowledge(
        content=content,
        wording=read_wording(ROOT / "locales"),
        danger=DangerFinder(content, load_lexicon()),
        interpreter=Scripted({}),
        today=lambda: date(2026, 11, 24),
    )


@pytest.fixture
def knowledge(real_knowledge: Knowledge) -> Knowledge:
    """The same, with an interpreter of the test's own."""
    return replace(real_knowledge, interpreter=Scripted({}))
