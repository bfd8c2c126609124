"""Finds danger in a child's words, in all languages at once, before and without the model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.content import Content
from nlu.concepts import Form, Lexicon
from nlu.phrases import Match, PhraseBook, symbols

NEVER_SOFTENED = frozenset({"help_hurt", "help_sexual_abuse", "health_want_to_die", "detained_hurt"})
"""Intents of abuse and suicide: "is it allowed that he touches me" is never a question about information."""

PERSON_CONCEPTS = frozenset(
    {
        *("ME", "BODY", "MOTHER", "FATHER", "PARENTS", "STEPPARENT", "UNCLE_AUNT", "SIBLING", "GRANDPARENT", "FRIEND"),
        *("TEACHER", "BOSS", "SHELTER_STAFF", "HUSBAND_WIFE", "BOYFRIEND_GIRLFRIEND"),
    }
)
"""Concepts of persons and of the body: where one stands, somebody is spoken of, and nothing is softened."""


@dataclass(frozen=True, slots=True)
class Danger:
    """What was found: urgent intents, the most of the text first; whether a softening phrase stands beside them."""

    intents: tuple[str, ...] = ()
    softened: bool = False
    languages: Mapping[str, int] = field(default_factory=dict)
    """How many symbols of the text each language's phrases and concepts explain."""
    concepts: frozenset[str] = frozenset()
    """What the text mentions, by the lexicon."""


NO_DANGER = Danger()


class DangerFinder:
    """Danger phrases, softening phrases, persons and concept pairs, built once from the content."""

    def __init__(self, content: Content, lexicon: Lexicon | None) -> None:
        words = content.danger
        phrases = ((phrase, (intent, language)) for language, each in words.items() for phrase, intent in each.phrases)
        self._phrases = PhraseBook(phrases, lexicon.words if lexicon else frozenset())
        self._softening = PhraseBook((phrase, code) for code, each in words.items() for phrase in each.softening)
        self._persons = PhraseBook((word, code) for code, each in words.items() for word in each.persons)
        self._pairs = content.pairs
        self._lexicon = lexicon

    def find(self, text: str) -> Danger:
        """The dangers that `text` speaks of; empty when there is none."""
        row = symbols(text)
        phrases = self._phrases.find_all(row)
        concepts = self._lexicon.find(row) if self._lexicon else []
        explained: Counter[str] = Counter()
        for match in concepts:
            explained[match.payload.language] += match.end - match.start
        weights: Counter[str] = Counter()
        for phrase in phrases:
            intent, language = phrase.payload
            weights[intent] += phrase.end - phrase.start
            explained[language] += phrase.end - phrase.start
        by_phrase = [intent for intent, _ in weights.most_common()]
        by_pair = [intent for intent in self._by_pairs(concepts) if intent not in weights]
        return Danger(
            intents=(*by_phrase, *by_pair),
            softened=bool(by_phrase) and not by_pair and self._softened(row, by_phrase, concepts),
            languages=dict(explained),
            concepts=frozenset(match.payload.concept for match in concepts),
        )

    def _by_pairs(self, concepts: list[Match[Form]]) -> list[str]:
        mentioned = {match.payload.concept for match in concepts}
        return [intent for intent, sets in self._pairs.items() if any(each <= mentioned for each in sets)]

    def _softened(self, row: Sequence[str], intents: list[str], concepts: list[Match[Form]]) -> bool:
        if NEVER_SOFTENED.intersection(intents) or not self._softening.find_all(row):
            return False
        person = any(match.payload.concept in PERSON_CONCEPTS for match in concepts)
        return not person and not self._persons.find_all(row)
