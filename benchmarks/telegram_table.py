"""What `benchmarks/telegram.py` measures.

Speed: the same stand-in of Telegram, the same machine, the same run. Both bots take updates by a webhook; an update is
done when its reply has reached the stand-in. The most updates a second with 64 on their way, in rounds that alternate;
then the time from update to reply at half of what the echo bot can do, evenly spaced.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from benchmarks.telegram_bots import SECRET
from benchmarks.telegram_memory import memory_row
from bot.evaluation import read_utterances
from tests.conftest import ROOT
from tests.telegram.bot_process import free_port
from tests.telegram.faults import Plan, Process
from tests.telegram.faults import run as run_faults
from tests.telegram.standin import StandIn, serving

AT_ONCE = 64
WARM, MANY, ROUNDS = 100, 400, 3
LATENCY_UPDATES = 600
LOST_SECONDS = 15.0
"""A reply that has not come by then is counted as lost, and as that slow."""


class Bench:
    """A stand-in that tells when the reply to each chat came, and brings updates as fast as they are taken."""

    def __init__(self, standin: StandIn, texts: list[str]) -> None:
        self.standin = standin
        self.texts = itertools.cycle(texts)
        self.chats = itertools.count(1_000_000)
        self.port = 0
        self.lost = 0
        self._came: dict[int, asyncio.Future[float]] = {}
        self._free: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def answer(self, request: Request) -> Response:
        """Answers a call of the bot as the strict stand-in does."""
        response = await self.standin.answer(request)
        self.standin.calls.clear()
        if request.path_params["method"] == "sendMessage" and response.status_code == 200:
            chat = json.loads(bytes(response.body))["result"]["chat"]["id"]
            if (came := self._came.pop(chat, None)) is not None:
                came.set_result(time.perf_counter())
        return response

    async def one(self) -> float:
        """Brings one update; the seconds until its reply came."""
        chat = next(self.chats)
        self.standin.chats[chat] = {"id": chat, "type": "private", "first_name": "A"}
        came = self._came[chat] = asyncio.get_running_loop().create_future()
        started = time.perf_counter()
        await self._post(_update(chat, next(self.texts)))
        try:
            took = await asyncio.wait_for(came, LOST_SECONDS) - started
        except asyncio.TimeoutError:
            self.lost, took = self.lost + 1, LOST_SECONDS
        del self.standin.chats[chat]
        self.standin.screen.clear()
        self.standin.said.clear()
        return took

    async def most(self, number: int) -> float:
        """Updates a second with `AT_ONCE` on their way."""
        left = itertools.repeat(None, number)

        async def work() -> None:
            for _ in left:
                await self.one()

        started = time.perf_counter()
        await asyncio.gather(*(work() for _ in range(AT_ONCE)))
        return number / (time.perf_counter() - started)

    async def latencies(self, rate: float, number: int) -> list[float]:
        """Seconds from update to reply, `rate` updates a second, whatever the bot does."""
        started, running = time.perf_counter(), []
        for index in range(number):
            await asyncio.sleep(max(0.0, started + index / rate - time.perf_counter()))
            running.append(asyncio.ensure_future(self.one()))
        return sorted(await asyncio.gather(*running))

    async def _post(self, body: bytes) -> None:
        head = f"POST /telegram HTTP/1.1\r\nHost: x\r\nX-Telegram-Bot-Api-Secret-Token: {SECRET}\r\n"
        head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        while True:
            reader, writer = self._free.pop() if self._free else await asyncio.open_connection("127.0.0.1", self.port)
            try:
                writer.write(head.encode() + body)
                answer = await reader.readuntil(b"\r\n\r\n")
                break
            except (asyncio.IncompleteReadError, ConnectionError):
                writer.close()  # it was idle so long that the bot has closed it
        length = next((int(line[15:]) for line in answer.lower().split(b"\r\n") if line[:15] == b"content-length:"), 0)
        await reader.readexactly(length)
        assert answer.startswith(b"HTTP/1.1 200"), answer
        self._free.append((reader, writer))

    def to(self, port: int) -> None:
        """From now on updates go to the bot on this port."""
        self.port = port
        for _, writer in self._free:
            writer.close()
        self._free.clear()


def _update(chat: int, text: str) -> bytes:
    user = {"id": chat, "is_bot": False, "first_name": "Sokha", "username": "sokha_kh", "language_code": "km"}
    where = {"id": chat, "type": "private", "first_name": "Sokha", "username": "sokha_kh"}
    message = {"message_id": 1, "date": int(time.time()), "chat": where, "from": user, "text": text}
    return json.dumps({"update_id": chat, "message": message}).encode()


@contextmanager
def _bot(kind: str, bench: Bench, api: str) -> Iterator[int]:
    port = free_port()
    command = [sys.executable, "-m", "benchmarks.telegram_bots", kind, bench.standin.token, api, str(port)]
    with subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, "RASA_TELEMETRY_ENABLED": "false"}, stderr=subprocess.DEVNULL
    ) as bot:
        try:
            yield port
        finally:
            bot.terminate()


async def speed() -> None:
    """Prints the table of speed."""
    texts = [utterance.text for utterance in read_utterances(ROOT / "tests" / "utterances")]
    listener = socket.create_server(("127.0.0.1", 0))
    api_port = listener.getsockname()[1]
    bench = Bench(StandIn(api_port, "987654321:AAH-TokenOfTheBenchmark"), texts)
    app = Starlette(routes=[Route("/bot{token}/{method}", bench.answer, methods=["POST"])])
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, lifespan="off", ws="none"))
    serving_api = asyncio.ensure_future(server.serve(sockets=[listener]))
    api = f"http://127.0.0.1:{api_port}/bot"
    rates: dict[str, list[float]] = {"ours": [], "echo": []}
    with _bot("ours", bench, api) as ours, _bot("echo", bench, api) as echo:
        ports = {"ours": ours, "echo": echo}
        for kind, port in ports.items():
            await _reachable(port)
            bench.to(port)
            await bench.most(WARM)
            print(f"{kind} is warm", file=sys.stderr)
        for _ in range(ROUNDS):
            for kind, port in ports.items():
                bench.to(port)
                rates[kind].append(await bench.most(MANY))
                print(f"{kind}: {rates[kind][-1]:.0f} updates a second, {bench.lost} lost so far", file=sys.stderr)
        most = {kind: statistics.median(found) for kind, found in rates.items()}
        times: dict[str, list[float]] = {}
        for kind, port in ports.items():
            bench.to(port)
            times[kind] = await bench.latencies(most["echo"] / 2, LATENCY_UPDATES)
    server.should_exit = True
    await serving_api
    load = f"{most['echo'] / 2:.0f}/s"
    print(f"| bot | updates a second | p50 at {load} | p99 at {load} |\n|---|---|---|---|")
    for kind, name in (("ours", "this bot, model on"), ("echo", "echo bot of python-telegram-bot")):
        p50, p99 = (1e3 * times[kind][int(len(times[kind]) * part)] for part in (0.5, 0.99))
        print(f"| {name} | {most[kind]:.0f} | {p50:.1f} ms | {p99:.1f} ms |")
    ratio = times["ours"][int(LATENCY_UPDATES * 0.99)] / times["echo"][int(LATENCY_UPDATES * 0.99)]
    print(f"| ratio | {most['ours'] / most['echo']:.2f} (≥ 0.6) | | {ratio:.2f} (≤ 3) |\n", flush=True)


async def _reachable(port: int) -> None:
    late = time.monotonic() + 120
    while True:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            assert time.monotonic() < late, "a bot did not start"
            await asyncio.sleep(0.1)
        else:
            writer.close()
            return


def faults() -> None:
    """Prints the table of two minutes of faults, by polling and by a webhook."""
    print("| two minutes of faults | updates | faults | in flight at the kill | lost | doubled | of those in flight |")
    print("|---|---|---|---|---|---|---|", flush=True)
    with serving() as server:
        for webhook in (False, True):
            plan = Plan(seconds=90, children=40, every=6.0, outage=30, webhook=webhook)
            found = run_faults(server, plan, Process)
            kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(found.faults.items()))
            name = "webhook" if webhook else "polling"
            print(
                f"| {name} | {found.sent} | {kinds}, 30 s outage, one kill -9 | {found.in_flight} | {found.lost} "
                f"| {found.doubled} | {found.doubled_in_flight} |",
                flush=True,
            )
    print()


def main() -> None:
    """Runs what was asked for, else all."""
    wanted = sys.argv[1:] or ["speed", "faults", "memory"]
    if "speed" in wanted:
        asyncio.run(speed())
    if "faults" in wanted:
        faults()
    if "memory" in wanted:
        print(asyncio.run(memory_row()))


if __name__ == "__main__":
    main()
