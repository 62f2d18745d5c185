"""Finding examples by words, answers, values and state, on every database."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import create_engine, text

from dashboard.bootstrap import App, build
from dashboard.domain.calibration import Round
from dashboard.domain.examples import Example, ExampleFilter
from dashboard.domain.ids import now
from dashboard.domain.ledger import Change, Deed
from dashboard.domain.responses import SkipReason
from dashboard.domain.team import Policy
from dashboard.domain.verdicts import Basis, Verdict
from dashboard.services.recording import Doing
from dashboard.services.reviewing import Seen
from dashboard.settings import Settings
from storage.addresses import parse
from storage.examples import COUNTED
from tests.large_world import write
from tests.services.worlds import answered, new_row

A, B, C = "Bu Ani", "Pak Budi", "Bu Citra"
HIDDEN = "rahasia"


@pytest.fixture
def house(url: str, settings: Settings) -> App:
    """Three examples of Pak Dodi's; one answer decides."""
    app = build(Settings(**{**settings.model_dump(), "database_url": url}))
    for number, (name, emotion) in enumerate(
        (("Tiara", "sad"), ("Raka", "sad"), ("Dinda", "fear"))
    ):
        row = new_row(
            app, f"ex-{number}", f"{name}, pelan-pelan aja ya, kamu bisa kok 🌱", emotion=emotion
        )
        row = replace(row, inputs={**row.inputs, "username": name})
        app.curation.write_one(app.study.name, row, "Pak Dodi")
    return app


@pytest.fixture
def first(house: App) -> Example:
    return found(house)[0]


def found(app: App, **narrowing: object) -> tuple[Example, ...]:
    """What a filter finds; the page says how many."""
    wanted = ExampleFilter(app.study.name, **narrowing)  # type: ignore[arg-type]
    page = app.curation.browse(wanted)
    assert page.total == len(page.examples)
    assert not page.is_more
    return page.examples


def keys(app: App, **narrowing: object) -> list[str]:
    return [one.key for one in found(app, **narrowing)]


def record(app: App, deed: Deed, *changes: Change) -> None:
    with app.curation.database.transaction() as stores:
        app.curation.recorder.record(stores, Doing(app.study.name, C, deed), changes)


def overlap(app: App, count: int) -> None:
    """So many answers decide from now on."""
    record(app, Deed.POLICY, Change(None, Policy(app.study.name, overlap=count)))
    with app.curation.database.transaction() as stores:
        stores.examples.need(Policy(app.study.name, overlap=count))


def calibration(app: App, example: Example) -> Round:
    return Round("r1", app.study.name, "Satu", (example.id,), (A, B), now())


def test_every_facet_finds_its_examples_in_the_order_they_were_added(house: App) -> None:
    assert keys(house) == ["ex-0", "ex-1", "ex-2"]
    assert keys(house, inputs=(("emotion", "sad"),)) == ["ex-0", "ex-1"]
    assert keys(house, inputs=(("emotion", "sad"), ("username", "Raka"))) == ["ex-1"]
    assert keys(house, inputs=(("username", "rak"),)) == []
    assert keys(house, text="pel dinda") == []
    assert keys(house, text="dinda pel", inputs=(("emotion", "fear"),)) == ["ex-2"]
    assert keys(house, verdict=Verdict.ACCEPTED) == []


def test_a_verdict_and_what_it_rests_on_are_found_and_follow_what_happens(
    house: App, first: Example
) -> None:
    overlap(house, 1)
    answered(house, first, A)
    assert keys(house, verdict=Verdict.ACCEPTED, basis=Basis.UNANIMOUS) == ["ex-0"]
    assert keys(house, verdict=Verdict.UNREVIEWED) == ["ex-1", "ex-2"]
    house.history.undo(house.study.name, A)
    assert keys(house, verdict=Verdict.ACCEPTED) == []


def test_what_is_mine_is_found_by_what_i_did(house: App) -> None:
    one, two, three = found(house)
    answered(house, one, A)
    house.reviewing.skip(Seen(two.id, two.revision_id, A), SkipReason.UNCLEAR)
    assert keys(house, answered_by=A) == ["ex-0"]
    assert keys(house, open_to=A) == ["ex-2"]
    assert keys(house, open_to=B) == ["ex-0", "ex-1", "ex-2"]
    assert keys(house, open_to="Pak Dodi") == []
    house.reviewing.reopen(Seen(two.id, two.revision_id, A))
    house.reviewing.reopen(Seen(one.id, one.revision_id, A))
    assert keys(house, open_to=A) == ["ex-0", "ex-1", "ex-2"]
    answered(house, three, B)
    assert keys(house, open_to=A, inputs=(("emotion", "fear"),)) == ["ex-2"]


def test_retired_examples_are_found_only_when_asked_for(house: App, first: Example) -> None:
    house.bulk.retire([first.id], A, "kembar")
    assert keys(house, text="pelan") == ["ex-1", "ex-2"]
    assert keys(house, text="pelan", retired=True) == ["ex-0"]
    house.bulk.bring_back([first.id], A)
    assert keys(house, retired=True) == []


