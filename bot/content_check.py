"""`rightsbot check`: every rule over every file, all problems in one run."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.checking.answers import check_answers, check_complete, check_lengths
from bot.checking.club import check_club, check_club_present, check_pocket
from bot.checking.contacts import check_contact_words, check_contacts
from bot.checking.danger import Harmless, check_danger, check_pairs, harmless_messages
from bot.checking.forms import dig, mapping, texts
from bot.checking.gaps import check_gaps, check_nobody_is_left
from bot.checking.glossary import check_glossary, check_glossary_of
from bot.checking.lexicon import check_forms_in_words, check_lexicon
from bot.checking.lock_screen import check_lock_screen
from bot.checking.numbers import check_numbers_in_answers, check_numbers_in_words
from bot.checking.operator import TOLD, check_operator
from bot.checking.phrases import check_training, check_utterances
from bot.checking.problem import CheckedFile, Problem, Severity
from bot.checking.readability import check_median, check_readability
from bot.checking.reading import Folder, read_folder
from bot.checking.report import REPORT, content_report
from bot.checking.reviews import check_reviews
from bot.checking.rules import check_catalog, check_files, check_languages, check_place
from bot.checking.sourcing import check_sourcing
from bot.checking.wordings import broken_catalog, check_wordings
from bot.content import Content
from bot.content_files import LAST_RESORT, content_files, read_content
from bot.danger import DangerFinder
from bot.knowledge import Knowledge
from bot.settings import ROOT
from bot.wording import read_catalog, read_wording
from nlu.understanding import NoInterpreter

DATA = ROOT / "nlu" / "data"
UTTERANCES = ROOT / "tests" / "utterances"
LEXICON = ROOT / "nlu" / "lexicon"
SUITES = ROOT / "tests" / "safeguarding"

_TOP_SCHEMAS = {
    "catalog.yml": "catalog",
    "languages.yml": "languages",
    "operator.yml": "operator",
    "danger.yml": "danger-pairs",
    "sources.yml": "sources",
    "gaps.yml": "gaps",
    "pocket.yml": "pocket",
}
_LANGUAGE_SCHEMAS = {
    "danger.yml": "danger",
    "contacts.yml": "contact-words",
    "glossary.yml": "glossary",
    "club.yml": "club",
}


_NOT_NEEDED = frozenset({"pocket", "club", "gaps", "glossary", "sources"})
"""Files that children never read of."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """The folders of children's words."""

    training: Folder
    utterances: Folder
    lexicon: Folder
    suites: Folder

    @property
    def concepts(self) -> frozenset[str]:
        """The declared concepts; none while their file is broken."""
        file = self.lexicon.files.get("concepts.yml")
        return frozenset(mapping(dig(file.data, "concepts"))) if file else frozenset()

    def harmless(self, content: Content) -> list[Harmless]:
        """Every text that must not be taken for danger."""
        return harmless_messages(self.utterances.sound, self.suites.sound, content)

    def utterance_texts(self) -> Iterator[str]:
        """Every text that a child might write for something, harmless ones aside."""
        for file in self.utterances.sound:
            for listed in mapping(dig(file.data, "utterances")).values():
                yield from (text for _, text in texts(listed))


def check_all(folder: Path, locales: Path, *, today: date, release: bool = False) -> list[Problem]:
    """All problems of the content in `folder` and the texts in `locales`, sorted by place."""
    read = _read_content(folder)
    phrases = read_phrases()
    content = _content(folder, read)
    problems = list(_check_content(read, content, phrases, today, release))
    problems += check_lengths(read.files, _knowledge(content, locales, today))
    problems += check_median(read.files, read.shown)
    problems += check_wordings(locales, content, locales.name, _glossaries(read))
    problems += check_phrases(phrases, content)
    if _may_store(read, content, locales) and _is_stale(read, content, locales):
        fix = "Run: rightsbot check --write-last-resort"
        problems.append(Problem("bot/last_resort.json", 1, "it is not what content and locales say today", fix))
    if not read.broken and folder.resolve() == ROOT / "content" and _report_is_stale(read, content):
        fix = "Run: rightsbot check --write-report"
        problems.append(Problem("docs/content-report.md", 1, "it is not what content says today", fix))
    return sorted(set(problems), key=lambda p: (list(Severity).index(p.severity), p.path, p.line, p.what))


