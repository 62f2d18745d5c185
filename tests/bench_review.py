"""Speed of finding and of the queue at 100,000 examples, beside the same at 1,000.

Both databases are written anew through the services and take turns in one process; a ratio is the
median over the pairs. What is promised: every median at most 150 ms, every ratio at most 1.5.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table

from dashboard.bootstrap import App
from dashboard.commands.console import console, in_sentences
from dashboard.domain.examples import ExampleFilter
from dashboard.domain.verdicts import Verdict
from tests.large_world import EXPERTS, FRESH, RARE, large_world

SMALL, LARGE = 1_000, 100_000
PAIRS = 31
MOST_SECONDS = 0.150
MOST_RATIO = 1.5

Work = Callable[[App], object]


@dataclass(frozen=True)
class Compared:
    """Median seconds on both sides, and the median of the ratios of the pairs."""

    work: str
    small: float
    large: float
    ratio: float

    @property
    def holds(self) -> bool:
        """Whether the promise is kept."""
        return self.large <= MOST_SECONDS and self.ratio <= MOST_RATIO


def works() -> Iterator[tuple[str, Work]]:
    """What people wait for."""
    yield "first page of the list", finding()
    yield "search of a common word", finding(text="kamu")
    yield "search of a common beginning", finding(text="k")
    yield "search of a rare word", finding(text=RARE)
    yield "search of a word in reasons", finding(text="sapaannya")
    yield "search of two words, as somebody", finding(text="kamu boleh", viewer=EXPERTS[0])
    yield (
        "search with two facets",
        finding(text="kamu", inputs=(("reinforcement", "negative"), ("arcsmodel", "attention"))),
    )
    yield "search with verdict", finding(text="kamu", verdict=Verdict.ACCEPTED)
    yield "one facet", finding(inputs=(("emotion", "sad"),))
    yield "two facets", finding(inputs=(("emotion", "sad"), ("reinforcement", "negative")))
    yield "a free field's value", finding(inputs=(("subject", "Matematika"),))
    yield "verdict", finding(verdict=Verdict.ACCEPTED)
    yield "tag", finding(tag="perlu dibahas")
    yield "retired (none)", finding(retired=True)
    yield "answered by me", finding(answered_by=EXPERTS[0])
    yield "waits for me, who has answered much", finding(open_to=EXPERTS[0])
    yield "waits for me, who is new", finding(open_to=FRESH)
    yield "a page deep in the list", lambda app: app.curation.browse(wanted(app), 20)
    yield "values of a field", lambda app: app.curation.values(wanted(app), "inputs.username")
    yield "tags in use", lambda app: app.curation.tags(app.study.name)
    yield "next item, fresh expert", upcoming(FRESH)
    yield "next item, one who has answered much", upcoming(EXPERTS[0])


def wanted(app: App, **narrowing: object) -> ExampleFilter:
    """A filter over the study."""
    return ExampleFilter(app.study.name, **narrowing)  # type: ignore[arg-type]


def finding(**narrowing: object) -> Work:
    """The first page of what a filter finds."""
    return lambda app: app.curation.browse(wanted(app, **narrowing))


def upcoming(expert: str) -> Work:
    """The next item of somebody who holds none."""
    return lambda app: app.queueing.upcoming(app.study.name, expert, 1)


def let_go(app: App) -> None:
    """Give back what the last turn holds, so that each turn looks anew."""
    with app.queueing.database.transaction() as stores:
        for expert in (*EXPERTS, FRESH):
            stores.work_in_hand.release_all(app.study.name, expert)


def compared(name: str, work: Work, small: App, large: App) -> Compared:
    """Warm up both, then time them in turns (ABBA)."""
    seconds: dict[int, list[float]] = {id(small): [], id(large): []}
    for pair in range(-2, PAIRS):
        for app in (small, large) if pair % 2 else (large, small):
            let_go(app)
            started = time.perf_counter()
            work(app)
            if pair >= 0:
                seconds[id(app)].append(time.perf_counter() - started)
    pairs = zip(seconds[id(large)], seconds[id(small)], strict=True)
    return Compared(
        work=name,
        small=statistics.median(seconds[id(small)]),
        large=statistics.median(seconds[id(large)]),
        ratio=statistics.median(slow / fast for slow, fast in pairs),
    )


def show(results: list[Compared], built: float) -> None:
    """Print what was measured."""
    table = Table("work", f"{SMALL:,}", f"{LARGE:,}", "ratio", "promise")
    for one in results:
        kept = "kept" if one.holds else "BROKEN"
        small, large = (f"{1000 * value:.1f} ms" for value in (one.small, one.large))
        table.add_row(one.work, small, large, f"{one.ratio:.2f}", kept)
    console.print(f"{LARGE:,} examples were written in {built:.0f} s.")
    console.print(table)


@in_sentences
def main() -> None:
    """Write both studies, measure, print a table."""
    with tempfile.TemporaryDirectory(prefix="afektif-bench-") as folder:
        small = large_world(Path(folder) / "small", SMALL)
        started = time.perf_counter()
        large = large_world(Path(folder) / "large", LARGE)
        built = time.perf_counter() - started
        show([compared(name, work, small, large) for name, work in works()], built)


if __name__ == "__main__":
    main()
