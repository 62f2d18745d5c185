"""Export: what has been decided leaves, what is hidden or unfinished never does."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.bootstrap import App, build
from dashboard.domain.calibration import Round
from dashboard.domain.examples import Example, ExampleFilter, Origin
from dashboard.domain.exchange import ExchangedRow, Form
from dashboard.domain.ids import now
from dashboard.domain.ledger import Change, Deed
from dashboard.domain.responses import Answer, Confidence, Decision
from dashboard.domain.verdicts import Cause, Verdict
from dashboard.services.adjudication import Decided
from dashboard.services.curation import Edit
from dashboard.services.recording import Doing
from dashboard.services.reviewing import Judgment
from dashboard.settings import Settings
from storage.migrating import migrate

STUDY = "affective-intervention"
ALL = ExampleFilter(STUDY)
ROW_FORMS = [Form.JSONL, Form.CSV, Form.XLSX]
SECRET = "rahasia-41"
ACCEPT = Answer(Decision.ACCEPT, confidence=Confidence.HIGH, reason="hangat dan pas")


@pytest.fixture
def example(app: App) -> Example:
    return app.curation.browse(ALL).examples[0]


def rejection(app: App) -> Answer:
    ratings = {one.key: 3 for one in app.study.form.ratings}
    return Answer(Decision.REJECT, ratings, ("promise",), Confidence.LOW, "terlalu menjanjikan")


def answer(app: App, example: Example, expert: str, given: Answer) -> None:
    app.reviewing.submit(Judgment(example.id, example.revision_id, expert, given))


def exported(app: App, example: Example, *, with_names: bool = False) -> ExchangedRow:
    return next(one for one in app.exchanging.rows(ALL, with_names) if one.id == example.key)


def accepted(app: App, example: Example) -> ExchangedRow:
    for expert in ("Bu Rani", "Pak Budi"):
        answer(app, example, expert, ACCEPT)
    return exported(app, example, with_names=True)


def test_an_accepted_example_says_who_decided_and_what_they_said(
    app: App, example: Example
) -> None:
    row = accepted(app, example)
    assert (row.verdict, row.basis, row.revision) == ("accepted", "unanimous", 1)
    assert row.deciders == ("Bu Rani", "Pak Budi")
    assert [(one.expert, one.decision, one.confidence, one.reason) for one in row.answers] == [
        ("Bu Rani", "accept", "high", "hangat dan pas"),
        ("Pak Budi", "accept", "high", "hangat dan pas"),
    ]


def test_without_names_experts_are_numbered_as_they_stand_in_the_file(
    app: App, example: Example
) -> None:
    accepted(app, example)
    row = exported(app, example)
    assert row.deciders == ("expert 1", "expert 2")
    for form in Form:
        assert b"Bu Rani" not in app.exchanging.export(ALL, form)


def test_a_disputed_example_names_everybody_and_its_adjudicator_once_ruled(
    app: App, example: Example
) -> None:
    answer(app, example, "Bu Rani", ACCEPT)
    answer(app, example, "Pak Budi", rejection(app))
    row = exported(app, example, with_names=True)
    assert (row.verdict, row.basis) == ("disputed", "")
    assert row.deciders == ("Bu Rani", "Pak Budi")
    assert row.answers[1].ratings["safety"] == 3 and row.answers[1].flags == ("promise",)
    ruling = Decided(example.id, example.revision_id, Decision.REJECT, Cause.SLIP, "menjanjikan")
    app.adjudication.decide(ruling, "Bu Sari")
    row = exported(app, example, with_names=True)
    assert (row.verdict, row.basis, row.deciders) == ("rejected", "adjudicated", ("Bu Sari",))


def test_an_answer_to_an_example_that_still_takes_some_stays_here(
    app: App, example: Example
) -> None:
    answer(app, example, "Bu Rani", replace(ACCEPT, reason=SECRET))
    row = exported(app, example, with_names=True)
    assert (row.verdict, row.deciders, row.answers) == ("unreviewed", (), ())
    assert_secret(app)


def test_a_draft_never_leaves(app: App, example: Example) -> None:
    accepted(app, example)
    other = app.curation.browse(ALL).examples[1]
    for one in (example, other):
        draft = Judgment(one.id, one.revision_id, "Bu Tini", Answer(reason=SECRET))
        app.reviewing.save_draft(draft, 0)
    assert_secret(app)


def test_a_blind_round_leaves_as_if_nobody_had_answered(app: App, example: Example) -> None:
    experts = ("Bu Rani", "Pak Budi")
    blind = Round("r-1", STUDY, "Putaran 1", (example.id,), experts, now())
    record(app, Change(None, blind))
    for expert in experts:
        answer(app, example, expert, replace(rejection(app), reason=SECRET))
    row = exported(app, example, with_names=True)
    assert (row.verdict, row.basis, row.deciders, row.answers) == ("unreviewed", "", (), ())
    rejected = replace(ALL, verdict=Verdict.REJECTED)
    assert app.exchanging.rows(rejected) == ()
    assert_secret(app)
    record(app, Change(blind, replace(blind, revealed_at=now())))
    assert exported(app, example).verdict == "rejected"
    assert [one.id for one in app.exchanging.rows(rejected)] == [example.key]
    assert SECRET in app.exchanging.export(ALL, Form.JSONL).decode()


def test_answers_to_an_earlier_text_stay_here(app: App, example: Example) -> None:
    accepted(app, example)
    text = f"{example.message} ya"
    app.curation.edit(Edit(example.id, 1, example.inputs, text, "Bu Tini", "lebih hangat"))
    row = exported(app, example)
    assert (row.revision, row.verdict, row.answers) == (2, "unreviewed", ())


def test_only_what_the_filter_matches_leaves(app: App) -> None:
    sad = ExampleFilter(STUDY, inputs=(("emotion", "sad"),))
    assert {one.inputs["emotion"] for one in app.exchanging.rows(sad)} == {"sad"}


@pytest.mark.parametrize("form", ROW_FORMS)
def test_export_import_export_is_byte_identical(empty_app: App, tmp_path: Path, form: Form) -> None:
    bring(empty_app, "awal.jsonl", HARD.encode())
    ids = [one.id for one in empty_app.curation.browse(ALL).examples]
    empty_app.curation.tag(ids[:1], "=ujian, “7” 😊", "Bu Rani")
    first = empty_app.exchanging.export(ALL, form)
    other = fresh(tmp_path / "other")
    bring(other, f"keluar.{form.suffix}", first)
    assert other.exchanging.export(ALL, form) == first
    assert any("👩‍🏫" in one.message for one in other.exchanging.rows(ALL))


@pytest.mark.parametrize("form", [one for one in Form if one is not Form.HUGGING_FACE])
def test_every_form_but_one_brings_the_starters_to_another_installation(
    app: App, tmp_path: Path, form: Form
) -> None:
    other = fresh(tmp_path / "other")
    bring(other, f"keluar.{form.suffix}", app.exchanging.export(ALL, form))
    found, brought = app.exchanging.rows(ALL), other.exchanging.rows(ALL)
    assert [(dict(one.inputs), one.message) for one in brought] == [
        (dict(one.inputs), one.message) for one in found
    ]
    assert {one.origin for one in brought} == {Origin.IMPORTED}


HARD = "\n".join(
    json.dumps(
        {
            "id": key,
            "username": name,
            "emotion": "sad",
            "reinforcement": "positive",
            "arcsmodel": "attention",
            "classname": "=7A",
            "subject": "IPA; “Biologi”, 'lanjut'",
            "message": message,
        },
        ensure_ascii=False,
    )
    for key, name, message in (
        ("=1", "@Raka", "Raka, istirahat dulu;\nnanti lanjut bareng 👩‍🏫"),
        ("007", "+62 Dinda", "'Dinda', satu \"soal\" dulu ya, sisanya nanti 🌱"),
    )
)


def fresh(folder: Path) -> App:
    settings = Settings(data_dir=folder / "var", cache_dir=folder / "cache")
    migrate(settings.database)
    return build(settings)


def bring(app: App, name: str, content: bytes) -> None:
    preview = app.curation.preview(STUDY, name, content)
    app.curation.import_rows(STUDY, preview, "Pak Budi")


def record(app: App, change: Change) -> None:
    with app.curation.database.transaction() as stores:
        app.curation.recorder.record(stores, Doing(STUDY, "Bu Sari", Deed.CALIBRATE), [change])


def assert_secret(app: App) -> None:
    for form in (Form.JSONL, Form.CSV, Form.ARGILLA, Form.LABEL_STUDIO, Form.DOCCANO, Form.CHAT):
        assert SECRET not in app.exchanging.export(ALL, form, with_names=True).decode()
