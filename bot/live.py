"""Keeps a running bot current: content is read again when a file changes, the model is loaded in the background."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from bot.content import Answer, Content
from bot.content_files import Reading, read_content
from bot.danger import DangerFinder
from bot.knowledge import Door, Knowledge
from bot.logs import Event, log
from bot.settings import Settings
from bot.wording import read_wording
from nlu.concepts import FOLDER as LEXICON_FOLDER
from nlu.concepts import Lexicon, load_lexicon
from nlu.understanding import NOTHING, Interpreter, NoInterpreter, Understanding

LOOK_EVERY = 1.0
"""Seconds between two looks at the files' times."""


class LateInterpreter:
    """Understands nothing until its model has loaded, and never raises."""

    def __init__(self, load: Callable[[], Interpreter]) -> None:
        """Starts `load` in a thread of its own."""
        self._interpreter: Interpreter = NoInterpreter()
        self.loaded = threading.Event()
        """Set once loading has ended, well or not."""
        threading.Thread(target=self._load, args=(load,), daemon=True, name="model").start()

    def _load(self, load: Callable[[], Interpreter]) -> None:
        try:
            self._interpreter = load()
            log(Event.MODEL_READY)
        except Exception as problem:
            log(Event.MODEL_MISSING, error=type(problem).__name__)
        finally:
            self.loaded.set()

    def interpret(self, text: str) -> Understanding:
        """What the model says; nothing while it loads, or when it fails on this text."""
        try:
            return self._interpreter.interpret(text)
        except Exception as problem:
            log(Event.MODEL_FAILED, error=type(problem).__name__)
            return NOTHING


class LiveKnowledge:
    """Knowledge out of the content and locales folders; what was right stays when something becomes wrong."""

    def __init__(
        self,
        settings: Settings,
        interpreter: Interpreter,
        today: Callable[[], date] = date.today,
        door: Door = Door.TELEGRAM,
    ) -> None:
        self._settings = settings
        self._lexicon = _lexicon_or_none()
        self._lock = threading.Lock()
        self._seen = self._times()
        self._looked_at = time.monotonic()
        self._reading = read_content(settings.content)
        self._knowledge = Knowledge(
            content=self._reading.content,
            wording=read_wording(settings.locales),
            danger=DangerFinder(self._reading.content, self._lexicon),
            interpreter=interpreter,
            default_language=settings.language,
            first_country=settings.country,
            today=today,
            door=door,
        )
        self._report(self._reading)

    def current(self) -> Knowledge:
        """The knowledge of now; never raises."""
        with self._lock:
            if time.monotonic() - self._looked_at >= LOOK_EVERY:
                self._looked_at = time.monotonic()
                try:
                    self._look()
                except Exception as problem:
                    log(Event.CONTENT_BROKEN, error=type(problem).__name__)
            return self._knowledge

    @property
    def broken_files(self) -> int:
        """How many content files cannot be read now: what they said before is still told."""
        with self._lock:
            return len(self._reading.broken)

    def _look(self) -> None:
        times = self._times()
        if times == self._seen:
            return
        self._seen = times
        if not (self._settings.content / "catalog.yml").exists():
            log(Event.CONTENT_BROKEN, kind="catalog")  # the folder is being moved or copied: keep what we have
            return
        reading = keep_reviewed(read_content(self._settings.content, self._reading), self._reading)
        danger = DangerFinder(reading.content, self._lexicon)
        wording = read_wording(self._settings.locales, self._knowledge.wording)
        self._knowledge = replace(self._knowledge, content=reading.content, danger=danger, wording=wording)
        self._reading = reading
        self._report(reading)

    def _report(self, reading: Reading) -> None:
        log(Event.CONTENT_READ, count=len(reading.content.pieces))
        if reading.broken:
            log(Event.CONTENT_BROKEN, count=len(reading.broken))

    def _times(self) -> dict[Path, int]:
        folders = (self._settings.content, self._settings.locales)
        times: dict[Path, int] = {}
        for path in (path for folder in folders for path in folder.rglob("*") if path.suffix in (".yml", ".po")):
            try:
                times[path] = path.stat().st_mtime_ns
            except OSError:
                continue
        return times


def keep_reviewed(fresh: Reading, before: Reading) -> Reading:
    """`fresh`, but with the words of `before` for each answer that was reviewed then and is a draft now.

    An answer that its file no longer has is withdrawn all the same.
    """
    kept = {
        key: piece
        for key, piece in before.content.pieces.items()
        if isinstance(piece, Answer)
        and piece.reviewed
        and isinstance(now := fresh.content.pieces.get(key), Answer)
        and not now.reviewed
    }
    return replace(fresh, content=Content({**fresh.content.pieces, **kept})) if kept else fresh


def _lexicon_or_none() -> Lexicon | None:
    try:
        return load_lexicon(LEXICON_FOLDER)
    except Exception as problem:
        log(Event.CONTENT_BROKEN, kind="lexicon", error=type(problem).__name__)
        return None
