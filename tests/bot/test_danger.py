"""What counts as danger in words, and what softens it."""

from __future__ import annotations

import pytest

from bot.content import Content, DangerWords
from bot.danger import DangerFinder
from nlu.concepts import Form, Lexicon

WORDS = DangerWords(
    phrases=(
        ("took the passport", "help_trafficked"),
        ("locked in the factory", "help_trafficked"),
        ("was arrested", "detained_parent"),
        ("arrested by soldiers", "detained_now"),
        ("raped", "help_sexual_abuse"),
        ("wants to die", "health_want_to_die"),
        ("will post the photos", "rights_online"),
    ),
    softening=("what does", "is it allowed", "in the film"),
    persons=("i", "my", "we", "body", "mother", "boss"),
)
LEXICON = Lexicon((word, Form(word.upper(), "en")) for word in ("hit", "police", "teacher", "me"))


@pytest.fixture(scope="module")
def finder() -> DangerFinder:
    """A few phrases, one pair and four concepts."""
    pieces = {("danger", "en"): WORDS, ("pairs",): {"detained_hurt": (frozenset({"HIT", "POLICE"}),)}}
    return DangerFinder(Content(pieces), LEXICON)


@pytest.mark.parametrize(
    "text",
    [
        "what does took the passport mean",
        "is it allowed that they took the passport",
        "in the film she was arrested",
        "in the film she was arrested by soldiers",
    ],
)
def test_a_softening_phrase_beside_a_danger_softens_it(text: str, finder: DangerFinder) -> None:
    found = finder.find(text)
    assert not found.intents
    assert found.softened


@pytest.mark.parametrize(
    "text",
    [
        "they took the passport. what does trafficking mean",
        "was arrested! is it allowed?",
        "we saw it in the film. she was arrested",
    ],
)
def test_a_softening_phrase_of_another_sentence_softens_nothing(text: str, finder: DangerFinder) -> None:
    found = finder.find(text)
    assert found.intents
    assert not found.softened


def test_a_softening_phrase_cancels_only_the_phrase_next_to_it(finder: DangerFinder) -> None:
    """The second danger is nobody's question."""
    found = finder.find("is it allowed that they took the passport and she was arrested")
    assert found.intents == ("detained_parent",)
    assert found.softened == ("help_trafficked",)


def test_a_danger_that_is_said_and_asked_about_is_said(finder: DangerFinder) -> None:
    found = finder.find("they took the passport. is it allowed that they took the passport")
    assert found.intents == ("help_trafficked",)
    assert found.softened == ()


@pytest.mark.parametrize("person", ["i", "my", "body", "mother", "boss", "teacher", "me"])
@pytest.mark.parametrize("text", ["{} is it allowed that they took the passport", "is it allowed to, {}: was arrested"])
def test_nothing_is_softened_where_a_person_or_a_body_is_named(text: str, person: str, finder: DangerFinder) -> None:
    """By the list of persons or by the lexicon, anywhere in the message."""
    found = finder.find(text.format(person))
    assert found.intents
    assert not found.softened


@pytest.mark.parametrize("text", ["is it allowed that she was raped", "in the film she wants to die"])
def test_abuse_and_suicide_are_never_a_question(text: str, finder: DangerFinder) -> None:
    assert finder.find(text).intents
    assert not finder.find(text).softened


def test_concept_pairs_are_never_softened(finder: DangerFinder) -> None:
    assert finder.find("is it allowed that police hit people").intents == ("detained_hurt",)


def test_one_word_of_a_pair_is_alarming_and_no_danger(finder: DangerFinder) -> None:
    """It is not enough for an alarm, and too much for small talk."""
    found = finder.find("police came by today")
    assert found.alarming
    assert not found.intents
    assert not finder.find("the sun came by today").alarming


def test_all_dangers_of_a_message_are_found_the_most_of_it_first(finder: DangerFinder) -> None:
    found = finder.find("was arrested, locked in the factory, will post the photos, police hit")
    assert found.intents == ("help_trafficked", "rights_online", "detained_parent", "detained_hurt")
