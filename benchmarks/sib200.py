"""Topic classification of SIB-200 in five languages: the n-gram side of our pipeline beside Rasa's default one.

Both are trained by Rasa and read through Rasa's `Agent`. Ours is trained once on all languages together; Rasa's default
pipeline (DIET) takes minutes per language, so name those to run again: the others were measured before on the same
files (see docs/understanding.md). The data set is no part of this project: https://github.com/dadelani/sib-200
Run: uv run python benchmarks/sib200.py FOLDER [--default th ...]
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import json
import os
import tempfile
import time
import warnings
from pathlib import Path
from typing import Any

os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", RASA_TELEMETRY_ENABLED="false")

FOLDERS = {"th": "tha_Thai", "my": "mya_Mymr", "lo": "lao_Laoo", "km": "khm_Khmr", "en": "eng_Latn"}

OURS = """
recipe: default.v1
assistant_id: benchmark
language: en
pipeline:
  - name: nlu.components.register.ScriptTokenizer
  - name: nlu.components.register.NgramFeaturizer
  - name: nlu.components.register.LinearIntentClassifier
policies: []
"""

DEFAULT = """
recipe: default.v1
assistant_id: benchmark
language: en
pipeline:
  - name: WhitespaceTokenizer
  - name: RegexFeaturizer
  - name: LexicalSyntacticFeaturizer
  - name: CountVectorsFeaturizer
  - name: CountVectorsFeaturizer
    analyzer: char_wb
    min_ngram: 1
    max_ngram: 4
  - name: DIETClassifier
    epochs: 100
    constrain_similarities: true
policies: []
"""

Rows = list[tuple[str, str]]
"""Text and topic."""


def read_split(folder: Path, language: str, split: str) -> Rows:
    """The sentences of one file of SIB-200."""
    with (folder / FOLDERS[language] / f"{split}.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [(" ".join(row["text"].strip('" ').split()), row["category"].replace("/", "_")) for row in rows]


def train(config: str, rows: Rows, folder: Path) -> tuple[Any, float]:
    """An agent trained by Rasa on `rows`, and how many seconds that took."""
    from rasa.core.agent import Agent
    from rasa.model_training import train_nlu

    folder.mkdir(parents=True)
    (folder / "config.yml").write_text(config, "utf-8")
    examples = [{"text": text, "intent": topic, "entities": []} for text, topic in rows]
    data = json.dumps({"rasa_nlu_data": {"common_examples": examples}}, ensure_ascii=False)
    (folder / "nlu.json").write_text(data, "utf-8")
    started = time.perf_counter()
    archive = train_nlu(str(folder / "config.yml"), str(folder / "nlu.json"), str(folder))
    return Agent.load(archive), time.perf_counter() - started


def accuracy(agent: Any, rows: Rows) -> float:
    """The share of `rows` whose topic the agent finds."""

    async def parse() -> list[str]:
        return [(await agent.parse_message(text))["intent"]["name"] for text, _ in rows]

    found = asyncio.run(parse())
    return sum(topic == name for (_, topic), name in zip(rows, found, strict=True)) / len(rows)


def line(name: str, values: dict[str, float], seconds: float) -> str:
    """One line of the table; a language that was not run stays empty."""
    cells = [f"{values[code]:.3f}" if code in values else "" for code in FOLDERS]
    mean = f"{sum(values.values()) / len(values):.3f}" if len(values) == len(FOLDERS) else ""
    return f"| {name} | {' | '.join(cells)} | {mean} | {seconds:.0f} |"


def main() -> None:
    """Trains, measures and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="the unpacked SIB-200 data set, one folder per language")
    parser.add_argument("--default", nargs="*", default=[], choices=tuple(FOLDERS), help="languages for Rasa's default")
    options = parser.parse_args()
    warnings.filterwarnings("ignore")
    import structlog

    structlog.configure(processors=[lambda *_: (_ for _ in ()).throw(structlog.DropEvent)])
    train_rows = {code: read_split(options.folder, code, "train") for code in FOLDERS}
    test_rows = {code: read_split(options.folder, code, "test") for code in FOLDERS}
    print(f"| pipeline | {' | '.join(FOLDERS)} | mean | training s |\n|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as scratch:
        agent, seconds = train(OURS, [row for rows in train_rows.values() for row in rows], Path(scratch) / "ours")
        found = {code: accuracy(agent, rows) for code, rows in test_rows.items()}
        print(line("ours, n-gram side, five languages in one model", found, seconds), flush=True)
        for code in options.default:
            agent, seconds = train(DEFAULT, train_rows[code], Path(scratch) / f"default-{code}")
            print(line(f"Rasa's default, {code}", {code: accuracy(agent, test_rows[code])}, seconds), flush=True)


if __name__ == "__main__":
    main()
