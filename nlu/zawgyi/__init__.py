"""Burmese typed with a Zawgyi keyboard becomes standard Unicode, by ICU's own rules.

Zawgyi puts other letters on the code points of the Myanmar block. `zawgyi-my.txt` and `my-zawgyi.txt` are the rules of
ICU 72.1's transliterators of these names, as ICU prints them (Unicode licence, see LICENSE beside them). No wheel for
Python brings them, so this module applies the part of ICU's rule language that they use: ordered rules with sets,
groups and quantifiers, passes divided by `::Null;`, and `|` for where reading goes on.
https://unicode-org.github.io/icu/userguide/transforms/general/rules.html
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import regex

_FOLDER = Path(__file__).parent
_CODE_POINT = regex.compile(r"\\u([0-9A-F]{4})")
_GROUP = regex.compile(r"\$(\d)")


@dataclass(frozen=True, slots=True)
class _Pass:
    """One walk over the text: all rules in one pattern, the first that matches at a place wins there."""

    pattern: regex.Pattern[str]
    replacements: dict[str, tuple[str, int]]
    """By name of the rule's group: template, and the number of the rule's first own group."""

    def apply(self, text: str) -> str:
        done: list[str] = []
        at = 0
        while (match := self.pattern.search(text, at)) is not None:
            done.append(text[at : match.start()])
            template, first = self.replacements[str(match.lastgroup)]
            new = _GROUP.sub(lambda g: match[first + int(g[1])] or "", template)  # noqa: B023 - used at once
            kept, bar, again = new.partition("|")
            done.append(kept)
            if bar:  # what was written is read once more
                rest = text[match.end() :]
                return "".join(done) + self.apply(again + rest)
            at = match.end()
        return "".join(done) + text[at:]


@lru_cache
def _passes(name: str) -> tuple[_Pass, ...]:
    """The passes of the rule file `name`."""
    passes = []
    for block in (_FOLDER / f"{name}.txt").read_text("ascii").split("::Null;\n"):
        alternatives, replacements, groups = [], {}, 0
        for number, line in enumerate(block.splitlines()):
            key, _, value = line.removesuffix(";").partition(" > ")
            key = _CODE_POINT.sub(lambda c: chr(int(c[1], 16)), key.replace(r"\ ", " ").strip())
            groups += 1
            replacements[f"r{number}"] = (_CODE_POINT.sub(lambda c: chr(int(c[1], 16)), value).replace(" ", ""), groups)
            alternatives.append(f"(?P<r{number}>{key})")
            groups += regex.compile(key).groups
        passes.append(_Pass(regex.compile("|".join(alternatives)), replacements))
    return tuple(passes)


def zawgyi_to_unicode(text: str) -> str:
    """Zawgyi `text` in standard Unicode."""
    return _transliterated(text, "zawgyi-my")


def unicode_to_zawgyi(text: str) -> str:
    """Standard `text` as a Zawgyi keyboard would have typed it; for tests and measurements."""
    return _transliterated(text, "my-zawgyi")


def _transliterated(text: str, name: str) -> str:
    for each in _passes(name):
        text = each.apply(text)
    return text
