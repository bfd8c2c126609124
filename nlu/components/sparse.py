"""Sparse TF-IDF blocks, quick for one message at a time.

scikit-learn's `TfidfVectorizer.transform` multiplies by a vocabulary-sized diagonal matrix on every call; this gives
the same numbers without it, and is stored as JSON and numpy arrays, so that loading a model runs no pickle.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import scipy.sparse as sp

Counts = Mapping[str, float]


class TfidfBlock:
    """Sublinear term frequency × inverse document frequency, each row of length 1 (or all zero)."""

    def __init__(self, vocabulary: dict[str, int], idf: np.ndarray) -> None:
        self.vocabulary = vocabulary
        self.idf = idf

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.vocabulary)

    @classmethod
    def fit(cls, documents: Iterable[Counts]) -> TfidfBlock:
        """Learns terms and their IDF (smoothed as in scikit-learn) from counted documents."""
        seen: Counter[str] = Counter()
        total = 0
        for document in documents:
            seen.update(document.keys())
            total += 1
        terms = sorted(seen)
        frequency = np.array([seen[term] for term in terms], dtype=np.float64)
        idf = np.log((1 + total) / (1 + frequency)) + 1
        return cls({term: i for i, term in enumerate(terms)}, idf.astype(np.float32))

    def row(self, document: Counts) -> tuple[np.ndarray, np.ndarray]:
        """Columns and values of one document; unknown terms are left out."""
        known = [(self.vocabulary[term], count) for term, count in document.items() if term in self.vocabulary]
        columns = np.array([column for column, _ in known], dtype=np.int32)
        counts = np.array([count for _, count in known], dtype=np.float32)
        values = np.where(counts >= 1, 1 + np.log(np.maximum(counts, 1)), counts) * self.idf[columns]
        length = np.sqrt((values * values).sum())
        return columns, values / length if length else values

    def save(self, folder: Path, name: str) -> None:
        """Writes `<name>.json` and `<name>.npy` into `folder`."""
        (folder / f"{name}.json").write_text(json.dumps(list(self.vocabulary), ensure_ascii=False), "utf-8")
        np.save(folder / f"{name}.npy", self.idf, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path, name: str) -> TfidfBlock:
        """Reads what `save` wrote."""
        terms = json.loads((folder / f"{name}.json").read_text("utf-8"))
        return cls({term: i for i, term in enumerate(terms)}, np.load(folder / f"{name}.npy", allow_pickle=False))


class Featurizing:
    """Named blocks side by side, each with its way of counting a text's terms and its weight."""

    def __init__(self, counters: Mapping[str, tuple[Callable[[str], Counts], float]]) -> None:
        self._counters = counters
        self._blocks: dict[str, TfidfBlock] = {}

    def fit(self, texts: Sequence[str]) -> None:
        """Learns every block from `texts`."""
        self._blocks = {name: TfidfBlock.fit(map(count, texts)) for name, (count, _) in self._counters.items()}

    def row(self, text: str) -> sp.coo_matrix:
        """One row for one text, float32."""
        columns, values, offset = [], [], 0
        for name, (count, weight) in self._counters.items():
            where, what = self._blocks[name].row(count(text))
            columns.append(where + offset)
            values.append(what * weight)
            offset += self._blocks[name].width
        where = np.concatenate(columns)
        data = np.concatenate(values).astype(np.float32)
        return sp.coo_matrix((data, (np.zeros_like(where), where)), shape=(1, offset))

    def rows(self, texts: Sequence[str]) -> sp.csr_matrix:
        """One row per text."""
        return sp.vstack([self.row(text) for text in texts], format="csr")

    def save(self, folder: Path) -> None:
        """Writes every block into `folder`."""
        for name, block in self._blocks.items():
            block.save(folder, name)

    def load(self, folder: Path) -> None:
        """Reads every block from `folder`."""
        self._blocks = {name: TfidfBlock.load(folder, name) for name in self._counters}
