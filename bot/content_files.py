"""Reads the content folder into typed pieces, piece by piece: what is broken is reported and loses only itself."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timezone
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.club import club_pieces, pocket_piece
from bot.content import (
    KINDS,
    Answer,
    Contact,
    ContactWords,
    Content,
    DangerWords,
    Intent,
    Key,
    Module,
    Operator,
    PhoneWords,
    Show,
    Texts,
)
from bot.hours import DAYS, Hours, Span, parse_time
from bot.languages import Language
from bot.pieces import attempt as _try
from bot.pieces import each as _each
from bot.pieces import flag as _flag
from bot.pieces import strings as _strings
from bot.pieces import text as _text
from bot.yaml_source import BrokenYamlError, read_yaml
from nlu.text import SCRIPTS

LAST_RESORT = Path(__file__).with_name("last_resort.json")

Pieces = dict[Key, object]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, which file each piece came from, and the files (relative paths) that could not be read."""

    content: Content
    origins: Mapping[Key, str]
    broken: frozenset[str]


def read_content(folder: Path, previous: Reading | None = None) -> Reading:
    """The content in `folder`, over the last good content, over the last resort.

    A piece that cannot be read keeps what `previous` had, and urgent answers, danger phrases and contacts that are
    nowhere else come from the last resort. Never raises for anything that stands in the folder.
    """
    pieces: Pieces = dict(_last_resort_pieces())
    origins: dict[Key, str] = {}
    fresh: Pieces = {}
    broken: set[str] = set()
    for path in content_files(folder):
        relative = path.relative_to(folder).as_posix()
        try:
            data = read_yaml(path).data
        except BrokenYamlError:
            broken.add(relative)
            continue
        for key, piece in parse_file(relative, data):
            if piece is None:
                broken.add(relative)
            else:
                fresh[key] = piece
            origins[key] = relative
    if previous is not None:
        kept = {key: piece for key, piece in previous.content.pieces.items() if previous.origins.get(key) in broken}
        pieces |= kept
        origins = {key: previous.origins[key] for key in kept} | origins
    pieces |= fresh
    return Reading(Content(pieces), origins, frozenset(broken))


def content_files(folder: Path) -> list[Path]:
    """Every content file of `folder`, sorted; the catalogue and the languages first, since their order is kept."""
    found = sorted(path for path in folder.rglob("*.yml") if not path.name.startswith("."))
    return sorted(found, key=lambda path: path.parent != folder)


def parse_file(relative: str, data: Any) -> Iterator[tuple[Key, object | None]]:
    """The pieces in one file, by its path inside the content folder; None for a piece that cannot be read."""
    folder, _, name = relative.rpartition("/")
    if not isinstance(data, dict):
        yield ("file", relative), None
        return
    if folder == "":
        yield from _general(name, data)
    elif folder == "contacts":
        country = name.removesuffix(".yml")
        zone = data.get("time_zone")
        yield from _each("contact", data.get("contacts"), lambda id_, raw: _contact(id_, raw, country, zone))
    elif name == "glossary.yml":
        return  # for editors and the check; a running bot does not need it
    elif name == "club.yml":
        yield from club_pieces(folder, data)
    elif name == "danger.yml":
        yield _try(("danger", folder), lambda: _danger(data))
    elif name == "contacts.yml":
        yield from _contact_words(folder, data)
    else:
        module = name.removesuffix(".yml")
        yield _try(("module", folder, module), lambda: _module(module, folder, data))
        yield from _each("answer", data.get("answers"), lambda id_, raw: _answer(id_, raw, folder), folder)


def _last_resort_pieces() -> Pieces:
    """What the package carries for the day when content is broken; nothing where it is broken itself."""
    try:
        files = dict(json.loads(LAST_RESORT.read_text("utf-8"))["content"])
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return {key: piece for name, data in files.items() for key, piece in parse_file(name, data) if piece is not None}


def _general(name: str, data: dict[str, Any]) -> Iterator[tuple[Key, object | None]]:
    if name == "catalog.yml":
        for module, intents in data.items():
            yield from _each("intent", intents, lambda id_, raw, module=module: _intent(id_, raw, module))  # type: ignore[misc]
    elif name == "languages.yml":
        yield from _each("language", data.get("languages"), _language)
    elif name == "danger.yml":
        yield _try(
            ("pairs",), lambda: {i: tuple(frozenset(map(str, p)) for p in sets) for i, sets in data["pairs"].items()}
        )
    elif name == "pocket.yml":
        yield pocket_piece(data)
    elif name == "operator.yml":
        yield _try(("operator",), lambda: _operator(data))


