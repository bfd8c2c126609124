"""Slips of typing: as many as asked for, and always the same ones for the same random numbers."""

from __future__ import annotations

from random import Random

import pytest
import regex

from nlu.typing_errors import as_typed, with_slips, without_marks, without_spaces

SENTENCES = ["ตำรวจจับหนูไปเมื่อวาน", "ရဲက ကျွန်မကို ဖမ်းသွားတယ်", "ຕຳຫຼວດຈັບຂ້ອຍໄປ", "ប៉ូលិសចាប់ខ្ញុំហើយ", "the police took me yesterday"]


@pytest.mark.parametrize("text", SENTENCES)
def test_no_share_changes_nothing(text: str) -> None:
    assert (
        with_slips(text, 0, Random(1))
        == without_marks(text, 0, Random(1))
        == without_spaces(text, 0, Random(1))
        == text
    )


@pytest.mark.parametrize("text", SENTENCES)
def test_all_marks_or_all_spaces_can_go(text: str) -> None:
    assert not regex.search(r"\p{M}", without_marks(text, 1, Random(1)))
    assert " " not in without_spaces(text, 1, Random(1))


@pytest.mark.parametrize("text", SENTENCES)
def test_slips_leave_most_of_a_message_standing(text: str) -> None:
    slipped = with_slips(text, 0.1, Random(3))
    assert slipped != text
    assert abs(len(slipped) - len(text)) <= len(text) / 3
    assert set(slipped) <= set(text)


def test_the_same_random_numbers_make_the_same_slips() -> None:
    assert [as_typed(text, Random(5)) for text in SENTENCES] == [as_typed(text, Random(5)) for text in SENTENCES]
