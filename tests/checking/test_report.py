"""docs/content-report.md: written by a command, and an error while it is not what the content says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import bot.content_check
from bot.content import Content
from bot.content_check import check_all, write_report
from tests.conftest import ROOT


def test_the_committed_report_names_every_answer_and_contact(content: Content) -> None:
    report = (ROOT / "docs" / "content-report.md").read_text("utf-8")
    for intent in content.intents.values():
        assert f"| {intent.id} | " in report
    for contact in content.contacts.values():
        row = next(line for line in report.splitlines() if line.startswith(f"| {contact.id} | "))
        assert f"| {contact.called_on or 'never'} | {contact.expires_on} |" in row


def test_a_stale_report_is_an_error_until_it_is_written_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report = tmp_path / "content-report.md"
    report.write_text("# Content report\n", "utf-8")
    monkeypatch.setattr(bot.content_check, "REPORT", report)
    stale = "docs/content-report.md:1: it is not what content says today. Run: rightsbot check --write-report."
    for written, wanted in ((False, True), (True, False)):
        if written:
            write_report(ROOT / "content")
        problems = check_all(ROOT / "content", ROOT / "locales", today=date(2026, 11, 24))
        assert (stale.rstrip(".") in "\n".join(map(str, problems))) is wanted