def _operator(data: dict[str, Any]) -> Operator:
    return Operator(
        name=_texts(data["name"]),
        privacy_contact=_text(data["privacy_contact"]),
        adult_contact=_texts(data["adult_contact"]),
        safeguarding_lead=_texts(data["safeguarding_lead"]),
        complaint=_texts(data["complaint"]),
        farewell=_texts(data["farewell"]),
        languages=_strings(data.get("languages", [])),
        example=_flag(data["example"]),
    )


def _texts(raw: Any) -> Texts:
    return Texts({str(code): _text(text) for code, text in raw.items()})


def _intent(id_: str, raw: Any, module: str) -> Intent:
    urgent, careful = _flag(raw.get("urgent", False)), _flag(raw.get("careful", False))
    kinds = _strings(raw.get("kinds", []))
    if urgent and not kinds:
        raise ValueError("an urgent intent names somebody to call")
    return Intent(id_, module, urgent, careful, _flag(raw.get("journey", False)), kinds)


def _language(code: str, raw: Any) -> Language:
    words = (_strings(raw.get(key, [])) for key in ("safe_words", "help_words", "stop_words"))
    if raw["script"] not in SCRIPTS:
        raise ValueError("no script of the bot's")
    return Language(code, _text(raw["native_name"]), raw["script"], _flag(raw["live"]), *words)


def _module(module: str, language: str, data: dict[str, Any]) -> Module:
    return Module(module, language, _text(data["title"]), _text(data["icon"]))


def _answer(id_: str, raw: Any, language: str) -> Answer:
    return Answer(
        id=id_,
        language=language,
        ask=_text(raw["ask"]),
        quiet=_text(raw["quiet"]),
        say=_text(raw["say"]),
        do=_strings(raw.get("do", [])),
        countries={str(code): _text(text) for code, text in raw.get("countries", {}).items()},
        next=_strings(raw.get("next", [])),
        reviewed=raw["review"]["state"] == "reviewed",
        say_on_page=_text(raw["say_on_page"]) if "say_on_page" in raw else "",
    )


def _contact(id_: str, raw: Any, country: str, zone: Any) -> Contact:
    def day(key: str) -> date | None:
        return None if raw.get(key) is None else date.fromisoformat(raw[key])

    kinds = _strings(raw["kinds"])
    if not kinds or not KINDS.issuperset(kinds):
        raise ValueError("a contact has kinds of the closed list")
    show, numbers = Show(raw["show"]), _strings(raw.get("numbers", []))
    if show is Show.YES and not numbers:
        raise ValueError("a contact that is shown has a number")
    if (raw.get("state") is None) is (show is Show.NOBODY):
        raise ValueError("a contact that waits is shown to nobody, and only such a one")
    return Contact(
        id=id_,
        country=country,
        kinds=kinds,
        show=show,
        numbers=numbers,
        from_abroad=_strings(raw.get("from_abroad", [])),
        hours=_hours(raw.get("hours"), zone),
        web=None if raw.get("web") is None else _text(raw["web"]),
        languages=_strings(raw.get("languages", [])),
        cost=None if raw.get("cost") is None else _text(raw["cost"]),
        source_seen_on=day("source_seen_on"),
        called_on=day("called_on"),
        expires_on=day("expires_on"),
    )


def _hours(raw: Any, zone: Any) -> Hours | None:
    """When a line answers; None where it is not known, or known only without its time zone."""
    if raw is None:
        return None
    if raw == "always":
        return Hours(timezone.utc)
    try:
        spans = tuple(
            Span(frozenset(map(DAYS.index, span["days"])), parse_time(span["from"]), parse_time(span["to"]))
            for span in raw
        )
        return Hours(ZoneInfo(zone), spans) if spans else None
    except (TypeError, ValueError, KeyError, AttributeError, ZoneInfoNotFoundError):
        return None  # a number without hours still helps


def _danger(data: dict[str, Any]) -> DangerWords:
    phrases = tuple((phrase, str(intent)) for intent, listed in data["danger"].items() for phrase in _strings(listed))
    if not phrases:
        raise ValueError("no danger phrase")
    return DangerWords(phrases, _strings(data.get("softening", [])), _strings(data.get("persons", [])))


def _contact_words(language: str, data: dict[str, Any]) -> Iterator[tuple[Key, object | None]]:
    def words(_: str, raw: Any) -> ContactWords:
        hours = raw.get("hours")
        return ContactWords(_text(raw["name"]), _text(raw["for"]), None if hours is None else _text(hours))

    yield from _each("contact_words", data.get("contacts"), words, language)
    yield from _each("no_number", data.get("no_number"), lambda _, text: _text(text), language)
    yield _try(("countries", language), lambda: {str(k): _text(v) for k, v in data["countries"].items()})
    yield from _each("phone_words", data.get("say_on_phone"), _phone_words, language)


def _phone_words(_: str, raw: Any) -> PhoneWords:
    return PhoneWords(_text(raw["words"]), _text(raw["spelt"]))
