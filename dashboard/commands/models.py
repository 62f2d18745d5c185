"""`models`: see, fetch and verify the weights."""

from __future__ import annotations

import typer
from rich.table import Table

from dashboard.commands.console import console, fetching, in_sentences
from dashboard.preparing import weights_of
from dashboard.settings import Settings

commands = typer.Typer(help="See, fetch and verify model weights.", no_args_is_help=True)


@commands.command("list")
@in_sentences
def list_models() -> None:
    """Every model of the catalog, and whether it is here."""
    weights = weights_of(Settings.from_env())
    table = Table("name", "role", "MB", "license", "languages", "here")
    for entry in weights.catalog.values():
        here = "yes" if weights.folder(entry.name) else "no"
        size = str(entry.download_mb)
        table.add_row(entry.name, entry.role, size, entry.license, entry.languages, here)
    console.print(table)


@commands.command()
@in_sentences
def fetch(name: str) -> None:
    """Download one model; asking for it is the consent."""
    with fetching(Settings.from_env()) as fetcher:
        folder = fetcher.one(name)
    console.print(f"Ready: {folder}", markup=False, soft_wrap=True)


@commands.command()
@in_sentences
def verify() -> None:
    """Hash every file that is here again; a damaged one is named."""
    weights = weights_of(Settings.from_env())
    damaged = False
    for name in weights.catalog:
        if weights.folder(name) is None:
            continue
        wrong = weights.damaged(name)
        damaged = damaged or bool(wrong)
        console.print(f"{name}: {'damaged: ' + ', '.join(wrong) if wrong else 'ok'}", markup=False)
    if damaged:
        console.print("Remove the damaged model's folder and fetch it again.")
        raise typer.Exit(1)
