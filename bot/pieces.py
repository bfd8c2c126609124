"""Pieces of YAML, each read for itself: what has the wrong form raises, and loses only its own piece."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from bot.content import Key


def attempt(key: Key, make: Callable[[], object]) -> tuple[Key, object | None]:
    """The key with what `make` makes; with None where that has the wrong form."""
    try:
        return key, make()
    except (KeyError, TypeError, ValueError, AttributeError):
        return key, None


def each(
    sort: str, entries: Any, make: Callable[[str, Any], object], *language: str
) -> Iterator[tuple[Key, object | None]]:
    """One piece for each id of `entries`; one broken piece where they are no mapping."""
    if not isinstance(entries, dict):
        yield (sort, *language), None
        return
    for id_, raw in entries.items():
        yield attempt((sort, *language, str(id_)), lambda id_=id_, raw=raw: make(str(id_), raw))  # type: ignore[misc]


def strings(raw: Any) -> tuple[str, ...]:
    """The texts in a list; an item that is none is left out, so that it loses only itself.

    Raises:
        TypeError: when it is no list.
    """
    if not isinstance(raw, list):
        raise TypeError("a list is wanted")
    found = (str(item).strip() for item in raw if isinstance(item, (str, int)) and not isinstance(item, bool))
    return tuple(item for item in found if item)


def text(raw: Any) -> str:
    """A text that is not empty.

    Raises:
        TypeError: for anything else.
    """
    if not isinstance(raw, str) or not raw.strip():
        raise TypeError("a text is wanted")
    return raw.strip()


def flag(raw: Any) -> bool:
    """A truth value.

    Raises:
        TypeError: for anything else.
    """
    if not isinstance(raw, bool):
        raise TypeError("true or false is wanted")
    return raw
