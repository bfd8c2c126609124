"""Whatever is broken: *Help now*, danger phrases, urgent answers and contacts work through the door."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.knowledge import Knowledge
from tests.conftest import LANGUAGES, ROOT
from tests.safeguarding.drilling import drill, spoken_phrases
from tests.safeguarding.failures import FAILURES, Failure
from tests.telegram.conftest import RunDoor, now
from tests.telegram.standin import StandIn


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of content and interface texts that a failure may spoil."""
    for name in ("content", "locales"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


def test_ten_dangers_are_told_in_every_language(real_knowledge: Knowledge) -> None:
    """What the drills below say."""
    assert {language: len(spoken_phrases(real_knowledge.content, language)) for language in LANGUAGES} == dict.fromkeys(
        LANGUAGES, 10
    )


@pytest.mark.anyio
@pytest.mark.parametrize("failure", FAILURES, ids=lambda failure: failure.name)
async def test_danger_survives(
    failure: Failure, folder: Path, run_door: RunDoor, standin: StandIn, real_knowledge: Knowledge
) -> None:
    with failure.running(folder, now) as (know, memory):
        async with run_door(know, memory):
            assert await drill(standin, real_knowledge) == []
