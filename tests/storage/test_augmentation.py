"""Augmentation as rows: runs, cells, attempts and lineages come back as they went in."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy.exc import DBAPIError

from dashboard.domain.augmentation import (
    Attempt,
    AugmentationPlan,
    AugmentationRun,
    Fate,
    Lineage,
    Operation,
    Reason,
    Rewriting,
    Route,
    Technique,
)
from dashboard.domain.errors import Conflict, NotFound, StorageUnavailable
from dashboard.domain.examples import Example, Origin
from dashboard.domain.ids import AugmentationRunId
from dashboard.domain.ledger import Change, Deed
from dashboard.domain.training import RunStatus
from dashboard.domain.turns import CellWork, Turn, Yield
from dashboard.domain.verdicts import Verdict
from storage.database import Database
from storage.tables.augmentation import LineageRow
from tests.storage.worlds import (
    NOON,
    STUDY,
    action,
    add_examples,
    added,
    all_examples,
    later,
    new_example,
    standing,
)

CELL = ("sad", "negative", "relevance")
MIX = {Technique.SWAP: 2, Technique.BACK_TRANSLATION: 1}
RUN = AugmentationRun(
    id=AugmentationRunId("run-1"),
    plan=AugmentationPlan(STUDY, mix=MIX, route=Route.MODEL, budget="1.50"),
    person="Bu Mira",
    status=RunStatus.WAITING,
    error=None,
    created_at=NOON,
    resources={"words": "3"},
)


def attempt(parent: Example, number: int, fate: Fate, *reasons: Reason) -> Attempt:
    """What came out of a technique."""
    return Attempt(
        run_id=RUN.id,
        cell=CELL,
        number=number,
        parent_id=parent.id,
        parent_revision_id=parent.revision_id,
        technique=Technique.SWAP,
        seed=2**48 - 1,
        rewriting=Rewriting("Kamu bisa, semangat! 😊", (Operation("clause", "a", "b"),), "You can"),
        fate=fate,
        reasons=reasons,
        scores={"likeness": 0.1 + 0.2},
    )


def lineage(child: Example, parent: Example) -> Lineage:
    """A child of a parent."""
    return Lineage(
        example_id=child.id,
        parent_id=parent.id,
        parent_revision_id=parent.revision_id,
        family_id=parent.id,
        technique=Technique.BACK_TRANSLATION,
        route=Route.OFFLINE,
        seed=2**48 - 1,
        operations=(Operation("pivot", "coba", "try"),),
        pivot="You can do it! 😊",
        resources={"words": "3"},
        scores={"likeness": 0.1 + 0.2},
    )


@pytest.fixture
def parent(database: Database) -> Example:
    """An original, and a run that has begun."""
    [example] = add_examples(database, new_example("a"))
    with database.transaction() as stores:
        stores.augmentation.add(RUN)
    return example


@pytest.fixture
def child(database: Database, parent: Example) -> Example:
    """A child of the original, through the ledger."""
    changes = added(new_example("a-b1", "Kamu bisa! 😊"), origin=Origin.AUGMENTED)
    with database.transaction() as stores:
        stores.ledger.record(action(), changes)
    [_parent, example] = all_examples(database)
    with database.transaction() as stores:
        deed = action(Deed.AUGMENT)
        stores.ledger.record(deed, [Change(None, lineage(example, parent))])
    return example


def test_a_run_comes_back_as_it_was_and_is_added_once(database: Database, parent: Example) -> None:
    newer = replace(RUN, id=AugmentationRunId("run-2"), created_at=later(1))
    with database.transaction() as stores:
        stores.augmentation.add(replace(RUN, person="Pak Lain"))
        stores.augmentation.add(newer)
    with database.reading() as stores:
        assert stores.augmentation.get(RUN.id) == RUN
        assert stores.augmentation.all(STUDY) == (newer, RUN)
        assert stores.augmentation.all("another") == ()


def test_a_run_that_has_ended_stays_as_it_ended(database: Database, parent: Example) -> None:
    with database.transaction() as stores:
        stores.augmentation.set_status(RUN.id, RunStatus.PAUSED)
        stores.augmentation.set_status(RUN.id, RunStatus.FAILED, "why", later(2))
        stores.augmentation.set_status(RUN.id, RunStatus.RUNNING)
        found = stores.augmentation.get(RUN.id)
    assert (found.status, found.error, found.finished_at) == (RunStatus.FAILED, "why", later(2))


def test_how_far_a_cell_is_replaces_what_was_known(database: Database, parent: Example) -> None:
    begun = CellWork(CELL, 4, {Technique.SWAP: Turn(3, 1, 2)})
    with database.transaction() as stores:
        for work in (begun, replace(begun, is_done=True)):
            stores.augmentation.set_cell(RUN.id, work)
            assert stores.augmentation.cells(RUN.id) == {CELL: work}


def test_attempts_keep_every_reason_and_are_stored_once(
    database: Database, parent: Example
) -> None:
    kept = attempt(parent, 1, Fate.KEPT)
    held = attempt(parent, 2, Fate.HELD, Reason.DRIFT)
    dropped = attempt(parent, 10, Fate.DROPPED, Reason.REINFORCEMENT_LOST, Reason.DRIFT)
    with database.transaction() as stores:
        stores.augmentation.save([kept, held, dropped])
        stores.augmentation.save([replace(kept, seed=1)])
    with database.reading() as stores:
        assert stores.augmentation.attempts(RUN.id) == (kept, held, dropped)
        assert stores.augmentation.attempts(RUN.id, CELL, Fate.HELD) == (held,)
        assert stores.augmentation.attempts(RUN.id, ("other",)) == ()
        assert stores.augmentation.attempt(RUN.id, CELL, 10) == dropped
        with pytest.raises(NotFound):
            stores.augmentation.attempt(RUN.id, CELL, 3)


def test_attempts_are_counted_by_their_first_reason(database: Database, parent: Example) -> None:
    reasons = (Reason.DRIFT, Reason.BROKEN)
    with database.transaction() as stores:
        stores.augmentation.save(
            [attempt(parent, 1, Fate.KEPT)]
            + [attempt(parent, number, Fate.DROPPED, *reasons) for number in (2, 3)]
        )
        assert set(stores.augmentation.yields(RUN.id)) == {
            Yield(CELL, Technique.SWAP, Fate.KEPT, None, 1),
            Yield(CELL, Technique.SWAP, Fate.DROPPED, Reason.DRIFT, 2),
        }


def test_a_held_attempt_remembers_what_it_became(database: Database, child: Example) -> None:
    [parent, _child] = all_examples(database)
    held = attempt(parent, 1, Fate.HELD, Reason.DRIFT)
    with database.transaction() as stores:
        stores.augmentation.save([held])
        stores.augmentation.mark_taken(held, child.id)
        assert stores.augmentation.attempts(RUN.id) == (replace(held, example_id=child.id),)


def test_a_lineage_comes_back_as_it_was(
    database: Database, parent: Example, child: Example
) -> None:
    with database.reading() as stores:
        known = lineage(child, parent)
        assert stores.lineages.of(child.id) == known
        assert stores.lineages.of(parent.id) is None
        assert stores.lineages.children(parent.id) == stores.lineages.members(parent.id) == (known,)
        assert stores.ledger.state() == stores.ledger.replayed()


def test_a_lineage_is_written_once_and_never_changes(
    database: Database, parent: Example, child: Example
) -> None:
    other = replace(lineage(child, parent), pivot="")
    with pytest.raises(Conflict), database.transaction() as stores:
        stores.ledger.record(action(Deed.AUGMENT), [Change(None, other)])
    for change in ("pivot", None):
        with (
            pytest.raises((DBAPIError, StorageUnavailable)),
            database.transaction() as stores,
        ):
            rows = stores.ledger.session.query(LineageRow)
            rows.update({change: ""}) if change else rows.delete()


def test_parents_are_originals_that_stand_in_key_order(database: Database, child: Example) -> None:
    rows = [new_example(key, f"Semangat {key}! 😊") for key in ("d", "c", "b", "e")]
    added_now = add_examples(database, *rows)
    verdicts = {"b": Verdict.ACCEPTED, "c": Verdict.REJECTED, "d": Verdict.DISPUTED}
    with database.transaction() as stores:
        stores.examples.settle(
            [standing(one, verdicts[one.key]) for one in added_now if one.key in verdicts]
        )
        gone = next(one for one in added_now if one.key == "e").entry
        change = Change(gone, replace(gone, retired=True))
        stores.ledger.record(action(Deed.RETIRE), [change])
    with database.reading() as stores:
        assert [one.key for one in stores.lineages.parents(STUDY)] == ["a", "b"]
        messages = stores.lineages.standing_messages(STUDY)
    assert messages == tuple(sorted(messages)) and len(messages) == 5
