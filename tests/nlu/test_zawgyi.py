"""Zawgyi becomes Unicode exactly as ICU does it, and short Burmese is read both ways."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nlu.text import looks_like_zawgyi, normalise, readings
from nlu.zawgyi import unicode_to_zawgyi, zawgyi_to_unicode

VECTORS = json.loads(Path(__file__).with_name("zawgyi_vectors.json").read_text("utf-8"))
"""Unicode, ICU's Zawgyi of it, ICU's Unicode of that: sentences of this bot, converted once by ICU 72.1."""


@pytest.mark.parametrize(("text", "zawgyi", "back"), VECTORS["vectors"])
def test_both_ways_are_those_of_icu(text: str, zawgyi: str, back: str) -> None:
    assert unicode_to_zawgyi(text) == zawgyi
    assert zawgyi_to_unicode(zawgyi) == back


def test_a_rule_may_read_again_what_it_wrote() -> None:
    """The digit four at the beginning of a text stands for a sign, which the next rules go on with."""
    assert zawgyi_to_unicode("၄င္း") == "၎င်း"


def test_a_long_zawgyi_message_has_one_reading() -> None:
    assert readings("ရဲဖမ္းထားတယ္") == (normalise("ရဲဖမ်းထားတယ်"),)
    assert looks_like_zawgyi("ရဲဖမ္းထားတယ္")


def test_a_plain_message_has_one_reading() -> None:
    assert readings("ရဲဖမ်းထားတယ် ကူညီပါ") == ("ရဲဖမ်းထားတယ် ကူညီပါ",)
    assert readings("police") == ("police",)


def test_a_short_message_that_may_be_either_has_both_readings() -> None:
    assert readings("မဂၤလာပါ") == ("မင်္ဂလာပါ", "မဂၤလာပါ")
