"""`examples`: check the starters, import a file, export what is stored."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from dashboard.commands.console import console, in_sentences
from dashboard.domain.errors import InvalidInput
from dashboard.domain.examples import ExampleFilter
from dashboard.metrics.rules import MessageRules
from dashboard.metrics.similarity import near_duplicates
from dashboard.preparing import prepare_storage
from dashboard.services.checking import check_examples
from dashboard.settings import Settings
from storage.study_folders import load_starters, load_study

commands = typer.Typer(help="Check, import and export examples.", no_args_is_help=True)
Author = Annotated[str, typer.Option(help="Who brings the rows.")]


@commands.command()
@in_sentences
def check() -> None:
    """Check the study's starters: fields, words, emoji, language, cells, duplicates."""
    settings = Settings.from_env()
    folder = settings.studies_dir / settings.study
    starters = load_starters(folder)
    result = check_examples(load_study(folder), starters, MessageRules(), near_duplicates)
    for problem in result.problems:
        console.print(str(problem), style="red", markup=False)
    for hint in result.hints:
        console.print(str(hint), style="yellow", markup=False)
    sizes = Counter(result.cells.values())
    spread = ", ".join(f"{count} cells with {size}" for size, count in sorted(sizes.items()))
    console.print(f"{len(starters)} examples in {len(result.cells)} cells ({spread}).")
    console.print(f"{len(result.problems)} problems, {len(result.hints)} hints.")
    if result.problems:
        raise typer.Exit(1)


@commands.command("import")
@in_sentences
def import_file(path: Path, author: Author = "command line") -> None:
    """Import a JSONL, CSV or XLSX file: all of it, or with any problem nothing."""
    settings = Settings.from_env()
    app = prepare_storage(settings)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InvalidInput(
            "{path} cannot be read: {why}.", path=path, why=error.strerror or "unknown fault"
        ) from error
    preview = app.curation.preview(settings.study, path.name, content)
    for problem in preview.problems:
        console.print(str(problem), style="red", markup=False)
    count = app.curation.import_rows(settings.study, preview, author)
    console.print(f"{count} examples imported; they wait for review.")


@commands.command()
@in_sentences
def export(path: Path) -> None:
    """Write every example to a .jsonl, .csv or .xlsx file."""
    settings = Settings.from_env()
    app = prepare_storage(settings)
    form = path.suffix.lstrip(".")
    path.write_bytes(app.curation.export(ExampleFilter(settings.study), form))
    console.print(f"Written: {path}", markup=False)
