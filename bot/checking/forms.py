"""Looks into data whose form may be wrong, and finds nothing there instead of failing: the schema reports the form."""

from __future__ import annotations

from datetime import date
from typing import Any


def mapping(value: object) -> dict[str, Any]:
    """`value` with its keys as text; empty where it is no mapping."""
    return {str(key): below for key, below in value.items()} if isinstance(value, dict) else {}


def listing(value: object) -> list[Any]:
    """`value`; empty where it is no list."""
    return value if isinstance(value, list) else []


def texts(value: object) -> list[tuple[int, str]]:
    """The texts of a list, each with its place."""
    return [(i, item) for i, item in enumerate(listing(value)) if isinstance(item, str)]


def dig(data: object, *at: str | int) -> object:
    """What stands at `at`; None where nothing does."""
    for step in at:
        if isinstance(step, int):
            items = listing(data)
            data = items[step] if step < len(items) else None
        else:
            data = mapping(data).get(step)
    return data


def day(value: object) -> date | None:
    """The day that a text like 2026-11-23 names; None where there is no such day."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
