"""Two views of a message: the shapes of its letters and words, and the concepts it mentions."""

from __future__ import annotations

from abc import abstractmethod
from collections import Counter
from itertools import pairwise
from typing import Any

import regex
from icu4py.breakers import WordBreaker
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.sources import SOURCES, sources_fingerprint
from nlu.components.sparse import Counts, Featurizing
from nlu.components.tokenizer import plain_text
from nlu.components.typing import MISSPELT
from nlu.concepts import Lexicon, dump_forms, load_lexicon, read_forms
from nlu.phrases import symbols_of_plain
from nlu.text import has_letters, skeleton, sort_marks

_RUN = regex.compile(r"[\p{L}\p{M}\p{N}]+")


class _TextFeaturizer(SparseFeaturizer, GraphComponent):
    """What both have in common: learn blocks from the texts, store them, add one sentence feature per message."""

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, context: ExecutionContext
    ) -> None:
        super().__init__(context.node_name, config)
        self._storage = storage
        self._resource = resource
        self._features = self._featurizing()

    @abstractmethod
    def _featurizing(self) -> Featurizing:
        """The blocks of this featurizer, not yet learned."""

    @classmethod
    def required_components(cls) -> list[type]:
        """Rasa places featurizers behind a tokenizer."""
        return [Tokenizer]

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Every setting has a default; Rasa refuses unknown ones by itself."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> _TextFeaturizer:
        """An untrained featurizer."""
        return cls(config, model_storage, resource, execution_context)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> _TextFeaturizer:
        """A trained featurizer out of the model."""
        component = cls(config, model_storage, resource, execution_context)
        with model_storage.read_from(resource) as folder:
            component._load(folder)
        return component

    def _load(self, folder: Any) -> None:
        self._features.load(folder)

    def _save(self, folder: Any) -> None:
        self._features.save(folder)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Retrain when a file outside the graph changes."""
        return sources_fingerprint()

    def train(self, training_data: TrainingData) -> Resource:
        """Learns vocabulary and weights from the training phrases as they were written."""
        phrases = [m for m in training_data.training_examples if m.get(TEXT) and not m.get(MISSPELT)]
        self._features.fit([plain_text(m) for m in phrases])
        with self._storage.write_to(self._resource) as folder:
            self._save(folder)
            (folder / SOURCES).write_text(sources_fingerprint(), "ascii")
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds one sparse sentence feature to each message."""
        for message in messages:
            row = self._features.row(plain_text(message))
            message.add_features(Features(row, FEATURE_TYPE_SENTENCE, TEXT, self._config["alias"]))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Adds the feature to every training phrase."""
        self.process([m for m in training_data.training_examples if m.get(TEXT)])
        return training_data


MAX_NGRAM = 4
"""Longest character n-gram; 1–4 are as good as 1–5 and a third smaller."""


class NgramFeaturizer(_TextFeaturizer):
    """Character n-grams inside runs of letters, ICU words with their neighbours, and n-grams of the skeleton."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Only what Rasa's base class wants."""
        return {**SparseFeaturizer.get_default_config(), "alias": "ngrams"}

    def _featurizing(self) -> Featurizing:
        return Featurizing(
            {"ngrams": (count_ngrams, 1.0), "words": (count_words, 1.0), "skeleton": (count_skeleton, 1.0)}
        )


def count_ngrams(plain: str) -> Counts:
    """Character n-grams of each run of letters with its borders, marks in a fixed order, of a normalised text."""
    return _ngrams_of_runs(sort_marks(plain), 1)


def count_skeleton(plain: str) -> Counts:
    """Character n-grams of the skeleton of a normalised text: what the same word keeps in most spellings of it."""
    return _ngrams_of_runs(skeleton(plain), 2)


def _ngrams_of_runs(text: str, shortest: int) -> Counts:
    counts: Counter[str] = Counter()
    for run in _RUN.findall(text):
        padded = f" {run} "
        for size in range(shortest, MAX_NGRAM + 1):
            counts.update(padded[i : i + size] for i in range(len(padded) - size + 1))
    counts.pop(" ", None)
    return counts


def count_words(plain: str) -> Counts:
    """Words by ICU's dictionaries, single and with the next one, of a normalised text."""
    words = [word for word in WordBreaker(plain, "en") if has_letters(word)]
    return Counter([*words, *(f"{one} {two}" for one, two in pairwise(words))])


class ConceptFeaturizer(_TextFeaturizer):
    """Concepts that the lexicon finds; the model carries the lexicon that it was trained with."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`weight`: of this block beside the n-grams."""
        return {**SparseFeaturizer.get_default_config(), "alias": "concepts", "weight": 1.0}

    def _featurizing(self) -> Featurizing:
        self._lexicon: Lexicon | None = None
        return Featurizing({"concepts": (self._concepts, self._config["weight"])})

    def _concepts(self, plain: str) -> Counts:
        if self._lexicon is None:
            self._lexicon = load_lexicon()
        return Counter(self._lexicon.concepts(symbols_of_plain(plain)))

    def _load(self, folder: Any) -> None:
        super()._load(folder)
        self._lexicon = read_forms((folder / "lexicon.json").read_text("utf-8"))

    def _save(self, folder: Any) -> None:
        super()._save(folder)
        (folder / "lexicon.json").write_text(dump_forms(self._lexicon or load_lexicon()), "utf-8")
