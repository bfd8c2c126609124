"""`rightsbot telegram` as a process of its own, for tests and benchmarks."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from tests.conftest import ROOT


@contextmanager
def process(*options: str, **settings: str) -> Iterator[subprocess.Popen[str]]:
    """`rightsbot telegram` with only these settings; ended whatever happens."""
    with process_into(subprocess.PIPE, *options, **settings) as started:
        yield started


@contextmanager
def process_into(output: int | TextIO, *options: str, **settings: str) -> Iterator[subprocess.Popen[str]]:
    """The same, with all that it prints going to `output`."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    command = [sys.executable, "-m", "bot", "telegram", *options]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=kept | {"PYTHONPATH": str(ROOT), "RASA_TELEMETRY_ENABLED": "false"} | settings,
        stdout=output,
        stderr=output,
        text=True,
    ) as started:
        try:
            yield started
        finally:
            if started.poll() is None:
                started.kill()


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])
