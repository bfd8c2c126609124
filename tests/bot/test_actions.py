"""Callback data: small, readable for years, and never an error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.actions import MAX_BYTES, Action, Kind


@pytest.mark.parametrize("kind", list(Kind))
def test_every_action_survives_its_callback_data(kind: Kind) -> None:
    action = Action(kind, "help_sexual_abuse", "km", "TH")
    assert Action.decode(action.encode()) == action
    assert len(action.encode().encode()) <= MAX_BYTES


@given(st.text())
def test_any_data_decodes_to_some_action(data: str) -> None:
    assert isinstance(Action.decode(data), Action)


@pytest.mark.parametrize("data", ["", "zz:1", "a:b:c:d:e", "a:ชื่อ", "a:" + "x" * 80, "DROP TABLE", "a:x y"])
def test_unknown_data_is_an_unknown_button(data: str) -> None:
    assert Action.decode(data).kind is Kind.UNKNOWN


@pytest.mark.parametrize("value", ["my name", "ชื่อ", "x" * 80])
def test_words_and_long_values_are_no_callback_data(value: str) -> None:
    with pytest.raises(ValueError, match="callback data"):
        Action(Kind.ANSWER, value).encode()
