"""The fingerprint of everything outside Rasa's graph that changes what our components do."""

from __future__ import annotations

import hashlib
from pathlib import Path

SOURCES = "sources.txt"
"""File in a trained model: the fingerprint of what it was trained with."""

_NLU = Path(__file__).resolve().parents[1]


def sources_fingerprint() -> str:
    """Hash of the lexicon, the normaliser, the matcher and the components: an edit of one must retrain the model."""
    digest = hashlib.sha256()
    code = ("text.py", "phrases.py", "concepts.py", "typing_errors.py", "components/*.py")
    for pattern in ("lexicon/*.yml", "zawgyi/*.*", *code):
        for path in sorted(_NLU.glob(pattern)):
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()
