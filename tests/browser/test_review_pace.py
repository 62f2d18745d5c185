"""How fast a practiced expert gets through the real pages, and that speed never misplaces a key."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pytest
from playwright.sync_api import BrowserContext, Page

from dashboard.bootstrap import App
from dashboard.domain.ids import ExampleId
from dashboard.domain.ledger import Deed
from dashboard.domain.responses import Decision, Response
from tests.browser.form_view import shown, until
from tests.browser.practiced import Practiced
from tests.browser.review_house import ReviewHouse
from tests.browser.review_view import (
    RECORD,
    decisions,
    example_on_top,
    keep_text,
    recorded,
    review,
)
from tests.reviewers import STUDY

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.timeout(600)]
ITEMS = 30
MIX = [Decision.ACCEPT] * 21 + [Decision.EDIT] * 5 + [Decision.REJECT] * 4
MOST_SECONDS = 10
FAST, BEAT, MOST_KEYS = 12, 0.06, 200


@dataclass(frozen=True)
class Item:
    """What one item of the session cost, in seconds; `seconds` holds no typing."""

    decision: Decision
    keys: int
    letters: int
    typing: float
    waited: float
    seconds: float


def answers(app: App, expert: str) -> tuple[Response, ...]:
    return tuple(one for one in app.reviewing.answered(STUDY, expert, 200) if one.is_submitted)


def judged(practiced: Practiced, decision: Decision) -> Item:
    """One item, from the card's being shown to its being submitted, by the page's own clock."""
    page, begun = practiced.page, time.monotonic()
    until(page, lambda: shown(page))
    waited = time.monotonic() - begun
    keys, letters, typing = practiced.keys, practiced.letters, practiced.typing_seconds
    since = page.evaluate("performance.now() - window.recorded.cards.at(-1).at") / 1000
    start = time.monotonic()
    practiced.answer(decision, "Pelan-pelan aja ya 🌱", "lembutkan")
    typed = practiced.typing_seconds - typing
    took = since + time.monotonic() - start - typed
    return Item(decision, practiced.keys - keys, practiced.letters - letters, typed, waited, took)


def table(items: list[Item]) -> list[str]:
    """The session as a table, one line a kind of answer."""
    lines = [f"{'':8}{'items':>6}{'keys':>6}{'clicks':>7}{'letters':>8}{'typing s':>9}"
             f"{'waits':>6}{'wait s':>7}{'s/item':>8}{'worst s':>8}"]  # fmt: skip
    for name in (*dict.fromkeys(one.decision for one in items), None):
        some = [one for one in items if name in (None, one.decision)]
        waits = [one.waited for one in some if one.waited > 0.1]
        mean = statistics.mean(one.seconds for one in some)
        lines.append(
            f"{name or 'all':8}{len(some):6}{sum(one.keys for one in some):6}{0:7}"
            f"{sum(one.letters for one in some):8}{sum(one.typing for one in some):9.1f}"
            f"{len(waits):6}{sum(waits):7.2f}{mean:8.2f}{max(one.seconds for one in some):8.2f}"
        )
    return lines


def test_thirty_items_take_a_practiced_expert_seconds_each(
    context: BrowserContext, review_house: ReviewHouse
) -> None:
    expert, app = "Bu Cepat", review_house.app
    context.add_init_script(RECORD)
    page = review(context, review_house, expert)
    until(page, lambda: recorded(page)["cards"])
    chance = random.Random(30)
    wanted = chance.sample(MIX, ITEMS)
    practiced = Practiced(page, chance)
    meant: dict[str, Decision] = {}
    items: list[Item] = []
    for decision in wanted:
        until(page, lambda: shown(page))
        meant[example_on_top(page)] = decision
        items.append(judged(practiced, decision))
    until(page, lambda: len(answers(app, expert)) == ITEMS, 30)
    given = {one.example_id: one.answer.decision for one in answers(app, expert)}
    keep_text("session-30.txt", table(items))
    assert given == meant
    assert statistics.mean(one.seconds + one.waited for one in items) <= MOST_SECONDS
    assert max(one.seconds for one in items) <= MOST_SECONDS


def judged_on_the_beat(page: Page) -> None:
    """Press a decision and its submission 60 ms apart, whatever the page does meanwhile.

    Goes on until twelve were made: when the cards in hand run out, some keys meet none.
    """
    begun = time.monotonic()
    for place in range(MOST_KEYS):
        left = begun + place * BEAT - time.monotonic()
        if left > 0:
            page.wait_for_timeout(left * 1000)
        page.keyboard.press("as"[place % 2])
        if len(decisions(recorded(page)["keys"])) >= FAST:
            return


def test_twelve_decisions_at_sixty_ms_land_on_what_was_shown(
    context: BrowserContext, review_house: ReviewHouse
) -> None:
    expert, app = "Pak Kilat", review_house.app
    context.add_init_script(RECORD)
    page = review(context, review_house, expert)
    until(page, lambda: recorded(page)["cards"])
    judged_on_the_beat(page)
    page.wait_for_timeout(500)
    keys = recorded(page)["keys"]
    decided = [card.partition(":")[0] for card, _key in decisions(keys)]
    until(page, lambda: len(answers(app, expert)) >= len(decided), 20)
    page.wait_for_timeout(1_000)
    given = [one.example_id for one in reversed(answers(app, expert))]
    sent = app.history.log(STUDY, expert, Deed.SUBMIT)
    gaps = [float(str(two["at"])) - float(str(one["at"])) for one, two in pairwise(keys)]
    found = f"{len(decided)} recorded, {len(given)} in the database, {len(sent)} in the ledger"
    pace = f"{statistics.median(gaps):.0f} ms between {len(keys)} keys"
    keep_text("twelve-decisions.txt", [f"{FAST} decisions asked for: {found}; {pace}"])
    assert given == decided, "every decision is on the card that was shown, none twice"
    assert len(sent) == len(given)
    assert len(decided) >= FAST
    assert wrongly_shown(app, keys) == []


def wrongly_shown(app: App, keys: Sequence[Mapping[str, object]]) -> list[Mapping[str, object]]:
    """Keys over a card whose text was not that of its example in that moment."""
    return [
        one
        for one in keys
        if one["card"]
        and one["message"]
        != app.curation.one(ExampleId(str(one["card"]).partition(":")[0])).example.message
    ]
