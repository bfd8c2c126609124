"""The commands as their users type them: exit codes, one sentence for a wrong setting, JSON for measuring."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.__main__ import reply_entry, understanding_entry
from bot.conversation import respond
from bot.knowledge import Knowledge
from bot.memory import Note
from bot.messages import Incoming
from tests.conftest import NOW, ROOT


def rightsbot(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean: Mapping[str, str] = {k: v for k, v in os.environ.items() if not k.startswith(("TELEGRAM", "RIGHTSBOT"))}
    command = [sys.executable, "-m", "bot", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env={**clean, **environment}, capture_output=True, text=True, check=False, timeout=120
    )


def test_help_shows_an_example_for_a_command() -> None:
    assert "Example: rightsbot understand --json" in rightsbot("understand", "--help").stdout


def test_a_missing_token_is_one_sentence_and_exit_code_2() -> None:
    run = rightsbot("telegram")
    assert run.returncode == 2
    assert run.stderr.strip() == (
        "TELEGRAM_BOT_TOKEN is missing: get a token from @BotFather and put it into the file .env."
    )
    assert run.stdout == ""


def test_a_bad_setting_is_one_sentence_and_exit_code_2() -> None:
    run = rightsbot("check", RIGHTSBOT_COUNTRY="Siam")
    assert run.returncode == 2
    assert run.stderr.count("\n") == 1
    assert "RIGHTSBOT_COUNTRY" in run.stderr


def test_unreviewed_texts_do_not_go_live_unseen() -> None:
    run = rightsbot("telegram", TELEGRAM_BOT_TOKEN="123456:TOKENTOKEN", TELEGRAM_API_URL="http://127.0.0.1:9/bot")
    assert run.returncode == 2
    last = run.stderr.strip().splitlines()[-1]
    assert "--drafts" in last
    assert "TOKENTOKEN" not in run.stderr


def test_an_unknown_command_is_refused() -> None:
    assert rightsbot("dance").returncode == 2


def test_understanding_is_one_object_per_text(knowledge: Knowledge) -> None:
    entry = understanding_entry("ตำรวจจับหนู", knowledge)
    assert json.loads(json.dumps(entry)) == {
        "text": "ตำรวจจับหนู",
        "language": "th",
        "intent": None,
        "confidence": 0.0,
        "alternatives": [],
        "danger": ["detained_now"],
        "decision": "urgent",
        "shown": ["detained_now"],
    }


@pytest.mark.parametrize(("text", "decision"), [("🆘", "urgent"), ("🌻", "urgent"), ("", "lost"), ("stop", "lost")])
def test_whole_message_words_show_in_the_decision(text: str, decision: str, knowledge: Knowledge) -> None:
    assert understanding_entry(text, knowledge)["decision"] == decision


def test_a_reply_is_printed_with_its_buttons(knowledge: Knowledge) -> None:
    reply, _ = respond(Incoming(text="ប៉ូលិសចាប់ខ្ញុំ", sent_at=NOW), Note(country="TH"), NOW, knowledge)
    entry = reply_entry(reply)
    assert set(entry) == {"text", "buttons", "urgent", "language"}
    assert entry["language"] == "km"
    assert reply_entry(None) == {}


def test_print_refuses_drafts_and_says_how_to_print_them(tmp_path: Path) -> None:
    run = rightsbot("print", "--language", "km", "--country", "TH", "--out", str(tmp_path / "paper"))
    assert run.returncode == 2
    assert "--drafts" in run.stderr
    assert not (tmp_path / "paper").exists()


def test_print_writes_paper_and_a_folder(tmp_path: Path) -> None:
    where = ("--out", str(tmp_path / "paper"), "--site", str(tmp_path / "site"))
    run = rightsbot("print", "--language", "km", "--country", "TH", "--drafts", *where)
    assert run.returncode == 0
    assert (tmp_path / "paper" / "index.html").exists()
    assert (tmp_path / "site" / "index.html").exists()
    assert str(tmp_path / "site" / "index.html") in run.stdout


@pytest.mark.parametrize("arguments", [(), ("--out", "paper"), ("--out", "paper", "--language", "km")], ids=str)
def test_print_says_what_it_still_needs(arguments: tuple[str, ...]) -> None:
    run = rightsbot("print", *arguments)
    assert run.returncode == 2
    assert len(run.stderr.strip().split("\n")[-1]) < 200
    assert "--out" in run.stderr or "--language" in run.stderr
