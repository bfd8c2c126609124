"""Whether texts are in the language they claim: its script, not copied English, no Zawgyi, no hidden characters."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from bot.checking.problem import CheckedFile, Problem
from bot.languages import Language
from nlu.text import SCRIPTS, count_scripts, looks_like_zawgyi

_HIDDEN = regex.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
_NAME = regex.compile(r"https?://\S+|[A-Z][\w.&-]*")
MAX_LATIN = 0.35
"""Share of Latin letters, names left out, above which a text of another script looks untranslated."""


def check_text(
    file: CheckedFile, text: str, language: Language, english: str | None, *at: str | int
) -> Iterator[Problem]:
    """Problems of one text for children; `english` is the English text in the same place, if there is one."""
    if _HIDDEN.search(text):
        yield file.error("the text holds an invisible character", "Delete the text and type it again.", *at)
    if looks_like_zawgyi(text):
        yield file.error(
            "the text looks like Zawgyi", "Convert it to Unicode Burmese (for instance with a converter).", *at
        )
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
        yield file.error(f"{strange[0]} letters stand in this text", f"Write it in the {language.script} script.", *at)
    elif latin and latin > MAX_LATIN * (own + latin):
        yield file.error("the text is mostly in Latin letters", f"Write it in the {language.script} script.", *at)


def utf16_length(text: str) -> int:
    """Length as Telegram counts it: in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2
