"""One walk through all pages in Chromium: both languages, empty and full, with pictures."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from dashboard.bootstrap import App
from dashboard.domain.training import RunStatus
from dashboard.locales.catalogs import LANGUAGES, translated
from dashboard.settings import ROOT
from tests.browser.form_view import until
from tests.browser.house import running, services_of, tiny_environment

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.timeout(600)]
STUDY = "affective-intervention"
PICTURES = Path(__file__).parent / "artifacts"
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]
HEADINGS = {
    "": "Afektif",
    "review": "Review",
    "examples": "Examples",
    "coverage": "Coverage",
    "augment": "Augment",
    "progress": "Progress",
    "guideline": "Guideline",
    "adjudicate": "Adjudicate",
    "agreement": "Agreement",
    "calibration": "Calibration",
    "history": "History",
    "team": "Team",
    "datasets": "Datasets",
    "fine_tune": "Fine-tune",
    "compare": "Compare",
    "results": "Results",
}
"""The address of every page and its heading in English."""
WALK = [(language, path) for language in LANGUAGES for path in HEADINGS]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.fail("Chromium is needed for the browser walk: install the package `chromium`.")
    with sync_playwright() as playwright:
        one = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield one
        one.close()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[[], Page]]:
    """Opens a window of somebody who was never here; no page may ask a stranger for anything."""
    strangers: list[str] = []
    contexts: list[BrowserContext] = []

    def open_page() -> Page:
        context = browser.new_context(viewport={"width": 1366, "height": 1500})
        contexts.append(context)
        one = context.new_page()
        one.on("request", lambda sent: strangers.append(sent.url) if is_strange(sent.url) else None)
        return one

    yield open_page
    for context in contexts:
        context.close()
    assert strangers == [], "a page asked a stranger for something"


@pytest.fixture
def page(new_page: Callable[[], Page]) -> Page:
    return new_page()


def is_strange(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("http", "https", "ws") and parts.hostname != "127.0.0.1"


@pytest.fixture(scope="module")
def empty_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Afektif with starters and nothing else, whose usual ports somebody else has taken."""
    folder = tmp_path_factory.mktemp("empty")
    environment = tiny_environment(folder, "off")
    with socket.socket() as pages, socket.socket() as engine:
        for name, taken in (("AFEKTIF_PORT", pages), ("AFEKTIF_ENGINE_PORT", engine)):
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            environment[name] = str(taken.getsockname()[1])
        with running(environment, folder / "log") as address:
            assert not address.endswith(f":{environment['AFEKTIF_PORT']}")
            yield address


@pytest.fixture(scope="module")
def full_environment(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    return tiny_environment(tmp_path_factory.mktemp("full"), "on")


@pytest.fixture(scope="module")
def full_house(full_environment: Mapping[str, str]) -> Iterator[str]:
    """Afektif whose first study has run by itself."""
    log = Path(full_environment["AFEKTIF_DATA_DIR"]).parent / "log"
    with running(full_environment, log) as address:
        app = services_of(full_environment)
        deadline = time.monotonic() + 240
        while not first_study_succeeded(app):
            assert time.monotonic() < deadline, log.read_text(errors="replace")[-2000:]
            time.sleep(0.5)
        yield address


def first_study_succeeded(app: App) -> bool:
    runs = app.studies.runs(STUDY)
    assert not any(run.status is RunStatus.FAILED for run in runs), runs[0].error
    return bool(runs) and runs[0].status is RunStatus.SUCCEEDED


def visit(page: Page, address: str, path: str, language: str) -> None:
    """Open a page and wait until its script has run to the end."""
    page.goto(f"{address}/{path}?lang={language}")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        translated(language, HEADINGS[path]), timeout=30_000
    )
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0, timeout=30_000)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=30_000)
    expect(page.get_by_test_id("stException")).to_have_count(0)


def keep(page: Page, name: str) -> None:
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)


@pytest.mark.parametrize("path", HEADINGS)
def test_every_page_has_an_empty_state(page: Page, empty_house: str, path: str) -> None:
    visit(page, empty_house, path, "id")
    keep(page, f"empty-id-{path or 'home'}")


@pytest.mark.parametrize(("language", "path"), WALK)
def test_every_page_shows_a_study(page: Page, full_house: str, language: str, path: str) -> None:
    visit(page, full_house, path, language)
    keep(page, f"full-{language}-{path or 'home'}")


def test_the_figures_on_the_results_page_are_those_in_the_database(
    page: Page, full_house: str, full_environment: Mapping[str, str]
) -> None:
    app = services_of(full_environment)
    results = app.scoring.results(app.generation.runs()[0].id)
    tuned = results.system("tuned")
    assert tuned is not None
    visit(page, full_house, "results", "en")
    mean = tuned.figures["prompt_tokens"].mean
    expect(page.get_by_text(f"{mean:.1f}").first).to_be_visible()


def test_every_page_of_the_navigation_is_walked() -> None:
    pages = {path.stem for path in (ROOT / "pages").glob("*.py")}
    assert {path or "home" for path in HEADINGS} == pages


def test_two_experts_answer_with_the_keyboard(
    new_page: Callable[[], Page], full_house: str, full_environment: Mapping[str, str]
) -> None:
    app = services_of(full_environment)
    for expert in ("Bu Rani", "Pak Budi"):
        page = new_page()
        visit(page, full_house, "review", "id")
        name = page.get_by_test_id("stSidebar").get_by_role("textbox", name="Nama Anda")
        name.fill(expert)
        name.press("Enter")
        expect(page.get_by_role("button", name="Kirim")).to_be_visible(timeout=30_000)
        expect(name).not_to_be_focused()
        page.keyboard.press("a")
        page.keyboard.press("s")
        until(page, partial(app.reviewing.answered, STUDY, expert))
        assert len(app.reviewing.answered(STUDY, expert)) == 1


def test_base_and_tuned_write_side_by_side(page: Page, full_house: str) -> None:
    visit(page, full_house, "compare", "en")
    page.get_by_text("Try live").first.click(delay=80)
    page.get_by_role("button", name="Write").click(delay=80)
    expect(page.get_by_text("tokens read")).to_have_count(2, timeout=60_000)
    keep(page, "full-en-compare-live")
