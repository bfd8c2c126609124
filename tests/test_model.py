"""The really trained model, loaded as the running bot loads it."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
from datetime import datetime, timezone
from pathlib import Path

import pytest

from bot.actions import Kind
from bot.conversation import read, respond
from bot.decision import Outcome
from bot.evaluation import in_zawgyi, measure, read_utterances, run_cases
from bot.knowledge import Knowledge
from bot.live import LateInterpreter
from bot.memory import NO_NOTE
from bot.messages import Incoming
from nlu.components.sources import SOURCES
from nlu.model import Model, ModelError
from nlu.text import MAX_LETTERS, readings
from nlu.training import model_folder
from nlu.understanding import NOTHING
from tests.conftest import ROOT

pytestmark = pytest.mark.model

TRIED = ["ตำรวจจับหนู", "ရဲဖမ်းထားတယ်", "ຕຳຫຼວດຈັບຂ້ອຍ", "ប៉ូលិសចាប់ខ្ញុំ", "police arrested me", "my stomach hurts", "สวัสดี"]


def python(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs `code` in a process of its own."""
    environment = {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"}
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="session")
def model(content) -> Model:  # type: ignore[no-untyped-def]
    folder = model_folder()
    if not folder.exists():
        pytest.fail("no model for today's files: run `make train`")
    return Model(folder, frozenset(content.intents))


@pytest.fixture(scope="session")
def trained(real_knowledge: Knowledge, model: Model) -> Knowledge:
    from dataclasses import replace

    return replace(real_knowledge, interpreter=model)


@pytest.mark.parametrize(
    ("text", "language"),
    [("ตำรวจจับหนู", "th"), ("ရဲဖမ်းထားတယ်", "my"), ("ຕຳຫຼວດຈັບຂ້ອຍ", "lo"), ("ប៉ូលិសចាប់ខ្ញុំ", "km"), ("police arrested me", "en")],
)
def test_police_caught_me_is_understood_in_five_languages(text: str, language: str, trained: Knowledge) -> None:
    reading = read(text, trained)
    assert reading.decision.outcome is Outcome.URGENT
    assert reading.decision.shown == ("detained_now",)
    assert reading.written == language


@pytest.mark.parametrize("text", ["my stomach hurts", "ปวดท้อง", "ဗိုက်နာတယ်", "ເຈັບທ້ອງ", "ឈឺពោះ"])
def test_a_stomach_ache_is_no_danger(text: str, trained: Knowledge) -> None:
    decision = read(text, trained).decision
    assert decision.outcome is not Outcome.URGENT
    assert "health_see_doctor" in decision.shown


@pytest.mark.parametrize("text", ["", "🆘", "...", "/bye", "/ my name is Dara", "x" * 5000])
def test_nothing_becomes_no_intent_and_a_slash_no_command(text: str, model: Model) -> None:
    found = model.interpret(text)
    assert found.confidence < 1
    assert all(" " not in id_ for id_, _ in found.alternatives)


def test_the_test_utterances_are_understood(trained: Knowledge) -> None:
    """What was promised, for every language; docs/evaluation.md has the numbers."""
    cases = run_cases(read_utterances(ROOT / "tests" / "utterances"), trained)
    languages = {code: [c for c in cases if c.utterance.language == code] for code in ("th", "my", "lo", "km", "en")}
    for code, own in languages.items():
        found = measure(own)
        assert found.shown >= 0.92, (code, found)
        assert found.right_first >= 0.80, (code, found)
        assert found.confidently_wrong <= 0.05, (code, found)
        assert found.danger_found >= 0.97, (code, found)
        assert found.false_alarms <= 0.04, (code, found)


def test_zawgyi_loses_little_against_unicode(trained: Knowledge) -> None:
    burmese = [u for u in read_utterances(ROOT / "tests" / "utterances") if u.language == "my"]
    unicode, zawgyi = (measure(run_cases(each, trained)) for each in (burmese, in_zawgyi(burmese)))
    assert unicode.shown - zawgyi.shown <= 0.02
    assert unicode.danger_found - zawgyi.danger_found <= 0.02


