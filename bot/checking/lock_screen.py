"""What a lock screen may show: the beginning of an urgent or careful answer names no danger."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from bot.checking.forms import dig, listing, mapping, texts
from bot.checking.problem import CheckedFile, Problem
from bot.content import Content
from nlu.text import main_script

SHOWN = 120
"""UTF-16 units of a message that a lock screen shows."""

NOT_HIDDEN = frozenset({"health_emergency"})
"""Whoever sees that somebody is badly hurt may help."""


def check_lock_screen(file: CheckedFile, glossary: CheckedFile, content: Content) -> Iterator[Problem]:
    """No word of the glossary's `hidden` in the first 120 units of an urgent or careful answer."""
    words = [word for _, word in texts(listing(dig(glossary.data, "hidden")))]
    for id_, raw in mapping(dig(file.data, "answers")).items():
        intent = content.intents.get(id_)
        if intent is None or id_ in NOT_HIDDEN or not (intent.urgent or intent.careful):
            continue
        answer = mapping(raw)
        seen = f"{str(answer.get('quiet', '')).strip()}\n\n{str(answer.get('say', '')).strip()}"
        start = seen.encode("utf-16-le")[: 2 * SHOWN].decode("utf-16-le", errors="ignore")
        for word in words:
            edge = r"\b" if main_script(word) == "Latin" else ""
            if regex.search(f"{edge}{regex.escape(word)}{edge}", start, regex.IGNORECASE):
                what = f"'{word}' stands in the first {SHOWN} letters of '{id_}', which a lock screen shows"
                yield file.error(what, "Say it later, or in other words.", "answers", id_, "say")
