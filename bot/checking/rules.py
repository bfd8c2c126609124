"""Rules for the content folder that no schema can say: ids that exist, urgent answers, texts that fit."""

from __future__ import annotations

import difflib
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from bot.checking.problem import CheckedFile, Problem
from bot.checking.texts import check_text, utf16_length
from bot.content import CHAT_MODULE, Content, Show
from bot.knowledge import Knowledge
from bot.languages import Language
from bot.memory import NO_NOTE, Note
from bot.replies import answer_reply
from nlu.phrases import symbols
from nlu.text import normalise

TELEGRAM_LIMIT = 4096
"""UTF-16 units of one message (Bot API)."""

ANSWER_TEXTS = ("ask", "quiet", "say", "do", "countries")

WARN_BEFORE = timedelta(days=30)
_FORBIDDEN_POLICE = ("detained", "health")


def text_hash(answer: Mapping[str, object]) -> str:
    """Short hash of all that a child reads of an answer: what a translation was made from."""
    texts = json.dumps([answer.get(key) for key in ANSWER_TEXTS], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(texts.encode()).hexdigest()[:8]


def check_place(file: CheckedFile) -> Iterator[Problem]:
    """Every file names the language and module that its path says."""
    data = file.data
    if "language" in data and data["language"] != file.folder and not file.folder.endswith(f"/{data['language']}"):
        what = f"the file says language '{data['language']}' but stands in '{file.folder}'"
        yield file.error(what, f"Write 'language: {file.folder.rpartition('/')[2]}', or move the file.", "language")
    if "module" in data and data["module"] != file.stem:
        what = f"the file says module '{data['module']}' but is called '{file.stem}.yml'"
        yield file.error(what, f"Write 'module: {file.stem}', or rename the file.", "module")
    if "country" in data and data["country"] != file.stem:
        what = f"the file says country '{data['country']}' but is called '{file.stem}.yml'"
        yield file.error(what, f"Write 'country: {file.stem}', or rename the file.", "country")


def check_answers(file: CheckedFile, content: Content, english: Mapping[str, object]) -> Iterator[Problem]:
    """Ids of the catalogue, in their module, with next questions that exist and texts in the file's language."""
    language = _language(content, file.folder)
    yield from _texts(file, language, english, "title")
    for id_, answer in file.data["answers"].items():
        intent = content.intents.get(id_)
        if intent is None or intent.module != file.stem:
            yield _unknown(file, id_, [i.id for i in content.intents.values() if i.module == file.stem], "answers", id_)
        if not isinstance(answer, dict):
            continue
        for following in answer.get("next") or []:
            if following not in content.intents:
                yield _unknown(file, str(following), content.intents, "answers", id_, "next")
            elif content.answer(file.folder, str(following)) is None:
                what = f"the next question '{following}' has no answer in this language yet"
                yield file.warning(what, "Write it, or leave it: its button is not shown.", "answers", id_, "next")
        for key in ANSWER_TEXTS:
            yield from _texts(file, language, english, "answers", id_, key)
        original = _dig(english, ("answers", id_))
        if isinstance(original, dict) and answer.get("translated_from") != text_hash(original):
            what = f"the English text of '{id_}' has changed since this was translated"
            fix = f"Compare the two, then write: translated_from: {text_hash(original)}"
            yield file.warning(what, fix, "answers", id_)


def _texts(file: CheckedFile, language: Language | None, english: object, *at: str | int) -> Iterator[Problem]:
    """`check_text` for the text, list or mapping of texts at `at`."""
    value, other = _dig(file.data, at), _dig(english, at)
    if language is None or value is None:
        return
    if isinstance(value, str):
        yield from check_text(file, value, language, other if isinstance(other, str) else None, *at)
    elif isinstance(value, (list, dict)):
        keys: Iterable[str | int] = value if isinstance(value, dict) else range(len(value))
        for key in keys:
            yield from _texts(file, language, english, *at, key)


def check_glossary(file: CheckedFile, glossary: CheckedFile) -> Iterator[Problem]:
    """Words that the glossary says children do not understand."""
    for term, entry in glossary.data["words"].items():
        for word in entry.get("not", []):
            for id_, answer in file.data["answers"].items():
                texts = [answer["ask"], answer["quiet"], answer["say"], *answer.get("do", [])]
                if any(word.casefold() in text.casefold() for text in texts):
                    what = f"'{word}' ({term}) is hard to understand"
                    yield file.warning(what, f"The glossary says: {entry['use']}.", "answers", id_)


def _dig(data: object, at: tuple[str | int, ...]) -> object:
    for step in at:
        try:
            data = data[step]  # type: ignore[index]  # a wrong step is what the except is for
        except (KeyError, IndexError, TypeError):
            return None
    return data


def check_contact_words(file: CheckedFile, content: Content, english: Mapping[str, object]) -> Iterator[Problem]:
    """Words for contacts that exist, in the file's language, and for every contact that children may see."""
    language = _language(content, file.folder)
    for id_ in file.data["contacts"]:
        if id_ not in content.contacts:
            yield _unknown(file, id_, content.contacts, "contacts", id_)
        for key in ("for", "hours"):
            yield from _texts(file, language, english, "contacts", id_, key)
    for id_ in content.contacts:
        if id_ not in file.data["contacts"]:
            yield file.error(f"the contact '{id_}' has no words here", "Add its name and what it is for.", "contacts")
    for key in ("no_number", "countries"):
        yield from _texts(file, language, english, key)
    lines = {c.languages[0] for c in content.contacts.values() if c.show is Show.YES and c.languages} - {file.folder}
    for line in sorted(lines - set(file.data["say_on_phone"])):
        what = f"nothing to say on the phone to lines that speak '{line}'"
        yield file.error(what, f"Add 'say_on_phone: {line}:' with words and spelt.", "say_on_phone")


def check_contacts(file: CheckedFile, today: date, *, release: bool) -> Iterator[Problem]:
    """Dates that make sense, and numbers where a number is promised."""
    for id_, contact in file.data["contacts"].items():
        at = ("contacts", id_)
        if contact["show"] == "yes" and not contact["numbers"]:
            yield file.error(
                f"'{id_}' is shown but has no number", "Add a confirmed number, or write 'show: no_number'.", *at
            )
        if contact["show"] == "no_number" and not contact["web"]:
            yield file.error(f"'{id_}' has neither number nor web address", "Add the web address, or delete it.", *at)
        for key in ("source_seen_on", "called_on"):
            if contact[key] is not None and contact[key] > today.isoformat():
                yield file.error(
                    f"'{key}' of '{id_}' lies in the future", "Write the day on which it was done.", *at, key
                )
        expires = date.fromisoformat(contact["expires_on"])
        if expires <= today + WARN_BEFORE:
            word = "has expired" if expires <= today else "expires within 30 days"
            report = file.error if release else file.warning
            yield report(f"'{id_}' {word}", "Call the number, then set called_on and expires_on.", *at, "expires_on")


def check_danger(file: CheckedFile, content: Content) -> Iterator[Problem]:
    """Phrases for intents that are urgent or careful, long enough to mean something, none twice."""
    seen: dict[tuple[str, ...], str] = {}
    for id_, phrases in file.data["danger"].items():
        intent = content.intents.get(id_)
        if intent is None or not (intent.urgent or intent.careful):
            wanted = [i.id for i in content.intents.values() if i.urgent or i.careful]
            yield _unknown(file, id_, wanted, "danger", id_)
        for i, phrase in enumerate(phrases):
            row = tuple(symbols(phrase))
            if len("".join(row)) < 4:
                yield file.error(
                    f"the phrase '{phrase}' is too short", "Add a word; short ones fire anywhere.", "danger", id_, i
                )
            if seen.setdefault(row, id_) != id_:
                yield file.error(f"the phrase '{phrase}' stands under two dangers", "Keep it in one.", "danger", id_, i)
    for intent in content.intents.values():
        if intent.urgent and not file.data["danger"].get(intent.id):
            yield file.error(f"'{intent.id}' has no danger phrases", f"Add a list '{intent.id}:'.", "danger")


def check_catalog(file: CheckedFile) -> Iterator[Problem]:
    """Police never under answers about detention or health, where a call may lead to an arrest."""
    for module, intents in file.data.items():
        for id_, intent in intents.items():
            if module in _FORBIDDEN_POLICE and "police" in intent.get("kinds", []):
                yield file.error(f"police stands under '{id_}'", "Take it out of kinds.", module, id_, "kinds")
            if not intent.get("kinds") and module != CHAT_MODULE and intent.get("urgent"):
                yield file.error(f"the urgent '{id_}' has no kind of contact", "Add kinds.", module, id_)


def check_languages(file: CheckedFile, utterances: Iterable[str]) -> Iterator[Problem]:
    """Safe words are harmless: no child writes one of them as a message that means something else."""
    written = {tuple(symbols(text)) for text in utterances}
    for code, language in file.data["languages"].items():
        for i, word in enumerate(language["safe_words"]):
            if symbols(word) and tuple(symbols(word)) in written:
                yield file.error(
                    f"the safe word '{word}' is also a test utterance",
                    "Choose another.",
                    "languages",
                    code,
                    "safe_words",
                    i,
                )
            if normalise(word) == "":
                yield file.error("a safe word is empty", "Write a word.", "languages", code, "safe_words", i)


def check_complete(content: Content, shown_folder: str) -> Iterator[Problem]:
    """Every live language has every urgent answer."""
    for language in content.languages:
        for intent in content.intents.values():
            if intent.urgent and content.answer(language.code, intent.id) is None:
                path = f"{shown_folder}/{language.code}/{intent.module}.yml"
                yield Problem(
                    path, 1, f"the urgent answer '{intent.id}' is missing", "Write it: it must never be missing."
                )


def check_lengths(knowledge: Knowledge, shown_folder: str) -> Iterator[Problem]:
    """Every answer with its contacts fits into one Telegram message, in every language and country."""
    for language in knowledge.content.languages:
        notes = [NO_NOTE, *(Note(country=code) for code in knowledge.countries("en"))]
        for intent in knowledge.content.intents.values():
            longest = max(utf16_length(answer_reply(intent, language.code, note, knowledge).text) for note in notes)
            if longest > TELEGRAM_LIMIT:
                path = f"{shown_folder}/{language.code}/{intent.module}.yml"
                yield Problem(
                    path,
                    1,
                    f"'{intent.id}' with its contacts has {longest} characters",
                    f"Shorten it: Telegram takes {TELEGRAM_LIMIT}.",
                )


def _language(content: Content, code: str) -> Language | None:
    return next((language for language in content.languages if language.code == code), None)


def _unknown(file: CheckedFile, id_: str, known: Iterable[str], *at: str | int) -> Problem:
    names = list(known)
    close = difflib.get_close_matches(id_, names, n=1, cutoff=0.5)
    fix = f"Did you mean '{close[0]}'?" if close else f"Known here are: {', '.join(names[:8])} …"
    return file.error(f"unknown id '{id_}'", fix, *at)
