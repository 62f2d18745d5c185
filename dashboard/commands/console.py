"""How commands speak: rich progress, plain sentences, no tracebacks for what a person can mend."""

from __future__ import annotations

import errno
import functools
import logging
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

import typer
from rich.console import Console
from rich.logging import RichHandler
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from dashboard.domain.errors import UserError
from dashboard.engines.catalog import Entry
from dashboard.engines.weights import Tell
from dashboard.preparing import Fetching
from dashboard.settings import Settings

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")
console = Console(highlight=False)


def in_sentences(command: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Print what a person can mend as one sentence and exit with 1."""

    @functools.wraps(command)
    def speaking(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        logging.basicConfig(
            level=logging.INFO,
            format="%(message)s",
            handlers=[RichHandler(console=console, show_path=False, show_level=False)],
        )
        logging.getLogger("alembic").setLevel(logging.WARNING)
        # So that a download that is ended takes its child along and leaves nothing half done.
        signal.signal(signal.SIGTERM, _leave)
        try:
            return command(*args, **kwargs)
        except UserError as error:
            console.print(str(error), style="red", markup=False)
            raise typer.Exit(1) from error
        except OSError as error:
            place = error.filename or "A file or the network"
            sentence = (
                f"{place}: {error.strerror or error}. Free some space or choose another place."
            )
            console.print(sentence, style="red", markup=False)
            raise typer.Exit(1) from error

    return speaking


def _leave(_number: int, _frame: object) -> None:
    raise typer.Exit(143)


def _remedy(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "Free some space and try again."
    return "Choose another place, or make this one readable and writable."


def bars() -> Progress:
    """Progress bars for steps with a known size."""
    return Progress(
        TextColumn("{task.description:<34}"),
        BarColumn(bar_width=30),
        TextColumn("{task.completed:.0f}/{task.total:.0f}"),
        TimeElapsedColumn(),
        console=console,
    )


@contextmanager
def fetching(settings: Settings) -> Iterator[Fetching]:
    """A fetcher that shows title, size and license first, then a bar."""
    with bars() as progress:
        task = progress.add_task("", total=1, visible=False)

        def tell(what: str, done: int, total: int) -> None:
            words = {"downloading": "Downloading (MB)", "converting": "Converting, about a minute"}
            progress.update(
                task, description=words[what], completed=done, total=total, visible=True
            )

        yield Fetching(settings, _announce(progress), _quietly(tell))


def _announce(progress: Progress) -> Callable[[Entry], None]:
    def announce(entry: Entry) -> None:
        progress.console.print(
            f"Fetching {entry.title}: {entry.download_mb} MB, {entry.languages}.\n"
            f"License: {entry.license}, {entry.license_url} — by going on you accept it.",
            markup=False,
        )

    return announce


def _quietly(tell: Tell) -> Tell:
    """Tells only what changed, so that a log without a terminal stays short."""
    last: list[tuple[str, int]] = []

    def telling(what: str, done: int, total: int) -> None:
        if [(what, done)] != last:
            last[:] = [(what, done)]
            tell(what, done, total)

    return telling
