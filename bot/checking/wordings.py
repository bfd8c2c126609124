"""Rules for the interface texts: the ids that the code says, in every language, with the same placeholders."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import PoFileError

from bot.checking.problem import Problem, Severity
from bot.content import Content
from bot.settings import ROOT
from bot.wording import FALLBACK_LANGUAGE, read_catalog
from nlu.text import looks_like_zawgyi, main_script

_BRACES = re.compile(r"\{\w*\}")


def said_ids() -> set[str]:
    """Every message id in the code, found by Babel's extraction."""
    methods = [("**.py", "python")]
    found = extract_from_dir(str(ROOT / "bot"), method_map=methods, keywords={"say": None, "key": None})
    return {message if isinstance(message, str) else message[0] for _, _, message, _, _ in found}


def check_wordings(folder: Path, content: Content, shown_folder: str) -> Iterator[Problem]:
    """Problems of every live language's catalogue."""
    wanted = said_ids()
    english = _read(folder, FALLBACK_LANGUAGE)
    for language in content.languages:
        path = f"{shown_folder}/{language.code}/LC_MESSAGES/bot.po"
        texts = _read(folder, language.code)
        if texts is None:
            yield Problem(path, 1, "the catalogue is missing or broken", "Copy the English one and translate it.")
            continue
        lines = _lines(folder / language.code / "LC_MESSAGES" / "bot.po")
        for missing in sorted(wanted - texts.keys()):
            yield Problem(path, 1, f"the text '{missing}' is missing", f'Add msgid "{missing}" with its text.')
        for unused in sorted(texts.keys() - wanted):
            yield Problem(path, lines.get(unused, 1), f"no code says '{unused}' any more", "Delete the entry.")
        for name, text in texts.items():
            what = _wrong(text, (english or {}).get(name, text), language.code, language.script)
            if what:
                yield Problem(path, lines.get(name, 1), f"the text '{name}' {what[0]}", what[1], Severity.ERROR)


def _wrong(text: str, english: str, code: str, script: str) -> tuple[str, str] | None:
    if _placeholders(text) != _placeholders(english):
        names = ", ".join(sorted(_placeholders(english))) or "none"
        return "has other words in braces than the English one", f"Write exactly these in braces: {names}."
    if looks_like_zawgyi(text):
        return "looks like Zawgyi", "Convert it to Unicode Burmese."
    if code != FALLBACK_LANGUAGE and text == english and main_script(text) == "Latin":
        return "is the same as the English one", "Translate it."
    if main_script(_BRACES.sub("", text)) not in (script, None):
        return "is in another script", f"Write it in the {script} script."
    return None


def _placeholders(text: str) -> set[str]:
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return {"a brace without its partner"}


def _read(folder: Path, language: str) -> Mapping[str, str] | None:
    try:
        return read_catalog(folder / language / "LC_MESSAGES" / "bot.po")
    except (OSError, ValueError, PoFileError):
        return None


def _lines(path: Path) -> dict[str, int]:
    """Message id → line, so that an editor finds the entry."""
    found = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if line.startswith('msgid "'):
            found[line[7:-1]] = number
    return found
