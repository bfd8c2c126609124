"""How well the test utterances are understood: per language, with the missed dangers and false alarms one by one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bot.conversation import read
from bot.decision import Outcome
from bot.knowledge import Knowledge
from bot.yaml_source import read_yaml


@dataclass(frozen=True, slots=True)
class Row:
    """Counts of one language; `urgent` ones are all utterances of urgent intents."""

    language: str
    total: int = 0
    first: int = 0
    top_three: int = 0
    urgent: int = 0
    urgent_found: int = 0
    urgent_right: int = 0
    calm: int = 0
    false_alarms: int = 0
    lost: int = 0


@dataclass(frozen=True, slots=True)
class Case:
    """One utterance and what became of it; `intent` is None for a harmless one that belongs to no id."""

    language: str
    intent: str | None
    text: str
    outcome: Outcome
    shown: tuple[str, ...]
    best: tuple[str, ...]


def read_utterances(folder: Path) -> list[tuple[str, str | None, str]]:
    """(language, intent or None, text) of every test utterance in `folder`."""
    found: list[tuple[str, str | None, str]] = []
    for path in sorted(folder.glob("*/*.yml")):
        data = read_yaml(path).data
        for intent, texts in data.get("utterances", {}).items():
            found += [(path.parent.name, str(intent), str(text)) for text in texts]
        found += [(path.parent.name, None, str(text)) for text in data.get("harmless", [])]
    return found


def run_cases(utterances: Iterable[tuple[str, str | None, str]], knowledge: Knowledge) -> list[Case]:
    """Every utterance read as the bot reads it."""
    cases = []
    for language, intent, text in utterances:
        decision = read(text, knowledge).decision
        best = tuple(id_ for id_, _ in decision.understanding.alternatives[:3])
        cases.append(Case(language, intent, text, decision.outcome, decision.shown, best))
    return cases


def count(cases: Iterable[Case], knowledge: Knowledge) -> dict[str, Row]:
    """One row of counts per language."""
    rows: dict[str, dict[str, int]] = {}
    for case in cases:
        row = rows.setdefault(case.language, {})

        def add(name: str, hit: bool = True, row: dict[str, int] = row) -> None:
            row[name] = row.get(name, 0) + int(hit)

        urgent = case.intent is not None and knowledge.content.intents[case.intent].urgent
        alarmed = case.outcome is Outcome.URGENT
        if case.intent is not None:
            add("total")
            add("first", case.intent in case.shown[:1])
            add("top_three", case.intent in case.shown or case.intent in case.best)
            add("lost", case.outcome is Outcome.LOST)
        if urgent:
            add("urgent")
            add("urgent_found", alarmed or (case.outcome is Outcome.SUGGEST and case.intent in case.shown[:1]))
            add("urgent_right", alarmed and case.intent in case.shown)
        else:
            add("calm")
            add("false_alarms", alarmed)
    return {language: Row(language, **row) for language, row in rows.items()}


def report(knowledge: Knowledge, folder: Path) -> str:
    """A table per language, then what was missed and what was a false alarm."""
    cases = run_cases(read_utterances(folder), knowledge)
    lines = ["| language | messages | right first | among three | lost | danger found | right danger | false alarms |"]
    lines.append("|---|---|---|---|---|---|---|---|")
    for row in count(cases, knowledge).values():
        shares = (
            f"{row.first / max(row.total, 1):.2f}",
            f"{row.top_three / max(row.total, 1):.2f}",
            f"{row.lost / max(row.total, 1):.2f}",
            f"{row.urgent_found}/{row.urgent}",
            f"{row.urgent_right}/{row.urgent}",
            f"{row.false_alarms}/{row.calm}",
        )
        lines.append(f"| {row.language} | {row.total} | {' | '.join(shares)} |")
    missed, alarms = _listed(cases, knowledge)
    return "\n".join([*lines, "", "Missed dangers:", *missed, "", "False alarms:", *alarms])


def _listed(cases: Iterable[Case], knowledge: Knowledge) -> tuple[list[str], list[str]]:
    missed, alarms = [], []
    for case in cases:
        urgent = case.intent is not None and knowledge.content.intents[case.intent].urgent
        line = (
            f"  {case.language} {case.intent or 'harmless'}: {case.text} → {case.outcome.value} {' '.join(case.shown)}"
        )
        if urgent and case.outcome is not Outcome.URGENT:
            missed.append(line)
        elif not urgent and case.outcome is Outcome.URGENT:
            alarms.append(line)
    return missed, alarms
