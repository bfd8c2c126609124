"""A folder that opens by double-click on any laptop or phone: the pages of the club without a programme behind them.

Browsers refuse modules, requests and service workers to pages out of files, so all replies are written down as scripts,
one for each language, and the fonts stand inside the style.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from bot.actions import Action, Kind
from bot.button_replies import Press, button_reply
from bot.channels.web_data import PAGE, club_data, reply_data
from bot.knowledge import Knowledge
from bot.memory import Note
from bot.printing.markup import with_fonts
from bot.printing.writing import cannot_write

TALK = "talk.js"
OFFLINE = "offline.js"
"""Stands in for `TALK` in the folder."""

_PLAIN = (
    *(Kind.MENU, Kind.LANGUAGES, Kind.COUNTRIES, Kind.HELP_NOW, Kind.SOMETHING_ELSE),
    *(Kind.ABOUT_ME, Kind.PRIVACY, Kind.ERASE, Kind.ERASE_NOW, Kind.QUIET, Kind.LANGUAGE, Kind.HELPED),
)
"""Buttons whose reply needs no id; the reply to a chosen country is that to a chosen language in other words."""

_LEFT_OUT = (Kind.GOING.value, Kind.GOING_TO.value)
"""Two countries at once would be six times as much to write down: here a child looks at one after the other."""


def write_site(knowledge: Knowledge, folder: Path) -> Path:
    """Writes the folder; the page to open.

    Raises:
        SettingsError: when the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path in sorted(PAGE.iterdir()):
            if path.suffix in (".html", ".js", ".css", ".svg") and path.name != TALK:
                (folder / path.name).write_text(_offline(path), "utf-8")
        (folder / "LICENSE-fonts.txt").write_bytes((PAGE / "fonts" / "LICENSE-OFL.txt").read_bytes())
        for language in knowledge.language_codes:
            data = json.dumps(language_data(language, knowledge), ensure_ascii=False, separators=(",", ":"))
            script = f"know({json.dumps(language)},{_as_script(data)});\n"
            (folder / f"data-{language}.js").write_text(script, "utf-8")
    except OSError as problem:
        raise cannot_write(folder, problem) from None
    return folder / "index.html"


def _offline(path: Path) -> str:
    text = path.read_text("utf-8")
    if path.suffix == ".html":
        return text.replace(f'src="{TALK}"', f'src="{OFFLINE}"')
    return with_fonts(text) if path.suffix == ".css" else text


def _as_script(data: str) -> str:
    """JSON that is also a script in every browser."""
    return data.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("</", "<\\/")


def language_data(language: str, knowledge: Knowledge) -> dict[str, Any]:
    """All replies in one language, for each country and for none.

    Lines and buttons are written down once and named by number, since most stand in many replies.
    """
    lines: dict[str, int] = {}
    buttons: dict[str, int] = {}
    replies = {
        country: {key: _reply(reply, lines, buttons) for key, reply in _replies(language, country, knowledge)}
        for country in ("", *knowledge.countries(language))
    }
    return {
        "club": club_data(language, knowledge),
        "lines": list(lines),
        "buttons": [json.loads(button) for button in buttons],
        "replies": replies,
    }


def _reply(reply: dict[str, Any], lines: dict[str, int], buttons: dict[str, int]) -> list[Any]:
    text = [lines.setdefault(line, len(lines)) for line in reply["text"].split("\n")]
    kept = ([b for b in row if not (b["action"] or "").startswith(_LEFT_OUT)] for row in reply["buttons"])
    rows = [[buttons.setdefault(json.dumps(b), len(buttons)) for b in row] for row in kept if row]
    return [text, rows, reply["urgent"] + 2 * reply["replaces"] + 4 * reply["erases"]]


def _replies(language: str, country: str, knowledge: Knowledge) -> Iterator[tuple[str, dict[str, Any]]]:
    """Reply by the first two parts of its action; answers are read, not confirmed: nobody has written anything."""
    note = Note(language=language, country=country or None)
    actions = [Action(Kind.START)]  # without a language: whoever opens the page has chosen none yet
    actions += [Action(kind, language=language) for kind in _PLAIN]
    actions += [Action(Kind.COUNTRY, language=language, country=country)]
    actions += [Action(Kind.MODULE, module, language) for module in knowledge.content.module_ids]
    actions += [Action(Kind.NOT_HELPED, intent, language) for intent in knowledge.content.intents]
    actions += [Action(Kind.READ, intent, language) for intent in knowledge.content.intents]
    for action in actions:
        press = Press(action, language, note, datetime(2000, 1, 1, tzinfo=timezone.utc))
        yield f"{action.kind.value}:{action.value}", reply_data(button_reply(press, knowledge))
