"""A linear classifier over all sparse features: one logistic regression per intent, probabilities that sum to 1."""

from __future__ import annotations

import json
import os
from typing import Any

import numpy as np
import scipy.sparse as sp
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

_SMOOTHING = 0.1
"""Added to the sum of each feature, so that none is infinitely telling."""


class LinearIntentClassifier(IntentClassifier, GraphComponent):
    """Learns with scikit-learn; predicts with a stored matrix, since scikit-learn's own copy costs milliseconds."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._intents: list[str] = []
        self._weights = np.zeros((0, 0), np.float32)
        self._bias = np.zeros(0, np.float32)

    @classmethod
    def required_components(cls) -> list[type]:
        """Something must have made features before."""
        return [Featurizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Settings of learning, each chosen by measuring (docs/understanding.md).

        `C`: inverse strength of regularisation; `tolerance`: where learning stops (0.0001 changed no share of right
        answers by 0.001 and took four times as long); `balance`: from 0, every phrase counts the same, to 1, every
        intent does; `emphasis`: from 0 to 1, how much a feature counts that tells an intent from the others (the
        log-count ratio of Wang and Manning 2012, "Baselines and Bigrams"); `ranking_length`: intents reported.
        """
        return {"C": 20.0, "tolerance": 0.1, "balance": 0.5, "emphasis": 0.5, "ranking_length": 10}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LinearIntentClassifier:
        """An untrained classifier."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LinearIntentClassifier:
        """A trained classifier out of the model."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._intents = json.loads((folder / "intents.json").read_text("utf-8"))
            component._weights = np.load(folder / "weights.npy", allow_pickle=False)
            component._bias = np.load(folder / "bias.npy", allow_pickle=False)
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Learns one weight vector per intent, on all cores."""
        from joblib import Parallel, delayed  # like scikit-learn needed for training only

        examples = [m for m in training_data.intent_examples if m.get(TEXT)]
        features, named = _features(examples), np.array([m.get(INTENT) for m in examples])
        self._intents = sorted(set(named))
        totals = np.asarray(features.sum(axis=0)).ravel()
        learn = delayed(_learn_one)
        each = Parallel(n_jobs=os.cpu_count())(
            learn(features, totals, named == intent, self._config) for intent in self._intents
        )
        self._weights = np.ascontiguousarray(np.stack([weights for weights, _ in each], axis=1))
        self._bias = np.array([bias for _, bias in each], np.float32)
        with self._storage.write_to(self._resource) as folder:
            (folder / "intents.json").write_text(json.dumps(self._intents), "utf-8")
            np.save(folder / "weights.npy", self._weights, allow_pickle=False)
            np.save(folder / "bias.npy", self._bias, allow_pickle=False)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets `intent` and `intent_ranking` on each message."""
        for message in messages:
            columns, values = _sparse_row(message)
            odds = 1 / (1 + np.exp(-(values @ self._weights[columns] + self._bias)))
            probabilities = odds / odds.sum()
            best = np.argsort(-probabilities)[: self._config["ranking_length"]]
            ranking = [{"name": self._intents[i], "confidence": float(probabilities[i])} for i in best]
            message.set("intent", ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing to add: Rasa asks every component."""
        return training_data


def _learn_one(
    features: sp.csr_matrix, totals: np.ndarray, positive: np.ndarray, config: dict[str, Any]
) -> tuple[np.ndarray, float]:
    """Weights (one per feature, float32) and bias that tell the `positive` rows from the others."""
    from sklearn.linear_model import LogisticRegression

    emphasis = _emphasis(features, totals, positive, config["emphasis"])
    count = int(positive.sum())
    learner = LogisticRegression(
        C=config["C"],
        solver="liblinear",
        dual=True,
        class_weight={True: ((len(positive) - count) / count) ** config["balance"], False: 1.0},
        tol=config["tolerance"],
        random_state=0,
    )
    learner.fit(features @ sp.diags(emphasis), positive)
    return (learner.coef_[0] * emphasis).astype(np.float32), float(learner.intercept_[0])


def _emphasis(features: sp.csr_matrix, totals: np.ndarray, positive: np.ndarray, share: float) -> np.ndarray:
    """A factor per feature, from `1 - share` to `1 + 2 * share`: large where it speaks for or against the intent."""
    inside = np.asarray(features[positive].sum(axis=0)).ravel() + _SMOOTHING
    outside = totals - inside + 2 * _SMOOTHING
    ratio = np.abs(np.log(inside / inside.sum()) - np.log(outside / outside.sum()))
    return (1 - share) + 3 * share * ratio / max(float(ratio.max()), 1e-9)


def _sparse_row(message: Message) -> tuple[np.ndarray, np.ndarray]:
    """Columns and values of all sparse sentence features of `message`, in the order in which they were added.

    The same row that Rasa's `get_sparse_features` stacks, without the matrices that this takes.
    """
    rows = _sparse_features(message)
    starts = np.cumsum([0, *(row.shape[1] for row in rows)])
    columns = [row.col + start for row, start in zip(rows, starts, strict=False)]
    return np.concatenate(columns), np.concatenate([row.data for row in rows])


def _sparse_features(message: Message) -> list[sp.coo_matrix]:
    return [
        feature.features
        for feature in message.features
        if feature.attribute == TEXT and feature.is_sparse() and feature.type == FEATURE_TYPE_SENTENCE
    ]


def _features(messages: list[Message]) -> sp.csr_matrix:
    """One row per message."""
    rows = [_sparse_row(message) for message in messages]
    ends = np.cumsum([0, *(len(columns) for columns, _ in rows)])
    width = sum(row.shape[1] for row in _sparse_features(messages[0]))
    columns, values = (np.concatenate(parts) for parts in zip(*rows, strict=True))
    return sp.csr_matrix((values, columns, ends), shape=(len(messages), width))
