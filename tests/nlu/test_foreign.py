"""Languages that the bot does not speak are told from the five that it does."""

from __future__ import annotations

import pytest

from bot.evaluation import read_utterances
from nlu.foreign import is_foreign
from nlu.text import normalise
from tests.conftest import ROOT

FOREIGN = {
    "shan": ["မႂ်ႇသုင်ၶႃႈ", "ၶႃႈၸဝ်ႈ ယူႇ မိူင်းထႆး", "ၵိၼ်ၶဝ်ႈယဝ်ႉႁႃႉ", "ၶႃႈၶႂ်ႈႁဵၼ်းလိၵ်ႈ"],
    "karen": ["ယအဲၣ်ဒိးမၤလိလံာ်", "တၢ်ဂ့ၢ်ဝဲအံၤမ့ၢ်မနုၤလဲၣ်", "ယမိၢ်ယပၢ်အိၣ်ဖဲလဲၣ်"],
    "vietnamese": ["Tôi muốn đi học", "Em không có giấy tờ, em phải làm gì?", "Mẹ tôi đang ở đâu"],
    "malay": [
        "saya tidak tahu apa yang harus saya lakukan",
        "bolehkah saya pergi ke sekolah dengan adik saya, kami tidak ada surat",
    ],
    "indonesian": ["kenapa kami tidak bisa pulang ke rumah", "bagaimana saya bisa bekerja untuk mereka"],
}


@pytest.mark.parametrize(("language", "text"), [(name, text) for name, texts in FOREIGN.items() for text in texts])
def test_a_foreign_sentence_is_foreign(language: str, text: str) -> None:
    assert is_foreign(normalise(text))


@pytest.mark.parametrize("language", ["th", "my", "lo", "km", "en"])
def test_hardly_any_message_of_our_own_languages_is(language: str) -> None:
    own = [u for u in read_utterances(ROOT / "tests" / "utterances") if u.language == language]
    foreign = [u.text for u in own if is_foreign(normalise(u.text))]
    assert len(foreign) <= len(own) * 0.005, foreign
