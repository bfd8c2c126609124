"""The papers in a real browser: how they print on A4 and A5, in black and white, with their own letters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from bot.printing.writing import write_papers
from tests.conftest import LANGUAGES
from tests.printing.conftest import Ordering
from tests.web.test_accessibility import violations

pytestmark = pytest.mark.browser

SHEETS = {"A4": (186, 273), "A5": (124, 186)}
"""Millimetres inside the margins."""
MM = 96 / 25.4
OVER = """(width) => [...document.querySelectorAll('body *:not(.draft-mark)')]
  .filter((e) => e.getBoundingClientRect().right > width + 1).length"""
GREY = """() => [...document.querySelectorAll('body, body *')].flatMap((e) => {
  const style = getComputedStyle(e);
  const back = style.backgroundColor;
  return [style.color, style.borderTopColor].concat(back.endsWith(', 0)') ? [] : back);
}).filter((color) => { const [r, g, b] = color.match(/\\d+/g); return r !== g || g !== b; }).length"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_papers_fit_on_a4_and_a5_in_black_and_white(page: Page, order: Ordering, tmp_path: Path, language: str) -> None:
    for path in write_papers(order(language, "TH", "childrights_bot"), tmp_path):
        page.goto(path.as_uri())
        page.emulate_media(media="print")
        page.evaluate("() => document.fonts.ready.then(() => true)")
        assert page.evaluate(GREY) == 0, path.name
        for width, _ in SHEETS.values():
            page.set_viewport_size({"width": round(width * MM), "height": 800})
            assert page.evaluate(OVER, round(width * MM)) == 0, path.name


@pytest.mark.parametrize("size", SHEETS)
def test_a_draft_is_marked_on_every_sheet(page: Page, order: Ordering, tmp_path: Path, size: str) -> None:
    """What is fixed to the page is printed on each sheet of it."""
    made = {path.stem: path for path in write_papers(order("km", "TH"), tmp_path)}
    page.goto(made["topic-rights"].as_uri())
    sheets = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=size)))
    assert sheets > 2
    page.emulate_media(media="print")
    mark = page.locator(".draft-mark")
    assert mark.evaluate("(e) => getComputedStyle(e).position") == "fixed"
    assert mark.inner_text() == "សេចក្ដីព្រាង"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_half_of_a_card_fits_into_a_wallet(page: Page, order: Ordering, tmp_path: Path, language: str) -> None:
    for country in ("TH", "LA", "MY", "MM"):
        made = {path.stem: path for path in write_papers(order(language, country), tmp_path)}
        page.goto(made["card"].as_uri())
        page.emulate_media(media="print")
        sizes = page.evaluate("() => [...document.querySelectorAll('.half')].map((e) => e.getBoundingClientRect())")
        for size in sizes:
            assert size["width"] <= 90.5 * MM
            assert size["height"] <= 60 * MM, country


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_are_the_paper_s_own(page: Page, order: Ordering, tmp_path: Path, language: str) -> None:
    made = {path.stem: path for path in write_papers(order(language, "TH"), tmp_path)}
    page.goto(made["strip"].as_uri())
    loaded = page.evaluate(
        "() => document.fonts.ready.then((all) => [...all].filter((f) => f.status === 'loaded').length)"
    )
    assert loaded >= 2


@pytest.mark.parametrize("name", ["index", "topic-help", "card", "poster", "strip", "form", "leaders"])
def test_papers_are_accessible_on_the_screen(page: Page, order: Ordering, tmp_path: Path, name: str) -> None:
    made = {path.stem: path for path in write_papers(order("th", "TH", "childrights_bot"), tmp_path)}
    page.goto(made[name].as_uri())
    assert violations(page) == []
