"""Rules for content/operator.yml: every language, no example left once it is said to be real."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.checking.forms import dig, listing, mapping, texts
from bot.checking.problem import CheckedFile, Problem
from bot.checking.texts import check_text, find_language, leaves
from bot.contact_texts import LINE_LANGUAGES
from bot.content import Content

TO_FILL_IN = "✏️"
"""Marks the values of the example."""

TOLD = ("name", "adult_contact", "safeguarding_lead", "complaint", "farewell")
"""Keys whose texts children read."""


def check_operator(file: CheckedFile, content: Content, *, release: bool) -> Iterator[Problem]:
    """An example is worth a note, and an error with `release`; a real operator has left none of its values."""
    data = mapping(file.data)
    if data.get("example") is True:
        report = file.error if release else file.note
        what = "this is the example: the bot tells children that no organisation runs it yet"
        yield report(what, "Put your organisation here, then write 'example: false'.", "example")
    elif data.get("example") is False:
        yield from _check_left(file, data)
    for key in TOLD:
        yield from _check_languages(file, content, key)
    for i, code in texts(listing(data.get("languages"))):
        if code not in LINE_LANGUAGES:
            fix = f"Choose from: {', '.join(LINE_LANGUAGES)}."
            yield file.error(f"the bot has no name for the language '{code}'", fix, "languages", i)


def _check_left(file: CheckedFile, data: Mapping[str, object]) -> Iterator[Problem]:
    for key in (*TOLD, "privacy_contact"):
        for at, text in leaves(data.get(key), key):
            if TO_FILL_IN in text:
                yield file.error(f"'{key}' is still that of the example", "Write your own, or 'example: true'.", *at)


def _check_languages(file: CheckedFile, content: Content, key: str) -> Iterator[Problem]:
    written = mapping(dig(file.data, key))
    for language in content.languages:
        if written and language.code not in written:
            fix = f"Add '{language.code}: …'; until then children read the English one."
            yield file.warning(f"'{key}' is missing in {language.native_name}", fix, key)
    for code, text in written.items():
        known = find_language(content, code)
        if known is not None and isinstance(text, str):
            yield from check_text(file, text, known, None, key, code)
