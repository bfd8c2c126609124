"""The commands. The parts are put together here and nowhere else."""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import signal
import sys
from collections.abc import Callable, Iterable
from datetime import date, datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from bot.conversation import read, respond, respond_kindly
from bot.knowledge import Door, Knowledge
from bot.live import LateInterpreter, LiveKnowledge
from bot.logs import configure_logs
from bot.memory import Memory, Note
from bot.messages import Incoming, Reply
from bot.settings import COUNTRIES, LANGUAGES, ROOT, Settings, SettingsError, read_settings
from nlu.model import Model, ModelError
from nlu.training import TrainingError, model_folder, train

if TYPE_CHECKING:  # Telegram's library is loaded only by the command that needs it
    from bot.channels.telegram import Webhook

USAGE_ERROR = 2


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; the exit code is 0, 1 where a check found errors, or 2 for a wrong setting or call."""
    configure_logs()
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options, read_settings(os.environ)))
    except (SettingsError, ModelError, TrainingError) as problem:
        print(problem, file=sys.stderr)
        return USAGE_ERROR
    except KeyboardInterrupt:
        return 0


def now() -> datetime:
    """The time, with its zone."""
    return datetime.now(timezone.utc)


def _intents(settings: Settings) -> frozenset[str]:
    from bot.content_files import read_content

    return frozenset(read_content(settings.content).content.intents)


def _late_model(settings: Settings, *, may_train: bool) -> LateInterpreter:
    """The model in the background: trained first where that is allowed, found ready otherwise."""

    def load() -> Model:
        return Model(train() if may_train else model_folder(), _intents(settings))

    return LateInterpreter(load)


def ready_knowledge(settings: Settings) -> Knowledge:
    """Knowledge with the model loaded, for commands that answer at once and end."""
    interpreter = _late_model(settings, may_train=False)
    live = LiveKnowledge(settings, interpreter)
    interpreter.loaded.wait()
    return live.current()


def _texts(options: argparse.Namespace) -> Iterable[str]:
    return options.text or (line.rstrip("\n") for line in sys.stdin)


def _demo(options: argparse.Namespace, settings: Settings) -> int:
    from bot.channels.web import serve

    interpreter = _late_model(settings, may_train=True)
    live = LiveKnowledge(settings, interpreter, door=Door.PAGE)
    serve(live.current, Memory(now), now, port=options.port or settings.port, open_browser=not options.no_browser)
    return 0


def _chat(options: argparse.Namespace, settings: Settings) -> int:
    from bot.channels.terminal import chat

    train()
    interpreter = _late_model(settings, may_train=False)
    live = LiveKnowledge(settings, interpreter)
    interpreter.loaded.wait()
    chat((line.rstrip("\n") for line in sys.stdin), print, live.current, now)
    return 0


def _telegram(options: argparse.Namespace, settings: Settings) -> int:
    import asyncio

    from bot.channels.telegram import Door, LocalStore, make_bot, run
    from bot.farewell import say_farewell
    from bot.release import unreviewed

    if settings.token is None:
        raise SettingsError("TELEGRAM_BOT_TOKEN is missing: get a token from @BotFather and put it into the file .env.")
    hook = _webhook(options.webhook, settings) if options.webhook else None
    interpreter = _late_model(settings, may_train=True)
    live = LiveKnowledge(settings, interpreter)
    withheld = unreviewed(live.current().content)
    if withheld and not options.drafts:
        raise SettingsError(withheld)
    bot = make_bot(settings.token, settings.telegram_url)
    respond = say_farewell if options.farewell else respond_kindly
    door = Door(bot, live.current, LocalStore(Memory(now), now), now, respond=respond)
    asyncio.run(run(door, hook, ready=interpreter.loaded.is_set))
    return 0


def _webhook(url: str, settings: Settings) -> Webhook:
    from bot.channels.telegram import Webhook

    if not re.match(r"https?://[^/\s]+", url):
        raise SettingsError(
            "--webhook needs a public address: write it like --webhook https://bot.example.org/telegram."
        )
    if settings.webhook_secret is None:
        raise SettingsError(
            "RIGHTSBOT_WEBHOOK_SECRET is missing: a webhook needs one, make it with `openssl rand -hex 32`."
        )
    return Webhook(url, settings.webhook_secret, settings.port)


def _check(options: argparse.Namespace, settings: Settings) -> int:
    from bot.checking.problem import Severity
    from bot.content_check import check_all, write_last_resort, write_report

    if options.write_report:
        write_report(settings.content)
    if options.write_last_resort:
        write_last_resort(settings.content, settings.locales)
    problems = check_all(
        settings.content, settings.locales, today=options.today or now().date(), release=options.release
    )
    for problem in problems:
        print(problem)
    notes = sum(problem.severity is Severity.NOTE for problem in problems)
    errors = sum(p.is_error or (options.strict and p.severity is Severity.WARNING) for p in problems)
    print(f"{errors} error(s), {len(problems) - errors - notes} warning(s), {notes} note(s)")
    return 1 if errors else 0


def _print(options: argparse.Namespace, settings: Settings) -> int:
    from bot.printing.site import write_site
    from bot.printing.writing import order_papers, refuse_drafts, write_papers
    from nlu.understanding import NoInterpreter

    if options.out is None and options.site is None:
        raise SettingsError("Say where to: --out DIR for paper, --site DIR for a folder that opens by double-click.")
    if options.out is not None and not (options.language and options.country):
        raise SettingsError("Paper needs --language and --country, like: --language km --country TH --out paper.")
    knowledge = LiveKnowledge(settings, NoInterpreter(), door=Door.FOLDER).current()
    orders = [(options.language, options.country)] if options.out is not None else []
    orders += [(code, country) for code in knowledge.language_codes for country in COUNTRIES] if options.site else []
    if not options.drafts:
        for language, country in orders:
            refuse_drafts(order_papers(language, country, options.bot, knowledge))
    if options.out is not None:
        order = order_papers(options.language, options.country, options.bot, knowledge)
        print(f"Open this and print from the browser: {write_papers(order, options.out)[-1]}")
    if options.site is not None:
        print(f"Open this by double-click: {write_site(knowledge, options.site)}")
    return 0


def _train(options: argparse.Namespace, settings: Settings) -> int:
    print(train().name)
    return 0


def _evaluate(options: argparse.Namespace, settings: Settings) -> int:
    from bot.evaluation import read_utterances
    from bot.evaluation_report import evaluate

    train()
    found = evaluate(ready_knowledge(settings), read_utterances(ROOT / "tests" / "utterances"), now().date())
    (ROOT / "docs" / "evaluation.md").write_text(found.markdown(), "utf-8")
    (ROOT / "docs" / "evaluation.json").write_text(found.json(), "utf-8")
    print(f"{found.markdown()}\n{found.listing()}\n\nWritten: docs/evaluation.md, docs/evaluation.json")
    return 0


def _understand(options: argparse.Namespace, settings: Settings) -> int:
    train()
    knowledge = ready_knowledge(settings)
    for text in _texts(options):
        entry = understanding_entry(text, knowledge)
        if options.json:
            print(json.dumps(entry, ensure_ascii=False), flush=True)
        else:
            print(f"{entry['decision']:8} {' '.join(entry['shown']) or '-':32} {text}", flush=True)  # type: ignore[arg-type]
    return 0


def understanding_entry(text: str, knowledge: Knowledge) -> dict[str, object]:
    """What the bot makes of `text`, as one object of `understand --json`."""
    reading = read(text, knowledge)
    understanding = reading.decision.understanding
    return {
        "text": text,
        "language": reading.written,
        "intent": understanding.intent,
        "confidence": round(understanding.confidence, 4),
        "alternatives": [[id_, round(p, 4)] for id_, p in understanding.alternatives],
        "danger": list(reading.decision.danger.intents),
        "decision": reading.decision.outcome.value,
        "shown": list(reading.decision.shown),
    }


def _ask(options: argparse.Namespace, settings: Settings) -> int:
    train()
    knowledge = ready_knowledge(settings)
    note = Note(language=options.language, country=options.country)
    reply, _ = respond(Incoming(text=options.text, sent_at=now()), note, now(), knowledge)
    print(json.dumps(reply_entry(reply), ensure_ascii=False, indent=2))
    return 0


def reply_entry(reply: Reply | None) -> dict[str, object]:
    """A reply as the object that `ask` prints."""
    if reply is None:
        return {}
    buttons = [
        [{"label": b.label, "action": b.action.encode() if b.action else None, "copy": b.copy} for b in row]
        for row in reply.buttons
    ]
    return {"text": reply.text, "buttons": buttons, "urgent": reply.urgent, "language": reply.language}


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="rightsbot", description="Tells children on the move their rights and who can help."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(
        name: str, run: Callable[[argparse.Namespace, Settings], int], what: str, example: str
    ) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=what, description=what, epilog=f"Example: rightsbot {example}")
        added.set_defaults(run=run)
        return added

    demo = command("demo", _demo, "the chat page for a club or a first try; no token, no internet", "demo --port 8080")
    demo.add_argument("--port", type=int, help="instead of the setting PORT (8080)")
    demo.add_argument("--no-browser", action="store_true", help="do not open a browser window")
    command("chat", _chat, "the same conversation in a terminal", "chat")
    telegram = command(
        "telegram", _telegram, "the live bot on Telegram, by long polling or a webhook", "telegram --drafts"
    )
    telegram.add_argument("--webhook", metavar="URL", help="the public address at which Telegram brings updates")
    telegram.add_argument(
        "--farewell", action="store_true", help="only say that this bot has ended, and who still helps"
    )
    telegram.add_argument(
        "--drafts", action="store_true", help="also run with texts and numbers that nobody has reviewed"
    )
    check = command("check", _check, "every rule for content, contacts, phrases and locales", "check --strict")
    check.add_argument("--strict", action="store_true", help="warnings count as errors")
    check.add_argument("--release", action="store_true", help="expired or soon expiring contacts are errors")
    check.add_argument("--today", type=_day, metavar="DATE", help="check as if it were this day (YYYY-MM-DD)")
    check.add_argument("--write-report", action="store_true", help="write docs/content-report.md anew first")
    check.add_argument("--write-last-resort", action="store_true", help="write bot/last_resort.json anew first")
    printing = command(
        "print",
        _print,
        "paper for a club (sheets, cards, poster), or a folder that opens by double-click",
        "print --language km --country TH --out paper --drafts",
    )
    printing.add_argument("--language", choices=LANGUAGES, help="of the child")
    printing.add_argument("--country", choices=COUNTRIES, help="whose numbers")
    printing.add_argument("--out", type=Path, metavar="DIR", help="folder for the papers")
    printing.add_argument("--site", type=Path, metavar="DIR", help="folder for the pages that need no programme")
    printing.add_argument("--bot", default="", metavar="NAME", help="the bot's name on Telegram, for the QR codes")
    printing.add_argument("--drafts", action="store_true", help="also what nobody has reviewed; each sheet says DRAFT")
    command("train", _train, "trains the model with Rasa; nothing changed, nothing done", "train")
    command("evaluate", _evaluate, "how well the test utterances are understood, per language", "evaluate")
    understand = command(
        "understand", _understand, "what the bot makes of texts", 'understand --json "police arrested me"'
    )
    understand.add_argument("--json", action="store_true", help="one object per line")
    understand.add_argument("text", nargs="*", help="texts; without any, one per line from standard input")
    ask = command("ask", _ask, "the reply to one text, as JSON", 'ask --language km --country TH "help me"')
    ask.add_argument("--language", choices=LANGUAGES)
    ask.add_argument("--country", choices=COUNTRIES)
    ask.add_argument("text")
    return parser


def _stop(_number: int, _frame: object) -> NoReturn:
    raise KeyboardInterrupt


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _stop)
    sys.exit(main())
