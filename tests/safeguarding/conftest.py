"""The stand-in of Telegram, a door and the trained model."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.content import Content
from bot.knowledge import Knowledge
from nlu.model import Model
from nlu.training import model_folder
from tests.telegram.conftest import anyio_backend, child, make_door, run_door, server, standin

__all__ = ["anyio_backend", "child", "make_door", "run_door", "server", "standin"]


@pytest.fixture(scope="session")
def trained(real_knowledge: Knowledge, content: Content) -> Knowledge:
    """Real content and the really trained model."""
    folder = model_folder()
    if not folder.exists():
        pytest.fail("no model for today's files: run `make train`")
    return replace(real_knowledge, interpreter=Model(folder, frozenset(content.intents)))