def check_content(folder: Path, *, today: date, release: bool = False) -> list[Problem]:
    """The problems of the files in `folder`, each for itself and together."""
    read = _read_content(folder)
    return list(_check_content(read, _content(folder, read), read_phrases(), today, release))


def write_last_resort(folder: Path, locales: Path) -> bool:
    """Writes what the bot falls back on when content is broken: danger, urgent answers, contacts, interface texts.

    Leaves the old one, and says so by False, while a file is broken or missing or an urgent answer is missing.
    """
    read = _read_content(folder)
    content = _content(folder, read)
    if not _may_store(read, content, locales):
        return False
    text = json.dumps(_last_resort(read, content, locales), ensure_ascii=False, indent=1, sort_keys=False)
    LAST_RESORT.write_text(text + "\n", "utf-8")
    return True


def write_report(folder: Path) -> None:
    """Writes docs/content-report.md, as far as the files can be read."""
    read = _read_content(folder)
    REPORT.write_text(content_report(read.files, _content(folder, read)), "utf-8")


def _report_is_stale(read: Folder, content: Content) -> bool:
    try:
        return REPORT.read_text("utf-8") != content_report(read.files, content)
    except (OSError, UnicodeDecodeError):
        return True


def _may_store(read: Folder, content: Content, locales: Path) -> bool:
    """Whether the content is whole enough to be fallen back on."""
    return not (read.broken or any(_check_presence(read, content)) or any(map(broken_catalog, _catalogs(locales))))


def _last_resort(read: Folder, content: Content, locales: Path) -> dict[str, Any]:
    stored: dict[str, Any] = {}
    for relative, file in read.files.items():
        if file.stem in _NOT_NEEDED:
            continue  # for adults: no child waits for it
        stored[relative] = dict(file.data)
        if "answers" in file.data:
            answers = file.data["answers"].items()
            stored[relative]["answers"] = {id_: answer for id_, answer in answers if content.intents[id_].urgent}
    return {"content": stored, "wording": {path.parts[-3]: read_catalog(path) for path in _catalogs(locales)}}


def _is_stale(read: Folder, content: Content, locales: Path) -> bool:
    try:
        return bool(json.loads(LAST_RESORT.read_text("utf-8")) != _last_resort(read, content, locales))
    except (OSError, ValueError):
        return True


def _catalogs(locales: Path) -> list[Path]:
    return sorted(locales.glob("*/LC_MESSAGES/bot.po"))


def _content(folder: Path, read: Folder) -> Content:
    """What the ids in the files may name: what the folder says, with the last resort only while a file is broken."""
    reading = read_content(folder)
    fresh = Content({key: piece for key, piece in reading.content.pieces.items() if key in reading.origins})
    return reading.content if read.broken or not (fresh.intents and fresh.languages) else fresh


def _knowledge(content: Content, locales: Path, today: date) -> Knowledge:
    return Knowledge(content, read_wording(locales), DangerFinder(content, None), NoInterpreter(), today=lambda: today)


def _read_content(folder: Path) -> Folder:
    folder = folder.resolve()
    shown = folder.relative_to(ROOT).as_posix() if folder.is_relative_to(ROOT) else folder.name
    return read_folder(folder, shown, content_files(folder), _content_schema)


def _content_schema(relative: str) -> str:
    folder, _, name = relative.rpartition("/")
    if folder == "":
        return _TOP_SCHEMAS.get(name, "answers")
    if folder == "contacts":
        return "contacts"
    return _LANGUAGE_SCHEMAS.get(name, "answers")


def _check_content(read: Folder, content: Content, phrases: Phrases, today: date, release: bool) -> Iterator[Problem]:
    yield from read.problems
    yield from _check_presence(read, content)
    yield from check_club_present(read.files, content, read.shown)
    for file in read.files.values():
        yield from check_place(file)
        yield from _check_file(file, read, content, phrases)
        if file.folder == "contacts":
            yield from check_contacts(file, today, release=release)
        if file.relative == "operator.yml":
            yield from check_operator(file, content, release=release)
        if file.relative == "gaps.yml":
            yield from check_gaps(file, content, today)
        if _content_schema(file.relative) == "answers":
            yield from check_reviews(file, today)
        if _content_schema(file.relative) == "contact-words":
            yield from check_nobody_is_left(file, content, today)


