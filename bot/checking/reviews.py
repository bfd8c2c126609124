"""Rules for reviews: who looked at an answer, when, and at which words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.checking.answers import text_hash
from bot.checking.forms import day, dig, mapping
from bot.checking.problem import CheckedFile, Problem

PARTS = ("language", "safeguarding")
"""The two reviews that an answer needs, by different people."""


def check_reviews(file: CheckedFile, today: date) -> Iterator[Problem]:
    """A reviewed answer names both reviewers by role, days that were, and the words that they read."""
    for id_, raw in mapping(dig(file.data, "answers")).items():
        answer, at = mapping(raw), ("answers", id_, "review")
        review = mapping(answer.get("review"))
        reviewed = review.get("state") == "reviewed"
        for part in PARTS:
            if reviewed and part not in review:
                fix = f"Add '{part}: {{by: role, on: day}}', or write 'state: draft'."
                yield file.error(f"'{id_}' is reviewed but not by anybody for its {part}", fix, *at)
            on = mapping(review.get(part)).get("on")
            if isinstance(on, str) and (day(on) is None or (day(on) or today) > today):
                fix = "Write the day on which it was read, like 2026-12-01."
                yield file.error(f"the {part} review of '{id_}' was not on '{on}'", fix, *at, part, "on")
        if reviewed and review.get("of") != text_hash(answer):
            what = f"'{id_}' was changed after its review" if "of" in review else f"'{id_}' does not say what was read"
            fix = f"Have it read again, then write of: \"{text_hash(answer)}\"; until then 'state: draft'."
            yield file.error(what, fix, *at)
