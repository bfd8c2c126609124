"""Every page by axe, in every state that matters and in every language; and how much it weighs and how fast it is."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from bot.channels.web import PAGE
from tests.conftest import LANGUAGES
from tests.web.test_server import ARRESTED
from tests.web.visitor import Child

pytestmark = pytest.mark.browser

HEAVIEST = 700_000
"""Bytes of a page with all its scripts, styles and fonts."""
SLOWEST = 2.0
"""Seconds until the first answer is on the screen."""


def violations(page: Page) -> list[str]:
    """What axe finds wrong, each with the element."""
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_chat(child: Child, language: str) -> None:
    assert violations(child.page) == []
    child.write(ARRESTED[language])
    assert violations(child.page) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_projector(context: BrowserContext, address: str, language: str) -> None:
    page = context.new_page()
    page.goto(address + "projector.html")
    page.wait_for_selector(".choices button")
    page.select_option("#first", language)
    expect(page.locator("html")).to_have_attribute("lang", language)
    page.select_option("#second", "en" if language != "en" else "lo")
    expect(page.locator(".choices button").first.locator("span")).to_have_count(2)
    assert violations(page) == []
    page.keyboard.press("4")
    expect(page.locator(".column h2")).to_have_count(2)
    page.keyboard.press("1")
    expect(page.locator(".choices")).to_have_count(0)
    assert violations(page) == []
    page.keyboard.press("b")
    assert violations(page) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_leader_s_window(context: BrowserContext, address: str, language: str) -> None:
    page = context.new_page()
    page.goto(address + "club.html")
    page.wait_for_selector("#form")
    page.select_option("#first", language)
    expect(page.locator("html")).to_have_attribute("lang", language)
    page.evaluate("() => document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert violations(page) == []


@pytest.mark.parametrize("name", ["", "projector.html", "club.html"])
def test_a_page_is_light_and_its_first_answer_fast(browser: Browser, address: str, name: str) -> None:
    context = browser.new_context(locale="en")
    page = context.new_page()
    sizes: list[int] = []
    page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    began = time.monotonic()
    page.goto(address + name)
    page.wait_for_selector("#messages article, .choices button")
    seconds = time.monotonic() - began
    page.evaluate("() => Promise.all([...document.fonts].map((font) => font.load()))")
    page.wait_for_load_state("networkidle")
    context.close()
    assert sum(size > 5_000 for size in sizes) >= 10
    assert sum(sizes) <= HEAVIEST
    assert seconds <= SLOWEST


@pytest.mark.parametrize("path", sorted(PAGE.glob("*.js")), ids=lambda path: path.name)
def test_scripts_run_in_an_old_web_view(path: Path) -> None:
    """No syntax or function that came after Chromium 66: no ?. or ??, no at() or replaceChildren()."""
    code = re.sub(r"//.*", "", path.read_text("utf-8"))
    assert not re.findall(r"\?\.(?!\d)|\?\?|\.at\(|replaceChildren|\.flat\(|fromEntries|replaceAll|\bimport\b", code)


@pytest.mark.parametrize("path", sorted(PAGE.glob("*.css")), ids=lambda path: path.name)
def test_nothing_moves_for_whoever_asked_for_that(path: Path) -> None:
    css = path.read_text("utf-8")
    assert "animation" not in css or "prefers-reduced-motion" in css
    assert "transition" not in css
