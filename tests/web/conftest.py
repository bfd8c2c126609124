"""One real browser and one real server for all tests of the pages."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from bot.channels.web import HOST, listen, make_app, make_server
from bot.knowledge import Door, Knowledge
from bot.memory import Memory
from tests.conftest import NOW, Scripted
from tests.web.visitor import PHONE, Child

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
MISSING = "the page is not tested, for want of a browser: `make browser` gets one"


@pytest.fixture(scope="session")
def address(real_knowledge: Knowledge) -> Iterator[str]:
    """What `serve` serves, on a free port."""
    knowledge = replace(real_knowledge, door=Door.PAGE, interpreter=Scripted({"hello there": "chat_greet"}))
    with listen(0) as listener:
        server = make_server(make_app(lambda: knowledge, Memory(lambda: NOW), lambda: NOW))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, name="page")
        thread.start()
        yield f"http://{HOST}:{listener.getsockname()[1]}/"
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        (pytest.fail if os.environ.get("RIGHTSBOT_BROWSER_REQUIRED") == "1" else pytest.skip)(MISSING)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    width, height = PHONE
    made = browser.new_context(viewport={"width": width, "height": height}, locale="en", reduced_motion="reduce")
    yield made
    made.close()


@pytest.fixture
def child(context: BrowserContext, address: str) -> Iterator[Child]:
    """A child who has just opened the page. At the end nothing has left this computer, and nothing was wrong."""
    child = Child(context.new_page())
    child.page.goto(address)
    expect(child.messages).to_have_count(1)
    yield child
    assert [url for url in child.asked if not url.startswith(address)] == []
    assert child.disturbed or child.wrong == []
