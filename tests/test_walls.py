"""Walls that the import contracts in pyproject.toml cannot express."""

import re
import subprocess
import sys

from tests.conftest import ROOT

PYTHON = [path for folder in ("bot", "nlu") for path in (ROOT / folder).rglob("*.py")]


def test_rasa_s_recipes_are_imported_for_training_only() -> None:
    """A recipe brings TensorFlow along."""
    importing = {p.relative_to(ROOT).as_posix() for p in PYTHON if "rasa.engine.recipes" in p.read_text("utf-8")}
    assert importing == {"nlu/components/register.py"}


def test_only_one_module_hashes() -> None:
    """Exactly one module turns a chat id into a key."""
    hashing = {
        p.relative_to(ROOT).as_posix() for p in (ROOT / "bot").rglob("*.py") if "blake2b" in p.read_text("utf-8")
    }
    assert hashing == {"bot/memory.py"}


def test_words_for_children_are_not_in_python() -> None:
    """No text in the scripts of our languages stands in code, but in comments and docstrings."""
    letters = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
    allowed = {"nlu/text.py", "nlu/phrases.py"}  # what is normalised, and which vowels stand before their consonant
    for path in PYTHON:
        name = path.relative_to(ROOT).as_posix()
        code = re.sub(r'"""[\s\S]*?"""|#.*', "", path.read_text("utf-8"))
        assert name in allowed or not letters.search(code), name


def test_no_file_is_longer_than_400_lines() -> None:
    assert not [p.name for p in PYTHON if len(p.read_text("utf-8").splitlines()) > 400]


def test_the_running_bot_imports_neither_tensorflow_nor_the_agent() -> None:
    """What the bot imports to talk stays small."""
    code = (
        "import sys, bot.__main__, bot.live, bot.channels.web, bot.channels.telegram;"
        "sys.exit(any(m in sys.modules for m in ('tensorflow', 'rasa.core.agent', 'sklearn')))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
