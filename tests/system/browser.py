"""Debian's Chromium, driven by Playwright: one browser a session, a fresh window a test, nothing behind its back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
)  # fmt: skip
WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


@dataclass(slots=True)
class Watched:
    """A window of the browser, with all that its pages wrote in the console and asked for."""

    context: BrowserContext
    console: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def open(self, page: Path | str) -> Page:
        """A new tab with a page of the disk, or with an address."""
        tab = self.context.new_page()
        tab.on("console", lambda message: self.console.append(message.text))
        tab.on("pageerror", lambda error: self.console.append(str(error)))
        tab.on("request", lambda request: self.requests.append(request.url))
        tab.goto(page if isinstance(page, str) else page.as_uri())
        return tab

    @property
    def outward(self) -> list[str]:
        """What was not asked of the disk."""
        return [url for url in self.requests if not url.startswith(("file:", "data:"))]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET])
        yield browser
        browser.close()


@pytest.fixture
def window(chromium: Browser) -> Iterator[Watched]:
    """A window as wide as a desk's screen that remembers nothing; it must stay silent and ask for nothing outside."""
    yield from watched(chromium, WIDE)


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Watched]:
    """The same in a hand."""
    yield from watched(chromium, PHONE)


def watched(chromium: Browser, size: dict[str, int]) -> Iterator[Watched]:
    """A window for one test; its console and requests are asked for at the end."""
    context = chromium.new_context(viewport={"width": size["width"], "height": size["height"]}, reduced_motion="reduce")
    made = Watched(context)
    yield made
    context.close()
    assert made.console == []
    assert made.outward == []


def press_until(tab: Page, key: str, selector: str, *, most: int = 60) -> None:
    """Presses a key until what the selector names has the focus, as someone without a mouse does."""
    for _ in range(most):
        tab.keyboard.press(key)
        if tab.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{most} times {key}, and {selector} has never had the focus")
