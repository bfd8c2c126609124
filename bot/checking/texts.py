"""Whether texts are in the language they claim: its script, not copied English, no Zawgyi, no hidden characters."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from bot.checking.forms import dig
from bot.checking.problem import CheckedFile, Problem
from bot.content import Content
from bot.languages import Language
from nlu.text import SCRIPTS, count_scripts, looks_like_zawgyi

_HIDDEN = regex.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]")
_NAME = regex.compile(r"https?://\S+|[A-Z][\w.&-]*")
MAX_LATIN = 0.35
"""Share of Latin letters, names left out, above which a text of another script looks untranslated."""


def find_language(content: Content, code: str) -> Language | None:
    """The live language with this code, if its script is one that can be told."""
    return next((known for known in content.languages if known.code == code and known.script in SCRIPTS), None)


def leaves(value: object, *at: str | int) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every text in a text, list or mapping of texts that stands at `at`, with its own place."""
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, list):
        for i, item in enumerate(value):
            yield from leaves(item, *at, i)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, *at, str(key))


def check_texts(file: CheckedFile, language: Language | None, english: object, *at: str | int) -> Iterator[Problem]:
    """`check_text` for every text at `at`; `english` is the data of the English file."""
    if language is not None:
        for place, text in leaves(dig(file.data, *at), *at):
            other = dig(english, *place)
            yield from check_text(file, text, language, other if isinstance(other, str) else None, *place)


def check_text(
    file: CheckedFile, text: str, language: Language, english: str | None, *at: str | int
) -> Iterator[Problem]:
    """Problems of one text for children; `english` is the English text in the same place, if there is one."""
    found = hidden(text)
    if found:
        yield file.error(*found, *at)
    if looks_like_zawgyi(text):
        yield file.error("the text looks like Zawgyi", "Convert it to Unicode, with any Zawgyi converter.", *at)
    if language.script == "Latin":
        if any(n for script, n in count_scripts(text).items() if script != "Latin"):
            yield file.error("letters of another script stand in this text", "Write it in English letters.", *at)
        return
    if english is not None and text.strip() == english.strip() and SCRIPTS["Latin"].search(text):
        yield file.error("the text is the same as the English one", f"Translate it into {language.native_name}.", *at)
        return
    counts = count_scripts(_NAME.sub("", text))
    own = counts.pop(language.script)
    latin = counts.pop("Latin")
    strange = [script for script, n in counts.items() if n]
    if strange:
        yield file.error(f"{strange[0]} letters stand in this text", f"Write it in {language.script} letters.", *at)
    elif latin and latin > MAX_LATIN * (own + latin):
        yield file.error("the text is mostly in Latin letters", f"Write it in {language.script} letters.", *at)


def hidden(text: str) -> tuple[str, str] | None:
    """What is wrong, and how to mend it, where `text` holds a character that nobody can see."""
    found = _HIDDEN.search(text)
    if not found:
        return None
    before = text[: found.start()].split("\n")[-1][-12:]
    where = f"after '{before}'" if before else "at the start of the text"
    return (
        f"an invisible character (U+{ord(found.group()):04X}) stands {where}",
        "Delete the letters on both sides of it and type them again.",
    )


def utf16_length(text: str) -> int:
    """Length as Telegram counts it: in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2
