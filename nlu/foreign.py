"""Tells that a text is in a language that the bot does not speak, though in letters that it can read.

Shan, Karen and Mon are written in Myanmar letters, Vietnamese and Malay in Latin ones: n-grams and single words of them
look familiar to the model, and it must not be sure of what it half reads.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import regex
import yaml

WORDS = Path(__file__).with_name("foreign_words.yml")

FOREIGN_LETTERS = 0.08
"""From this share of letters and marks on that no word of our five languages is written with, a text is foreign."""

FOREIGN_WORDS = 0.34
"""From this share of words on that are common in another language, and from two of them on, a text is foreign."""

_SIGN = regex.compile(r"[\p{L}\p{M}]")
_OUR_SIGN = regex.compile(r"[a-z\p{Thai}\p{Lao}\p{Khmer}\u1000-\u104f]")
_LATIN_WORD = regex.compile(r"[\p{Latin}\p{M}]+")


def is_foreign(plain: str) -> bool:
    """Whether the normalised text `plain` is in none of the bot's languages, as far as its signs and words show."""
    signs = _SIGN.findall(plain)
    strange = sum(1 for sign in signs if not _OUR_SIGN.match(sign))
    if signs and strange / len(signs) >= FOREIGN_LETTERS:
        return True
    words = _LATIN_WORD.findall(plain)
    foreign = sum(1 for word in words if word in _foreign_words())
    return foreign >= 2 and foreign / len(words) >= FOREIGN_WORDS


@lru_cache(maxsize=1)
def _foreign_words() -> frozenset[str]:
    listed = yaml.load(WORDS.read_text("utf-8"), Loader=yaml.CSafeLoader)["words"]
    return frozenset(str(word) for words in listed.values() for word in words)
