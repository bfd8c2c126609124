"""Interface texts (buttons, system sentences) in every language, out of gettext catalogues.

The message ids are names, not English sentences, so English is a translation like the others. The catalogues are read
as text: nothing has to be compiled, and a broken one loses only itself to the last resort.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from babel.messages.pofile import PoFileError, read_po

from bot.content_files import LAST_RESORT

FALLBACK_LANGUAGE = "en"

Say = Callable[..., str]
"""Takes a message id and the values of its placeholders; gives the sentence."""


def key(name: str) -> str:
    """Marks a message id that is chosen in one place and said in another, so that Babel's extraction finds it."""
    return name


@dataclass(frozen=True)
class Wording:
    """All interface texts: language → message id → text with named placeholders in braces."""

    catalogs: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def say(self, language: str, message: str, /, **values: object) -> str:
        """The text `message` in `language`, or in English, with its placeholders filled; never raises.

        A text that cannot be filled (a brace too many, a misspelt placeholder) counts as missing, and what is missing
        everywhere comes from the last resort.
        """
        filled = {name: str(value) for name, value in values.items()}
        for catalogs in (self.catalogs, last_resort_wording()):
            for code in (language, FALLBACK_LANGUAGE):
                text = catalogs.get(code, {}).get(message)
                try:
                    if text:
                        return text.format_map(filled)
                except (KeyError, ValueError, IndexError, AttributeError):
                    continue
        return ""

    def in_language(self, language: str) -> Say:
        """`say` with the language already chosen."""
        return lambda message, /, **values: self.say(language, message, **values)


def read_wording(folder: Path, previous: Wording | None = None) -> Wording:
    """The catalogues `<language>/LC_MESSAGES/bot.po` in `folder`; never raises.

    What cannot be read of a catalogue keeps what `previous` had.
    """
    catalogs = dict(previous.catalogs) if previous else {}
    for path in sorted(folder.glob("*/LC_MESSAGES/bot.po")):
        try:
            catalogs[path.parts[-3]] = {**catalogs.get(path.parts[-3], {}), **read_catalog(path)}
        except (OSError, ValueError, PoFileError):
            continue
    return Wording(catalogs)


def read_catalog(path: Path) -> dict[str, str]:
    """Message id → text of one catalogue, without untranslated entries.

    Raises:
        OSError, ValueError, PoFileError: when the file cannot be read as a catalogue.
    """
    catalog = read_po(io.BytesIO(path.read_bytes()), abort_invalid=True)
    return {str(m.id): str(m.string) for m in catalog if m.id and m.string}


@lru_cache(maxsize=1)
def last_resort_wording() -> dict[str, dict[str, str]]:
    """The texts that the package carries; empty where they are broken themselves."""
    try:
        stored = json.loads(LAST_RESORT.read_text("utf-8"))["wording"]
        return {str(code): {str(k): str(v) for k, v in texts.items()} for code, texts in stored.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
