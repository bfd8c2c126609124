"""Which language a message is written in, and which one the reply takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nlu.phrases import symbols
from nlu.text import main_script


@dataclass(frozen=True, slots=True)
class Language:
    """One language of the bot, as content/languages.yml declares it."""

    code: str
    native_name: str
    script: str
    live: bool
    safe_words: tuple[str, ...] = ()
    help_words: tuple[str, ...] = ()
    stop_words: tuple[str, ...] = ()


def written_language(text: str, languages: Sequence[Language], found: Mapping[str, int]) -> str | None:
    """The language `text` is written in; None when it cannot be told.

    The script of most letters decides where only one language uses it. For Latin letters the language of the danger
    phrases and concepts that were found decides (`found`: how many words of the text each language explains), where it
    explains at least two words and half of the text: romanised Thai is Thai, but one word proves nothing.
    """
    script = main_script(text)
    if script is None:
        return None
    if script != "Latin":
        return next((language.code for language in languages if language.script == script), None)
    if not found:
        return None
    best = max(found, key=lambda code: found[code])
    enough = found[best] >= max(2, len(symbols(text)) / 2)
    return best if enough and list(found.values()).count(found[best]) == 1 else None


def reply_language(written: str | None, noted: str | None, hint: str | None, default: str, known: Sequence[str]) -> str:
    """The language of the reply: what was written, else what the child chose, else the app's, else the default."""
    for code in (written, noted, hint):
        if code in known:
            return str(code)
    return default
