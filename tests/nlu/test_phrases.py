"""Phrases are found as children type them, and never inside other words."""

import pytest

from nlu.phrases import PhraseBook, symbols


def found(text: str, *phrases: str) -> list[str]:
    book = PhraseBook((phrase, phrase) for phrase in phrases)
    return [match.payload for match in book.find_all(text)]


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("เมื่อวานพ่อตีหนูมาก", "พ่อตีหนู"),
        ("พ่อ ตี หนู", "พ่อตีหนู"),
        ("พอตีหนู", "พ่อตีหนู"),
        ("พ่อตีหนููู", "พ่อตีหนู"),
        ("They TOOK my passport!!", "they took my passport"),
        ("they took my pasport", "they took my passport"),
        ("they took my passprot", "they took my passport"),
        ("I don’t want to live", "dont want to live"),
        ("ရဲဖမ္းထားတယ္", "ရဲဖမ်း"),
        ("ကယ်ပါနော်", "ကယ်ပါ"),
        ("ຕຳຫຼວດຈັບຂ້ອຍ", "ຈັບຂ້ອຍ"),
        ("ប៉ូលិស ចាប់ខ្ញុំ", "ប៉ូលិសចាប់ខ្ញុំ"),
        ("បូលិសចាប់ខ្ញុំ", "ប៉ូលិសចាប់ខ្ញុំ"),
    ],
)
def test_a_phrase_is_found_in_spite_of_spaces_case_tones_and_one_slip(text: str, phrase: str) -> None:
    assert found(text, phrase) == [phrase]


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("ເຈັບທ້ອງ", "ຈັບ"),
        ("မင်းရဲ့အမေ", "ရဲ"),
        ("ခက်တယ်", "ခ"),
        ("overtook my", "took my"),
        ("it hurt", "hit"),
        ("bat", "cat"),
    ],
)
def test_a_phrase_is_not_found_inside_another_word(text: str, phrase: str) -> None:
    assert found(text, phrase) == []


def test_the_longest_phrase_wins_where_nothing_may_overlap() -> None:
    book = PhraseBook([("police", "POLICE"), ("police station", "STATION"), ("station", "PLACE")])
    assert [m.payload for m in book.find_longest("at the police station")] == ["STATION"]


def test_all_phrases_are_found_where_they_overlap() -> None:
    book = PhraseBook([("police caught", "a"), ("caught me", "b")])
    assert [m.payload for m in book.find_all("police caught me")] == ["a", "b"]


def test_a_phrase_may_mean_two_things() -> None:
    book = PhraseBook([("tired of living", "a"), ("tired of living", "b")])
    assert [m.payload for m in book.find_all("tired of living")] == ["a", "b"]


def test_empty_phrases_match_nothing() -> None:
    assert found("anything", "", "  ", "!!") == []


def test_latin_words_are_whole_symbols_and_other_letters_single_ones() -> None:
    assert symbols("help หนู 119") == ["help", "ห", "น", "ู", "119"]
