"""One decision out of words and model: what danger does to it, as a property of every mixture of the two."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content import Intent
from bot.danger import NO_DANGER, Danger
from bot.decision import POSSIBLE, SMALL_TALK, URGENT, Decision, Outcome, decide
from nlu.understanding import NOTHING, Understanding

TEXT = "long enough to be a story"
URGENT_IDS = ("help_hurt", "help_trafficked", "health_want_to_die", "health_emergency")
CAREFUL_IDS = ("rights_online", "rights_marriage")
CALM_IDS = ("rights_work", "school_cost", *sorted(SMALL_TALK))
INTENTS = {
    id_: Intent(id_, id_.partition("_")[0], urgent=id_ in URGENT_IDS, careful=id_ in CAREFUL_IDS)
    for id_ in (*URGENT_IDS, *CAREFUL_IDS, *CALM_IDS)
}


def understood(**weights: float) -> Understanding:
    """A model's verdict with these probabilities."""
    ranked = tuple(sorted(weights.items(), key=lambda pair: -pair[1]))
    return Understanding(ranked[0][0], ranked[0][1], ranked)


def decided(danger: Danger = NO_DANGER, understanding: Understanding = NOTHING, text: str = TEXT) -> Decision:
    """The decision about `text`."""
    return decide(text, danger, understanding, INTENTS)


@st.composite
def verdicts(draw: st.DrawFn) -> Understanding:
    """Any verdict over all intents."""
    weights = draw(st.lists(st.floats(0.001, 1), min_size=len(INTENTS), max_size=len(INTENTS)))
    powers = [weight ** draw(st.integers(1, 6)) for weight in weights]
    return understood(**{id_: power / sum(powers) for id_, power in zip(INTENTS, powers, strict=True)})


def some_of(ids: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    """Some of `ids`, in any order."""
    return st.lists(st.sampled_from(ids), unique=True, max_size=3).map(tuple)


@given(verdict=verdicts(), said=some_of(URGENT_IDS), careful=some_of(CAREFUL_IDS), softened=some_of(URGENT_IDS))
def test_a_danger_is_never_answered_with_small_talk_or_bare_information(
    verdict: Understanding, said: tuple[str, ...], careful: tuple[str, ...], softened: tuple[str, ...]
) -> None:
    """Whatever words and model say together: urgent, or the danger before everything else."""
    danger = Danger(intents=(*said, *careful), softened=tuple(id_ for id_ in softened if id_ not in said))
    decision = decided(danger, verdict)
    mass = sum(p for id_, p in verdict.alternatives if INTENTS[id_].urgent)
    if said or mass >= URGENT:
        assert decision.outcome is Outcome.URGENT
        assert decision.shown[0] in URGENT_IDS
    elif softened:
        assert decision.outcome is Outcome.SUGGEST
        assert decision.shown[0] in softened
    elif careful:
        assert decision.outcome is Outcome.ANSWER
        assert decision.shown[0] in careful
    elif mass >= POSSIBLE:
        assert not SMALL_TALK.intersection(decision.shown)
        if decision.outcome is Outcome.ANSWER:
            assert decision.also[0] in URGENT_IDS
        else:
            assert decision.outcome is Outcome.SUGGEST
            assert decision.shown[0] in URGENT_IDS


@given(verdict=verdicts(), alarming=st.booleans())
def test_small_talk_is_answered_only_far_from_danger(verdict: Understanding, alarming: bool) -> None:
    decision = decided(Danger(alarming=alarming), verdict)
    if decision.outcome is Outcome.ANSWER and decision.shown[0] in SMALL_TALK:
        assert sum(p for id_, p in verdict.alternatives if INTENTS[id_].urgent) < POSSIBLE
        assert not (alarming and decision.shown[0] == "chat_other")
    elif decision.outcome is Outcome.SUGGEST:
        assert not SMALL_TALK.intersection(decision.shown)


def test_an_alarming_thing_and_a_person_need_less_doubt() -> None:
    """Information about the law, with the danger before it."""
    verdict = understood(rights_work=0.9, help_hurt=0.03)
    somebody = Danger(alarming=True, concepts=frozenset({"POLICE", "ME"}))
    assert decided(somebody, verdict).also == ("help_hurt",)
    assert decided(Danger(alarming=True, concepts=frozenset({"POLICE"})), verdict).also == ()
    assert decided(somebody, understood(chat_greet=0.9, help_hurt=0.03)).shown == ("help_hurt",)


def test_either_words_or_the_model_are_enough() -> None:
    calm = understood(chat_other=0.99)
    assert decided(Danger(("help_hurt",)), calm).shown == ("help_hurt",)
    assert decided(Danger(("help_hurt",))).outcome is Outcome.URGENT
    assert decided(understanding=understood(help_hurt=0.4, school_cost=0.6)).shown == ("help_hurt",)


def test_several_dangers_are_all_at_hand() -> None:
    """The likeliest is answered, the others stand on buttons."""
    decision = decided(Danger(("help_hurt", "rights_online", "help_trafficked")), understood(help_trafficked=0.9))
    assert decision.shown == ("help_trafficked",)
    assert decision.also == ("help_hurt", "rights_online")


def test_who_may_be_dying_comes_first() -> None:
    for dangers in itertools.permutations(("help_hurt", "health_want_to_die", "health_emergency")):
        decision = decided(Danger(dangers), understood(help_hurt=0.9))
        assert (*decision.shown, *decision.also) == ("health_emergency", "health_want_to_die", "help_hurt")


def test_a_careful_phrase_is_answered_at_once() -> None:
    """A threat to share a picture is no small talk, and nobody is left alone with it."""
    for verdict in (NOTHING, understood(chat_other=0.94, help_hurt=0.01), understood(school_cost=0.9)):
        decision = decided(Danger(("rights_online",)), verdict)
        assert (decision.outcome, decision.shown) == (Outcome.ANSWER, ("rights_online",))


def test_a_careful_phrase_with_a_possible_danger_has_that_danger_at_hand() -> None:
    decision = decided(Danger(("rights_online",)), understood(rights_online=0.7, help_hurt=0.2))
    assert decision.shown == ("rights_online",)
    assert decision.also == ("help_hurt",)


def test_a_softened_careful_phrase_is_offered_first() -> None:
    decision = decided(Danger(softened=("rights_marriage",)), understood(school_cost=0.9))
    assert (decision.outcome, decision.shown) == (Outcome.SUGGEST, ("rights_marriage", "school_cost"))


def test_softening_never_cancels_the_models_verdict() -> None:
    decision = decided(Danger(softened=("help_trafficked",)), understood(help_trafficked=0.5))
    assert decision.outcome is Outcome.URGENT


@pytest.mark.parametrize("text", ["", "🙂", "...", "12 34"])
def test_nothing_readable_is_lost(text: str) -> None:
    assert decided(Danger(("help_hurt",)), text=text).outcome is Outcome.LOST
