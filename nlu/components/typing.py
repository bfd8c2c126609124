"""Adds a misspelt copy of every training phrase, so that the model learns from what misspelling leaves standing."""

from __future__ import annotations

import zlib
from random import Random
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.typing_errors import as_typed

MISSPELT = "misspelt"
"""Marks the copies: classifiers learn from them, vocabularies and their weights do not."""


class TypingErrors(GraphComponent):
    """Stands before the tokenizer; a message to be understood passes unchanged."""

    def __init__(self, config: dict[str, Any]) -> None:
        self._config = config

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`copies`: how many misspelt copies of each phrase are learned from."""
        return {"copies": 1}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TypingErrors:
        """A component; it keeps nothing in the model."""
        return cls(config)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """The phrases and their copies; the same phrase is always misspelt in the same way."""
        phrases = [m for m in training_data.training_examples if m.get(TEXT) and m.get(INTENT)]
        copies = [self._copy(m, n) for m in phrases for n in range(self._config["copies"])]
        return TrainingData([*training_data.training_examples, *copies])

    @staticmethod
    def _copy(message: Message, number: int) -> Message:
        text = str(message.get(TEXT))
        random = Random(zlib.crc32(f"{number} {text}".encode()))  # noqa: S311 - no secret, and the same on each run
        return Message({TEXT: as_typed(text, random), INTENT: message.get(INTENT), MISSPELT: True})

    def process(self, messages: list[Message]) -> list[Message]:
        """Nothing to do."""
        return messages
