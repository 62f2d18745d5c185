"""A browser, and the review form on a server of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.form_house import FormHouse
from tests.browser.form_view import WATCH_KEYS, visit
from tests.browser.review_house import ReviewHouse

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.fail("Chromium is needed for the browser tests: install the package `chromium`.")
    with sync_playwright() as playwright:
        one = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield one
        one.close()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FormHouse]:
    one = FormHouse(tmp_path_factory.mktemp("form"))
    one.start()
    yield one
    one.kill()


@pytest.fixture
def own_house(tmp_path: Path) -> Iterator[FormHouse]:
    """A server that a test may kill."""
    one = FormHouse(tmp_path)
    one.start()
    yield one
    one.kill()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    one = browser.new_context(viewport={"width": 1366, "height": 768})
    one.add_init_script(WATCH_KEYS)
    yield one
    one.close()


@pytest.fixture
def expert(request: pytest.FixtureRequest) -> str:
    """A person of this test alone."""
    return str(request.node.name).replace("[", "-").replace("]", "")[:60]


@pytest.fixture
def page(context: BrowserContext, house: FormHouse, expert: str) -> Page:
    return visit(context, house, expert)


@pytest.fixture(scope="session")
def review_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReviewHouse]:
    """Afektif's pages over the starters, for tests that share it, each with a person of its own."""
    one = ReviewHouse(tmp_path_factory.mktemp("review"))
    one.prepare()
    one.start()
    yield one
    one.kill()
