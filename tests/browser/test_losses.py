"""Six bad days on the real pages; `python -m tests.browser.losses 100` plays more of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.losses import ALLOWED_SECONDS, lose
from tests.browser.review_house import ReviewHouse
from tests.browser.review_view import keep_text

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.timeout(600)]


def test_at_most_two_seconds_of_typing_are_lost_and_nothing_that_was_called_saved(
    browser: Browser, tmp_path: Path
) -> None:
    house = ReviewHouse(tmp_path)
    house.prepare()
    house.start()
    try:
        tally = lose(rounds=6, seed=3, browser=browser, house=house)
    finally:
        house.kill()
    keep_text("losses-6.txt", tally.lines())
    assert len(tally.rounds) == 5, "every kind of bad day is among them"
    assert tally.acknowledged > 0
    assert tally.acknowledged_lost == 0
    assert tally.worst_seconds <= ALLOWED_SECONDS
    assert tally.broken == []
    assert house.app.history.proof().holds
