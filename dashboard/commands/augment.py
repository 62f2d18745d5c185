"""`augment`: what the sieve stops and lets pass."""

from __future__ import annotations

import typer
from rich.table import Table

from dashboard.augmentation.sieve.challenge import GOOD, Line, judge, lines, load_pairs
from dashboard.augmentation.sieve.limits import load_limits
from dashboard.augmentation.sieve.message_sieve import MessageSieve
from dashboard.commands.console import console, in_sentences
from dashboard.settings import ROOT, Settings
from storage.study_folders import load_starters, load_study

commands = typer.Typer(help="Augment examples and try the sieve.", no_args_is_help=True)
PAIRS = ROOT / "data" / "challenges" / "augmentation.jsonl"


@commands.command()
@in_sentences
def challenge() -> None:
    """Try the sieve on hand-written children, good and bad; says what it stops, class by class."""
    settings = Settings.from_env()
    folder = settings.studies_dir / settings.study
    starters = load_starters(folder)
    sieve = MessageSieve(load_limits(folder), starters)
    judged = judge(sieve, load_study(folder), starters, load_pairs(PAIRS))
    table = Table("part", "class", "pairs", "right fate", "named (recall)", "precision")
    for line in lines(judged):
        table.add_row(*_row(line))
    console.print(table)
    console.print("Right fate: a paraphrase kept, any other pair dropped or held.")


def _row(line: Line) -> tuple[str, ...]:
    good = line.kind == GOOD
    right = line.pairs - line.stopped if good else line.stopped
    named = "–" if good else _share(line.named, line.pairs)
    precision = "–" if good else _share(line.rightly, line.claimed)
    return line.part, line.kind, str(line.pairs), _share(right, line.pairs), named, precision


def _share(count: int, whole: int) -> str:
    return f"{count}/{whole} = {count / whole:.2f}" if whole else "–"