def test_the_lean_path_answers_as_rasa_s_own_agent(model: Model) -> None:
    """Rasa's agent needs TensorFlow, so it runs in a process of its own."""
    code = (
        "import asyncio, json, sys; from rasa.core.agent import Agent\n"
        "agent = Agent.load(sys.argv[1])\n"
        "texts = json.loads(sys.argv[2])\n"
        "found = [asyncio.run(agent.parse_message(text))['intent'] for text in texts]\n"
        "print('FOUND' + json.dumps([[f['name'], f['confidence']] for f in found]))\n"
    )
    archive = str(model_folder().with_name(model_folder().name + ".tar.gz"))
    run = python(code, archive, json.dumps(TRIED))
    line = next(line for line in run.stdout.splitlines() if line.startswith("FOUND"))
    for text, (name, confidence) in zip(TRIED, json.loads(line.removeprefix("FOUND")), strict=True):
        found = model.interpret(text)
        assert found.intent == name
        assert found.confidence == pytest.approx(confidence, abs=1e-4)


def test_reading_messages_needs_no_tensorflow_and_prints_nothing(model: Model) -> None:
    code = (
        "import sys; from pathlib import Path; from bot.logs import configure_logs; configure_logs()\n"
        "from nlu.model import Model\n"
        "m = Model(Path(sys.argv[1]), frozenset({'detained_now'}))\n"
        "assert m.interpret('my name is Canarina, police caught me').intent == 'detained_now'\n"
        "m.interpret('/{Canarina'); sys.exit('tensorflow' in sys.modules)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(model_folder())], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert "Canarina" not in run.stdout + run.stderr


def test_a_broken_model_is_an_error_with_a_cure_and_the_bot_goes_on(tmp_path: Path) -> None:
    (tmp_path / "metadata.json").write_text("{}")
    with pytest.raises(ModelError, match="rightsbot train"):
        Model(tmp_path, frozenset())
    late = LateInterpreter(lambda: Model(tmp_path, frozenset()))
    late.loaded.wait(10)
    assert late.interpret("police arrested me") == NOTHING


def test_a_model_of_another_lexicon_is_refused_with_one_sentence(tmp_path: Path) -> None:
    """An edited form or phrase changes the model at the next training; the old model must not read meanwhile."""
    folder = tmp_path / model_folder().name
    shutil.copytree(model_folder(), folder)
    for path in folder.glob(f"components/*/{SOURCES}"):
        path.write_text("another")
    with pytest.raises(
        ModelError, match=r"^The model \S+ was trained with another lexicon or code\. Run: rightsbot train$"
    ):
        Model(folder, frozenset())


FOREIGN = [
    "မႂ်ႇသုင်ၶႃႈ ၶႃႈၸဝ်ႈ ယူႇ မိူင်းထႆး",
    "ယအဲၣ်ဒိးမၤလိလံာ်",
    "Tôi muốn đi học",
    "saya tidak tahu apa yang harus saya lakukan",
    "我想上学",
    "मुझे स्कूल जाना है",
]


@pytest.mark.parametrize("text", FOREIGN)
def test_a_foreign_language_gets_no_confident_answer_and_the_five_languages(text: str, trained: Knowledge) -> None:
    assert read(text, trained).decision.outcome in (Outcome.LOST, Outcome.SUGGEST)
    now = datetime(2026, 11, 24, tzinfo=timezone.utc)
    reply, _ = respond(Incoming(text=text), NO_NOTE, now, trained)
    assert reply is not None
    offered = {b.action.language for row in reply.buttons for b in row if b.action and b.action.kind is Kind.LANGUAGE}
    assert offered | {reply.language} == {"th", "my", "lo", "km", "en"}


@pytest.mark.parametrize(
    "text", ["ช" * 100_000, "kha " * 25_000, "ရဲ" * 50_000, "\ud800" * 100_000, "\u202e" * 100_000, "ခ\u103b" * 50_000]
)
def test_an_endless_text_is_read_in_bounded_pieces(text: str, trained: Knowledge) -> None:
    """Time is bounded because at most MAX_LETTERS letters are read; benchmarks/cost.py measures the time."""
    assert len(readings(text)[0]) <= MAX_LETTERS
    assert read(text, trained).decision.outcome in set(Outcome)


def test_a_loading_model_understands_nothing_yet_and_then_everything(model: Model) -> None:
    import threading

    gate = threading.Event()

    def load() -> Model:
        gate.wait(10)
        return model

    late = LateInterpreter(load)
    assert late.interpret("police arrested me") == NOTHING
    gate.set()
    late.loaded.wait(10)
    assert late.interpret("police arrested me").intent == "detained_now"


def test_parsing_several_messages_at_once_keeps_them_apart(model: Model) -> None:
    async def ask() -> list[str | None]:
        loop = asyncio.get_running_loop()
        found = await asyncio.gather(*(loop.run_in_executor(None, model.interpret, text) for text in TRIED * 5))
        return [f.intent for f in found]

    assert asyncio.run(ask()) == [model.interpret(text).intent for text in TRIED] * 5
