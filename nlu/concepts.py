"""The lexicon: what children write in any language → concepts that all languages share.

A concept (POLICE, HIT, ME …) carries over between languages, so phrases in one language teach the model the others.
Measured: the largest single gain there is (docs/understanding.md).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from nlu.phrases import Match, PhraseBook

FOLDER = Path(__file__).with_name("lexicon")


@dataclass(frozen=True, slots=True)
class Form:
    """What one written form means: its concept, and the language whose children write it."""

    concept: str
    language: str


class Lexicon:
    """All forms of all languages, ready for searching."""

    def __init__(self, forms: Iterable[tuple[str, Form]]) -> None:
        self.forms = tuple(forms)
        self._book: PhraseBook[Form] = PhraseBook(self.forms)

    @property
    def words(self) -> frozenset[str]:
        """Every word of every form."""
        return self._book.words

    def find(self, text: str | Sequence[str]) -> list[Match[Form]]:
        """The concepts that `text` (or its row of symbols) mentions, in reading order, longest first, no overlaps."""
        return self._book.find_longest(text)

    def concepts(self, text: str | Sequence[str]) -> list[str]:
        """The concepts that `text` (or its row of symbols) mentions, in reading order, equal neighbours once."""
        found: list[str] = []
        for match in self.find(text):
            if not found or found[-1] != match.payload.concept:
                found.append(match.payload.concept)
        return found


def load_lexicon(folder: Path = FOLDER) -> Lexicon:
    """The lexicon of every language in `folder`.

    Raises:
        OSError, yaml.YAMLError, TypeError: when a file is missing or is no mapping of concepts to lists of forms.
    """
    forms = []
    for path in sorted(folder.glob("*.yml")):
        if path.stem == "concepts":
            continue
        entries = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)["forms"]
        forms += [(str(form), Form(concept, path.stem)) for concept, written in entries.items() for form in written]
    return Lexicon(forms)


def dump_forms(lexicon: Lexicon) -> str:
    """`lexicon` as JSON, to travel inside a trained model."""
    return json.dumps([[text, form.concept, form.language] for text, form in lexicon.forms], ensure_ascii=False)


def read_forms(dumped: str) -> Lexicon:
    """The lexicon that `dump_forms` wrote."""
    return Lexicon((text, Form(concept, language)) for text, concept, language in json.loads(dumped))
