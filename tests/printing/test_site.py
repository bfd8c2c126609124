"""The folder that opens by double-click: in a real browser, from files, with no programme behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from bot.actions import Action
from bot.conversation import respond
from bot.knowledge import Knowledge
from bot.memory import Note
from bot.messages import Incoming
from bot.printing.site import language_data, write_site
from bot.settings import SettingsError
from tests.conftest import LANGUAGES, NOW
from tests.web.test_accessibility import violations

HEAVIEST = 1_000_000
"""Bytes of a page out of the folder with one language: fonts written as text are a third larger than on the demo page,
and every reply of every country comes along."""


@pytest.fixture(scope="module")
def site(folder_knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    assert write_site(folder_knowledge, folder) == folder / "index.html"
    return folder


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Without any network."""
    made = browser.new_context(locale="en", viewport={"width": 390, "height": 844}, offline=True)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext, site: Path) -> Iterator[Page]:
    """The chat, opened from its file; at the end nothing was asked for elsewhere, and nothing was wrong."""
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    opened.on("request", lambda asked: None if asked.url.startswith(("file:", "data:")) else wrong.append(asked.url))
    opened.goto((site / "index.html").as_uri())
    expect(opened.locator("#messages article")).to_have_count(1)
    yield opened
    assert wrong == []


def test_no_file_asks_for_anything_else(site: Path) -> None:
    for path in site.iterdir():
        text = path.read_text("utf-8")
        if path.name.startswith("data-") or path.suffix in (".txt", ".svg"):
            continue
        assert "fetch(" not in text, path.name
        assert "http" not in re.sub(r"https?://www\.w3\.org", "", text), path.name
        assert not re.search(r'type="module"|serviceWorker|localStorage|sessionStorage|document\.cookie', text), (
            path.name
        )
        for named in re.findall(r'(?:src|href)="([^"#]+)"', text):
            assert (site / named).exists(), named


def test_a_page_of_the_folder_is_light(site: Path) -> None:
    shared = sum(p.stat().st_size for p in site.iterdir() if p.suffix in (".js", ".css") and "data-" not in p.name)
    for data in site.glob("data-*.js"):
        assert shared + data.stat().st_size <= HEAVIEST, data.name


@pytest.mark.parametrize("country", ["", "TH", "MM"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_folder_says_what_the_bot_says(folder_knowledge: Knowledge, language: str, country: str) -> None:
    """Every button of every reply leads to the same words as in the running bot."""
    data = language_data(language, folder_knowledge)
    note = Note(language=language, country=country or None)
    for key, (lines, rows, _) in data["replies"][country].items():
        kind, value = key.split(":")
        if kind in "CLs":
            continue
        pressed = Incoming(action=Action.decode(f"{kind}:{value}:{language}"), sent_at=NOW)
        said, _ = respond(pressed, note, NOW, folder_knowledge)
        assert said is not None
        text = "\n".join(data["lines"][i] for i in lines)
        if kind != "E":
            assert _timeless(text) == _timeless(said.text), key
        known = {data["buttons"][i]["action"] or "" for row in rows for i in row}
        for action in filter(None, known):
            wanted = ":".join((*action.split(":"), "")[:2])
            like = {"a": "r", "y": "r"}.get(wanted[0], wanted[0])
            assert like in "CLsmu" or f"{like}:{wanted[2:]}" in data["replies"][country], action


def _timeless(text: str) -> str:
    return re.sub(r"\d+", "", text)


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_child_finds_an_answer_by_buttons_alone(page: Page, folder_knowledge: Knowledge, language: str) -> None:
    native = {each.code: each.native_name for each in folder_knowledge.content.languages}[language]
    newest = page.locator("#messages article").last
    page.get_by_role("button", name=native, exact=True).first.click()
    expect(newest).to_have_attribute("lang", language)
    page.get_by_role("button", name="🚓").last.click()
    asked = folder_knowledge.content.answer(language, "detained_sign")
    assert asked is not None
    page.get_by_role("button", name=asked.ask, exact=True).click()
    expect(newest).to_contain_text(asked.say.split("\n")[0])
    newest.get_by_role("button", name="📍").first.click()
    expect(page.locator("#messages article").last).to_have_attribute("lang", language)


@pytest.mark.browser
def test_nobody_can_type_and_the_page_says_so(page: Page) -> None:
    assert page.locator("input, textarea").count() == 0
    expect(page.locator(".no-typing")).to_have_text("Here you cannot write. Choose with the buttons.")
    expect(page.locator("#messages")).not_to_contain_text("write to me")


@pytest.mark.browser
def test_help_now_and_the_country(page: Page) -> None:
    page.locator("header button").first.click()
    newest = page.locator("#messages article").last
    expect(newest).to_contain_text("1280")
    newest.get_by_role("button", name="📍 I am in Thailand").click()
    expect(newest).to_contain_text("1387")
    expect(newest).not_to_contain_text("1280")
    page.locator("header button").last.click()
    page.get_by_role("button", name="🔒").last.click()
    expect(page.locator("#messages article").last).to_contain_text("Country that you chose: Thailand")
    page.get_by_role("button", name="🧹").last.click()
    page.get_by_role("button", name="🧹 Yes, erase").click()
    expect(page.locator("#messages article")).to_have_count(1)


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_leader_plays_a_story_on_the_projector(context: BrowserContext, site: Path, language: str) -> None:
    leader = context.new_page()
    leader.goto((site / "club.html").as_uri())
    leader.wait_for_selector("#form", state="attached")
    leader.select_option("#first", language)
    expect(leader.locator("html")).to_have_attribute("lang", language)
    leader.locator("#story-checkpoint summary").click()
    with context.expect_page() as opened:
        leader.locator("#story-checkpoint .show").click()
    projector = opened.value
    expect(projector.locator("html")).to_have_attribute("lang", language)
    expect(projector.locator("#place")).to_contain_text("1 / ")
    expect(projector.locator(".note")).to_have_count(1)
    leader.locator("#next").click()
    expect(projector.locator(".says")).to_have_count(1)
    leader.locator("#next").click()
    expect(projector.locator(f".column[lang={language}] h2")).to_have_count(1)
    expect(projector.locator("#draft")).to_be_visible()


@pytest.mark.browser
def test_every_page_is_accessible(context: BrowserContext, site: Path) -> None:
    opened = context.new_page()
    for name, ready in (("index", "#messages article"), ("club", "#form"), ("projector", ".choices button")):
        opened.goto((site / f"{name}.html").as_uri())
        opened.wait_for_selector(ready, state="attached")
        assert violations(opened) == [], name


def test_a_folder_that_cannot_be_written_is_one_sentence(folder_knowledge: Knowledge, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(SettingsError, match="cannot be written"):
        write_site(folder_knowledge, tmp_path / "file" / "below")
