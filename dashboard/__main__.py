"""The command line: `python -m dashboard` starts Afektif; `--help` tells the rest."""

from __future__ import annotations

import typer

from dashboard.commands import augment, examples, models
from dashboard.commands.study import study
from dashboard.commands.up import up
from dashboard.commands.upkeep import backup, doctor, restore

application = typer.Typer(
    help="Afektif: curate affective interventions, tune a model on them, prove what it gains.",
    add_completion=False,
    pretty_exceptions_enable=False,
)
application.command()(up)
application.command()(study)
application.command()(backup)
application.command()(restore)
application.command()(doctor)
application.add_typer(augment.commands, name="augment")
application.add_typer(examples.commands, name="examples")
application.add_typer(models.commands, name="models")


@application.callback(invoke_without_command=True)
def default(context: typer.Context) -> None:
    """Without a command, start everything."""
    if context.invoked_subcommand is None:
        up()


if __name__ == "__main__":
    application()
