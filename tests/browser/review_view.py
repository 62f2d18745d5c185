"""What a test does and sees on the real pages."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from dashboard.domain.ids import ExampleId
from tests.browser.addresses import path_of
from tests.browser.form_view import shown
from tests.browser.served import Served

PICTURES = Path(__file__).parent / "artifacts"
LINKS = "[data-testid=stSidebar] a[data-testid=stPageLink-NavLink]"
"""The navigation's links to pages."""
RECORD = """
window.recorded = { keys: [], cards: [] };
(() => {
  const at = () => performance.now();
  const form = () => [...document.querySelectorAll("[data-testid=stBidiComponentIsolated]")]
    .map((one) => one.shadowRoot && one.shadowRoot.querySelector(".review-form")).find(Boolean);
  const text = (here) => (here && here.querySelector(".message") || {}).textContent || "";
  document.addEventListener("keydown", (event) => {
    const here = form();
    const cards = window.recorded.cards;
    const last = cards[cards.length - 1] || {};
    window.recorded.keys.push({ key: event.key, at: at(), card: here ? here.dataset.card : "",
      message: text(here), painted: !!last.painted, alone: !(cards.at(-2) || {}).card });
  }, true);
  const note = () => {
    const here = form();
    const card = here ? here.dataset.card || "" : "";
    const cards = window.recorded.cards;
    if (cards.length && cards[cards.length - 1].card === card) return;
    const entry = { card, at: at(), painted: 0 };
    cards.push(entry);
    requestAnimationFrame(() => requestAnimationFrame(() => { entry.painted = at(); }));
  };
  const watched = new WeakSet();
  setInterval(() => {
    const here = form();
    if (!here || watched.has(here)) return;
    watched.add(here);
    new MutationObserver(note).observe(here, { attributes: true, attributeFilter: ["data-card"] });
    note();
  }, 20);
})();
"""
"""Notes every key with the card on top, and every change of that card, to the millisecond.

A card is `painted` once it has been on the screen, and came `alone` when nothing was shown before.
"""


def enter(page: Page, house: Served, name: str, path: str = "review", query: str = "") -> None:
    """Open an address in Indonesian as a person and wait until its script has run."""
    page.goto(f"{house.address}/{path}?lang=id{query}")
    settle(page)
    say_name(page, name)


def say_name(page: Page, name: str) -> None:
    """Write the name into the sidebar until it stands there.

    A page that is still loading may draw its field once more and take what was just written.
    """
    field = page.locator(".st-key-person input")
    stood = 0
    for _ in range(12):
        stood = stood + 1 if field.input_value() == name else 0
        if stood == 2:
            return
        if not stood:
            field.fill(name)
            field.press("Enter")
            field.blur()
        page.wait_for_timeout(200)
        settle(page)
    raise AssertionError(f"the name does not stay in its field: {page.inner_text('body')}")


def settle(page: Page) -> None:
    """Wait until the script has run to the end."""
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=30_000)
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for(timeout=30_000)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=30_000)


def go(page: Page, name: str) -> None:
    """Go to another page by the navigation, in the same session."""
    page.locator(f"{LINKS}[href='{path_of(name)}']").click(delay=20)
    expect(page).to_have_url(re.compile(rf"^http://[^/]+/{path_of(name)}(\?.*)?$"))
    page.wait_for_timeout(150)
    settle(page)


def review(context: BrowserContext, house: Served, name: str, query: str = "") -> Page:
    """The review page of a person with a card on top."""
    page = context.new_page()
    enter(page, house, name, query=query)
    expect(page.locator(".review-form .card")).to_be_visible(timeout=30_000)
    return page


def example_on_top(page: Page) -> ExampleId:
    """Which example the form shows."""
    return ExampleId(shown(page).partition(":")[0])


def tab_to(page: Page, selector: str, most: int = 60) -> None:
    """Press Tab until something has the focus; fails when the keyboard never gets there."""
    target = page.locator(selector).first
    for _ in range(most):
        page.keyboard.press("Tab")
        if target.evaluate("(one) => one.getRootNode().activeElement === one"):
            return
    raise AssertionError(f"the Tab key never reached {selector}")


def keep_text(name: str, lines: Sequence[str]) -> None:
    """Print a result, and keep it beside the pictures."""
    PICTURES.mkdir(exist_ok=True)
    (PICTURES / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))  # noqa: T201  the command and `pytest -s` show it


def recorded(page: Page) -> dict[str, list[dict[str, object]]]:
    """What the recorder in the page has noted."""
    return dict(json.loads(page.evaluate("JSON.stringify(window.recorded)")))


def decisions(keys: Sequence[Mapping[str, object]]) -> list[tuple[str, str]]:
    """What recorded keys say: a decision, then a submission, over the same card.

    A key that meets a card in the moment it came by itself was not meant for it.
    """
    found: list[tuple[str, str]] = []
    decided: dict[str, str] = {}
    for one in keys:
        card, key = str(one["card"]), str(one["key"])
        if not card or (one["alone"] and not one["painted"]):
            continue
        if key != "s":
            decided[card] = key
        elif card in decided:
            found.append((card, decided.pop(card)))
    return found
