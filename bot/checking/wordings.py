"""Rules for the interface texts: the ids that the code says, in every language, with the same placeholders."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from babel.messages.pofile import PoFileError

from bot.checking.glossary import HardWord, hard_words
from bot.checking.problem import Problem, Severity
from bot.checking.texts import hidden
from bot.content import Content
from bot.languages import Language
from bot.settings import ROOT
from bot.wording import FALLBACK_LANGUAGE, read_catalog
from nlu.text import SCRIPTS, looks_like_zawgyi, main_script

_BRACES = re.compile(r"\{\w*\}")
_LINE = re.compile(r'(#.*|\s*|((msgid|msgstr)\s+)?"([^"\\]|\\.)*"\s*)')
"""A line of a catalogue: a comment, nothing, or a text in double quotes. Babel cuts the last letter off other ones."""


@cache
def said_ids() -> frozenset[str]:
    """Every message id in the code: the first text in a call of `say` or `key`, as a function or of a `Wording`."""
    found = set()
    for path in (ROOT / "bot").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and _says(node.func):
                said = (arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str))
                found.update([next(said, "")])
    return frozenset(found - {""})


def _says(called: ast.expr) -> bool:
    if isinstance(called, ast.Call):  # knowledge.say(language)("menu")
        return _says(called.func)
    if isinstance(called, ast.Attribute):  # memory.key(…) is another matter
        return called.attr == "say"
    return isinstance(called, ast.Name) and called.id in ("say", "key")


def check_wordings(
    folder: Path, content: Content, shown_folder: str, glossaries: Mapping[str, object] | None = None
) -> Iterator[Problem]:
    """Problems of every live language's catalogue; `glossaries` are the data of the glossaries by language."""
    english = _texts(folder / FALLBACK_LANGUAGE / "LC_MESSAGES" / "bot.po")
    for language in content.languages:
        if language.script not in SCRIPTS:
            continue  # content/languages.yml is wrong, and that is reported
        relative = f"{language.code}/LC_MESSAGES/bot.po"
        path, shown = folder / relative, f"{shown_folder}/{relative}"
        broken = broken_catalog(path)
        if broken:
            yield Problem(shown, *broken)
        else:
            yield from _check_catalog(path, shown, language, english)
            yield from _check_hard_words(path, shown, hard_words((glossaries or {}).get(language.code)))


def _check_catalog(path: Path, shown: str, language: Language, english: Mapping[str, str]) -> Iterator[Problem]:
    texts, lines, wanted = _texts(path), _lines(path), said_ids()
    for missing in sorted(wanted - texts.keys()):
        line = lines.get(missing, 1)
        yield Problem(shown, line, f"the text '{missing}' is missing", f'Write it: msgid "{missing}", then msgstr.')
    for name, text in texts.items():
        line = lines.get(name, 1)
        if name not in wanted:
            yield Problem(shown, line, f"the bot does not say '{name}' any more", "Delete the entry.")
            continue
        wrong = _wrong(text, english.get(name, text), language)
        if wrong:
            yield Problem(shown, line, f"the text '{name}': {wrong[0]}", wrong[1])


def _check_hard_words(path: Path, shown: str, words: Sequence[HardWord]) -> Iterator[Problem]:
    lines = _lines(path)
    for name, text in _texts(path).items():
        for hard in words:
            if hard.is_in(_BRACES.sub("", text)):
                what = f"the text '{name}': {hard.what}"
                yield Problem(shown, lines.get(name, 1), what, hard.fix, Severity.WARNING)


def _wrong(text: str, english: str, language: Language) -> tuple[str, str] | None:
    if _placeholders(text) != _placeholders(english):
        names = ", ".join(f"{{{name}}}" for name in sorted(_placeholders(english))) or "none"
        return "the words in braces are not those of the English text", f"Write exactly these in braces: {names}."
    if looks_like_zawgyi(text):
        return "it looks like Zawgyi", "Convert it to Unicode, with any Zawgyi converter."
    if language.code != FALLBACK_LANGUAGE and text == english and main_script(text) == "Latin":
        return "it is the same as the English one", f"Translate it into {language.native_name}."
    if main_script(_BRACES.sub("", text)) not in (language.script, None):
        return "it is in another script", f"Write it in {language.script} letters."
    return hidden(text)


def _placeholders(text: str) -> set[str]:
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return {"a brace without its partner"}


def broken_catalog(path: Path) -> tuple[int, str, str] | None:
    """Line, what is wrong and how to mend it, where the catalogue cannot be read as it was meant."""
    try:
        for number, line in enumerate(path.read_text("utf-8").split("\n"), start=1):
            if not _LINE.fullmatch(line):
                return number, "the line is no text in double quotes", 'Write it like msgstr "…", with \\" for a quote.'
        read_catalog(path)
    except FileNotFoundError:
        return 1, "the file is missing", "Put it back, or copy the English one and translate it."
    except UnicodeDecodeError:
        return 1, "the file is not saved as UTF-8", "Save it again, with the encoding UTF-8."
    except PoFileError as problem:
        return problem.lineno + 1, "an entry is not complete", "Write msgid, and below it msgstr."
    except (OSError, ValueError):
        return 1, "the file cannot be read", "Compare it with the English one."
    return None


def _texts(path: Path) -> Mapping[str, str]:
    return {} if broken_catalog(path) else read_catalog(path)


def _lines(path: Path) -> dict[str, int]:
    """Message id → line, so that an editor finds the entry."""
    rows = enumerate(path.read_text("utf-8").splitlines(), start=1)
    return {line[7:-1]: number for number, line in rows if line.startswith('msgid "')}
