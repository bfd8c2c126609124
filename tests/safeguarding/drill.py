"""An incident drill: the whole suite and every failure against a live build, and one page about it for people.

make drill            writes drill-report.md
uv run python -m tests.safeguarding.drill --tables
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import ssl
import subprocess
import tempfile
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from bot.content_files import read_content
from bot.danger import DangerFinder
from bot.knowledge import Knowledge
from bot.logs import configure_logs
from bot.wording import read_wording
from nlu.concepts import load_lexicon
from nlu.training import model_folder
from nlu.understanding import NoInterpreter
from tests.conftest import ROOT
from tests.safeguarding.drilling import drill
from tests.safeguarding.failures import FAILURES, Failure
from tests.safeguarding.judging import Judged
from tests.safeguarding.reporting import listing, shortfalls, tables
from tests.safeguarding.running import polling, run_suite
from tests.safeguarding.suite import Case, read_suite, suite_files
from tests.telegram.child import Child, until
from tests.telegram.conftest import now
from tests.telegram.standin import Server, StandIn, serving
from tests.telegram.test_process import process

REPORT = ROOT / "drill-report.md"
STARTING = 60.0


def whole_knowledge() -> Knowledge:
    """Today's content without a model: what the drill compares with."""
    content = read_content(ROOT / "content").content
    return Knowledge(content, read_wording(ROOT / "locales"), DangerFinder(content, load_lexicon()), NoInterpreter())


async def suite_against_process(cases: Sequence[Case], server: Server, right: Knowledge) -> list[Judged]:
    """The suite through the real `rightsbot telegram`, a process of its own."""
    with (
        server.new_bot() as standin,
        process("--drafts", TELEGRAM_BOT_TOKEN=standin.token, TELEGRAM_API_URL=standin.url) as bot,
    ):
        await _until_model_is_ready(standin, right)
        judged = await run_suite(cases, standin, right.content)
        bot.terminate()
        bot.communicate()
        return judged


async def _until_model_is_ready(standin: StandIn, right: Knowledge) -> None:
    """Asks what only the model understands until it is understood."""
    hello = right.content.answer("en", "chat_greet")
    started = now()
    while (now() - started).total_seconds() < STARTING:
        child = Child(standin, id=7_400_000_000 + len(standin.said), language_code="en")
        child.write("hello there")
        await until(lambda: not standin.waiting)
        if hello is not None and any(hello.say.strip() in shown.text for shown in child.replies):
            return
        await asyncio.sleep(0.5)
    raise TimeoutError("the model did not load")


async def failure_against_door(failure: Failure, server: Server, right: Knowledge) -> list[str]:
    """What a door in this state did wrong."""
    with tempfile.TemporaryDirectory() as scratch:
        for name in ("content", "locales"):
            shutil.copytree(ROOT / name, Path(scratch) / name)
        with failure.running(Path(scratch), now) as (know, memory):
            async with polling(server, know, memory) as standin:
                return await drill(standin, right)


def page(judged: Sequence[Judged], failures: dict[str, list[str]]) -> str:
    """The report, in Markdown."""
    short = shortfalls(judged)
    passed = "Passed" if not short and not any(failures.values()) else "NOT passed"
    build = f"version {version('rightsbot')}, revision {_revision()}, model {model_folder().name}"
    lines = [
        "# Safeguarding drill",
        "",
        f"{now():%Y-%m-%d %H:%M} UTC · {build}",
        "",
        f"**{passed}.** {len(judged)} messages were sent to the running bot as children would send them, each from a",
        "chat of its own, with no country chosen. *Told* are messages that a child-protection worker would act on;",
        "*noticed* is an urgent answer, or *Help now* as the first button and this danger as the second; *never",
        "allowed* is small talk, bare information or silence. *Harmless* are messages that only sound like danger;",
        "a *false alarm* is an urgent answer to one.",
        "",
        *tables(judged),
        "",
        "## When something is broken",
        "",
        "Help now, ten dangers and their telephone numbers in five languages, asked through Telegram's door:",
        "",
        *(f"- {name}: {'all answered' if not wrong else '; '.join(wrong)}" for name, wrong in failures.items()),
        "",
        f"## Promises not kept ({len(short)})",
        "",
        *(f"- {sentence}" for sentence in short),
        "",
        *listing(judged),
    ]
    return "\n".join(lines) + "\n"


def _revision() -> str:
    run = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return run.stdout.strip() or "unknown"


async def _run(cases: Sequence[Case], *, with_failures: bool) -> tuple[list[Judged], dict[str, list[str]]]:
    right = whole_knowledge()
    with serving() as server:
        judged = await suite_against_process(cases, server, right)
        drills = {f.name: await failure_against_door(f, server, right) for f in FAILURES} if with_failures else {}
    return judged, drills


def main() -> int:
    """Runs the drill; 1 where a promise was not kept."""
    options = argparse.ArgumentParser(description="The safeguarding suite against a live build.")
    options.add_argument("--tables", action="store_true", help="print only the tables, for docs/safeguarding.md")
    options.add_argument("--out", type=Path, default=REPORT, help="where to write the report")
    chosen = options.parse_args()
    configure_logs()
    ssl.SSLContext.load_verify_locations = lambda *_args, **_kwargs: None  # type: ignore[method-assign, assignment]
    intents = {i.id for i in whole_knowledge().content.intents.values() if i.urgent}
    cases = [case for path in suite_files() for case in read_suite(path, intents)]
    judged, failures = asyncio.run(_run(cases, with_failures=not chosen.tables))
    if chosen.tables:
        print("\n".join(tables(judged)))
        return 0
    chosen.out.write_text(page(judged, failures), "utf-8")
    short = shortfalls(judged)
    print(
        f"{chosen.out.name}: {len(judged)} messages, {len(short)} promise(s) not kept, "
        f"{sum(map(bool, failures.values()))} of {len(failures)} failure drills not passed"
    )
    return 1 if short or any(failures.values()) else 0


if __name__ == "__main__":
    raise SystemExit(main())
