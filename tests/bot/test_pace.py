"""The budget of one chat: a burst, one kind sentence, silence, and back again. Danger costs nothing."""

from datetime import timedelta

from bot.pace import Limits, Recent, Verdict, spend
from tests.conftest import NOW

LIMITS = Limits(burst=3, refill=0.5)


def verdicts(seconds: list[float], recent: Recent = Recent(), *, danger: bool = False) -> list[str]:  # noqa: B008 - frozen
    """What messages at these seconds get."""
    found = []
    for second in seconds:
        verdict, recent = spend(recent, NOW + timedelta(seconds=second), LIMITS, danger=danger)
        found.append(verdict.value)
    return found


def test_a_burst_then_one_kind_sentence_then_silence() -> None:
    assert verdicts([0, 0, 0, 0, 0, 0]) == ["answer", "answer", "answer", "slowly", "silence", "silence"]


def test_whoever_goes_on_too_fast_is_answered_now_and_then_and_warned_no_more() -> None:
    found = verdicts([0, 0, 0, *(number * 0.5 for number in range(1, 41))])
    assert found.count("slowly") == 1
    assert 8 <= found[3:].count("answer") <= 10


def test_after_a_pause_all_is_as_before() -> None:
    assert verdicts([0, 0, 0, 0, 60, 60, 60, 60]) == ["answer", "answer", "answer", "slowly"] * 2


def test_danger_is_always_answered_and_costs_nothing() -> None:
    recent = Recent(spent=3.0, at=NOW, warned=True)
    assert {*verdicts([0] * 100, recent, danger=True)} == {"answer"}
    assert spend(recent, NOW, LIMITS, danger=True) == (Verdict.ANSWER, recent)


def test_a_clock_that_goes_back_gives_nothing_away() -> None:
    assert verdicts([0, 0, 0, -3600]) == ["answer", "answer", "answer", "slowly"]


def test_erase_leaves_only_the_budget() -> None:
    recent = Recent(2.0, NOW, True, (7, NOW)).with_answer(5, 7)
    assert recent.without_messages() == Recent(2.0, NOW, True)


def test_only_the_last_answers_are_remembered() -> None:
    recent = Recent()
    for number in range(50):
        recent = recent.with_answer(number, number + 1)
    assert len(recent.answers) == 5
    assert (recent.answer_to(49), recent.answer_to(3)) == (50, None)
