"""How understanding falls when messages are typed badly: slips, dropped marks, dropped spaces, Zawgyi.

The trained model of today on tests/utterances, read as the bot reads. The slips are of the kind that training adds to a
copy of each phrase, drawn anew. Run: uv run python benchmarks/robustness.py
"""

from __future__ import annotations

import os
from collections.abc import Callable
from random import Random

from bot.__main__ import ready_knowledge
from bot.evaluation import Utterance, in_zawgyi, measure, read_utterances, run_cases
from bot.settings import ROOT, read_settings
from nlu.training import train
from nlu.typing_errors import with_slips, without_marks, without_spaces

LANGUAGES = ("th", "my", "lo", "km", "en")

NOISES: tuple[tuple[str, Callable[[str, float, Random], str], float], ...] = (
    ("5 % of characters mistyped", with_slips, 0.05),
    ("10 % of characters mistyped", with_slips, 0.10),
    ("15 % of characters mistyped", with_slips, 0.15),
    ("15 % of marks dropped", without_marks, 0.15),
    ("30 % of marks dropped", without_marks, 0.30),
    ("all spaces dropped", without_spaces, 1.0),
)


def main() -> None:
    """Prints right first / shown / danger found, per language and kind of noise."""
    train()
    knowledge = ready_knowledge(read_settings(os.environ))
    clean = read_utterances(ROOT / "tests" / "utterances")

    def line(name: str, utterances: list[Utterance]) -> str:
        cells = []
        for code in LANGUAGES:
            own = [u for u in utterances if u.language == code]
            found = measure(run_cases(own, knowledge)) if own else None
            cells.append(f"{found.right_first:.2f}/{found.shown:.2f}/{found.danger_found:.2f}" if found else "")
        return f"| {name} | {' | '.join(cells)} |"

    print("right first / shown / danger found\n")
    print(f"| noise | {' | '.join(LANGUAGES)} |\n|---|---|---|---|---|---|")
    print(line("none", clean), flush=True)
    for name, noise, share in NOISES:
        random = Random(share)  # noqa: S311 - no secret, and the same on each run
        print(line(name, [Utterance(u.language, u.intent, noise(u.text, share, random)) for u in clean]), flush=True)
    print(line("Zawgyi", in_zawgyi(clean)), flush=True)


if __name__ == "__main__":
    main()
