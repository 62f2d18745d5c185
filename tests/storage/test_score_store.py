"""Scores: one value per output, metric and signature, and many of them quickly."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from dashboard.domain.generation import GenerationRun, Output
from dashboard.domain.ids import OutputId, new_id
from dashboard.domain.scores import Score
from storage.database import Database
from tests.storage.worlds import add_generation, output_for

FIRST = "bertscore|mbert|L9"
SECOND = "bertscore|bundled|L4"


def saved_outputs(database: Database, count: int) -> tuple[GenerationRun, list[Output]]:
    """A run in which one row was answered `count` times."""
    run, rows = add_generation(database, size=1)
    first = output_for(run, rows[0].revision_id)
    outputs = [replace(first, id=OutputId(new_id()), repeat=number) for number in range(count)]
    with database.transaction() as stores:
        stores.generation.save(outputs)
    return run, outputs


def test_scores_come_back_by_signature(database: Database) -> None:
    run, [output] = saved_outputs(database, 1)
    scores = [Score(output.id, "f1", 0.81, FIRST), Score(output.id, "recall", 0.8, FIRST)]
    other = Score(output.id, "f1", 0.7, SECOND)
    with database.transaction() as stores:
        stores.scores.save([*scores, other])
        assert stores.scores.of_run(run.id, FIRST) == tuple(scores)
        assert stores.scores.of_run(run.id, "unknown") == ()
        assert set(stores.scores.of_run(run.id)) == {*scores, other}


def test_saving_again_replaces_the_value(database: Database) -> None:
    run, [output] = saved_outputs(database, 1)
    with database.transaction() as stores:
        stores.scores.save([])
        stores.scores.save([Score(output.id, "f1", 0.1, FIRST)])
        assert [one.value for one in stores.scores.of_run(run.id)] == [0.1]
        stores.scores.save([Score(output.id, "f1", 0.2, FIRST)])
        assert [one.value for one in stores.scores.of_run(run.id)] == [0.2]


def test_signatures_are_listed_newest_first(database: Database) -> None:
    run, [output] = saved_outputs(database, 1)
    for signature in (FIRST, SECOND):
        with database.transaction() as stores:
            stores.scores.save([Score(output.id, "f1", 0.5, signature)])
    with database.transaction() as stores:
        assert stores.scores.signatures(run.id) == (SECOND, FIRST)
        stores.scores.save([Score(output.id, "f1", 0.6, FIRST)])
        assert stores.scores.signatures(run.id) == (FIRST, SECOND)


def test_scored_outputs_are_known_per_signature(database: Database) -> None:
    run, outputs = saved_outputs(database, 2)
    with database.transaction() as stores:
        stores.scores.save([Score(outputs[0].id, "f1", 0.5, FIRST)])
        assert stores.scores.scored(run.id, FIRST) == {outputs[0].id}
        assert stores.scores.scored(run.id, SECOND) == frozenset()


def test_a_score_of_nothing_is_refused(database: Database) -> None:
    with pytest.raises(IntegrityError), database.transaction() as stores:
        stores.scores.save([Score(OutputId(new_id()), "f1", 0.5, FIRST)])


def test_twenty_thousand_scores_take_seconds(database: Database) -> None:
    run, outputs = saved_outputs(database, 2000)
    scores = [Score(one.id, f"m{metric}", 0.5, FIRST) for one in outputs for metric in range(10)]
    started = time.perf_counter()
    with database.transaction() as stores:
        stores.scores.save(scores)
    assert time.perf_counter() - started < 10
    with database.reading() as stores:
        assert len(stores.scores.of_run(run.id)) == 20_000
