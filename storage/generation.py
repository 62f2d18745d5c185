"""Generation runs and their outputs; a slot that holds a success keeps it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, select, update
from sqlalchemy.orm import Session

from dashboard.domain.errors import NotFound
from dashboard.domain.generation import GenerationRun, Output, OutputStatus, Slot, System
from dashboard.domain.ids import GenerationRunId
from dashboard.domain.training import RunStatus
from storage.tables.datasets import VersionEntryRow
from storage.tables.generation import GenerationRunRow, OutputRow, SystemRow
from storage.writing import changed, insert_into, write

SUCCESSES = (OutputStatus.COMPLETE, OutputStatus.TRUNCATED)
SLOT = ("run_id", "system", "revision_id", "repeat")


@dataclass(frozen=True)
class GenerationRuns:
    """Systems answering rows, and what each of them wrote."""

    session: Session

    def add(self, run: GenerationRun) -> None:
        """A new run; adding the same id again changes nothing."""
        values = {**vars(run), **vars(run.decoding)}
        del values["systems"], values["decoding"]
        insert = insert_into(self.session, GenerationRunRow)
        write(self.session, insert.on_conflict_do_nothing(index_elements=["id"]), [values])
        systems = [
            {"run_id": run.id, "position": position, **vars(system)}
            for position, system in enumerate(run.systems)
        ]
        insert = insert_into(self.session, SystemRow)
        keep = insert.on_conflict_do_nothing(index_elements=["run_id", "kind"])
        write(self.session, keep, systems)

    def get(self, run_id: GenerationRunId) -> GenerationRun:
        """The run; raises NotFound."""
        found = self._runs(select(GenerationRunRow).where(GenerationRunRow.id == run_id))
        if not found:
            raise _missing()
        return found[0]

    def all(self) -> tuple[GenerationRun, ...]:
        """Every run, newest first."""
        newest_first = (GenerationRunRow.created_at.desc(), GenerationRunRow.id.desc())
        return self._runs(select(GenerationRunRow).order_by(*newest_first))

    def set_status(self, run_id: GenerationRunId, status: RunStatus, error: str | None) -> None:
        """Where the run stands; a run that has ended stays as it ended. Raises NotFound."""
        if not self.get(run_id).status.is_final:
            statement = update(GenerationRunRow).where(GenerationRunRow.id == run_id)
            changed(self.session, statement.values(status=status, error=error))

    def save(self, outputs: Sequence[Output]) -> None:
        """Outputs in their slots; a slot that is taken by a success keeps what it has."""
        insert = insert_into(self.session, OutputRow)
        replaced = {column.name: column for column in insert.excluded if column.name not in SLOT}
        upsert = insert.on_conflict_do_update(
            index_elements=SLOT,
            set_=replaced,
            # One comparison each: a list cannot be expanded when many rows are written.
            where=and_(*(OutputRow.__table__.c.status != one for one in SUCCESSES)),
        )
        write(self.session, upsert, [_output_values(output) for output in outputs])

    def outputs(self, run_id: GenerationRunId) -> tuple[Output, ...]:
        """All outputs, by system, row position and repeat."""
        wanted = (
            select(OutputRow)
            .join(GenerationRunRow, GenerationRunRow.id == OutputRow.run_id)
            .join(
                SystemRow,
                (SystemRow.run_id == OutputRow.run_id) & (SystemRow.kind == OutputRow.system),
            )
            .outerjoin(
                VersionEntryRow,
                (VersionEntryRow.version_id == GenerationRunRow.version_id)
                & (VersionEntryRow.revision_id == OutputRow.revision_id),
            )
            .where(OutputRow.run_id == run_id)
            .order_by(SystemRow.position, VersionEntryRow.position, OutputRow.repeat)
        )
        return tuple(row.as_output() for row in self.session.scalars(wanted))

    def filled(self, run_id: GenerationRunId, statuses: Sequence[OutputStatus]) -> frozenset[Slot]:
        """Slots whose output has one of these statuses."""
        wanted = select(OutputRow.system, OutputRow.revision_id, OutputRow.repeat).where(
            OutputRow.run_id == run_id, OutputRow.status.in_(statuses)
        )
        return frozenset(
            Slot(system, revision_id, repeat)
            for system, revision_id, repeat in self.session.execute(wanted)
        )

    def _runs(self, wanted: Select[GenerationRunRow]) -> tuple[GenerationRun, ...]:
        """The runs with their systems, in two queries however many there are."""
        rows = self.session.scalars(wanted).all()
        of_runs = select(SystemRow).where(SystemRow.run_id.in_([row.id for row in rows]))
        systems: defaultdict[GenerationRunId, list[System]] = defaultdict(list)
        for system in self.session.scalars(of_runs.order_by(SystemRow.position)):
            systems[system.run_id].append(system.as_system())
        return tuple(row.as_run(tuple(systems[row.id])) for row in rows)


def _output_values(output: Output) -> dict[str, Any]:
    values = {**vars(output)}
    usage = values.pop("usage")
    values["prompt_tokens"] = usage.prompt_tokens if usage else None
    values["completion_tokens"] = usage.completion_tokens if usage else None
    return values


def _missing() -> NotFound:
    return NotFound("This generation run does not exist, or no longer.")
