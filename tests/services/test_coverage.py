"""Coverage: counts by condition equal what the database says when asked directly."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from contextlib import closing

import pytest

from dashboard.bootstrap import App
from dashboard.domain.errors import InvalidInput
from dashboard.domain.ledger import Change, Deed
from dashboard.domain.responses import Decision
from dashboard.domain.team import Policy
from dashboard.domain.verdicts import Verdict
from dashboard.services.recording import Doing
from tests.services.worlds import answered, listed, new_row

STUDY = "affective-intervention"


def oracle(app: App) -> Counter[tuple[tuple[str, ...], str]]:
    """What SQL counts over the texts that stand, from the revisions themselves."""
    query = (
        "SELECT revisions.inputs, examples.verdict FROM examples "
        "JOIN revisions ON revisions.id = examples.revision_id WHERE NOT examples.retired"
    )
    with closing(sqlite3.connect(app.settings.data_dir / "afektif.db")) as connection:
        rows = connection.execute(query).fetchall()
    return Counter((app.study.cell(json.loads(inputs)), verdict) for inputs, verdict in rows)


def counted(app: App) -> Counter[tuple[tuple[str, ...], str]]:
    """What the map counts."""
    return Counter(
        {
            (one.cell, verdict.value): count
            for one in app.coverage.of(STUDY).cells
            for verdict, count in one.counts.items()
            if count
        }
    )


def test_the_map_equals_the_oracle_after_every_kind_of_deed(app: App) -> None:
    assert counted(app) == oracle(app)
    examples = listed(app)
    for place, example in enumerate(examples[:20]):
        for expert in ("Bu Ani", "Pak Budi"):
            decision = Decision.REJECT if place % 5 == 0 else Decision.ACCEPT
            answered(app, example, expert, "alasan", decision)
    app.curation.retire([one.id for one in examples[5:12]], "Bu Rani", "kembar")
    app.curation.write_one(STUDY, new_row(app, "own-1", "Tiara, coba pelan-pelan ya 🌱"), "Bu Ani")
    app.history.undo(STUDY, "Bu Ani")
    assert counted(app) == oracle(app)
    assert sum(counted(app).values()) == 153
    covered = app.coverage.of(STUDY)
    assert sum(one.accepted for one in covered.cells) == 11


def test_every_condition_is_on_the_map_with_the_teams_target(empty_app: App) -> None:
    covered = empty_app.coverage.of(STUDY)
    assert [one.cell for one in covered.cells] == list(empty_app.study.all_cells())
    assert {one.total for one in covered.cells} == {0}
    assert covered.target == Policy(STUDY).target
    with empty_app.curation.database.transaction() as stores:
        doing = Doing(STUDY, "Bu Rani", Deed.POLICY)
        empty_app.curation.recorder.record(stores, doing, [Change(None, Policy(STUDY, target=3))])
    assert empty_app.coverage.of(STUDY).target == 3


def test_short_conditions_come_emptiest_first(app: App) -> None:
    covered = app.coverage.of(STUDY)
    short = [one.total for one in covered.short(accepted_only=False)]
    assert short == sorted(short)
    assert len(short) == 56
    assert {one.accepted for one in covered.short(accepted_only=True)} == {0}


def test_what_somebody_writes_starts_unreviewed_and_counts_at_once(app: App) -> None:
    row = new_row(app, "own-1", "Tiara, coba pelan-pelan ya 🌱")
    cell = app.study.cell(row.inputs)
    before = next(one for one in app.coverage.of(STUDY).cells if one.cell == cell)
    added = app.curation.write_one(STUDY, row, "Bu Ani")
    after = next(one for one in app.coverage.of(STUDY).cells if one.cell == cell)
    assert (added.verdict, added.answered) == (Verdict.UNREVIEWED, 0)
    assert (after.total, after.accepted) == (before.total + 1, before.accepted)


def test_the_same_key_or_message_is_refused_even_when_it_is_retired(app: App) -> None:
    row = new_row(app, "own-1", "Tiara, coba pelan-pelan ya 🌱")
    added = app.curation.write_one(STUDY, row, "Bu Ani")
    app.curation.retire([added.id], "Bu Ani", "kembar")
    for again in (
        new_row(app, "own-2", " tiara, COBA pelan-pelan  ya 🌱 "),
        new_row(app, "own-1", "Tiara, istirahat dulu ya 🌱"),
    ):
        with pytest.raises(InvalidInput, match="in the study already"):
            app.curation.write_one(STUDY, again, "Bu Ani")
