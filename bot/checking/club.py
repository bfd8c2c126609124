"""Rules for the club's texts: ids that exist, the same pieces in every language, texts in their language."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping

from bot.checking.forms import dig, listing, mapping
from bot.checking.problem import CheckedFile, Problem, Severity
from bot.checking.texts import check_text, check_texts, find_language
from bot.club import SECTIONS
from bot.content import Content

PIECES = (*((name, "parts") for name in SECTIONS), ("topics",), ("stories",), ("quiz",))
"""Where pieces with ids stand."""
_TEXTS = ("title", *SECTIONS, "topics", "stories", "quiz", "form")
_NO_TEXTS = ("topic", "intent")
"""Keys whose values are ids."""


def club_hash(data: Mapping[str, object]) -> str:
    """Short hash of all that a club file says: what a translation was made from."""
    words = json.dumps([data.get(key) for key in _TEXTS], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(words.encode()).hexdigest()[:8]


def check_club(file: CheckedFile, content: Content, english: object) -> Iterator[Problem]:
    """Every rule for a club file; `english` is the data of the English one."""
    yield from _check_ids(file, content)
    language = find_language(content, file.folder)
    for place in _places(file.data):
        yield from check_texts(file, language, english, *place)
    if mapping(english):
        yield from _check_same_pieces(file, english)
        if mapping(file.data).get("translated_from") != club_hash(mapping(english)):
            what = "the English club texts have changed since this was translated"
            fix = f'Compare the two, then write: translated_from: "{club_hash(mapping(english))}"'
            yield file.warning(what, fix, "translated_from")


def check_club_present(files: Mapping[str, CheckedFile], content: Content, shown_folder: str) -> Iterator[Problem]:
    """A language without club texts shows the English ones: worth a warning."""
    if "en/club.yml" in files:
        for language in content.languages:
            if f"{language.code}/club.yml" not in files:
                what = "the file is missing, so that leaders of clubs see the English one"
                fix = "Copy content/en/club.yml and translate it."
                yield Problem(f"{shown_folder}/{language.code}/club.yml", 1, what, fix, Severity.WARNING)


def check_pocket(file: CheckedFile, content: Content) -> Iterator[Problem]:
    """Each sentence is in the language that it stands under."""
    for id_, row in mapping(dig(file.data, "sentences")).items():
        english = mapping(row).get("en")
        for code in mapping(row):
            language = find_language(content, code)
            text = mapping(row)[code]
            if language is not None and isinstance(text, str):
                other = english if isinstance(english, str) and code != "en" else None
                yield from check_text(file, text, language, other, "sentences", id_, code)


def _places(data: object, *at: str | int) -> Iterator[tuple[str | int, ...]]:
    """The place of every text for people; ids and numbers are none."""
    value = dig(data, *at) if at else {key: mapping(data).get(key) for key in _TEXTS}
    if isinstance(value, str):
        yield at
    elif isinstance(value, list):
        for i in range(len(value)):
            yield from _places(data, *at, i)
    else:
        for key in mapping(value):
            if key not in _NO_TEXTS:
                yield from _places(data, *at, key)


def _check_ids(file: CheckedFile, content: Content) -> Iterator[Problem]:
    for module in mapping(dig(file.data, "topics")):
        yield from _check_topic(file, module, content, "topics", module)
    for id_, story in mapping(dig(file.data, "stories")).items():
        yield from _check_topic(file, mapping(story).get("topic"), content, "stories", id_, "topic")
        for i, step in enumerate(listing(mapping(story).get("steps"))):
            at = ("stories", id_, "steps", i, "intent")
            yield from _check_intent(file, mapping(step).get("intent"), content, *at)
    for id_, question in mapping(dig(file.data, "quiz")).items():
        yield from _check_intent(file, mapping(question).get("intent"), content, "quiz", id_, "intent")


def _check_topic(file: CheckedFile, module: object, content: Content, *at: str | int) -> Iterator[Problem]:
    if isinstance(module, str) and module not in content.module_ids:
        yield file.error(f"there is no topic '{module}'", f"Choose one of: {', '.join(content.module_ids)}.", *at)


def _check_intent(file: CheckedFile, intent: object, content: Content, *at: str | int) -> Iterator[Problem]:
    if isinstance(intent, str) and intent not in content.intents:
        yield file.unknown("intent", intent, content.intents, *at)


def _check_same_pieces(file: CheckedFile, english: object) -> Iterator[Problem]:
    """Side by side on a projector two languages tell the same: same pieces, same steps, same answers."""
    for place in PIECES:
        own, other = mapping(dig(file.data, *place)), mapping(dig(english, *place))
        for id_ in other.keys() - own.keys():
            yield file.warning(f"'{id_}' is missing here: the English one is shown", "Translate it.", *place)
        for id_ in own.keys() - other.keys():
            fix = "Add it to content/en/club.yml too, or delete it here."
            yield file.error(f"'{id_}' does not stand in the English file", fix, *place, id_)
        for id_ in own.keys() & other.keys():
            if _shape(own[id_]) != _shape(other[id_]):
                what = f"'{id_}' differs from the English one in its steps, lines, ids or right choice"
                yield file.error(what, "Compare the two: only the words may differ.", *place, id_)


def _shape(value: object) -> object:
    """What must be the same in every language: keys, lengths, ids and numbers, but no words."""
    if isinstance(value, list):
        return [_shape(item) for item in value]
    if isinstance(value, dict):
        return {key: item if key in _NO_TEXTS else _shape(item) for key, item in value.items()}
    return value if isinstance(value, int) else None
