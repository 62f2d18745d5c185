"""`augment`: fill conditions with variants, see how far it is, and what the sieve lets pass."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

import typer
from rich.table import Table

from dashboard.augmentation.sieve.challenge import GOOD, Line, judge, lines, load_pairs
from dashboard.augmentation.sieve.limits import load_limits
from dashboard.augmentation.sieve.message_sieve import MessageSieve
from dashboard.bootstrap import App
from dashboard.commands.console import console, in_sentences
from dashboard.domain.augmentation import AugmentationPlan, AugmentationRun
from dashboard.domain.ids import AugmentationRunId
from dashboard.domain.studies import Cell
from dashboard.domain.training import RunStatus
from dashboard.domain.turns import CellProgress
from dashboard.preparing import prepare_storage
from dashboard.settings import ROOT, Settings
from dashboard.supervisor import interruptible
from storage.study_folders import load_starters, load_study

commands = typer.Typer(help="Augment examples and try the sieve.", no_args_is_help=True)
PAIRS = ROOT / "data" / "challenges" / "augmentation.jsonl"
Target = Annotated[int, typer.Option(help="Examples wanted in every condition.")]
Seed = Annotated[int, typer.Option(help="The same seed over the same examples: the same variants.")]
Edits = Annotated[int, typer.Option(help="Edits per variant, 1 to 3.")]
Person = Annotated[str, typer.Option(help="Who asks for it.")]


@commands.command()
@in_sentences
def run(
    target: Target = 25, seed: Seed = 20251, edits: Edits = 2, person: Person = "command line"
) -> None:
    """Fill every condition up to the target; a run that was cut off goes on."""
    settings = Settings.from_env()
    app = prepare_storage(settings)
    plan = AugmentationPlan(settings.study, seed=seed, target=target, max_edits=edits)
    known = next((one for one in _active(app) if one.plan == plan), None)
    if known is not None:
        console.print("Going on with the run that was cut off.")
    current = known or app.augmentation.begin(plan, person)
    with interruptible() as stopped:
        _follow(app, current.id, stopped)
    _conclude(app, current.id)


@commands.command()
@in_sentences
def status() -> None:
    """Show the latest run: what became of its attempts, and why."""
    app = prepare_storage(Settings.from_env())
    runs = app.augmentation.runs(app.study.name)
    if not runs:
        console.print("No variants have been made yet; start with “augment run”.")
        return
    latest = runs[0]
    console.print(f"{latest.status} · asked for by {latest.person}", markup=False)
    if latest.error:
        console.print(latest.error, style="red", markup=False)
    console.print(_yields(app, latest.id))
    console.print(_sum(app.augmentation.progress(latest.id)))


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


def _active(app: App) -> list[AugmentationRun]:
    under_way = set(app.augmentation.unfinished())
    return [one for one in app.augmentation.runs(app.study.name) if one.id in under_way]


def _follow(app: App, run_id: AugmentationRunId, stopped: list[int]) -> None:
    """Work until nothing is left or somebody presses Ctrl-C; one line for every cell."""
    told: set[Cell] = set()
    goes_on = True
    while goes_on and not stopped:
        goes_on = app.augmentation.advance(run_id)
        for one in app.augmentation.progress(run_id):
            if one.is_done and one.cell not in told:
                told.add(one.cell)
                console.print(f"{' · '.join(one.cell):<40} {_counts(one)}", markup=False)


def _conclude(app: App, run_id: AugmentationRunId) -> None:
    console.print(_sum(app.augmentation.progress(run_id)))
    if app.augmentation.run(run_id).status is not RunStatus.SUCCEEDED:
        console.print("Stopped. Start the same command again and it goes on.")
        raise typer.Exit(130)


def _counts(one: CellProgress) -> str:
    return f"{one.kept}/{one.wanted} kept, {one.held} held, {one.dropped} dropped"


def _sum(cells: tuple[CellProgress, ...]) -> str:
    kept, wanted = sum(one.kept for one in cells), sum(one.wanted for one in cells)
    short = sum(one.kept < one.wanted for one in cells)
    return f"{kept} of {wanted} variants in {len(cells)} conditions; {short} are still short."


def _yields(app: App, run_id: AugmentationRunId) -> Table:
    counts: Counter[tuple[str, str, str]] = Counter()
    for one in app.augmentation.yields(run_id):
        counts[one.technique.value, one.fate.value, one.reason or ""] += one.count
    table = Table(title="Attempts", title_justify="left")
    for name in ("technique", "fate", "first reason"):
        table.add_column(name)
    table.add_column("attempts", justify="right")
    for key, count in sorted(counts.items()):
        table.add_row(*key, str(count))
    return table


def _row(line: Line) -> tuple[str, ...]:
    good = line.kind == GOOD
    right = line.pairs - line.stopped if good else line.stopped
    named = "–" if good else _share(line.named, line.pairs)
    precision = "–" if good else _share(line.rightly, line.claimed)
    return line.part, line.kind, str(line.pairs), _share(right, line.pairs), named, precision


def _share(count: int, whole: int) -> str:
    return f"{count}/{whole} = {count / whole:.2f}" if whole else "–"
