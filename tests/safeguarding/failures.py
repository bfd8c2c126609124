"""What can break, as the knowledge and the memory of a running bot: shared by the tests and the drill."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.knowledge import Knowledge
from bot.live import LateInterpreter, LiveKnowledge
from bot.memory import Memory, Note
from bot.settings import Settings
from nlu.model import Model
from nlu.understanding import Interpreter, NoInterpreter, Understanding


class FailingMemory(Memory):
    """A note store that neither reads nor writes."""

    def recall(self, key: bytes) -> Note:
        """Never comes back."""
        raise ConnectionError("no notes")

    def keep(self, key: bytes, note: Note) -> None:
        """Never arrives."""
        raise ConnectionError("no notes")


class RaisingModel:
    """A model that stumbles over every text."""

    def interpret(self, text: str) -> Understanding:
        """Raises."""
        raise RuntimeError(text)


def no_model() -> Interpreter:
    """As the running bot loads it, with nothing there."""
    return _loaded(lambda: Model(Path("no-such-model"), frozenset()))


def raising_model() -> Interpreter:
    """As the running bot wraps it."""
    return _loaded(RaisingModel)


def _loaded(load: Callable[[], Interpreter]) -> Interpreter:
    late = LateInterpreter(load)
    late.loaded.wait()
    return late


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing that is broken: how it is broken, and whether the note store fails."""

    name: str
    spoil: Callable[[Path], None] = lambda _: None
    """Given a copy of the folder with `content` and `locales`."""
    interpreter: Callable[[], Interpreter] = NoInterpreter
    no_notes: bool = False

    @contextmanager
    def running(self, folder: Path, clock: Callable[[], datetime]) -> Iterator[tuple[Callable[[], Knowledge], Memory]]:
        """The knowledge and the memory of a bot that was started in this state; `folder` is spoilt."""
        self.spoil(folder)
        settings = Settings(content=folder / "content", locales=folder / "locales")
        live = LiveKnowledge(settings, self.interpreter())
        yield live.current, FailingMemory(clock) if self.no_notes else Memory(clock)


def _remove(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()


def _spoil_all(folder: Path) -> None:
    """Half of each file, as after a full disk."""
    for path in (*folder.rglob("*.yml"), *folder.rglob("*.po")):
        whole = path.read_bytes()
        path.write_bytes(whole[: len(whole) // 2] + b"\xff: [")


FAILURES = (
    Failure("the content folder is missing", lambda folder: _remove(folder / "content")),
    Failure("content and interface texts are missing", _remove),
    Failure("every file of content and interface texts is cut in half", _spoil_all),
    Failure("the model is missing", interpreter=no_model),
    Failure("the model raises at every message", interpreter=raising_model),
    Failure("the note store fails", no_notes=True),
    Failure("everything at once", _remove, raising_model, no_notes=True),
)
