"""The page itself, as a child sees it: in a real browser, in front of a real server."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Route, expect

from tests.conftest import LANGUAGES
from tests.web.test_server import ARRESTED
from tests.web.visitor import PHONE, PROJECTOR, SMALL, ZOOMED, Child

pytestmark = pytest.mark.browser

FONTS = {
    "th": "Noto Sans Thai",
    "my": "Noto Sans Myanmar",
    "lo": "Noto Sans Lao",
    "km": "Noto Sans Khmer",
    "en": "Noto Sans",
}


def _abort(route: Route) -> None:
    route.abort()


def _resize(child: Child, size: tuple[int, int]) -> None:
    child.page.set_viewport_size({"width": size[0], "height": size[1]})


def _too_wide(child: Child) -> bool:
    """Whether anything reaches over the side of the screen, or of the chat."""
    wide = "() => [document.documentElement, messages].some((box) => box.scrollWidth > box.clientWidth)"
    return bool(child.page.evaluate(wide))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_child_gets_numbers_in_its_language(child: Child, language: str) -> None:
    reply = child.write(ARRESTED[language])
    expect(reply).to_have_attribute("lang", language)
    expect(child.page.locator("html")).to_have_attribute("lang", language)
    for number in ("1387", "1554", "1280", "15999"):
        expect(reply.locator(f"a[href='tel:{number}']")).to_have_text(number)
    mine = child.messages.nth(1)
    expect(mine).to_have_text(ARRESTED[language])
    expect(mine).to_be_in_viewport(ratio=1)
    expect(child.page.locator("#text")).to_be_focused()


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_come_from_the_page_s_own_fonts(child: Child, language: str) -> None:
    child.write(ARRESTED[language])
    mine = _fonts(child, ".mine .bubble")
    assert set(mine) == {(FONTS[language], True)}
    reply = _fonts(child, "article:last-of-type .bubble")
    own = sum(glyphs for (_, bundled), glyphs in reply.items() if bundled)
    assert own > 0.9 * sum(reply.values())  # the rest is emoji


def test_every_font_of_the_page_can_be_loaded(child: Child) -> None:
    load = "() => Promise.all([...document.fonts].map((font) => font.load().then(() => font.status)))"
    assert child.page.evaluate(load) == ["loaded"] * 10
    assert len({url for url in child.asked if url.endswith(".woff2")}) == 10


def _fonts(child: Child, selector: str) -> dict[tuple[str, bool], int]:
    """Glyphs by font (its name, and whether the page brought it), as they were really drawn."""
    child.page.evaluate("() => document.fonts.ready.then(() => true)")
    tools = child.page.context.new_cdp_session(child.page)
    tools.send("DOM.enable")
    tools.send("CSS.enable")
    root = tools.send("DOM.getDocument")["root"]["nodeId"]
    node = tools.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    drawn = tools.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    return {(font["familyName"], font["isCustomFont"]): font["glyphCount"] for font in drawn}


def test_nothing_stays_in_the_browser(child: Child) -> None:
    child.write(ARRESTED["th"])
    child.newest.get_by_role("button", name="📍").first.click()
    child.settle()
    kept = """async () => [
      document.cookie, localStorage.length, sessionStorage.length, (await indexedDB.databases()).length,
      (await caches.keys()).length, (await navigator.serviceWorker.getRegistrations()).length, history.state,
    ]"""
    assert child.page.evaluate(kept) == ["", 0, 0, 0, 0, 0, None]
    assert child.page.context.cookies() == []
    assert child.page.url.endswith("/")
    child.page.reload()
    expect(child.messages).to_have_count(1)
    expect(child.page.locator("#text")).to_have_value("")


def test_title_and_address_tell_nothing(child: Child) -> None:
    child.write(ARRESTED["en"])
    assert child.page.title() == "Chat"


def test_i_am_in_thailand_edits_the_same_message(child: Child) -> None:
    reply = child.write(ARRESTED["en"])
    expect(reply).to_contain_text("1280")
    child.press("📍 I am in Thailand")
    expect(reply).not_to_contain_text("1280")
    expect(child.messages).to_have_count(3)
    expect(reply.locator("a[href='tel:1387']")).to_be_in_viewport(ratio=1)
    expect(reply).to_be_focused()


def test_the_menu_takes_no_number_away(child: Child) -> None:
    urgent = child.write(ARRESTED["en"])
    urgent.get_by_role("button", name="☰ Menu").click()
    expect(child.messages).to_have_count(4)
    expect(child.messages.nth(2)).to_contain_text("1387")
    child.press("🤝 Finding help")
    expect(child.messages).to_have_count(4)


@pytest.mark.parametrize("size", [SMALL, PHONE, PROJECTOR], ids=str)
def test_help_and_menu_are_always_there(child: Child, size: tuple[int, int]) -> None:
    _resize(child, size)
    child.write(ARRESTED["lo"])
    help_now, menu = child.page.locator("header button").all()
    for button in (help_now, menu):
        expect(button).to_be_in_viewport(ratio=1)
        expect(button).to_have_attribute("lang", "lo")
    help_now.click()
    expect(child.messages).to_have_count(4)
    expect(child.newest).to_have_attribute("lang", "lo")
    expect(child.newest).to_contain_text("1554")
    menu.click()
    expect(child.messages).to_have_count(5)
    expect(child.newest).to_contain_text("⚖️")


def test_help_is_there_before_anything_was_answered(context: BrowserContext, address: str) -> None:
    child = Child(context.new_page(), disturbed=True)
    child.page.route("**/api/message", _abort)
    child.page.goto(address)
    expect(child.newest).to_have_text("🔄")
    child.page.unroute("**/api/message")
    child.page.get_by_role("button", name="🆘").click()
    expect(child.newest).to_contain_text("1387")


@pytest.mark.parametrize("size", [SMALL, ZOOMED], ids=str)
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_reaches_over_the_side(child: Child, language: str, size: tuple[int, int]) -> None:
    _resize(child, size)
    child.write(ARRESTED[language])
    assert not _too_wide(child)
    child.newest.get_by_role("button", name="📍").first.click()
    expect(child.newest).to_contain_text("🔗")
    assert not _too_wide(child)
    child.write("x" * 3_000)
    assert not _too_wide(child)
    child.page.locator("header button").last.click()
    child.settle()
    assert not _too_wide(child)


@pytest.mark.parametrize("size", [SMALL, PHONE, PROJECTOR], ids=str)
def test_text_stands_out(child: Child, size: tuple[int, int]) -> None:
    """Contrast of at least 7:1 (WCAG 2, AAA), letters not small, buttons as large as a finger."""
    _resize(child, size)
    child.write(ARRESTED["km"])
    child.newest.get_by_role("button", name="📍").first.click()
    expect(child.newest).to_contain_text("🔗")
    measured = child.page.evaluate(CONTRASTS)
    assert len(measured) > 20
    assert [each for each in measured if each["contrast"] < 7 or each["size"] < 16] == []
    for button in child.page.locator("button").all():
        box = button.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44


CONTRASTS = """() => {
  const light = (color) => {
    const [r, g, b] = color.match(/[\\d.]+/g).slice(0, 3).map((v) => v / 255)
      .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  };
  const behind = (box) => {
    const color = getComputedStyle(box).backgroundColor;
    return color === "rgba(0, 0, 0, 0)" ? behind(box.parentElement) : color;
  };
  const own = (box) => [...box.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
  return [...document.body.querySelectorAll("*")].filter((box) => own(box) && box.tagName !== "H1").map((box) => {
    const style = getComputedStyle(box);
    const [a, b] = [light(style.color), light(behind(box))];
    return { text: box.textContent, contrast: Math.max(a, b) / Math.min(a, b), size: parseFloat(style.fontSize) };
  });
}"""


def test_keyboard_only(child: Child) -> None:
    """Every step with Tab and Enter alone, with a ring around where one is."""
    _tab_to(child, "English")
    child.page.keyboard.press("Enter")
    expect(child.newest).to_contain_text("I will answer in this language")
    _tab_to(child, "🚓 If police or soldiers stop you")
    child.page.keyboard.press("Enter")
    expect(child.newest).to_contain_text("Choose a question")
    _tab_to(child, "")
    child.page.keyboard.type(ARRESTED["en"])
    child.page.keyboard.press("Enter")
    expect(child.messages).to_have_count(3)
    for _ in range(40):
        child.page.keyboard.press("Shift+Tab")
        if _focused(child) == "📍 I am in Cambodia":
            break
    child.page.keyboard.press("Space")
    expect(child.newest).not_to_contain_text("1387")
    _tab_to(child, "1280")
    _tab_to(child, "🆘 Help now")
    child.page.keyboard.press("Enter")
    expect(child.messages).to_have_count(4)
    expect(child.newest).to_be_focused()


def _focused(child: Child) -> str:
    return str(child.page.evaluate("() => document.activeElement.textContent"))


def _tab_to(child: Child, text: str) -> None:
    for _ in range(40):
        child.page.keyboard.press("Tab")
        if _focused(child) == text:
            ring = "() => getComputedStyle(document.activeElement).outlineStyle"
            assert child.page.evaluate(ring) == "solid"
            return
    pytest.fail(f"nobody gets to {text!r} with the Tab key")


def test_screen_readers_hear_replies(child: Child) -> None:
    log = child.page.get_by_role("log")
    expect(log).to_have_attribute("aria-live", "polite")
    expect(log).to_have_attribute("aria-busy", "false")
    expect(child.page.get_by_role("textbox", name="Message")).to_be_visible()
    expect(child.page.get_by_role("button", name="Send")).to_be_visible()
    expect(child.page.get_by_role("heading", name="Chat")).to_have_count(1)


def test_erase_clears_the_page(child: Child) -> None:
    child.write(ARRESTED["en"])
    child.press("📍 I am in Thailand")
    expect(child.newest).not_to_contain_text("1280")
    child.press("🧹 Erase this chat")
    expect(child.messages).to_have_count(4)
    child.page.fill("#text", "half a sente")
    child.press("🧹 Yes, erase")
    expect(child.messages).to_have_count(1)
    expect(child.newest).to_contain_text("OK.")
    expect(child.page.locator("#text")).to_have_value("")
    expect(child.newest).to_be_focused()
    expect(child.write(ARRESTED["en"])).to_contain_text("1280")


def test_erase_clears_the_page_even_without_a_connection(child: Child) -> None:
    child.disturbed = True
    child.write(ARRESTED["en"])
    child.press("🧹 Erase this chat")
    expect(child.messages).to_have_count(4)
    child.page.route("**/api/message", _abort)
    child.press("🧹 Yes, erase")
    expect(child.messages).to_have_count(1)
    expect(child.newest).to_have_text("🔄")


def test_without_a_connection_the_page_stays(child: Child) -> None:
    """No word of it, since none would be understood: what was shown stays, and a sign tries again."""
    child.disturbed = True
    child.write(ARRESTED["en"])
    log = child.page.get_by_role("log")
    before = log.inner_text()
    child.page.route("**/api/message", _abort)
    child.page.fill("#text", "hello there")
    child.page.keyboard.press("Enter")
    expect(child.newest).to_have_text("🔄")
    child.page.locator("header button").first.click()
    expect(child.messages).to_have_count(6)
    assert log.inner_text().split() == [*before.split(), "hello", "there", "🔄", "🔄"]
    child.page.unroute("**/api/message")
    child.page.route("**/api/message", lambda route: route.fulfill(status=500, body="Internal Server Error"))
    child.page.get_by_role("button", name="🔄").first.click()
    child.settle()
    expect(child.messages).to_have_count(6)
    child.page.unroute("**/api/message")
    child.page.get_by_role("button", name="🔄").first.click()
    expect(child.newest).to_contain_text("It is not your fault")
    child.page.get_by_role("button", name="🔄").click()
    expect(child.newest).to_contain_text("Your rights")
    expect(child.page.get_by_role("button", name="🔄")).to_have_count(0)


def test_waiting_can_be_seen(child: Child) -> None:
    held: list[Route] = []
    child.page.route("**/api/message", lambda route: held.append(route))
    child.page.fill("#text", ARRESTED["km"])
    child.page.keyboard.press("Enter")
    expect(child.newest).to_be_in_viewport(ratio=1)
    expect(child.page.locator("#waiting")).to_be_in_viewport(ratio=1)
    expect(child.page.get_by_role("log")).to_have_attribute("aria-busy", "true")
    held.pop().continue_()
    child.settle()
    expect(child.newest).to_contain_text("1280")


def test_replies_stand_in_the_order_of_the_messages(child: Child) -> None:
    held: list[Route] = []
    child.page.route("**/api/message", lambda route: held.append(route))
    for text in (ARRESTED["km"], ARRESTED["th"]):
        child.page.fill("#text", text)
        child.page.keyboard.press("Enter")
    expect(child.messages).to_have_count(3)
    with child.page.expect_request("**/api/message"):
        held.pop().continue_()
    expect(child.messages).to_have_count(4)
    held.pop().continue_()
    expect(child.messages).to_have_count(5)
    assert [each.get_attribute("lang") for each in child.messages.all()[1:]] == ["km", "th", "km", "th"]


@pytest.mark.parametrize(
    "text",
    ["<img src=x onerror=alert(1)>", "<b>police arrested me</b>", "<script>alert(1)</script>", "&lt;b&gt; ${1} {{2}}"],
)
def test_what_a_child_types_is_never_html(child: Child, text: str) -> None:
    child.write(text)
    mine = child.messages.nth(1)
    expect(mine).to_have_text(text)
    assert mine.locator("*").count() == 1
    assert child.page.locator("img, b, #messages script").count() == 0


def test_a_number_is_copied(child: Child) -> None:
    child.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    child.write(ARRESTED["en"])
    child.press("📍 I am in Thailand")
    child.press("📋 1387")
    expect(child.newest.get_by_role("button", name="✓ 1387")).to_be_visible()
    assert child.page.evaluate("() => navigator.clipboard.readText()") == "1387"


@pytest.mark.parametrize(
    "clipboard", ["undefined", "{ writeText: () => Promise.reject(new DOMException('no', 'NotAllowedError')) }"]
)
def test_a_number_that_cannot_be_copied_can_be_read(child: Child, clipboard: str) -> None:
    child.page.evaluate(f"() => Object.defineProperty(navigator, 'clipboard', {{ value: {clipboard} }})")
    child.write(ARRESTED["en"])
    child.press("📍 I am in Thailand")
    child.press("📋 1387")
    expect(child.newest.get_by_role("button", name="1387", exact=True)).to_be_visible()


def test_only_helplines_can_be_tapped(child: Child) -> None:
    """Every link is a number after 📞; years, ages and dates are none."""
    child.write(ARRESTED["en"])
    child.press("📍 I am in Malaysia")
    expect(child.newest).not_to_contain_text("1387")
    for line in child.newest.locator(".bubble > div").all():
        expect(line.locator("a")).to_have_count(
            0 if "📞" not in line.inner_text() else len(re.findall(r"\d[\d -]{2,}", line.inner_text()))
        )
    assert child.newest.locator("a").count() >= 2
