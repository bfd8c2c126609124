"""What it costs to read a message: our way of loading the model beside Rasa's own two, in fresh processes, in one run.

`lean` is what the bot does (nlu/model.py), `agent` is Rasa's `Agent.load`, `server` is `rasa run --enable-api` on
loopback; all three read the same messages with the same trained model. With --train the model is trained anew first.
Run: uv run python benchmarks/cost.py [--train]
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bot.evaluation import read_utterances
from nlu.training import train

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = {
    **os.environ,
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "PYTHONPATH": str(ROOT),
}
WARM_UP = 20
PATIENCE = 180
"""Seconds that Rasa's server may take to start."""

CHILD = """
import asyncio, json, resource, sys, time
from pathlib import Path
started = time.perf_counter()
way, folder, texts = sys.argv[1], sys.argv[2], json.loads(sys.stdin.read())
if way == "lean":
    from bot.logs import configure_logs
    configure_logs()
    from nlu.model import Model
    import rasa.engine.graph
else:
    import structlog
    def drop(*_): raise structlog.DropEvent
    structlog.configure(processors=[drop])
    from rasa.core.agent import Agent
imported = time.perf_counter()
if way == "lean":
    names = json.loads((next(Path(folder).glob("components/*Classifier*")) / "intents.json").read_text())
    read = Model(Path(folder), frozenset(names)).interpret
else:
    agent, loop = Agent.load(folder + ".tar.gz"), asyncio.new_event_loop()
    read = lambda text: loop.run_until_complete(agent.parse_message(text))
loaded = time.perf_counter()
for text in texts[:20]: read(text)
times = []
for text in texts:
    start = time.perf_counter(); read(text); times.append(time.perf_counter() - start)
row = {"import_s": imported - started, "load_s": loaded - imported, "times": times,
       "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "tensorflow": "tensorflow" in sys.modules}
print("ROW" + json.dumps(row))
"""


def summed(times: list[float]) -> dict[str, float]:
    """Median and 99th percentile in milliseconds, and messages per second one after the other."""
    ordered = sorted(times)
    p50, p99 = (1e3 * ordered[int(len(ordered) * share)] for share in (0.5, 0.99))
    return {"p50_ms": p50, "p99_ms": p99, "per_s": len(times) / sum(times)}


def measure_process(way: str, folder: Path, texts: list[str]) -> dict[str, float]:
    """One fresh process that loads the model in one way and reads every text."""
    command = [sys.executable, "-c", CHILD, way, str(folder)]
    run = subprocess.run(
        command, input=json.dumps(texts), cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    line = next(line for line in run.stdout.splitlines() if line.startswith("ROW"))
    row = dict(json.loads(line.removeprefix("ROW")))
    return {**row, **summed(row.pop("times"))}


def measure_server(folder: Path, texts: list[str]) -> dict[str, float]:
    """Rasa's own HTTP server in a fresh process, asked over one connection."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "rasa", "run", "--enable-api", "-i", "127.0.0.1", "-p", str(port)]
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as scratch:
        server = subprocess.Popen(
            [*command, "-m", f"{folder}.tar.gz"],
            cwd=scratch,
            env=ENVIRONMENT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            read = _wait_for(port)
            loaded = time.perf_counter() - started
            times = [_timed(read, text) for text in [*texts[:WARM_UP], *texts]][WARM_UP:]
            status = Path(f"/proc/{server.pid}/status").read_text("ascii")
            peak = int(next(row for row in status.splitlines() if row.startswith("VmHWM")).split()[1]) / 1024
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(30)
    return {"import_s": 0.0, "load_s": loaded, "peak_mb": peak, "tensorflow": True, **summed(times)}


def _wait_for(port: int) -> Callable[[str], bytes]:
    """A way to ask the server, once it answers."""
    end = time.perf_counter() + PATIENCE
    while time.perf_counter() < end:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

        def read(text: str, connection: http.client.HTTPConnection = connection) -> bytes:
            connection.request("POST", "/model/parse", json.dumps({"text": text}), {"Content-Type": "application/json"})
            return connection.getresponse().read()

        try:
            read("hello")
        except OSError:
            time.sleep(0.3)
        else:
            return read
    raise SystemExit("Rasa's server did not start.")


def _timed(read: Callable[[str], bytes], text: str) -> float:
    start = time.perf_counter()
    read(text)
    return time.perf_counter() - start


def main() -> None:
    """Prints the table and the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--train", action="store_true", help="train the model anew and tell how long it took")
    options = parser.parse_args()
    texts = [u.text for u in read_utterances(ROOT / "tests" / "utterances")][::4][:400]
    with tempfile.TemporaryDirectory() as scratch:
        started = time.perf_counter()
        folder = train(Path(scratch)) if options.train else train()
        seconds = time.perf_counter() - started
        size = (folder.parent / f"{folder.name}.tar.gz").stat().st_size / 2**20
        rows = {way: measure_process(way, folder, texts) for way in ("lean", "agent")}
        rows["server"] = measure_server(folder, texts)
    keys = ("import_s", "load_s", "p50_ms", "p99_ms", "per_s", "peak_mb")
    print("| way | import s | load s | p50 ms | p99 ms | messages/s | peak MB | TensorFlow |")
    print("|---" * (len(keys) + 2) + "|")
    for way, row in rows.items():
        values = " | ".join(f"{row[key]:.1f}" for key in keys)
        print(f"| {way} | {values} | {'yes' if row['tensorflow'] else 'no'} |")
    for way in ("agent", "server"):
        start = (rows[way]["import_s"] + rows[way]["load_s"]) / (rows["lean"]["import_s"] + rows["lean"]["load_s"])
        ratios = " | ".join(f"{rows[way][key] / rows['lean'][key]:.1f}×" for key in keys[2:])
        print(f"| {way} ÷ lean | start {start:.1f}× | | {ratios} | |")
    print(f"\nModel: {size:.0f} MB packed." + (f" Training: {seconds:.0f} s." if options.train else ""))


if __name__ == "__main__":
    main()
