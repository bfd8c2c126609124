"""Brings a child's message into one form, whatever keyboard, font or spelling it was typed with.

Used by the model's components and by the danger layer, so it imports nothing heavy. The order of the steps
and the choice of each was measured on SIB-200 (see docs/understanding.md); none of this is ever shown to a child.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import regex
from myanmartools import ZawgyiDetector

from nlu.zawgyi import zawgyi_to_unicode

MAX_LETTERS = 4096
"""Telegram's longest message, in code points. Of a longer text (other doors) the beginning and the end are read:
children tell the worst last, and time stays bounded."""

SURELY_ZAWGYI = 0.95
"""Probability from which on a text counts as Zawgyi: finds 96 % of short Zawgyi, flags 0.2 % of Unicode (measured on
SIB-200 with the detector of myanmartools 1.2.1)."""

MAYBE_ZAWGYI = 0.05
"""Between this probability and `SURELY_ZAWGYI` a text may be either, as short messages often are: both are read."""

_INVISIBLE = dict.fromkeys(
    map(ord, "\u00ad\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufe0f")
)
_UNREADABLE = regex.compile(r"[\p{Cs}\p{Cc}--[\s]]", regex.VERSION1)
"""Halves of a letter and control characters: nothing that anybody sees, and some libraries stumble over them."""
_FULL_WIDTH = regex.compile(r"[\uff01-\uff5e]")
_DIGITS = {ord(zero) + i: str(i) for zero in "๐໐០၀" for i in range(10)}
_ZERO_WIDTH_SPACE_IN_LATIN = regex.compile(r"(?<=\p{Latin})\u200b(?=\p{Latin})")
_THAI_TONE_BEFORE_VOWEL = regex.compile(r"([\u0e48-\u0e4b])([\u0e31\u0e34-\u0e3a])")
_LAO_TONE_BEFORE_VOWEL = regex.compile(r"([\u0ec8-\u0ecb])([\u0eb1\u0eb4-\u0ebc])")
_REPEATED = regex.compile(r"(\D)\1{2,}")
_DOUBLED_MARK = regex.compile(r"(\p{M})\1+")
_SPACES = regex.compile(r"\s+")
_COMPOSED = (
    ("\u0e4d\u0e32", "\u0e33"),
    ("\u0ecd\u0eb2", "\u0eb3"),
    ("\u0e40\u0e40", "\u0e41"),
    ("\u0ec0\u0ec0", "\u0ec1"),
    ("ໜ", "ຫນ"),
    ("ໝ", "ຫມ"),
    ("ຫຼ", "ຫລ"),
    ("\u17c1\u17b8", "\u17be"),
    ("\u17c1\u17b6", "\u17c4"),
    ("\u17d2\u178a", "\u17d2\u178f"),
    ("ឲ្យ", "ឱ្យ"),
    ("អោយ", "ឱ្យ"),
)
"""Pairs of spellings that look or sound the same and are both typed."""
_MARKS = (
    r"(?:\u17d2[\u1780-\u17b3]|[\u17b4-\u17d1\u17d3\u17dd]|\u1039[\u1000-\u1021]"
    r"|[\u102b-\u1038\u103a-\u103e\u1056-\u1059\u105e-\u1060\u1071-\u1074\u1082-\u108d]"
    r"|[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]|[\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd])"
)
_MARK_RUN = regex.compile(_MARKS + "{2,}")
_MARK_UNIT = regex.compile(r"[\u17d2\u1039].|.", regex.DOTALL)
_LETTER = regex.compile(r"\p{L}")
_DROPPED_VOWEL = regex.compile(r"\p{M}|[\u0e30\u0e32\u0e33\u0eb0\u0eb2\u0eb3]")
_DOUBLED = regex.compile(r"(.)\1+")
_SOUNDS = {
    "ph": "p",
    "kh": "k",
    "th": "t",
    "ch": "c",
    "ee": "i",
    "oo": "u",
    "ou": "u",
    "ae": "e",
    "ai": "i",
    "ay": "i",
    "ei": "i",
    "ey": "i",
}
_SAME_SOUND = regex.compile("|".join(_SOUNDS))
_SAME_LETTER = str.maketrans({**dict(zip("ywvjqgdbr", "iuuckktpl", strict=True)), "h": ""})

SCRIPTS = {
    "Thai": regex.compile(r"\p{Thai}"),
    "Myanmar": regex.compile(r"\p{Myanmar}"),
    "Lao": regex.compile(r"\p{Lao}"),
    "Khmer": regex.compile(r"\p{Khmer}"),
    "Latin": regex.compile(r"\p{Latin}"),
}
"""The scripts that the bot's languages are written in, by their Unicode name."""


