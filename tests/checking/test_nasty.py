"""Whatever stands in a file, the check says something about it and never fails."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
import yaml

import bot.content_files
from bot.content_check import check_all
from tests.checking.conftest import point_to
from tests.checking.project import TODAY

NASTY: tuple[Any, ...] = (None, True, -1, 1.5, "", "{0} {", "ก\u200b", [], [[]], [None], {}, {"a": None}, {1: [2]})
CONTACT = {
    "kinds": ["police"],
    "show": "yes",
    "numbers": ["191"],
    "web": None,
    "languages": ["km"],
    "hours": "always",
    "cost": "free",
    "source_seen_on": "2026-11-23",
    "called_on": None,
    "expires_on": "2027-05-23",
    "confidence": "high",
    "sources": [{"url": "x", "says": "y", "year": None}],
}
ANSWER = {
    "ask": "หนูถูกจับ",
    "quiet": "หนู",
    "say": "หนู",
    "do": ["หนู"],
    "countries": {"TH": "หนู"},
    "facts": ["D9"],
    "sources": ["CRC 40"],
    "next": ["detained_sign"],
    "review": {"state": "draft", "on": "2026-11-23"},
    "translated_from": "00000000",
}
WORDS = {"words": {"arrest": {"use": "จับ", "not": ["จับกุม"]}}}
LANGUAGE = {"native_name": "ไทย", "script": "Thai", "live": True}
FILES: dict[str, Any] = {
    "content/catalog.yml": {
        "detained": {
            "detained_now": {"asks": "x", "urgent": True, "kinds": ["child_helpline"]},
            "detained_sign": {"asks": "x"},
        }
    },
    "content/languages.yml": {
        "languages": {
            "th": LANGUAGE | {key: ["ทานตะวัน"] for key in ("safe_words", "help_words", "stop_words")},
        }
    },
    "content/danger.yml": {"pairs": {"detained_now": [["ME", "POLICE"]]}},
    "content/operator.yml": {"example": True, "name": {"th": "x"}, "privacy_contact": "x"},
    "content/contacts/TH.yml": {"country": "TH", "contacts": {"th-police": CONTACT}},
    "content/en/detained.yml": {"language": "en", "module": "detained", "answers": {"detained_now": ANSWER}},
    "content/th/detained.yml": {
        "language": "th",
        "module": "detained",
        "title": "จับ",
        "icon": "🚓",
        "answers": {"detained_now": ANSWER},
    },
    "content/th/contacts.yml": {
        "language": "th",
        "contacts": {"th-police": {"name": "ตำรวจ", "for": "ช่วย", "hours": "ทุกวัน"}},
        "no_number": {"MM": "หนู"},
        "countries": {"TH": "ไทย"},
        "say_on_phone": {"km": {"words": "x", "spelt": "x"}},
    },
    "content/th/danger.yml": {
        "language": "th",
        "danger": {"detained_now": ["ตำรวจจับหนู"]},
        "softening": ["ไหม"],
        "persons": ["พ่อ"],
    },
    "content/th/glossary.yml": {"language": "th"} | WORDS,
    "nlu/data/th/detained.yml": {"version": "3.1", "nlu": [{"intent": "detained_now", "examples": "- ก\n- ข\n"}]},
    "tests/utterances/th/detained.yml": {"language": "th", "utterances": {"detained_now": ["หนูถูกจับ"]}},
    "nlu/lexicon/concepts.yml": {"concepts": {"ME": "I", "POLICE": "police"}},
    "nlu/lexicon/th.yml": {"language": "th", "forms": {"ME": ["หนู"], "POLICE": ["ตำรวจ"]}},
}
"""A project of one answer, with every key that a rule reads."""


def places(data: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value in `data`."""
    yield at
    below = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in below:
        yield from places(value, (*at, key))


def changed(data: Any, at: tuple[Any, ...], value: Any) -> Any:
    """`data` with another value at `at`."""
    if not at:
        return value
    new = copy.deepcopy(data)
    inner = new
    for key in at[:-1]:
        inner = inner[key]
    inner[at[-1]] = value
    return new


def write(path: Path, data: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")


@pytest.mark.parametrize("name", FILES)
def test_no_value_at_any_place_stops_the_check(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    point_to(tmp_path, monkeypatch)
    monkeypatch.setattr(bot.content_files, "LAST_RESORT", tmp_path / "none.json")
    for other, data in FILES.items():
        write(tmp_path / other, data)
    for at, value in zip(places(FILES[name]), cycle(NASTY)):
        write(tmp_path / name, changed(FILES[name], at, value))
        problems = check_all(tmp_path / "content", tmp_path / "locales", today=TODAY)
        assert all(str(problem) and problem.line > 0 for problem in problems), (at, value)
