"""Rules for answers: ids that exist, urgent ones never missing, texts in their language that fit into one message."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping

from bot.checking.forms import dig, mapping, texts
from bot.checking.problem import CheckedFile, Problem
from bot.checking.texts import check_texts, find_language, utf16_length
from bot.content import Content
from bot.knowledge import Knowledge
from bot.memory import NO_NOTE, Note
from bot.replies import answer_reply

TELEGRAM_LIMIT = 4096
"""UTF-16 units of one message (Bot API)."""

ANSWER_TEXTS = ("ask", "quiet", "say", "do", "countries")
ON_PAGE = "say_on_page"
"""In a few answers only: where it is missing, it changes no hash, so that the others keep theirs."""


def text_hash(answer: Mapping[str, object]) -> str:
    """Short hash of all that a child reads of an answer: what a translation was made from."""
    read = [answer.get(key) for key in ANSWER_TEXTS]
    read += [answer[ON_PAGE]] if ON_PAGE in answer else []
    words = json.dumps(read, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(words.encode()).hexdigest()[:8]


def check_intent(file: CheckedFile, id_: str, content: Content, *at: str | int) -> Iterator[Problem]:
    """An intent of the catalogue, in the file of its module."""
    intent = content.intents.get(id_)
    if intent is None:
        yield file.unknown("intent", id_, content.intents, *at)
    elif intent.module != file.stem:
        what = f"'{id_}' belongs to the module '{intent.module}'"
        yield file.error(what, f"Move it into the file {intent.module}.yml.", *at)


def check_answers(file: CheckedFile, content: Content, english: object) -> Iterator[Problem]:
    """Ids of the catalogue, next questions that exist, texts in the file's language; `english` is the English data."""
    language = find_language(content, file.folder)
    yield from check_texts(file, language, english, "title")
    for id_, raw in mapping(dig(file.data, "answers")).items():
        at = ("answers", id_)
        answer, original = mapping(raw), mapping(dig(english, *at))
        yield from check_intent(file, id_, content, *at)
        for i, following in texts(answer.get("next")):
            if following not in content.intents:
                yield file.unknown("intent", following, content.intents, *at, "next", i)
            elif content.answer(file.folder, following) is None:
                what = f"the next question '{following}' has no answer in this language yet"
                yield file.warning(what, "Write it, or leave it: its button is not shown.", *at, "next", i)
        for key in (*ANSWER_TEXTS, ON_PAGE):
            yield from check_texts(file, language, english, *at, key)
        if original and answer and answer.get("translated_from") != text_hash(original):
            yield _stale(file, id_, answer, text_hash(original))


def _stale(file: CheckedFile, id_: str, answer: Mapping[str, object], now: str) -> Problem:
    fix = f'Compare the two, then write: translated_from: "{now}"'
    if "translated_from" in answer:
        what = f"the English text of '{id_}' has changed since this was translated"
        return file.warning(what, fix, "answers", id_, "translated_from")
    return file.warning(f"'{id_}' does not say which English text it translates", fix, "answers", id_)


def check_complete(files: Mapping[str, CheckedFile], content: Content) -> Iterator[Problem]:
    """Every live language has every urgent answer; missing and broken files are reported elsewhere."""
    for language in content.languages:
        for intent in content.intents.values():
            file = files.get(f"{language.code}/{intent.module}.yml")
            answers = dig(file.data, "answers") if file else None
            if file and intent.urgent and isinstance(answers, dict) and intent.id not in answers:
                fix = "Write it: a child in danger needs it in every language."
                yield file.error(f"the urgent answer '{intent.id}' is missing", fix, "answers")


def check_lengths(files: Mapping[str, CheckedFile], knowledge: Knowledge) -> Iterator[Problem]:
    """Every answer with its contacts fits into one Telegram message, in every language and country."""
    countries = list(knowledge.countries("en"))
    notes = [NO_NOTE, *(Note(country=code) for code in countries)]
    journeys = [Note(country=here, going_to=there) for here in countries for there in countries if here != there]
    for language in knowledge.content.languages:
        for intent in knowledge.content.intents.values():
            file = files.get(f"{language.code}/{intent.module}.yml")
            told = notes + (journeys if intent.urgent or intent.journey else [])
            longest = max(utf16_length(answer_reply(intent, language.code, note, knowledge).text) for note in told)
            if file and longest > TELEGRAM_LIMIT:
                what = f"'{intent.id}' with its contacts has {longest} characters"
                fix = f"Shorten it to {TELEGRAM_LIMIT}: Telegram takes no longer message."
                yield file.error(what, fix, "answers", intent.id)
