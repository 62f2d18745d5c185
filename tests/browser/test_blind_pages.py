"""Nothing that the pages send tells an expert what others answered before it is due."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, TimeoutError, expect

from dashboard.domain.responses import Answer, Decision
from dashboard.services.reviewing import Judgment
from tests.blind_world import ASRI, BANYU, CANARY, REJECTED, TAGS, BlindWorld, blind_world
from tests.browser.addresses import LANGUAGES, page_names, path_of
from tests.browser.review_house import ReviewHouse
from tests.browser.review_view import enter, go, say_name, settle
from tests.browser.wiretap import Wiretap, near

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.timeout(600)]
DIRECTIONS = re.compile(
    r"accept|edit|reject|unsure|terima|sunting|tolak|ragu|differ|berbeda"
    r"|shaming|sarcasm|mempermalukan|sarkasme"
)


@pytest.fixture(scope="module")
def blind_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReviewHouse]:
    one = ReviewHouse(tmp_path_factory.mktemp("blind"))
    one.prepare()
    one.start()
    yield one
    one.kill()


@pytest.fixture(scope="module")
def world(blind_house: ReviewHouse) -> BlindWorld:
    return blind_world(blind_house.app)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context: BrowserContext = browser.new_context(viewport={"width": 1366, "height": 900})
    yield context.new_page()
    context.close()


def open_everything(page: Page, tap: Wiretap) -> None:
    """Open what is folded, look at every tab, take every file that is offered."""
    main = page.get_by_test_id("stMain")
    folded = main.locator("details:not([open]) > summary:visible")
    for _ in range(folded.count()):
        if folded.count():
            folded.first.click(delay=20)
            page.wait_for_timeout(50)
    for tab in main.get_by_role("tab").all():
        tab.click(delay=20)
    settle(page)
    for offered in main.locator("[data-testid=stDownloadButton] button:visible").all():
        tap.take(taken(page, offered))


def taken(page: Page, offered: Locator) -> Path:
    """The file behind a button; a click that met the page while it was drawn anew is repeated."""
    for _ in range(3):
        try:
            with page.expect_download(timeout=8_000) as download:
                offered.click(delay=20)
            return Path(download.value.path())
        except TimeoutError:
            settle(page)
    raise AssertionError(f"no file came from {offered.inner_text()}")


def assert_nothing_leaked(tap: Wiretap) -> None:
    heard = tap.heard()
    assert sum(map(len, heard)) > 10_000, "the wire was tapped"
    leaked = {tag: [one[:60] for one in heard if tag.encode() in one] for tag in TAGS}
    assert {tag: found for tag, found in leaked.items() if found} == {}
    told = [around for around in near(heard, BANYU) if DIRECTIONS.search(around)]
    assert told == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_sends_a_hidden_word(
    page: Page, blind_house: ReviewHouse, world: BlindWorld, language: str
) -> None:
    tap = Wiretap(page)
    page.goto(f"{blind_house.address}/?lang={language}")
    settle(page)
    say_name(page, ASRI)
    for name in page_names():
        go(page, name)
        expect(page.get_by_test_id("stException")).to_have_count(0)
        open_everything(page, tap)
    assert len(world.ids) == len(TAGS)
    assert_nothing_leaked(tap)


@pytest.mark.parametrize("path", ["review?card=", "examples?example="])
def test_no_address_opens_a_hidden_answer(
    page: Page, blind_house: ReviewHouse, world: BlindWorld, path: str
) -> None:
    tap = Wiretap(page)
    for example_id in world.ids:
        page.goto(f"{blind_house.address}/{path}{example_id}&lang=en")
        settle(page)
        say_name(page, ASRI)
        expect(page.get_by_test_id("stException")).to_have_count(0)
    assert_nothing_leaked(tap)


def test_searching_for_a_hidden_word_finds_nothing(
    page: Page, blind_house: ReviewHouse, world: BlindWorld
) -> None:
    tap = Wiretap(page)
    enter(page, blind_house, ASRI, "examples", f"&search={CANARY}")
    main = page.get_by_test_id("stMain").inner_text()
    assert [one.key for one in world.examples if one.key in main] == []
    assert_nothing_leaked(tap)


def test_the_navigation_shows_the_pages_that_are_swept(
    page: Page, blind_house: ReviewHouse
) -> None:
    page.goto(blind_house.address)
    settle(page)
    links = page.get_by_test_id("stSidebar").get_by_test_id("stPageLink-NavLink")
    shown = [one.get_attribute("href") for one in links.all()]
    assert shown == [path_of(name) for name in page_names()]


def test_the_sweep_finds_an_answer_once_it_may_be_read(
    page: Page, blind_house: ReviewHouse, world: BlindWorld
) -> None:
    example = world.examples[REJECTED]
    judgment = Judgment(example.id, example.revision_id, ASRI, Answer(Decision.ACCEPT))
    blind_house.app.reviewing.submit(judgment)
    tap = Wiretap(page)
    enter(page, blind_house, ASRI, "review", f"&card={example.id}")
    expect(page.get_by_text(TAGS[REJECTED]).first).to_be_visible()
    heard = tap.heard()
    found = [tag for tag in TAGS if any(tag.encode() in one for one in heard)]
    assert found == [TAGS[REJECTED]]
    assert any(DIRECTIONS.search(around) for around in near(heard, BANYU))