@lru_cache(maxsize=1)
def _zawgyi_detector() -> ZawgyiDetector:
    return ZawgyiDetector()


def readings(text: str) -> tuple[str, ...]:
    """`text` normalised, as it is and from Zawgyi, the likelier first; mostly there is only one way to read it."""
    readable = _readable(text)
    likely = _zawgyi_probability(readable)
    if likely < MAYBE_ZAWGYI:
        return (tidy(readable),)
    typed, converted = tidy(readable), tidy(zawgyi_to_unicode(readable))
    if likely >= SURELY_ZAWGYI or typed == converted:
        return (converted,)
    return (typed, converted) if likely < 0.5 else (converted, typed)


def looks_like_zawgyi(text: str) -> bool:
    """Whether Burmese `text` was surely typed with a Zawgyi keyboard; short words are often the same in both."""
    return _zawgyi_probability(text) >= SURELY_ZAWGYI and zawgyi_to_unicode(text) != text


def normalise(text: str) -> str:
    """`text` as the model and the phrase matcher read it; empty when nothing readable is left."""
    return readings(text)[0]


def tidy(text: str) -> str:
    """`text`, known to be no Zawgyi, in one form: one order of marks, one spelling of letters that look the same."""
    text = _ZERO_WIDTH_SPACE_IN_LATIN.sub(" ", _readable(text)).replace("\u200b", "").translate(_INVISIBLE)
    text = unicodedata.normalize("NFC", text)
    for typed, meant in _COMPOSED:
        text = text.replace(typed, meant)
    text = _THAI_TONE_BEFORE_VOWEL.sub(r"\2\1", text)
    text = _LAO_TONE_BEFORE_VOWEL.sub(r"\2\1", text)
    text = text.translate(_DIGITS).casefold()
    text = _DOUBLED_MARK.sub(r"\1", _REPEATED.sub(r"\1", text))
    return str(_SPACES.sub(" ", text)).strip().lstrip("/ ")


def _readable(text: str) -> str:
    """`text` without what nobody can see, and of bounded length."""
    if len(text) > MAX_LETTERS:
        text = f"{text[: MAX_LETTERS // 2]} {text[1 - MAX_LETTERS // 2 :]}"
    return str(_UNREADABLE.sub("", unicodedata.normalize("NFKC", text) if _FULL_WIDTH.search(text) else text))


def _zawgyi_probability(text: str) -> float:
    """How likely `text` was typed with a Zawgyi keyboard; 0 without Burmese letters."""
    if not SCRIPTS["Myanmar"].search(text):
        return 0.0
    return float(_zawgyi_detector().get_zawgyi_probability(text))


def sort_marks(text: str) -> str:
    """`text` with the marks of each cluster in one fixed order, so that any typing order compares equal."""
    return str(_MARK_RUN.sub(lambda run: "".join(sorted(_MARK_UNIT.findall(run.group()))), text))


def skeleton(text: str) -> str:
    """The letters of a normalised `text` that most spellings of it agree in ("khnhom", "knom" → "knom").

    No vowel and tone marks, no letter doubled; one letter for what romanised Thai, Burmese, Lao and Khmer write in
    several ways.
    """
    bare = _DROPPED_VOWEL.sub("", text)
    if SCRIPTS["Latin"].search(bare):
        bare = _SAME_SOUND.sub(lambda sound: _SOUNDS[sound[0]], bare).translate(_SAME_LETTER)
    return str(_DOUBLED.sub(r"\1", bare))


def has_letters(text: str) -> bool:
    """Whether `text` holds at least one letter of any script (an emoji, a number or a dot is none)."""
    return _LETTER.search(text) is not None


def count_scripts(text: str) -> dict[str, int]:
    """How many letters and marks of each known script stand in `text`."""
    return {name: len(pattern.findall(text)) for name, pattern in SCRIPTS.items()}


def main_script(text: str) -> str | None:
    """The script of most letters in `text`; None when it holds none of the known ones."""
    counts = count_scripts(text)
    script = max(counts, key=lambda name: counts[name])
    return script if counts[script] else None
