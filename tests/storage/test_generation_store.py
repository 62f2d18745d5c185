"""Generation runs: every slot holds one output, and a success is never overwritten."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.domain.errors import NotFound
from dashboard.domain.generation import OutputStatus, Slot, SystemKind
from dashboard.domain.ids import GenerationRunId, OutputId, new_id
from dashboard.domain.training import RunStatus
from storage.database import Database
from tests.storage.worlds import add_generation, failed, later, output_for


def test_a_run_comes_back_with_its_systems_in_order(database: Database) -> None:
    run, _ = add_generation(database)
    with database.reading() as stores:
        assert stores.generation.get(run.id) == run
        assert stores.generation.all() == (run,)


def test_adding_a_run_again_changes_nothing(database: Database) -> None:
    run, _ = add_generation(database)
    with database.transaction() as stores:
        stores.generation.add(replace(run, seed=99, systems=run.systems[::-1]))
        assert stores.generation.all() == (run,)


def test_runs_are_listed_newest_first(database: Database) -> None:
    first, _ = add_generation(database)
    second = replace(first, id=GenerationRunId(new_id()), created_at=later(1))
    with database.transaction() as stores:
        stores.generation.add(second)
        assert stores.generation.all() == (second, first)


def test_the_status_of_a_run_is_kept(database: Database) -> None:
    run, _ = add_generation(database)
    with database.transaction() as stores:
        stores.generation.set_status(run.id, RunStatus.FAILED, "No engine answers.")
        seen = stores.generation.get(run.id)
    assert seen == replace(run, status=RunStatus.FAILED, error="No engine answers.")


def test_outputs_come_back_by_system_row_and_repeat(database: Database) -> None:
    run, rows = add_generation(database)
    outputs = [
        replace(
            output_for(run, row.revision_id),
            id=OutputId(new_id()),
            system=system.kind,
            repeat=repeat,
        )
        for system in run.systems
        for row in rows
        for repeat in range(2)
    ]
    with database.transaction() as stores:
        stores.generation.save(outputs[::-1])
        assert stores.generation.outputs(run.id) == tuple(outputs)


def test_no_outputs_to_save_saves_nothing(database: Database) -> None:
    run, _ = add_generation(database)
    with database.transaction() as stores:
        stores.generation.save([])
        assert stores.generation.outputs(run.id) == ()
        assert stores.generation.filled(run.id, list(OutputStatus)) == frozenset()


@pytest.mark.parametrize("success", [OutputStatus.COMPLETE, OutputStatus.TRUNCATED])
def test_a_success_is_kept_whatever_comes_later(database: Database, success: OutputStatus) -> None:
    run, rows = add_generation(database)
    kept = replace(output_for(run, rows[0].revision_id), status=success)
    other = replace(kept, id=OutputId(new_id()), text="another", status=OutputStatus.COMPLETE)
    with database.transaction() as stores:
        stores.generation.save([kept])
    with database.transaction() as stores:
        stores.generation.save([failed(kept), other, kept])
        assert stores.generation.outputs(run.id) == (kept,)


@pytest.mark.parametrize("status", [OutputStatus.FAILED, OutputStatus.FILTERED])
def test_a_failure_is_replaced_in_its_slot(database: Database, status: OutputStatus) -> None:
    run, rows = add_generation(database)
    good = output_for(run, rows[0].revision_id)
    with database.transaction() as stores:
        stores.generation.save([replace(failed(good), status=status)])
    with database.transaction() as stores:
        stores.generation.save([good])
        assert stores.generation.outputs(run.id) == (good,)


def test_filled_slots_are_named_by_status(database: Database) -> None:
    run, rows = add_generation(database)
    good = output_for(run, rows[0].revision_id)
    bad = failed(replace(good, repeat=1))
    with database.transaction() as stores:
        stores.generation.save([good, bad])
        filled = stores.generation.filled
        first = Slot(SystemKind.BASE, rows[0].revision_id, 0)
        second = Slot(SystemKind.BASE, rows[0].revision_id, 1)
        assert filled(run.id, [OutputStatus.COMPLETE]) == {first}
        assert filled(run.id, [OutputStatus.FAILED]) == {second}
        assert filled(run.id, [OutputStatus.COMPLETE, OutputStatus.FAILED]) == {first, second}
        assert filled(run.id, []) == frozenset()


def test_an_unknown_run_is_not_found(database: Database) -> None:
    unknown = GenerationRunId(new_id())
    with database.transaction() as stores:
        with pytest.raises(NotFound):
            stores.generation.get(unknown)
        with pytest.raises(NotFound):
            stores.generation.set_status(unknown, RunStatus.FAILED, None)
