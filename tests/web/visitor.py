"""Somebody in front of a page, in a real browser that writes down what it asked for and complained about."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page, expect

PHONE = (390, 844)
SMALL = (320, 640)
PROJECTOR = (1600, 900)
ZOOMED = (160, 320)
"""The small phone at 200 %."""


@dataclass
class Child:
    """A child in front of the page, and whatever the browser asked for and complained about meanwhile."""

    page: Page
    asked: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    disturbed: bool = False
    """The test broke the connection itself: then the browser complains."""

    def __post_init__(self) -> None:
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("requestfailed", lambda request: self.wrong.append(request.url))
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on(
            "console", lambda said: self.wrong.append(said.text) if said.type in ("error", "warning") else None
        )
        self.page.on("response", lambda answer: self.wrong.append(answer.url) if answer.status != 200 else None)

    @property
    def messages(self) -> Locator:
        return self.page.locator("#messages article")

    @property
    def newest(self) -> Locator:
        return self.messages.last

    def write(self, text: str) -> Locator:
        """Types and sends; the reply below."""
        before = self.messages.count()
        self.page.fill("#text", text)
        self.page.keyboard.press("Enter")
        expect(self.messages).to_have_count(before + 2)
        return self.newest

    def press(self, label: str) -> None:
        """Presses a button of the newest message."""
        self.newest.get_by_role("button", name=label, exact=True).click()

    def settle(self) -> None:
        """Waits until every question is answered."""
        expect(self.page.locator("#waiting")).to_be_hidden()
