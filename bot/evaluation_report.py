"""The evaluation as a page to read (Markdown) and as numbers to compare (JSON)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from bot.decision import Outcome
from bot.evaluation import Case, Measures, Utterance, confusions, in_zawgyi, measure, misspelt, run_cases, style
from bot.knowledge import Knowledge

WORST = 20
"""How many confusions are listed."""

_COLUMNS = (
    ("right first", "right_first"),
    ("shown", "shown"),
    ("confidently wrong", "confidently_wrong"),
    ("accuracy of the model", "accuracy"),
    ("macro-F1", "macro_f1"),
    ("lost", "lost"),
    ("danger found", "danger_found"),
    ("false alarms", "false_alarms"),
    ("off-topic rejected", "rejected"),
)

_HEAD = """# How well messages are understood

Written by `make evaluate`; do not edit. "Shown": the right answer is given or offered as a button. "Confidently wrong":
another answer is given (one urgent answer for another is not counted). "Danger found": messages in danger that get an
urgent answer; "false alarms": all other messages that get one, harmless look-alikes included. What the numbers can and
cannot tell: [understanding.md](understanding.md).
"""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Measures by the name of the row, and the cases that a person should read."""

    on: date
    languages: Mapping[str, Measures]
    styles: Mapping[str, Measures]
    cases: Sequence[Case]

    def markdown(self) -> str:
        """The tables; no message stands in it, so that nobody learns them by heart."""
        parts = [
            _HEAD,
            f"Measured on {self.on:%Y-%m-%d} on `tests/utterances`.\n",
            "## By language\n",
            _table("language", self.languages),
            "## By style\n",
            _table("style", self.styles),
            "## Most frequent confusions\n",
            "| meant | answered | times |\n|---|---|---|",
            *(f"| {meant} | {given} | {n} |" for (meant, given), n in confusions(self.cases)[:WORST]),
        ]
        return "\n".join(parts) + "\n"

    def json(self) -> str:
        """The same numbers."""
        data = {
            "measured_on": self.on.isoformat(),
            "languages": {name: asdict(row) for name, row in self.languages.items()},
            "styles": {name: asdict(row) for name, row in self.styles.items()},
            "confusions": [[*pair, n] for pair, n in confusions(self.cases)[:WORST]],
        }
        return json.dumps(data, indent=1) + "\n"

    def listing(self) -> str:
        """Every danger that was missed and every false alarm, word for word."""
        missed = [_line(case) for case in self.cases if case.urgent and case.outcome is not Outcome.URGENT]
        alarms = [_line(case) for case in self.cases if not case.urgent and case.outcome is Outcome.URGENT]
        return "\n".join(["Missed dangers:", *missed, "", "False alarms:", *alarms])


def evaluate(knowledge: Knowledge, utterances: Sequence[Utterance], today: date) -> Evaluation:
    """Reads every utterance as it is, misspelt, and (Burmese) in Zawgyi."""
    cases = run_cases(utterances, knowledge)
    languages = _measured_by(cases, lambda case: case.utterance.language)
    styles = dict(sorted(_measured_by(cases, lambda case: style(case.utterance)).items()))
    for share in (0.05, 0.10, 0.15):
        styles[f"{share:.0%} mistyped"] = measure(run_cases(misspelt(utterances, share), knowledge))
    if "my" in languages:
        styles["Burmese in Unicode"] = languages["my"]
        styles["the same in Zawgyi"] = measure(run_cases(in_zawgyi(utterances), knowledge))
    return Evaluation(today, languages, styles, cases)


def _measured_by(cases: Iterable[Case], name: Callable[[Case], str]) -> dict[str, Measures]:
    """The measures of the cases of each name, in the order in which the names come up."""
    groups: dict[str, list[Case]] = {}
    for case in cases:
        groups.setdefault(name(case), []).append(case)
    return {each: measure(group) for each, group in groups.items()}


def _table(name: str, rows: Mapping[str, Measures]) -> str:
    titles = " | ".join(title for title, _ in _COLUMNS)
    lines = [f"| {name} | messages | {titles} |", "|---" * (len(_COLUMNS) + 2) + "|"]
    for key, row in rows.items():
        shares = (f"{getattr(row, field):.3f}" for _, field in _COLUMNS)
        lines.append(f"| {key} | {row.messages} | {' | '.join(shares)} |")
    return "\n".join(lines) + "\n"


def _line(case: Case) -> str:
    meant = case.utterance.intent or "harmless"
    return f"  {case.utterance.language} {meant}: {case.utterance.text} → {case.outcome.value} {' '.join(case.shown)}"
