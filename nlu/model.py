"""Loads the trained model and reads messages with it, through Rasa's own engine but without TensorFlow.

`rasa.core.agent` and Rasa's own loader import the training recipe, and with it TensorFlow (about 530 MB and many
seconds) that our components never use. So training leaves the archive unpacked, and only the nodes that lead to the
intent classifier are given to Rasa's graph runner. This also leaves out the node that turns `/anything` into an intent.
A test holds this path against `Agent.load`: both must answer the same.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nlu.components.sources import SOURCES, sources_fingerprint
from nlu.text import has_letters, tidy
from nlu.understanding import NOTHING, Understanding

_MESSAGE_NODE = "nlu_message_converter"


class ModelError(Exception):
    """The model cannot be loaded; the message says why, in one sentence."""


class Model:
    """A loaded model; one instance may be asked from several threads, one message at a time."""

    def __init__(self, folder: Path, intents: frozenset[str]) -> None:
        """Reads the unpacked model in `folder`; only `intents` may ever be answered.

        Raises:
            ModelError: when the model is missing, broken, of another pipeline or trained with another lexicon.
        """
        self._intents = intents
        _check_sources(folder)
        try:
            self._runner, self._target = _load_runner(folder)
        except Exception as problem:
            kind = type(problem).__name__
            raise ModelError(f"The model {folder.name} cannot be used ({kind}). Run: rightsbot train") from problem

    def interpret(self, text: str) -> Understanding:
        """What `text` (no Zawgyi) probably asks; nothing when no readable letter is left in it."""
        from rasa.shared.nlu.training_data.message import Message

        from nlu.components.tokenizer import PLAIN

        readable = tidy(text)
        if not has_letters(readable):
            return NOTHING
        inputs = {_MESSAGE_NODE: [Message({"text": readable, PLAIN: readable})]}
        message = self._runner.run(inputs=inputs, targets=[self._target])[self._target][0]
        ranking = [
            (str(entry["name"]), float(entry["confidence"]))
            for entry in message.get("intent_ranking", [])
            if entry["name"] in self._intents
        ]
        if not ranking:
            return NOTHING
        return Understanding(intent=ranking[0][0], confidence=ranking[0][1], alternatives=tuple(ranking))


def _check_sources(folder: Path) -> None:
    """A model reads today's text with the lexicon and the code that it learned from, or not at all."""
    today = sources_fingerprint()
    if any(path.read_text("ascii") != today for path in folder.glob(f"components/*/{SOURCES}")):
        raise ModelError(f"The model {folder.name} was trained with another lexicon or code. Run: rightsbot train")


def _load_runner(folder: Path) -> tuple[Any, str]:
    """Rasa's graph runner over the nodes up to the classifier, and the name of that last node."""
    from rasa.engine.graph import ExecutionContext, GraphSchema
    from rasa.engine.runner.dask import DaskGraphRunner
    from rasa.engine.storage.local_model_storage import LocalModelStorage

    metadata = json.loads((folder / "metadata.json").read_text("utf-8"))
    nodes = metadata["predict_schema"]["nodes"]
    target = [name for name in nodes if name.startswith("run_") and "Classifier" in name][-1]
    schema = GraphSchema.from_dict({"nodes": _needed(nodes, target)})
    runner = DaskGraphRunner.create(
        graph_schema=schema,
        model_storage=LocalModelStorage(folder / "components"),
        execution_context=ExecutionContext(graph_schema=schema, model_id=metadata["model_id"]),
    )
    return runner, target


def _needed(nodes: Mapping[str, Any], target: str) -> dict[str, Any]:
    """`target` and what it needs, in graph order, without the node that makes messages out of chat events."""
    wanted: set[str] = set()
    waiting = [target]
    while waiting:
        name = waiting.pop()
        if name in wanted or name == _MESSAGE_NODE or name not in nodes:
            continue
        wanted.add(name)
        waiting += nodes[name]["needs"].values()
    return {name: node for name, node in nodes.items() if name in wanted}
