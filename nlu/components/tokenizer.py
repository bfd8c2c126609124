"""Cuts a normalised message into words by ICU's dictionaries, which know all five scripts."""

from __future__ import annotations

from typing import Any

from icu4py.breakers import WordBreaker
from rasa.engine.graph import ExecutionContext
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.sources import sources_fingerprint
from nlu.components.typing import MISSPELT
from nlu.text import has_letters, normalise

PLAIN = "plain_text"
"""Where a message keeps its normalised text, so that the components behind need not make it again."""


def plain_text(message: Message, attribute: str = TEXT) -> str:
    """The normalised text of `message`, made once."""
    if attribute != TEXT:
        return normalise(message.get(attribute) or "")
    if message.get(PLAIN) is None:
        message.set(PLAIN, normalise(message.get(TEXT) or ""))
    return str(message.get(PLAIN))


class ScriptTokenizer(Tokenizer):
    """Tokens are words of the normalised text; offsets count in the normalised text."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Settings that Rasa's base class wants, all off: intents are never split."""
        return {
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
            "prefix_separator_symbol": None,
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ScriptTokenizer:
        """A tokenizer; it keeps nothing in the model."""
        return cls(config)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Retrain when a file outside the graph changes."""
        return sources_fingerprint()

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Tokens for the phrases as they were written; nothing reads those of the misspelt copies."""
        written = [m for m in training_data.training_examples if not m.get(MISSPELT)]
        super().process_training_data(TrainingData(written))
        return training_data

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """The words of `attribute` in `message`; one placeholder when there is none, since Rasa wants a token."""
        text = plain_text(message, attribute)
        words = [(text[start:end], start) for start, end in WordBreaker(text, "en").segments()]
        return [Token(word, start) for word, start in words if has_letters(word)] or [Token(text or "_", 0)]
