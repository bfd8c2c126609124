"""Makes the slips that children make on small phones: to train on, and to measure with."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import regex

_MARK = regex.compile(r"\p{M}")


def with_slips(text: str, share: float, random: Random) -> str:
    """`text` with about `share` (0–1) of its characters left out, doubled or swapped with the next one."""
    written: list[str] = []
    position = 0
    while position < len(text):
        here, following = text[position], text[position + 1 : position + 2]
        if here != " " and random.random() < share:
            dropped, swapped, doubled = "", following + here, here + here
            kind = random.choices((dropped, swapped, doubled), (4, 3, 3))[0]
            written.append(kind)
            position += 2 if kind is swapped else 1
        else:
            written.append(here)
            position += 1
    return "".join(written)


def without_marks(text: str, share: float, random: Random) -> str:
    """`text` with about `share` (0–1) of its vowel and tone marks left out."""
    return "".join(letter for letter in text if not (_MARK.match(letter) and random.random() < share))


def without_spaces(text: str, share: float, random: Random) -> str:
    """`text` with about `share` (0–1) of its spaces left out."""
    return "".join(letter for letter in text if not (letter == " " and random.random() < share))


_KINDS: tuple[tuple[Callable[[str, float, Random], str], tuple[float, ...], int], ...] = (
    (with_slips, (0.04, 0.08, 0.12), 6),
    (without_marks, (0.15, 0.3), 3),
    (without_spaces, (0.5, 1.0), 1),
)
"""Each with its shares and how often it is drawn."""


def as_typed(text: str, random: Random) -> str:
    """`text` as it may come from a hurried child: one kind of slip, more or less of it."""
    slip, shares, _ = random.choices(_KINDS, [often for *_, often in _KINDS])[0]
    return slip(text, random.choice(shares), random)
