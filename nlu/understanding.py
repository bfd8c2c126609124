"""What the model makes of a message, and the protocol of anything that can make it. Imports nothing heavy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Understanding:
    """The intents a message may have, best first.

    `intent` is the best one or None (nothing readable, or no model); `confidence` (0–1) is its probability;
    `alternatives` holds (intent, probability) pairs, the best one included, in falling order.
    """

    intent: str | None = None
    confidence: float = 0.0
    alternatives: tuple[tuple[str, float], ...] = ()


NOTHING = Understanding()
"""What is understood from nothing, or without a model."""


class Interpreter(Protocol):
    """Turns a text into an `Understanding`; never raises."""

    def interpret(self, text: str) -> Understanding:
        """What `text`, which `nlu.text.readings` has normalised, probably asks."""
        ...


class NoInterpreter:
    """Stands in until a model has loaded, and for good where none can be loaded."""

    def interpret(self, text: str) -> Understanding:  # noqa: ARG002 - the protocol's name
        """Nothing is understood."""
        return NOTHING
