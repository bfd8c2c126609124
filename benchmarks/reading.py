"""What it costs to read a message: our way of loading the model beside Rasa's own, in fresh processes, in one run.

Run: uv run python benchmarks/reading.py
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from bot.evaluation import read_utterances
from nlu.training import train

ROOT = Path(__file__).resolve().parents[1]

CHILD = """
import asyncio, json, resource, sys, time
started = time.perf_counter()
way, folder, texts = sys.argv[1], sys.argv[2], json.loads(sys.stdin.read())
if way == "lean":
    from pathlib import Path
    from bot.logs import configure_logs
    configure_logs()
    from nlu.model import Model
    names = json.loads((next(Path(folder).glob("components/*Classifier*")) / "intents.json").read_text())
    read = Model(Path(folder), frozenset(names)).interpret
else:
    import structlog
    def drop(*_): raise structlog.DropEvent
    structlog.configure(processors=[drop])
    from rasa.core.agent import Agent
    agent, loop = Agent.load(folder + ".tar.gz"), asyncio.new_event_loop()
    read = lambda text: loop.run_until_complete(agent.parse_message(text))
loaded = time.perf_counter() - started
for text in texts[:20]: read(text)
times = []
for text in texts:
    start = time.perf_counter(); read(text); times.append(time.perf_counter() - start)
times.sort()
p50, p99 = (1e3 * times[int(len(times) * share)] for share in (0.5, 0.99))
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
row = {"load_s": loaded, "p50_ms": p50, "p99_ms": p99, "peak_mb": peak, "tensorflow": "tensorflow" in sys.modules}
print("ROW" + json.dumps(row))
"""


def measure(way: str, folder: Path, texts: list[str]) -> dict[str, float]:
    """One fresh process that loads the model in one way and reads every text."""
    environment = {
        **os.environ,
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-c", CHILD, way, str(folder)]
    run = subprocess.run(command, input=json.dumps(texts), cwd=ROOT, env=environment, capture_output=True, text=True)
    line = next(line for line in run.stdout.splitlines() if line.startswith("ROW"))
    return dict(json.loads(line.removeprefix("ROW")))


def main() -> None:
    """Prints the table."""
    texts = [u.text for u in read_utterances(ROOT / "tests" / "utterances")][::4][:400]
    folder = train()
    rows = {way: measure(way, folder, texts) for way in ("lean", "agent")}
    print("| way | load s | p50 ms | p99 ms | peak MB | TensorFlow |\n|---|---|---|---|---|---|")
    for way, row in rows.items():
        values = [f"{row[k]:.1f}" for k in ("load_s", "p50_ms", "p99_ms", "peak_mb")]
        print(f"| {way} | {' | '.join(values)} | {'yes' if row['tensorflow'] else 'no'} |")
    ratios = [f"{rows['agent'][k] / rows['lean'][k]:.1f}×" for k in ("load_s", "p50_ms", "p99_ms", "peak_mb")]
    print(f"| agent ÷ lean | {' | '.join(ratios)} | |")


if __name__ == "__main__":
    main()
