"""The projector and the leader's window, as they are used in front of a room of children."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.conftest import LANGUAGES
from tests.web.test_page import CONTRASTS
from tests.web.visitor import PROJECTOR, SMALL, ZOOMED, Child

pytestmark = pytest.mark.browser

SMALLEST = """() => Math.min(
  ...[...stage.querySelectorAll("p")].map((line) => parseFloat(getComputedStyle(line).fontSize)))"""
TOO_WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def projector(context: BrowserContext, address: str) -> Iterator[Child]:
    """The projector alone in its window, in English."""
    child = Child(context.new_page())
    child.page.set_viewport_size({"width": PROJECTOR[0], "height": PROJECTOR[1]})
    child.page.goto(address + "projector.html")
    expect(child.page.locator(".choices button")).to_have_count(7)
    yield child
    assert [url for url in child.asked if not url.startswith(address)] == []
    assert child.wrong == []


@pytest.fixture
def leader(context: BrowserContext, address: str) -> Iterator[Child]:
    """The leader's window."""
    child = Child(context.new_page())
    child.page.set_viewport_size({"width": 1366, "height": 768})
    child.page.goto(address + "club.html")
    expect(child.messages).to_have_count(1)
    expect(child.page.locator("#form")).to_be_attached()
    yield child
    assert child.wrong == []


def _second_window(leader: Child, press: str) -> Page:
    with leader.page.context.expect_page() as opened:
        leader.page.locator(press).first.click()
    return opened.value


def _press(page: Page, *keys: str) -> None:
    for key in keys:
        before = page.locator("#stage").text_content() or ""
        page.keyboard.press(key)
        expect(page.locator("#stage")).not_to_have_text(before)


