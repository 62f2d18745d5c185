"""What is lost on bad days: `python -m tests.browser.losses 100` types while things break.

Three experts type at once. Then their pages are reloaded, their connection drops, the server is
killed, or the tab is gone for good; the database and a browser that knows nothing say what is left.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import CHROMIUM, FLAGS
from tests.browser.form_view import until
from tests.browser.review_house import ReviewHouse
from tests.browser.review_view import keep_text
from tests.browser.typist import Typist

TEAM = 3
ALLOWED_SECONDS = 2.0


class Fate(StrEnum):
    """What happens in a round; `gone` leaves nothing in the browser either."""

    RELOADED = "reloaded"
    OFFLINE = "offline"
    GONE = "gone"
    KILLED = "killed"
    KILLED_AND_CLOSED = "killed and closed"


GENTLE = (Fate.RELOADED, Fate.OFFLINE, Fate.GONE)
DEADLY = (Fate.KILLED, Fate.KILLED_AND_CLOSED)


@dataclass
class Tally:
    """What many rounds came to; `broken` says in words what must never happen."""

    rounds: Counter[Fate] = field(default_factory=Counter)
    worst: dict[Fate, float] = field(default_factory=dict)
    letters: int = 0
    letters_lost: int = 0
    acknowledged: int = 0
    acknowledged_lost: int = 0
    broken: list[str] = field(default_factory=list)

    @property
    def worst_seconds(self) -> float:
        """The most seconds of typing that were gone in any round."""
        return max(self.worst.values(), default=0.0)

    def lines(self) -> list[str]:
        """The tally as a table."""
        table = [f"{'round':20}{'times':>6}{'worst seconds lost':>20}"]
        table += [
            f"{fate:20}{count:6}{self.worst.get(fate, 0.0):20.2f}"
            for fate, count in sorted(self.rounds.items())
        ]
        return [
            *table,
            f"{self.letters} letters typed, {self.letters_lost} lost; "
            f"{self.acknowledged} acknowledged states, {self.acknowledged_lost} of them lost; "
            f"worst {self.worst_seconds:.2f} s",
            *self.broken,
        ]


def lose(rounds: int, seed: int, browser: Browser, house: ReviewHouse) -> Tally:
    """Play so many rounds; the same seed plays the same ones."""
    chance, tally = random.Random(seed), Tally()
    team = [Typist(f"Ahli {seed}-{place}", browser, house) for place in range(TEAM)]
    for typist in team:
        typist.open()
    while (left := rounds - tally.rounds.total()) > 0:
        some = team[:left]
        fates = _fates(chance, deadly=tally.rounds.total() // TEAM % 2 == 1)
        _play(list(zip(some, fates, strict=False)), chance)
        for typist, fate in zip(some, fates, strict=False):
            _judge(tally, typist, fate)
    for typist in team:
        typist.close()
    return tally


def _fates(chance: random.Random, deadly: bool) -> list[Fate]:
    """One fate for each of the team; a killed server is everybody's."""
    kinds = [*DEADLY, chance.choice(DEADLY)] if deadly else list(GENTLE)
    return chance.sample(kinds, TEAM)


def _play(cast: Sequence[tuple[Typist, Fate]], chance: random.Random) -> None:
    """Everybody types, it happens, and whoever still can types on for a while."""
    typists = [typist for typist, _fate in cast]
    for typist in typists:
        typist.begin()
    type_together(typists, chance.uniform(1.2, 3.5), chance)
    if cast[0][1] in DEADLY:
        typists[0].house.kill()
    still = [typist for typist, fate in cast if _suffer(typist, fate)]
    type_together(still, chance.uniform(0.4, 1.5), chance)
    for typist, fate in cast:
        if fate is Fate.KILLED_AND_CLOSED:
            typist.close_tab()
        if fate is Fate.OFFLINE:
            typist.context.set_offline(False)
    if cast[0][1] in DEADLY:
        typists[0].house.start()
    for typist, fate in cast:
        if fate is Fate.KILLED_AND_CLOSED:
            typist.open_tab()
        if fate is Fate.RELOADED:
            typist.come_back()


def _suffer(typist: Typist, fate: Fate) -> bool:
    """Let it happen; whether the page is still there to type on."""
    if fate is Fate.RELOADED:
        typist.page.reload()
    elif fate is Fate.GONE:
        typist.vanish()
    elif fate is Fate.OFFLINE:
        typist.context.set_offline(True)
    return fate not in (Fate.RELOADED, Fate.GONE)


def type_together(typists: Sequence[Typist], seconds: float, chance: random.Random) -> None:
    """Letters by turns, so that everybody types at a person's pace."""
    end = time.monotonic() + seconds
    while typists and time.monotonic() < end:
        for typist in typists:
            typist.type_letter(chance)
        typists[0].page.wait_for_timeout(chance.uniform(20, 60))


def _judge(tally: Tally, typist: Typist, fate: Fate) -> None:
    """Wait until the page has sent what it can, then look into the database and a new browser."""
    typed = typist.text
    if fate is not Fate.GONE:
        try:
            until(typist.page, lambda: typist.stored() == typed, 30)
        except AssertionError:
            tally.broken.append(
                f"{typist.name}: {fate} never came to rest: stored is {typist.stored()!r}, typed "
                f"was {typed!r}, the form says {typist.marks()!r}"
            )
    stored, told = typist.stored(), typist.acknowledged()
    shown = typist.move_to_a_new_browser()
    tally.rounds[fate] += 1
    tally.letters += len(typed)
    tally.letters_lost += len(typed) - len(stored)
    tally.acknowledged += len(told)
    tally.acknowledged_lost += sum(not stored.startswith(one) for one in told)
    tally.worst[fate] = max(tally.worst.get(fate, 0.0), typist.seconds_behind(stored))
    if shown != stored:
        tally.broken.append(f"{typist.name}: a new browser shows {shown!r}, stored is {stored!r}")
    if not typed.startswith(stored):
        tally.broken.append(f"{typist.name}: stored is {stored!r}, typed was {typed!r}")
    if not typist.submit():
        tally.broken.append(f"{typist.name}: the submission never arrived")


def main(rounds: int, seed: int) -> Tally:
    """Play the rounds over an installation of their own and print the tally."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        house = ReviewHouse(Path(folder))
        house.prepare()
        house.start()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            tally = lose(rounds, seed, browser, house)
        finally:
            browser.close()
            house.kill()
    keep_text("losses.txt", tally.lines())
    return tally


if __name__ == "__main__":
    played = main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    sys.exit(bool(played.broken or played.worst_seconds > ALLOWED_SECONDS))