def test_a_hidden_reason_is_found_by_nobody_but_its_author(house: App, first: Example) -> None:
    answered(house, first, B, reason=f"Alasan {HIDDEN} saya")
    assert keys(house, text=HIDDEN, viewer=B) == ["ex-0"]
    assert keys(house, text="alasan raha", viewer=B) == ["ex-0"]
    for viewer in ("", A, C, "Pak Dodi", "pak budi", "Pak  Budi x"):
        assert keys(house, text=HIDDEN, viewer=viewer) == []
        assert keys(house, text="rah", viewer=viewer) == []


def test_a_reason_lies_open_once_the_example_is_closed_and_no_longer(
    house: App, first: Example
) -> None:
    overlap(house, 2)
    answered(house, first, B, reason=HIDDEN)
    assert keys(house, text=HIDDEN, viewer=A) == []
    answered(house, first, A)
    assert keys(house, text=HIDDEN, viewer=C) == keys(house, text=HIDDEN) == ["ex-0"]
    assert keys(house, text=f"tiara {HIDDEN}") == ["ex-0"]
    house.history.undo(house.study.name, A)
    assert keys(house, text=HIDDEN, viewer=A) == []


def test_a_round_that_is_not_revealed_hides_the_reasons_of_closed_examples(
    house: App, first: Example
) -> None:
    round_ = calibration(house, first)
    record(house, Deed.CALIBRATE, Change(None, round_))
    crisis = next(one.key for one in house.study.form.flags if one.stops)
    answered(house, first, B)
    assert keys(house, open_to=A) == ["ex-0", "ex-1", "ex-2"]
    answered(house, first, A, reason=HIDDEN, flags=(crisis,))
    assert found(house, text="tiara")[0].verdict is Verdict.DISPUTED
    assert keys(house, text=HIDDEN, viewer=B) == []
    assert keys(house, text=HIDDEN, viewer=A) == ["ex-0"]
    revealed = replace(round_, revealed_at=now() + timedelta(minutes=1))
    record(house, Deed.CALIBRATE, Change(round_, revealed))
    assert keys(house, text=HIDDEN, viewer=B) == ["ex-0"]


def test_no_typed_word_reaches_into_the_marks_of_others(
    house: App, first: Example, url: str
) -> None:
    answered(house, first, B, reason=HIDDEN)
    rows = index_rows(url)
    tokens = {word for row in rows for column in row for word in column.split()}
    guarded = [word for word in tokens if HIDDEN in word or word.startswith("f")]
    assert len(guarded) > 3
    for word in guarded:
        assert keys(house, text=word, viewer=A) == []
        assert keys(house, text=word[:20], viewer=A) == []


def index_rows(url: str) -> list[tuple[str, ...]]:
    """What the index holds besides the texts."""
    engine = create_engine(parse(url))
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT facets, state, said, own FROM examples")).all()
    engine.dispose()
    return [tuple(row) for row in rows]


def test_values_in_use_are_counted_and_follow_every_change(house: App, first: Example) -> None:
    assert counted(house, "inputs.emotion") == {"sad": 2, "fear": 1}
    assert list(counted(house, "inputs.emotion")) == ["sad", "fear"]
    house.bulk.tag([one.id for one in found(house)], "perlu dibahas", A)
    house.bulk.untag([first.id], "perlu dibahas", A)
    assert counted(house, "tag") == {"perlu dibahas": 2}
    house.bulk.retire([first.id], A, "kembar")
    assert counted(house, "inputs.emotion") == {"fear": 1, "sad": 1}
    assert counted(house, "inputs.emotion", retired=True) == {"sad": 1}
    for _deed in range(3):
        house.history.undo(house.study.name, A)
    assert counted(house, "inputs.emotion") == {"sad": 2, "fear": 1}
    assert counted(house, "inputs.emotion", retired=True) == {}
    assert house.curation.tags(house.study.name) == ()


def counted(app: App, name: str, retired: bool = False) -> dict[str, int]:
    wanted = ExampleFilter(app.study.name, retired=retired)
    return {one.value: one.count for one in app.curation.values(wanted, name)}


@pytest.mark.parametrize("tag", ["a OR b", '"', "f: x*", "perlu=dibahas", "😊", "' --", "x" * 40])
def test_a_tag_is_found_as_it_was_written(house: App, first: Example, tag: str) -> None:
    house.bulk.tag([first.id], tag, A)
    assert keys(house, tag=tag) == ["ex-0"]
    assert keys(house, tag=f"{tag}x") == []
    assert house.curation.tags(house.study.name) == (tag,)


def test_matches_are_counted_up_to_a_limit(house: App) -> None:
    rows = [new_row(house, f"b-{number:05}", f"teks banyak {number} 🌱") for number in range(1001)]
    write(house, rows, 0, random.Random(1))
    page = house.curation.browse(ExampleFilter(house.study.name, text="banyak"))
    assert (page.total, page.is_more, len(page.examples)) == (COUNTED, True, 50)
    last = house.curation.browse(ExampleFilter(house.study.name, text="banyak"), 20)
    assert [one.key for one in last.examples][-1] == "b-00999"
