"""`examples`: check the starters, import a file, export what is stored."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from dashboard.commands.console import console, in_sentences
from dashboard.domain.errors import InvalidInput
from dashboard.domain.examples import ExampleFilter
from dashboard.domain.exchange import Form
from dashboard.metrics.rules import MessageRules
from dashboard.metrics.similarity import near_duplicates
from dashboard.preparing import prepare_storage
from dashboard.services.checking import check_examples
from dashboard.services.fidelity import fidelity_page
from dashboard.services.importing import Preview
from dashboard.settings import Settings
from storage.study_folders import load_starters, load_study

commands = typer.Typer(help="Check, import and export examples.", no_args_is_help=True)
Author = Annotated[str, typer.Option(help="Who brings the rows.")]
FormName = Annotated[Form | None, typer.Option(help="What to write.")]
Names = Annotated[bool, typer.Option("--names", help="Call experts by name, not by number.")]


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
    """Import a file of rows, or an export of Argilla, Label Studio or doccano: all or nothing."""
    settings = Settings.from_env()
    app = prepare_storage(settings)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InvalidInput(
            "{path} cannot be read: {why}.", path=path, why=error.strerror or "unknown fault"
        ) from error
    preview = app.curation.preview(settings.study, path.name, content)
    _tell(preview)
    count = app.curation.import_rows(settings.study, preview, author)
    console.print(f"{count} examples imported; they wait for review.")


@commands.command()
@in_sentences
def export(path: Path, form: FormName = None, names: Names = False) -> None:
    """Write every example to a file; what kind follows from its name unless you say it."""
    settings = Settings.from_env()
    app = prepare_storage(settings)
    form = form or _form_of(path)
    path.write_bytes(app.exchanging.export(ExampleFilter(settings.study), form, names))
    console.print(f"Written: {path}", markup=False)
    if form is Form.LABEL_STUDIO:
        interface = path.with_suffix(".xml")
        interface.write_bytes(app.exchanging.labeling_config(settings.study, settings.language))
        console.print(f"Written: {interface} (the labeling interface)", markup=False)


@commands.command()
@in_sentences
def formats(path: Annotated[Path | None, typer.Argument()] = None) -> None:
    """Print what each format keeps of an example, or write it to a Markdown file."""
    settings = Settings.from_env()
    page = fidelity_page(load_study(settings.studies_dir / settings.study))
    if path is None:
        console.print(page, markup=False, soft_wrap=True)
    else:
        path.write_text(page, encoding="utf-8")
        console.print(f"Written: {path}", markup=False)


def _tell(preview: Preview) -> None:
    for note in preview.notes:
        console.print(str(note), style="yellow", markup=False)
    if preview.judgments:
        told = f"{preview.judgments} judgments of others stand in the file; none is imported."
        console.print(told, style="yellow")
    for problem in preview.problems:
        console.print(f"{problem} {problem.remedy}", style="red", markup=False)


def _form_of(path: Path) -> Form:
    """The form whose files end like this; the longest ending wins."""
    fitting = [form for form in Form if path.name.lower().endswith(f".{form.suffix}")]
    if not fitting:
        raise InvalidInput(
            "The name {name} does not say what to write; add one of these as --form: {forms}.",
            name=path.name,
            forms=", ".join(Form),
        )
    return max(fitting, key=lambda form: len(form.suffix))
