"""The phones of the local page in a real browser: Debian's Chromium, without a window."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from tests.e2e.phones import Heard, Phone
from tests.e2e.waiting import PATIENCE_SECS, until

_NEEDED = (
    "This test needs the browser Chromium, and it is not installed here. "
    "On Debian or Ubuntu: apt-get install -y --no-install-recommends chromium fonts-dejavu-core"
)
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Whatever a page or the browser itself might ask for, nothing leaves this machine.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
_MESSAGES = """
phone => [...phone.querySelectorAll(".item.bot:not(.typing)")].map(item => ({
  text: item.querySelector(".text")?.textContent ?? "",
  labels: [...item.querySelectorAll(".choice")].map(button => button.textContent),
  marked: item.querySelector(".doubtful") !== null,
}))
"""

_HEIGHTS = "boxes => boxes.filter(box => !box.value).map(box => box.offsetHeight)"


@contextmanager
def chromium() -> Iterator[Browser]:
    """Yield the browser; fail with the line that says what to install where there is none."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path is not None, _NEEDED
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_FLAGS)
        try:
            yield browser
        finally:
            browser.close()


class BrowserPhone(Phone):
    """One phone of the page."""

    def __init__(self, phone: Locator) -> None:
        super().__init__()
        self._phone = phone

    def say(self, text: str) -> None:
        """Write a line and press Enter."""
        line = self._phone.locator(".line")
        line.fill(text)
        line.press("Enter")

    def tap(self, label: str) -> None:
        """Tap the latest button with this label."""
        until(lambda: self.has_button(label), lambda: self._missing([f"a button {label!r}"]))
        self._phone.locator(".choices").get_by_text(label, exact=True).last.click()

    def heard(self) -> Sequence[Heard]:
        """Return everything that the bot has written here, oldest first."""
        shown = self._phone.evaluate(_MESSAGES)
        return [Heard(one["text"], tuple(one["labels"]), one["marked"]) for one in shown]


class PageInBrowser:
    """The local page as a person has it open."""

    def __init__(self, browser: Browser, address: str, phones: int) -> None:
        self.page: Page = browser.new_page(viewport={"width": 1800, "height": 900}, locale="vi-VN")
        self.page.set_default_timeout(PATIENCE_SECS * 1000)
        self._faults: list[str] = []
        self.page.on("pageerror", lambda error: self._faults.append(str(error)))
        self.page.goto(address)
        self._phones = self.page.locator(".phone")
        self._phones.nth(phones - 1).wait_for()

    def phone(self, place: int) -> BrowserPhone:
        """Return the phone at this place, from the left, 0 first."""
        return BrowserPhone(self._phones.nth(place))

    def step(self, kind: str) -> None:
        """Press a button of the clock and wait until all that fell due is done."""
        self.page.locator(f"[data-step={kind}]").click()
        self.page.locator("#clock:not([aria-busy])").wait_for()

    def faults(self) -> list[str]:
        """Return what is wrong with the page: errors of its script, and empty boxes of several lines."""
        heights = self._phones.locator(".line").evaluate_all(_HEIGHTS)
        return [*self._faults, *(f"a box of {height} px" for height in heights if height != min(heights))]

    def picture(self, folder: Path, name: str) -> None:
        """Keep what the page looks like now."""
        self.page.screenshot(path=folder / f"{name}.png")
