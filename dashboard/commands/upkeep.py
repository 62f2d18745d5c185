"""`backup`, `restore` and `doctor`: keeping an installation well."""

from __future__ import annotations

import shutil
from pathlib import Path

import typer

from dashboard.bootstrap import environment
from dashboard.commands.console import console, in_sentences
from dashboard.domain.errors import UserError
from dashboard.preparing import prepare_storage, weights_of
from dashboard.process_lock import ProcessLock
from dashboard.settings import Settings
from dashboard.supervisor import SUPERVISOR_LOCK
from storage import backups


@in_sentences
def backup(path: Path) -> None:
    """Write a checked copy of the database, also while Afektif runs."""
    backups.backup(Settings.from_env().database, path)
    console.print(f"Written and checked: {path}", markup=False)


@in_sentences
def restore(path: Path) -> None:
    """Put a copy in the database's place; stop Afektif first."""
    settings = Settings.from_env()
    lock = ProcessLock(settings.data_dir / SUPERVISOR_LOCK)
    if not lock.acquire():
        raise UserError("Afektif is running; stop it with Ctrl-C, then restore.")
    try:
        backups.restore(path, settings.database)
    finally:
        lock.release()
    console.print("Restored.")


@in_sentences
def doctor() -> None:
    """Look at versions, space, the database and the weights."""
    settings = Settings.from_env()
    for name, version in environment().items():
        console.print(f"{name:<14} {version}")
    free = shutil.disk_usage(settings.data_dir.parent).free // 1024**3
    console.print(f"{'free space':<14} {free} GB")
    problems = 0 if free >= 2 else 1
    try:
        prepare_storage(settings)
        console.print(f"{'database':<14} ok")
    except UserError as error:
        problems += 1
        console.print(f"{'database':<14} {error}", style="red", markup=False)
    weights = weights_of(settings)
    for name in weights.catalog:
        console.print(f"{name:<30} {'here' if weights.folder(name) else 'not fetched'}")
    if problems:
        raise typer.Exit(1)
