"""`rightsbot check`: every rule over every file, all problems in one run."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from bot.checking.phrases import check_lexicon, check_training, check_utterances
from bot.checking.problem import CheckedFile, Problem
from bot.checking.rules import (
    check_answers,
    check_catalog,
    check_complete,
    check_contact_words,
    check_contacts,
    check_danger,
    check_glossary,
    check_languages,
    check_lengths,
    check_place,
)
from bot.checking.schemas import check_schema
from bot.checking.wordings import check_wordings
from bot.content import Content
from bot.content_files import LAST_RESORT, content_files, read_content
from bot.danger import DangerFinder
from bot.knowledge import Knowledge
from bot.settings import ROOT
from bot.wording import read_catalog, read_wording
from bot.yaml_source import BrokenYamlError, read_yaml
from nlu.understanding import NoInterpreter

DATA = ROOT / "nlu" / "data"
UTTERANCES = ROOT / "tests" / "utterances"
LEXICON = ROOT / "nlu" / "lexicon"

_TOP_SCHEMAS = {
    "catalog.yml": "catalog",
    "languages.yml": "languages",
    "operator.yml": "operator",
    "danger.yml": "danger-pairs",
}
_LANGUAGE_SCHEMAS = {"danger.yml": "danger", "contacts.yml": "contact-words", "glossary.yml": "glossary"}


def check_all(folder: Path, locales: Path, *, today: date, release: bool = False) -> list[Problem]:
    """All problems of the content in `folder` and the texts in `locales`, sorted by place."""
    problems: list[Problem] = []
    files = {f.relative: f for f in _readable(folder, content_files(folder), _content_schema, problems)}
    content = read_content(folder).content
    for file in files.values():
        problems += _safely(file, lambda file=file: _check_content_file(file, files, content, today, release))  # type: ignore[misc]
    problems += check_complete(_fresh(folder), folder.name)
    problems += check_lengths(_knowledge(content, locales, today), folder.name)
    problems += check_wordings(locales, content, locales.name)
    problems += _check_phrase_files(content)
    if _is_stale(folder, locales):
        fix = "Run: rightsbot check --write-last-resort"
        problems.append(Problem("bot/last_resort.json", 1, "it is not what content and locales say today", fix))
    return sorted(set(problems), key=lambda p: (not p.is_error, p.path, p.line, p.what))


def write_last_resort(folder: Path, locales: Path) -> None:
    """Writes what the bot falls back on when content is broken: danger, urgent answers, contacts, interface texts."""
    text = json.dumps(_last_resort(folder, locales), ensure_ascii=False, indent=1, sort_keys=False)
    LAST_RESORT.write_text(text + "\n", "utf-8")


def _last_resort(folder: Path, locales: Path) -> dict[str, Any]:
    content = _fresh(folder)
    urgent = {intent.id for intent in content.intents.values() if intent.urgent}
    stored: dict[str, Any] = {}
    for path in content_files(folder):
        relative = path.relative_to(folder).as_posix()
        data = read_yaml(path).data
        if "answers" in data:
            data["answers"] = {id_: answer for id_, answer in data["answers"].items() if id_ in urgent}
        stored[relative] = data
    wording = {p.parts[-3]: read_catalog(p) for p in sorted(locales.glob("*/LC_MESSAGES/bot.po"))}
    return {"content": stored, "wording": wording}


def _is_stale(folder: Path, locales: Path) -> bool:
    try:
        return bool(json.loads(LAST_RESORT.read_text("utf-8")) != _last_resort(folder, locales))
    except (OSError, ValueError, BrokenYamlError, TypeError):
        return True


def _fresh(folder: Path) -> Content:
    """The content of the folder alone, without the last resort."""
    reading = read_content(folder)
    return Content({key: piece for key, piece in reading.content.pieces.items() if key in reading.origins})


def _knowledge(content: Content, locales: Path, today: date) -> Knowledge:
    return Knowledge(content, read_wording(locales), DangerFinder(content, None), NoInterpreter(), today=lambda: today)


def _content_schema(relative: str) -> str:
    folder, _, name = relative.rpartition("/")
    if folder == "":
        return _TOP_SCHEMAS.get(name, "answers")
    if folder == "contacts":
        return "contacts"
    return _LANGUAGE_SCHEMAS.get(name, "answers")


def _readable(
    folder: Path, paths: list[Path], schema: Callable[[str], str], problems: list[Problem]
) -> Iterator[CheckedFile]:
    """The files that are YAML, with their form checked on the way."""
    prefix = folder.relative_to(ROOT).as_posix() if folder.is_relative_to(ROOT) else folder.name
    for path in paths:
        relative = path.relative_to(folder).as_posix()
        shown = f"{prefix}/{relative}"
        try:
            file = CheckedFile(shown, relative, read_yaml(path))
        except BrokenYamlError as broken:
            problems.append(
                Problem(
                    shown,
                    broken.line,
                    f"this is no YAML: {broken.what}",
                    "Compare with a file that works: spaces, colons, quotes.",
                )
            )
            continue
        found = list(check_schema(file, schema(relative)))
        problems += found
        if file.data is not None:
            yield file


def _safely(file: CheckedFile, check: Callable[[], Iterator[Problem]]) -> list[Problem]:
    """Runs a check on a file whose form may be wrong; what cannot be looked at was reported as a problem of form."""
    found: list[Problem] = []
    try:
        found.extend(check())
    except (KeyError, TypeError, AttributeError, ValueError):
        found.append(
            file.error("the form is wrong, so the rest was not checked", "Mend the other problems of this file first.")
        )
    return found


def _check_content_file(
    file: CheckedFile, files: dict[str, CheckedFile], content: Content, today: date, release: bool
) -> Iterator[Problem]:
    yield from check_place(file)
    schema = _content_schema(file.relative)
    name = file.relative.rpartition("/")[2]
    twin = files.get(f"en/{name}")
    english = twin.data if twin and file.folder != "en" else {}
    if schema == "answers":
        yield from check_answers(file, content, english)
        glossary = files.get(f"{file.folder}/glossary.yml")
        if glossary is not None:
            yield from check_glossary(file, glossary)
    elif schema == "contact-words":
        yield from check_contact_words(file, content, english)
    elif schema == "contacts":
        yield from check_contacts(file, today, release=release)
    elif schema == "danger":
        yield from check_danger(file, content)
    elif schema == "catalog":
        yield from check_catalog(file)
    elif schema == "languages":
        yield from check_languages(file, _utterance_texts())


def _utterance_texts() -> Iterator[str]:
    for file in _readable(UTTERANCES, sorted(UTTERANCES.rglob("*.yml")), lambda _: "utterances", []):
        for texts in file.data.get("utterances", {}).values():
            yield from texts


def _check_phrase_files(content: Content) -> list[Problem]:
    problems: list[Problem] = []
    training = list(_readable(DATA, sorted(DATA.rglob("*.yml")), lambda _: "training", problems))
    utterances = list(_readable(UTTERANCES, sorted(UTTERANCES.rglob("*.yml")), lambda _: "utterances", problems))
    lexicon = list(
        _readable(
            LEXICON, sorted(LEXICON.glob("*.yml")), lambda r: "concepts" if r == "concepts.yml" else "lexicon", problems
        )
    )
    for file in utterances:
        problems += _safely(file, lambda file=file: check_place(file) if file.stem != "harmless" else iter(()))  # type: ignore[misc]
    problems += check_training(training, content)
    problems += check_utterances(utterances, training, content)
    concepts = next((file for file in lexicon if file.stem == "concepts"), None)
    if concepts is not None:
        problems += check_lexicon([file for file in lexicon if file is not concepts], concepts)
    return problems
