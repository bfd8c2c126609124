"""What the shares of an evaluation count."""

from __future__ import annotations

import json
from datetime import date

import pytest

from bot.decision import Outcome
from bot.evaluation import Case, Utterance, confusions, in_zawgyi, is_confidently_wrong, measure, misspelt, style
from bot.evaluation_report import evaluate
from bot.knowledge import Knowledge


def case(meant: str | None, outcome: Outcome, *shown: str, best: str | None = None, urgent: bool = False) -> Case:
    return Case(Utterance("en", meant, "text"), urgent, outcome, shown, best or (shown[0] if shown else None))


RIGHT = case("rights_what", Outcome.ANSWER, "rights_what")
OFFERED = case("rights_what", Outcome.SUGGEST, "rights_work", "rights_what", best="rights_work")
WRONG = case("rights_what", Outcome.ANSWER, "rights_work")
LOST = case("rights_what", Outcome.LOST)
DANGER = case("help_hurt", Outcome.URGENT, "help_hurt", urgent=True)
OTHER_DANGER = case("help_hurt", Outcome.URGENT, "detained_hurt", urgent=True)
MISSED = case("help_hurt", Outcome.ANSWER, "chat_other", urgent=True)
ALARM = case(None, Outcome.URGENT, "help_hurt")
REJECTED = case("chat_other", Outcome.LOST)


def test_right_at_once_and_among_the_buttons() -> None:
    found = measure([RIGHT, OFFERED, WRONG, LOST])
    assert (found.messages, found.right_first, found.shown, found.lost) == (4, 0.25, 0.5, 0.25)
    assert found.accuracy == 0.25


def test_another_answer_is_confidently_wrong_but_another_urgent_one_is_help() -> None:
    assert is_confidently_wrong(WRONG)
    assert is_confidently_wrong(MISSED)
    assert not is_confidently_wrong(OTHER_DANGER)
    assert not is_confidently_wrong(OFFERED)
    assert confusions([WRONG, WRONG, MISSED, RIGHT]) == [
        (("rights_what", "rights_work"), 2),
        (("help_hurt", "chat_other"), 1),
    ]


def test_danger_is_found_by_any_urgent_answer_and_harmless_messages_raise_false_alarms() -> None:
    found = measure([DANGER, OTHER_DANGER, MISSED, ALARM, RIGHT])
    assert (found.dangers, found.danger_found) == (3, pytest.approx(2 / 3))
    assert (found.calm, found.false_alarms) == (2, 0.5)


def test_off_topic_messages_are_rejected_when_no_topic_is_answered() -> None:
    found = measure(
        [REJECTED, case("chat_other", Outcome.ANSWER, "chat_other"), case("chat_other", Outcome.ANSWER, "rights_what")]
    )
    assert (found.off_topic, found.rejected) == (3, pytest.approx(2 / 3))


def test_macro_f1_counts_every_intent_alike() -> None:
    a, b = case("a", Outcome.ANSWER, "a"), case("b", Outcome.ANSWER, "a")
    assert measure([a, b]).macro_f1 == pytest.approx((2 / 3 + 0) / 2)


def test_nothing_to_measure_is_no_error() -> None:
    assert measure([]).shown == 0


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("th", "chuay duai", "romanised"),
        ("th", "โดน block ใน facebook ทำไง", "mixed"),
        ("th", "ช่วยด้วย", "short"),
        ("en", "my boss keeps my passport", "plain"),
        ("en", "my boss keeps my passport " * 4, "long"),
    ],
)
def test_styles(language: str, text: str, expected: str) -> None:
    assert style(Utterance(language, None, text)) == expected


def test_only_burmese_is_written_in_zawgyi() -> None:
    assert in_zawgyi([Utterance("en", None, "hello"), Utterance("my", None, "ရဲဖမ်းထားတယ်")]) == [
        Utterance("my", None, "ရဲဖမ္းထားတယ္")
    ]


def test_misspelling_is_the_same_each_time() -> None:
    texts = [Utterance("en", "rights_what", "what are the rights of a child")]
    assert misspelt(texts, 0.2) == misspelt(texts, 0.2) != texts


def test_the_pages_hold_numbers_and_no_message(real_knowledge: Knowledge) -> None:
    texts = [Utterance("en", "help_hurt", "my uncle hits me Canarina"), Utterance("my", None, "မင်္ဂလာပါ")]
    found = evaluate(real_knowledge, texts, date(2026, 11, 24))
    assert "Canarina" not in found.markdown() + found.json()
    assert json.loads(found.json())["languages"]["en"]["dangers"] == 1
    assert "| en | 1 |" in found.markdown()
    assert "Missed dangers:" in found.listing()
