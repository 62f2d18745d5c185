"""Takes the README's pictures from an Afektif that runs: `python -m tests.browser.pictures URL`.

Start it with `make run`, wait for the first study, then run this; the pictures never go stale
because they are never made by hand.
"""

from __future__ import annotations

import sys

from playwright.sync_api import sync_playwright

from dashboard.settings import ROOT
from tests.browser.review_view import say_name
from tests.browser.test_walk import CHROMIUM, FLAGS, visit

FOLDER = ROOT / "data" / "pictures"
SHOWN = (
    ("home", "", "en", 860),
    ("review", "review", "id", 768),
    ("examples", "examples", "id", 860),
    ("compare", "compare", "en", 1250),
    ("results", "results", "en", 1250),
)


def main(address: str) -> None:
    """One picture of each page, 1366 pixels wide."""
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for name, path, language, height in SHOWN:
            page = browser.new_page(viewport={"width": 1366, "height": height})
            visit(page, address, path, language)
            if path == "review":
                say_name(page, "Ibu Ratna")
            page.wait_for_timeout(1500)
            page.screenshot(path=FOLDER / f"{name}-{language}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
