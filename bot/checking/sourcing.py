"""Rules for where answers come from: tags that are known, sources that are declared, the same in every language."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from bot.checking.forms import dig, mapping, texts
from bot.checking.problem import CheckedFile, Problem, did_you_mean

TAGS = ("LAW", "PRACTICE", "GUIDE", "JUDGEMENT", "CHECK")
"""A rule, what really happens, published advice, a judgement of ours, and: an expert has to look."""

_FACT = re.compile(rf"[A-H]\d{{0,2}}(?P<tags>(?: (?:{'|'.join(TAGS)}))*)")
_ARTICLE = re.compile(r"CRC \d{1,2}")
_KEY = re.compile(r"\[([A-Z0-9-]+)\]")


def check_sourcing(file: CheckedFile, declared: Collection[str], english: object) -> Iterator[Problem]:
    """Facts with known tags; each that is not our own judgement has a source, declared in content/sources.yml."""
    for id_, raw in mapping(dig(file.data, "answers")).items():
        answer, at = mapping(raw), ("answers", id_)
        facts, sources = texts(answer.get("facts")), texts(answer.get("sources"))
        for i, fact in facts:
            found = _FACT.fullmatch(fact)
            if found is None:
                fix = f"Write it like 'D9 LAW CHECK'; tags are: {', '.join(TAGS)}."
                yield file.error(f"'{fact}' is no fact with tags", fix, *at, "facts", i)
            elif "JUDGEMENT" not in found["tags"] and not sources:
                fix = "Add its source, or the tag JUDGEMENT where it is our own judgement."
                yield file.error(f"the fact '{fact}' has no source", fix, *at, "facts", i)
        for i, source in sources:
            key = _KEY.fullmatch(source)
            if not key and not _ARTICLE.fullmatch(source):
                fix = 'Write an article like "CRC 12", or a key like "[HRW-24]".'
                yield file.error(f"'{source}' is no source", fix, *at, "sources", i)
            elif key and declared and key[1] not in declared:
                fix = did_you_mean(key[1], declared) or "Add it to content/sources.yml."
                yield file.error(f"there is no source '{key[1]}'", fix, *at, "sources", i)
        original = mapping(dig(english, *at))
        for key_ in ("facts", "sources"):
            if original and answer.get(key_) != original.get(key_):
                what = f"'{id_}' has other {key_} than the English answer"
                yield file.error(what, f"Copy '{key_}' from the English file.", *at, key_)
