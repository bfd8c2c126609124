"""Orders of paper for the real content."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.knowledge import Door, Knowledge
from bot.printing.papers import Order
from bot.printing.writing import order_papers
from tests.web.conftest import browser

__all__ = ["browser"]

Ordering = Callable[..., Order]


@pytest.fixture(scope="session")
def folder_knowledge(real_knowledge: Knowledge) -> Knowledge:
    """What the papers and the folder are made of."""
    return replace(real_knowledge, door=Door.FOLDER)


@pytest.fixture
def order(folder_knowledge: Knowledge) -> Ordering:
    """An order of paper, with a bot or without."""

    def make(language: str, country: str, bot: str = "", knowledge: Knowledge = folder_knowledge) -> Order:
        return order_papers(language, country, bot, knowledge)

    return make
