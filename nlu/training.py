"""Trains the model with Rasa's own training, in a child process, so that TensorFlow never enters the bot's memory."""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MODELS = ROOT / "models"
CONFIG = ROOT / "config.yml"
DATA = ROOT / "nlu" / "data"


class TrainingError(Exception):
    """Training failed; the message holds the end of what Rasa printed."""


def fingerprint(config: Path = CONFIG, data: Path = DATA) -> str:
    """Hash of all that decides what the model becomes: pipeline, phrases, our components, Rasa's version."""
    from nlu.components.sources import sources_fingerprint

    digest = hashlib.sha256(importlib.metadata.version("rasa").encode())
    digest.update(sources_fingerprint().encode())
    for path in (config, *sorted(data.rglob("*.yml"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def model_folder(models: Path = MODELS) -> Path:
    """Where the unpacked model for today's files stands, or will stand once trained."""
    return models / f"rightsbot-{fingerprint()}"


def train(models: Path = MODELS) -> Path:
    """The folder of the model for today's files; trained only when a file has changed since the last time.

    Beside it stays Rasa's own archive of the same name.

    Raises:
        TrainingError: when Rasa's training ends without a model.
    """
    target = model_folder(models)
    if target.exists():
        return target
    models.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "nlu.training", str(models), target.name]
    environment = {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"}
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - our own module
    archive = models / f"{target.name}.tar.gz"
    if run.returncode or not archive.exists():
        raise TrainingError((run.stdout + run.stderr).strip()[-2000:])
    _unpack(archive, target)
    for old in models.glob("rightsbot-*"):
        if not old.name.startswith(target.name):
            shutil.rmtree(old) if old.is_dir() else old.unlink()
    return target


def _unpack(archive: Path, target: Path) -> None:
    """Unpacks under another name first: a half unpacked model must never look like a whole one."""
    unfinished = target.with_suffix(f".unfinished{os.getpid()}")
    with tarfile.open(archive) as packed:
        packed.extractall(unfinished, filter="data")
    try:
        unfinished.rename(target)
    except OSError:  # another process was quicker
        shutil.rmtree(unfinished, ignore_errors=True)


def main(models: str, name: str) -> None:
    """Runs inside the child process: Rasa's `train_nlu` on our config and data."""
    from rasa.model_training import train_nlu

    train_nlu(config=str(CONFIG), nlu_data=str(DATA), output=models, fixed_model_name=name)


if __name__ == "__main__":
    main(*sys.argv[1:])
