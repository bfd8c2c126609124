"""The Telegram door beside python-telegram-bot's echo bot; whether an answer is lost; whether memory grows.

Run: uv run python benchmarks/telegram.py [speed] [faults] [memory]
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

if __name__ == "__main__":
    # As a module: from this folder, `import telegram` would find this file.
    command = [sys.executable, "-m", "benchmarks.telegram_table", *sys.argv[1:]]
    sys.exit(subprocess.run(command, cwd=Path(__file__).resolve().parents[1]).returncode)
