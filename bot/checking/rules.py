"""Rules for the content folder as a whole: its files, the catalogue and the list of languages."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from bot.checking.forms import dig, listing, mapping, texts
from bot.checking.phrases import row
from bot.checking.problem import CheckedFile, Problem
from bot.content import CHAT_MODULE, Content
from bot.settings import COUNTRIES
from nlu.text import normalise

_FORBIDDEN_POLICE = ("detained", "health")


def check_place(file: CheckedFile) -> Iterator[Problem]:
    """Every file names the language, module and country that its path says."""
    folder = file.folder.rpartition("/")[2]
    for key, wanted in (("language", folder or file.stem), ("module", file.stem), ("country", file.stem)):
        said = mapping(file.data).get(key, wanted)
        if said != wanted:
            what = f"the file says {key} '{said}' but it is {file.relative}"
            yield file.error(what, f"Write '{key}: {wanted}', or move the file.", key)


def check_files(present: Collection[str], content: Content, shown_folder: str) -> Iterator[Problem]:
    """No file is missing: neither the general ones, nor a country's contacts, nor any of a live language."""
    general = ["catalog.yml", "languages.yml", "operator.yml", "danger.yml", "sources.yml", "gaps.yml"]
    general += [f"contacts/{country}.yml" for country in COUNTRIES]
    for name in general:
        if name not in present:
            yield Problem(f"{shown_folder}/{name}", 1, "the file is missing", "Put it back: the bot cannot do without.")
    names = [*dict.fromkeys(intent.module for intent in content.intents.values()), "danger", "contacts", "glossary"]
    for language in content.languages:
        for name in names:
            relative = f"{language.code}/{name}.yml"
            if relative not in present:
                fix = f"Put it back, or copy content/en/{name}.yml and translate it."
                yield Problem(f"{shown_folder}/{relative}", 1, "the file is missing", fix)


def check_catalog(file: CheckedFile) -> Iterator[Problem]:
    """Police never under answers about detention or health, where a call may lead to an arrest."""
    for module, intents in mapping(file.data).items():
        for id_, intent in mapping(intents).items():
            kinds = listing(mapping(intent).get("kinds"))
            if module in _FORBIDDEN_POLICE and "police" in kinds:
                what = f"police stands under '{id_}', where calling them may lead to an arrest"
                yield file.error(what, "Take police out of its kinds.", module, id_, "kinds")
            if not kinds and module != CHAT_MODULE and mapping(intent).get("urgent") is True:
                yield file.error(f"the urgent '{id_}' has no kind of contact", "Add kinds.", module, id_)


def check_languages(file: CheckedFile, utterances: Iterable[str]) -> Iterator[Problem]:
    """Safe words are harmless: no child writes one of them as a message that means something else."""
    written = {row(text) for text in utterances}
    for code, language in mapping(dig(file.data, "languages")).items():
        for i, word in texts(mapping(language).get("safe_words")):
            at = ("languages", code, "safe_words", i)
            if row(word) in written:
                what = f"the safe word '{word}' is also a test utterance: children write it for something else"
                yield file.error(what, "Choose another safe word.", *at)
            if normalise(word) == "":
                yield file.error("a safe word is empty", "Write a word.", *at)
