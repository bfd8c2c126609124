"""What the danger layer costs: time per message of 200 characters, and how it grows with the length of the text.

uv run python benchmarks/danger.py
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path

from bot.content import Content
from bot.content_files import read_content
from bot.danger import DangerFinder
from bot.evaluation import read_utterances
from nlu.concepts import load_lexicon
from nlu.text import normalise

ROOT = Path(__file__).resolve().parents[1]
LETTERS = 200
TEXTS = 40
LENGTHS = (100, 1_000, 10_000, 100_000)
ROUNDS = 7


def milliseconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The least processor time of a few rounds: what the work costs, whatever else runs."""
    times = []
    for _ in range(rounds):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times) * 1000


def joined(texts: list[str], letters: int) -> list[str]:
    """Texts of `letters` characters out of short ones."""
    row = " ".join(texts)
    return [row[start : start + letters] for start in range(0, len(row) - letters + 1, letters)]


def main() -> None:
    """Prints both tables."""
    content: Content = read_content(ROOT / "content").content
    finder = DangerFinder(content, load_lexicon())
    utterances = read_utterances(ROOT / "tests" / "utterances")
    print(f"| language | texts of {LETTERS} characters | median ms | slowest ms |")
    print("|---|---|---|---|")
    for language in content.languages:
        texts = [normalise(text) for code, _, text in utterances if code == language.code]
        costs = [milliseconds(lambda text=text: finder.find(text)) for text in joined(texts, LETTERS)[:TEXTS]]  # type: ignore[misc]
        print(f"| {language.code} | {len(costs)} | {statistics.median(costs):.2f} | {max(costs):.2f} |")
    print()
    print("| characters | " + " | ".join(f"{language.code} ms" for language in content.languages) + " |")
    print("|---|" + "---|" * len(content.languages))
    for letters in LENGTHS:
        row = []
        for language in content.languages:
            phrases = [phrase for phrase, _ in content.danger[language.code].phrases]
            text = (" ".join(phrases) * (letters // 1_000 + 1))[:letters]
            row.append(f"{milliseconds(lambda text=text: finder.find(text), 3):.1f}")  # type: ignore[misc]
        print(f"| {letters:,} | " + " | ".join(row) + " |")


if __name__ == "__main__":
    main()
