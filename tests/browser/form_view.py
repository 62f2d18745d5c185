"""What a test sees of the review form in the browser."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.form_house import FormHouse

PICTURES = Path(__file__).parent / "artifacts"
SAVED = re.compile(r"^Tersimpan \d\d:\d\d:\d\d$")
WATCH_KEYS = """
window.shown = [];
document.addEventListener("keydown", (event) => {
  const host = document.querySelector("[data-testid=stBidiComponentIsolated]");
  const form = host && host.shadowRoot.querySelector(".review-form");
  window.shown.push([event.key, form ? form.dataset.card : "", event.repeat]);
}, true);
"""


def visit(context: BrowserContext, house: FormHouse, expert: str, more: str = "") -> Page:
    """Open the harness as a person and wait until the form is there."""
    page = context.new_page()
    page.goto(f"{house.address}/?expert={expert}{more}")
    expect(page.locator(".review-form .card")).to_be_visible(timeout=30_000)
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0, timeout=30_000)
    return page


def shown(page: Page) -> str:
    """The id of the card on top."""
    return page.locator(".review-form").get_attribute("data-card") or ""


def checked(page: Page, group: str) -> str:
    """The value chosen in a group of buttons, or empty."""
    chosen = page.get_by_role("radiogroup", name=group, exact=True).locator("[aria-checked=true]")
    return (chosen.get_attribute("data-value") or "") if chosen.count() else ""


def reason_of(page: Page) -> str:
    """What stands in the box for the reason."""
    return page.get_by_label("Alasan", exact=True).input_value()


def until(page: Page, holds: Callable[[], object], seconds: float = 10) -> None:
    """Wait until something holds; fail after the seconds."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not come true in time"
        page.wait_for_timeout(50)


def keep(page: Page, name: str) -> None:
    """A picture for people to look at."""
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / f"form-{name}.png")