def _all_slides(page: Page) -> list[str]:
    found = [page.inner_text("#stage")]
    while page.locator("#next").is_enabled():
        page.keyboard.press("PageDown")
        found.append(page.inner_text("#stage"))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_key_leads_from_the_chat_to_the_projector(child: Child, language: str) -> None:
    child.page.wait_for_load_state("networkidle")
    child.page.keyboard.press("F2")
    child.page.wait_for_url("**/projector.html")
    child.page.select_option("#first", language)
    expect(child.page.locator("html")).to_have_attribute("lang", language)
    expect(child.page.locator(".choices button").first.locator("span")).to_have_attribute("lang", language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_is_shown_in_large_letters_and_whole(projector: Child, language: str) -> None:
    page = projector.page
    page.select_option("#first", language)
    expect(page.locator("html")).to_have_attribute("lang", language)
    page.select_option("#country", "TH")
    page.locator(".choices button").nth(3).click()
    expect(page.locator(".column h2")).to_have_count(1)
    page.keyboard.press("1")
    expect(page.locator(".choices")).to_have_count(0)
    slides = _all_slides(page)
    assert "1387" in "".join(slides)
    assert len(slides) > 3
    while page.locator("#back").is_enabled() and page.inner_text("#place") != f"1 / {len(slides)}":
        smallest = page.evaluate(
            "() => Math.min(...[...stage.querySelectorAll('p')].map(p => parseFloat(getComputedStyle(p).fontSize)))"
        )
        assert smallest >= 24
        assert not page.evaluate(
            "() => stage.scrollHeight > stage.clientHeight || stage.scrollWidth > stage.clientWidth"
        )
        page.keyboard.press("PageUp")
    expect(page.locator("#draft")).to_be_visible()


def test_two_languages_stand_side_by_side(projector: Child) -> None:
    page = projector.page
    page.select_option("#first", "km")
    page.select_option("#second", "th")
    expect(page.locator(".choices button").first.locator("span")).to_have_count(2)
    page.keyboard.press("4")
    expect(page.locator(".column h2")).to_have_count(2)
    page.keyboard.press("2")
    left, right = page.locator(".column").all()
    expect(left).to_have_attribute("lang", "km")
    expect(right).to_have_attribute("lang", "th")
    one, other = left.bounding_box(), right.bounding_box()
    assert one is not None
    assert other is not None
    assert one["x"] + one["width"] <= other["x"] + 1
    assert abs(one["y"] - other["y"]) < 1
    slides = int(page.inner_text("#place").split("/")[1])
    page.select_option("#second", "")
    expect(page.locator(".column")).to_have_count(1)
    assert int(page.inner_text("#place").split("/")[1]) <= slides


def test_a_story_is_played_step_by_step_with_a_clicker(projector: Child, address: str) -> None:
    page = projector.page
    _press(page, "6", "1")
    slides = _all_slides(page)
    told = "\n".join(slides)
    assert told.index("uncle's motorbike") < told.index("Stay calm") < told.index("cannot read")
    assert "nobody in this room" in slides[0]
    assert sum("call" in slide.lower() for slide in slides) >= 1
    _press(page, "PageUp", "ArrowLeft")
    assert page.inner_text("#place") == f"{len(slides) - 2} / {len(slides)}"
    page.keyboard.press("Escape")
    expect(page.locator(".choices button")).to_have_count(7)


def test_the_quiz_keeps_its_answer_for_the_next_slide(projector: Child) -> None:
    page = projector.page
    _press(page, "7", "1")
    expect(page.locator("#stage")).not_to_contain_text("✔")
    _press(page, "PageDown")
    expect(page.locator("#stage")).to_contain_text("✔ Right: B. The same rights as every child")


@pytest.mark.parametrize("key", ["b", "."])
def test_black_at_any_moment_and_back_with_any_key(projector: Child, key: str) -> None:
    page = projector.page
    _press(page, "4", "1")
    page.keyboard.press(key)
    box = page.locator("#black").bounding_box()
    assert box == {"x": 0, "y": 0, "width": PROJECTOR[0], "height": PROJECTOR[1]}
    page.keyboard.press("x")
    expect(page.locator("#black")).to_be_hidden()


def test_help_now_stays_in_its_place(projector: Child) -> None:
    page = projector.page
    place = page.locator("#help").bounding_box()
    _press(page, "6", "2")
    assert page.locator("#help").bounding_box() == place
    page.locator("#help").click()
    expect(page.locator("#stage")).to_contain_text("slowly")
    assert "1387" in "".join(_all_slides(page))


def test_pages_turn_by_themselves_when_asked_and_nothing_moves_otherwise(projector: Child) -> None:
    page = projector.page
    page.clock.install()
    _press(page, "6", "1")
    page.clock.run_for(60_000)
    assert page.inner_text("#place").startswith("1 /")
    page.locator("#pace").click()
    page.clock.run_for(60_000)
    assert not page.inner_text("#place").startswith("1 /")
    assert page.evaluate("() => document.getAnimations().length") == 0


def test_nobody_can_type_on_the_projector(projector: Child) -> None:
    assert projector.page.locator("input, textarea, [contenteditable]").count() == 0


@pytest.mark.parametrize("size", [SMALL, ZOOMED, (800, 450)], ids=str)
@pytest.mark.parametrize("name", ["projector.html", "club.html"])
def test_nothing_reaches_over_the_side(context: BrowserContext, address: str, name: str, size: tuple[int, int]) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(address + name)
    page.wait_for_selector(".choices button, #form")
    for language in LANGUAGES:
        page.select_option("#first", language)
        expect(page.locator("html")).to_have_attribute("lang", language)
        assert not page.evaluate(TOO_WIDE), language


@pytest.mark.parametrize("name", ["projector.html", "club.html"])
def test_text_stands_out(context: BrowserContext, address: str, name: str) -> None:
    page = context.new_page()
    page.goto(address + name)
    page.wait_for_selector(".choices button, #form")
    measured = page.evaluate(CONTRASTS)
    assert len(measured) > 12
    assert [each for each in measured if each["contrast"] < 7 or each["size"] < 12] == []


def test_a_story_shown_from_the_leader_s_window(leader: Child) -> None:
    leader.page.select_option("#second", "lo")
    leader.page.locator("#story-bus_station summary").click()
    projector = _second_window(leader, "#story-bus_station .show")
    expect(projector.locator("#stage")).to_contain_text("Alone at the bus station")
    expect(projector.locator(".column")).to_have_count(2)
    leader.page.locator("#next").click()
    expect(projector.locator("#stage")).to_contain_text("wrong hand")
    expect(leader.page.locator("#shown")).to_contain_text("Alone at the bus station (2 /")
    leader.page.locator("#black").click()
    expect(projector.locator("#black")).to_be_visible()
    expect(leader.page.locator("#shown")).to_contain_text("⬛")
    leader.page.locator("#black").click()
    leader.page.locator("#back").click()
    expect(projector.locator("#stage")).to_contain_text("nobody in this room")


def test_an_urgent_reply_stays_off_the_projector_until_it_is_shown_on_purpose(leader: Child) -> None:
    projector = _second_window(leader, "#open")
    expect(projector.locator(".choices button")).to_have_count(7)
    before = projector.inner_text("#stage")
    reply = leader.write("my uncle hits me")
    expect(reply).to_have_class("message urgent")
    assert projector.inner_text("#stage") == before
    reply.locator(".show").click()
    expect(reply.locator(".show")).to_contain_text("only if the child wants")
    assert projector.inner_text("#stage") == before
    reply.locator(".show").click()
    expect(projector.locator("#stage")).to_contain_text("It is not your fault")
    shown = "".join(_all_slides(projector))
    assert "my uncle hits me" not in shown


def test_what_was_typed_never_reaches_the_projector(leader: Child) -> None:
    projector = _second_window(leader, "#open")
    expect(projector.locator(".choices button")).to_have_count(7)
    leader.write("Sokha4711 hello there")
    expect(projector.locator("#stage")).not_to_contain_text("Sokha")
    assert "Sokha" not in projector.content()


def test_the_country_goes_to_both_windows(leader: Child) -> None:
    projector = _second_window(leader, "#open")
    expect(projector.locator(".choices button")).to_have_count(7)
    leader.page.select_option("#country", "KH")
    leader.settle()
    projector.locator("#help").click()
    expect(projector.locator(".choices")).to_have_count(0)
    told = "".join(_all_slides(projector))
    assert "1280" in told
    assert "1387" not in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_leader_reads_all_in_one_s_own_language(leader: Child, language: str) -> None:
    page = leader.page
    page.select_option("#first", language)
    expect(page.locator("html")).to_have_attribute("lang", language)
    for part in ("section-0", "section-1", "stories", "topics", "quiz", "form"):
        expect(page.locator(f"#{part} h2")).to_be_attached()
    assert page.locator("#stories details").count() >= 6


def test_only_the_form_is_printed_and_it_asks_for_no_name(leader: Child) -> None:
    leader.page.emulate_media(media="print")
    expect(leader.page.locator("#form table")).to_be_visible()
    for hidden in ("#stories", "#section-0", "#phone", "header", "#remote"):
        expect(leader.page.locator(hidden)).to_be_hidden()
    expect(leader.page.locator("#form")).to_contain_text("No names")
    assert leader.page.locator("#form input").count() == 0


def test_pasted_code_is_only_text(leader: Child) -> None:
    code = "<img src=x onerror=document.title='owned'><script>document.title='owned'</script>"
    leader.write(code)
    expect(leader.messages.nth(1)).to_have_text(code)
    assert leader.page.title() != "owned"
    assert leader.page.locator("#messages img, #messages script").count() == 0


def test_nothing_stays_in_the_browser(leader: Child) -> None:
    leader.write("my uncle hits me")
    kept = "async () => [document.cookie, localStorage.length, sessionStorage.length, (await caches.keys()).length]"
    assert leader.page.evaluate(kept) == ["", 0, 0, 0]


def test_contacts_for_adults_stand_only_in_the_leader_s_window(leader: Child) -> None:
    adults = leader.page.locator("#adults")
    expect(adults).to_contain_text("1155")
    expect(adults).to_contain_text("Nobody has tried them yet")
    projector = _second_window(leader, "#open")
    expect(projector.locator(".choices button")).to_have_count(7)
    assert "1155" not in projector.content()
