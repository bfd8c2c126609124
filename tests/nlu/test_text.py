"""One form for a message, however it was typed."""

import pytest

from nlu.text import MAX_LETTERS, has_letters, main_script, normalise, skeleton, sort_marks


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("  Police   ARRESTED me ", "police arrested me"),
        ("helppppp", "help"),
        ("เเม่", "แม่"),
        ("น้ํา", "น้ำ"),
        ("ໜູ", "ຫນູ"),
        ("ຫຼວດ", "ຫລວດ"),
        ("ជំនួយ\u200bខ្ញុំ", "ជំនួយខ្ញុំ"),
        ("he\u200bhits", "he hits"),
        ("អោយ", "ឱ្យ"),
        ("៥០ ๕๐ ໕໐ ၅၀", "50 50 50 50"),
        ("/bye", "bye"),
        ("/ /  / my name", "my name"),
        ("//", ""),
    ],
)
def test_spellings_of_the_same_word_become_one(typed: str, meant: str) -> None:
    assert normalise(typed) == normalise(meant)


def test_slashes_never_reach_the_model() -> None:
    assert not normalise("/{bad").startswith("/")


def test_a_long_text_is_read_only_so_far() -> None:
    assert len(normalise("ab" * 10_000)) <= MAX_LETTERS


def test_marks_typed_in_another_order_compare_equal() -> None:
    assert sort_marks("ខ្ញុំ") == sort_marks("ខ្ញំុ")


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("ช่วย", "Thai"),
        ("ကူညီ", "Myanmar"),
        ("ຊ່ວຍ", "Lao"),
        ("ជួយ", "Khmer"),
        ("help ช่วยด้วย", "Thai"),
        ("help", "Latin"),
        ("123 🆘", None),
    ],
)
def test_the_script_of_most_letters_counts(text: str, script: str | None) -> None:
    assert main_script(text) == script


@pytest.mark.parametrize("nothing", ["", "🆘", "...", "12345", " \u200b "])
def test_signs_without_letters_are_nothing_to_understand(nothing: str) -> None:
    assert not has_letters(normalise(nothing))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("khnhom", "knom"),
        ("chuay duai", "chuai duay"),
        ("ช่วย", "ชวย"),
        ("ຊ່ວຍ", "ຊວຍ"),
        ("ជួយខ្ញុំ", "ជួយខ្ញំ"),
        ("ကူညီပါ", "ကူညိပါ"),
    ],
)
def test_spellings_of_one_word_share_a_skeleton(one: str, other: str) -> None:
    assert skeleton(normalise(one)) == skeleton(normalise(other))
