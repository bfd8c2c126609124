"""Puts *Help now* and the dangers that a message may speak of before everything else in a reply."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.knowledge import Knowledge
from bot.messages import Reply, Row
from bot.replies import help_now_row, question_rows


def danger_first(reply: Reply, ids: Sequence[str], knowledge: Knowledge) -> Reply:
    """`reply`, led by what to do in danger, by *Help now* and by a button for each danger of `ids`.

    The first paragraph stays the first: it is neutral, and lock screens show it.
    """
    quiet, _, rest = reply.text.partition("\n\n")
    say = knowledge.say(reply.language)
    text = "\n\n".join(part for part in (quiet, say("if_in_danger"), rest) if part)
    return replace(reply, text=text, buttons=_led(reply, question_rows(ids, reply.language, knowledge), knowledge))


def help_first(reply: Reply, knowledge: Knowledge) -> Reply:
    """`reply` with *Help now* as its first button: what was written is too unclear to judge."""
    return replace(reply, buttons=_led(reply, (), knowledge))


def with_other_dangers(reply: Reply, ids: Sequence[str], knowledge: Knowledge) -> Reply:
    """The urgent `reply` with a button for each further danger of the same message."""
    rows = question_rows(ids, reply.language, knowledge)
    return replace(reply, buttons=(*rows, *(row for row in reply.buttons if row not in rows)))


def _led(reply: Reply, rows: Sequence[Row], knowledge: Knowledge) -> tuple[Row, ...]:
    first = (help_now_row(reply.language, knowledge), *rows)
    return (*first, *(row for row in reply.buttons if row not in first))