def _check_presence(read: Folder, content: Content) -> Iterator[Problem]:
    yield from check_files(read.files.keys() | read.broken, content, read.shown)
    yield from check_complete(read.files, content)


def _check_file(file: CheckedFile, read: Folder, content: Content, phrases: Phrases) -> Iterator[Problem]:
    """The rules for the file's schema, except those that need a day."""
    schema = _content_schema(file.relative)
    yield from _check_words(file, schema, read, content)
    twin = f"en/{file.stem}.yml"
    english = read.files[twin].data if twin in read.files and twin not in read.broken and file.folder != "en" else {}
    if schema == "answers":
        yield from check_answers(file, content, english)
        yield from check_readability(file)
        yield from check_numbers_in_answers(file, content)
        yield from check_sourcing(file, _declared_sources(read), english)
    elif schema == "club":
        yield from check_club(file, content, english)
    elif schema == "pocket":
        yield from check_pocket(file, content)
    elif schema == "contact-words":
        yield from check_contact_words(file, content, english)
        yield from check_numbers_in_words(file, content)
    elif schema == "danger":
        yield from check_danger(file, content, phrases.harmless(content))
    elif schema == "danger-pairs":
        yield from check_pairs(file, content, phrases.concepts)
    elif schema == "catalog":
        yield from check_catalog(file)
    elif schema == "languages":
        yield from check_languages(file, phrases.utterance_texts())


def _check_words(file: CheckedFile, schema: str, read: Folder, content: Content) -> Iterator[Problem]:
    """The rules that need the glossary of the file's language, or of every one."""
    glossary = read.files.get(f"{file.folder}/glossary.yml")
    if glossary is not None and schema in ("answers", "contact-words", "club"):
        yield from check_glossary(file, schema, glossary)
    if glossary is not None and schema == "answers":
        yield from check_lock_screen(file, glossary, content)
    if schema == "operator":
        for language, data in _glossaries(read).items():
            yield from check_glossary_of(file, language, TOLD, data)


def _glossaries(read: Folder) -> dict[str, object]:
    """The data of every glossary that can be read, by language."""
    return {file.folder: file.data for name, file in read.files.items() if name.endswith("/glossary.yml")}


def _declared_sources(read: Folder) -> frozenset[str]:
    """The sources that answers may name; none while their file is broken."""
    file = read.files.get("sources.yml")
    return frozenset(mapping(dig(file.data, "sources"))) if file else frozenset()


def read_phrases() -> Phrases:
    """The files with children's words, wherever the module's constants say they are."""
    return Phrases(
        _read_phrases(DATA, "nlu/data", lambda _: "training"),
        _read_phrases(UTTERANCES, "tests/utterances", lambda _: "utterances"),
        _read_phrases(LEXICON, "nlu/lexicon", lambda name: "concepts" if name == "concepts.yml" else "lexicon"),
        _read_phrases(SUITES, "tests/safeguarding", lambda _: "suite"),
    )


def _read_phrases(folder: Path, shown: str, schema: Callable[[str], str]) -> Folder:
    return read_folder(folder, shown, sorted(folder.rglob("*.yml")), schema)


def check_phrases(phrases: Phrases, content: Content) -> Iterator[Problem]:
    """The problems of training phrases, test utterances and the lexicon."""
    for folder in (phrases.training, phrases.utterances, phrases.lexicon, phrases.suites):
        yield from folder.problems
        for file in folder.sound:
            yield from check_place(file)
    yield from check_training(phrases.training.sound, content, phrases.training.broken)
    yield from check_utterances(phrases.utterances.sound, phrases.training.sound, content)
    lexicon = [file for file in phrases.lexicon.sound if file.stem != "concepts"]
    yield from check_lexicon(lexicon, phrases.concepts)
    yield from check_forms_in_words(lexicon, phrases.training.sound)
