"""Every page for everybody: axe in both languages, light and dark; narrow windows, 200 % zoom."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.blind_world import ASRI, blind_world
from tests.browser.addresses import LANGUAGES, page_names
from tests.browser.review_house import ReviewHouse
from tests.browser.review_view import go, say_name, settle

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.timeout(600)]
SIZES = {"phone": (360, 740, 1), "zoomed": (683, 384, 2)}
WIDE = (1366, 900, 1)
TOO_WIDE = """
() => {
  const main = document.querySelector("[data-testid=stMain]");
  const page = document.documentElement;
  const seen = [page, main].filter((one) => one.scrollWidth > one.clientWidth + 1);
  return seen.length ? [...main.querySelectorAll("*")].filter((one) => one.checkVisibility()
    && one.getBoundingClientRect().right > innerWidth + 1).map((one) =>
    `${one.tagName} ${one.dataset.testid || one.className}`.slice(0, 90)).slice(0, 4) : [];
}
"""


GROUNDS = """
() => ["[data-testid=stApp]", "[data-testid=stBidiComponentIsolated]"].flatMap((part) =>
  [...document.querySelectorAll(part)].map((one) => {
    const style = getComputedStyle(one);
    return style.getPropertyValue("--st-background-color") || style.backgroundColor;
  }))
"""
"""The background of the page and of every component of our own."""


@pytest.fixture(scope="module")
def full_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReviewHouse]:
    """Afektif in the middle of a team's work."""
    one = ReviewHouse(tmp_path_factory.mktemp("everybody"))
    one.prepare()
    blind_world(one.app)
    one.start()
    yield one
    one.kill()


@pytest.fixture(scope="module", params=LANGUAGES)
def page(
    request: pytest.FixtureRequest, browser: Browser, full_house: ReviewHouse
) -> Iterator[Page]:
    """One session of an expert in one language; the pages are visited by the navigation."""
    context = browser.new_context()
    one = context.new_page()
    resize(one, WIDE)
    one.goto(f"{full_house.address}/?lang={request.param}")
    settle(one)
    say_name(one, ASRI)
    yield one
    context.close()


def resize(page: Page, size: tuple[int, int, int]) -> None:
    """The window of this width and height in CSS pixels, drawn with so many dots each."""
    width, height, dots = size
    page.set_viewport_size({"width": width, "height": height})
    metrics = {"width": width, "height": height, "deviceScaleFactor": dots, "mobile": False}
    page.context.new_cdp_session(page).send("Emulation.setDeviceMetricsOverride", metrics)
    page.wait_for_timeout(250)


def serious(page: Page, rules: list[str] | None = None) -> list[str]:
    """Serious and critical findings, ours or the framework's, as rule and element."""
    only = {"runOnly": {"type": "rule", "values": rules}} if rules else None
    found = Axe().run(page, options=only).response
    assert found["testEngine"]["name"] == "axe-core"
    return [
        f"{one['id']}: {node['target']} {node['html'][:120]}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


def to_dark(page: Page) -> None:
    """Switch to the dark mode and wait until page and components have followed."""
    light = page.evaluate(GROUNDS)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(
        f"(light) => ({GROUNDS})().every((one) => !light.includes(one))", arg=light
    )
    page.wait_for_timeout(250)


@pytest.mark.parametrize("name", page_names())
def test_a_page_is_for_everybody(page: Page, name: str) -> None:
    go(page, name)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    problems = [f"light: {one}" for one in serious(page)]
    to_dark(page)
    problems += [f"dark: {one}" for one in serious(page, ["color-contrast"])]
    page.emulate_media(color_scheme="light")
    for size, window in SIZES.items():
        resize(page, window)
        problems += [f"{size}: {one}" for one in page.evaluate(TOO_WIDE)]
    resize(page, WIDE)
    assert problems == []
