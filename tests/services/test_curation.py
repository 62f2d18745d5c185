"""Curation: what experts do with examples."""

from __future__ import annotations

import json

import pytest

from dashboard.bootstrap import App
from dashboard.domain.errors import InvalidInput, NotFound
from dashboard.domain.examples import Example, ExampleFilter, Origin
from dashboard.domain.exchange import Form
from dashboard.domain.ids import ExampleId
from dashboard.domain.responses import Answer, Decision
from dashboard.domain.verdicts import Verdict
from dashboard.services.adding import Edit
from dashboard.services.curation import Overtaken
from tests.reviewers import agreed, judged

STUDY = "affective-intervention"
ALL = ExampleFilter(STUDY)


@pytest.fixture
def example(app: App) -> Example:
    return app.curation.browse(ALL).examples[0]


def edit(example: Example, message: str, seen: int | None = None) -> Edit:
    return Edit(
        example_id=example.id,
        seen_number=seen or example.revision_number,
        inputs=example.inputs,
        message=message,
        author="Bu Rani",
        reason="lebih hangat",
    )


def better(example: Example) -> str:
    return f"{example.inputs['username']}, pelan-pelan aja ya, satu langkah kecil dulu 🌱"


def row(**changes: str) -> dict[str, str]:
    return {
        "username": "Tiara",
        "emotion": "sad",
        "reinforcement": "negative",
        "arcsmodel": "relevance",
        "classname": "Kelas 8A",
        "subject": "IPA",
        "message": "Tiara, catatan IPA kamu udah lengkap, jadi PR tambahan hari ini dihapus ya 🌱",
    } | changes


def jsonl(*rows: dict[str, str]) -> bytes:
    return "\n".join(json.dumps(one, ensure_ascii=False) for one in rows).encode()


def test_the_starters_are_authored_and_nobody_has_reviewed_them(app: App) -> None:
    page = app.curation.browse(ALL)
    assert page.total == 160
    assert {one.origin for one in page.examples} == {Origin.AUTHORED}
    assert app.curation.counts(STUDY)[Verdict.UNREVIEWED] == 160


def test_starters_are_loaded_once(app: App) -> None:
    assert app.curation.seed(STUDY, ()) == 0
    assert app.curation.browse(ALL).total == 160


def test_an_edit_is_a_new_revision_and_starts_unreviewed(app: App, example: Example) -> None:
    assert agreed(app, example, Decision.ACCEPT).verdict is Verdict.ACCEPTED
    edited = app.curation.edit(edit(example, better(example)))
    assert (edited.revision_number, edited.verdict) == (2, Verdict.UNREVIEWED)
    first = app.curation.one(example.id).revisions[-1]
    assert first.message == example.message


def test_a_stale_edit_overwrites_nothing(app: App, example: Example) -> None:
    app.curation.edit(edit(example, better(example)))
    with pytest.raises(Overtaken) as refused:
        app.curation.edit(edit(example, better(example) + " Yuk", seen=1))
    assert refused.value.mine.message == better(example) + " Yuk"
    assert refused.value.theirs.message == better(example)
    assert app.curation.one(example.id).example.message == better(example)


def test_an_edit_that_changes_nothing_is_not_a_revision(app: App, example: Example) -> None:
    with pytest.raises(InvalidInput, match="Nothing was changed"):
        app.curation.edit(edit(example, example.message))


def test_an_edit_must_keep_the_rules(app: App, example: Example) -> None:
    with pytest.raises(InvalidInput, match="25"):
        app.curation.edit(edit(example, "kata " * 60 + "🙂"))


def test_an_unknown_example_is_said_to_be_gone(app: App) -> None:
    with pytest.raises(NotFound):
        app.curation.one(ExampleId("nowhere"))


def test_examples_are_found_by_words_fields_and_verdict(app: App, example: Example) -> None:
    by_name = app.curation.browse(ExampleFilter(STUDY, text=example.inputs["username"]))
    assert example.id in {one.id for one in by_name.examples}
    sad = app.curation.browse(ExampleFilter(STUDY, inputs=(("emotion", "sad"),)))
    assert {one.inputs["emotion"] for one in sad.examples} == {"sad"}
    assert app.curation.browse(ExampleFilter(STUDY, verdict=Verdict.ACCEPTED)).total == 0


def test_a_good_file_comes_in_whole_and_unreviewed(app: App) -> None:
    preview = app.intake.preview(STUDY, "baru.jsonl", jsonl(row(), row(username="Made")))
    assert preview.problems == () or "repeats" in str(preview.problems[0])
    preview = app.intake.preview(STUDY, "baru.jsonl", jsonl(row()))
    assert app.intake.import_rows(STUDY, preview, "Pak Budi") == 1
    found = app.curation.browse(ExampleFilter(STUDY, origin=Origin.IMPORTED)).examples
    assert [one.verdict for one in found] == [Verdict.UNREVIEWED]


def test_the_same_file_again_brings_nothing(app: App) -> None:
    first = app.intake.preview(STUDY, "baru.jsonl", jsonl(row()))
    app.intake.import_rows(STUDY, first, "Pak Budi")
    again = app.intake.preview(STUDY, "baru.jsonl", jsonl(row()))
    assert "in the study already" in str(again.problems[0])
    with pytest.raises(InvalidInput):
        app.intake.import_rows(STUDY, first, "Pak Budi")
    assert app.curation.browse(ALL).total == 161


def test_the_starters_without_their_ids_bring_nothing(app: App) -> None:
    exported = app.exchanging.export(ALL, Form.JSONL).decode().splitlines()
    rows = [{k: v for k, v in json.loads(line).items() if k != "id"} for line in exported]
    preview = app.intake.preview(STUDY, "lagi.jsonl", jsonl(*rows))
    told = {one.line for one in preview.problems if "already; remove this row" in str(one)}
    assert told == set(range(1, 101))  # as many as are told


REWRITTEN = {
    "another id": {"id": "baru"},
    "capitals": {"message": row()["message"].upper()},
    "more spaces": {"message": row()["message"].replace(" ", "  ")},
    "another name in the fields": {"username": "Made"},
}


@pytest.mark.parametrize("case", REWRITTEN)
def test_a_message_that_is_in_already_stays_out(app: App, case: str) -> None:
    first = app.intake.preview(STUDY, "baru.jsonl", jsonl(row(id="lama")))
    late = app.intake.preview(STUDY, "lain.jsonl", jsonl(row(**REWRITTEN[case])))
    app.intake.import_rows(STUDY, first, "Pak Budi")
    again = app.intake.preview(STUDY, "lain.jsonl", jsonl(row(**REWRITTEN[case])))
    sentence = "Line 1: This message is in the study already; remove this row."
    assert sentence in [str(one) for one in again.problems]
    with pytest.raises(InvalidInput):
        app.intake.import_rows(STUDY, late, "Bu Rani")


@pytest.mark.parametrize("case", REWRITTEN)
def test_a_message_that_stands_earlier_in_the_file_stays_out(app: App, case: str) -> None:
    rows = jsonl(row(id="lama"), row(id="lain") | REWRITTEN[case])
    preview = app.intake.preview(STUDY, "baru.jsonl", rows)
    repeated = "Line 2: This repeats line 1; keep one of them."
    assert repeated in [str(one) for one in preview.problems]


BAD_FILES = {
    "a list that never ends": ("x.json", b'[{"username": "Ti', "broken near line 1"),
    "a missing column": (
        "x.jsonl",
        jsonl({k: v for k, v in row().items() if k != "emotion"}),
        "emotion",
    ),
    "a file that is not UTF-8": ("x.csv", "usérname".encode("latin-1"), "UTF-8"),
    "an unknown kind of file": ("x.pdf", b"%PDF", ".jsonl, .json, .csv and .xlsx"),
    "a workbook in name only": ("x.xlsx", b"not a zip", ".xlsx"),
    "an empty file": ("x.csv", b"", "no rows"),
    "a file of 300 MB": ("x.jsonl", bytes(300 * 1024 * 1024), "300 MB"),
}


@pytest.mark.parametrize("case", BAD_FILES)
def test_a_bad_file_is_refused_in_one_sentence(app: App, case: str) -> None:
    name, content, expected = BAD_FILES[case]
    with pytest.raises(InvalidInput) as refused:
        app.intake.preview(STUDY, name, content)
    assert expected in str(refused.value)
    assert "\n" not in str(refused.value)


BAD_ROWS = {
    "a message of 60 words": ({"message": "kata " * 60 + "🙂"}, "25"),
    "a wrong emotion": ({"emotion": "galau"}, "galau"),
    "no emoji": ({"message": "Tiara, catatan IPA kamu udah lengkap hari ini ya"}, "emoji"),
    "an empty message": ({"message": "   "}, "empty"),
}


@pytest.mark.parametrize("case", BAD_ROWS)
def test_one_bad_row_keeps_the_whole_file_out_and_is_named(app: App, case: str) -> None:
    changes, expected = BAD_ROWS[case]
    preview = app.intake.preview(STUDY, "x.jsonl", jsonl(row(username="Adi"), row(**changes)))
    problems = [str(one) for one in preview.problems]
    assert any(one.startswith("Line 2: ") and expected in one for one in problems), problems
    with pytest.raises(InvalidInput):
        app.intake.import_rows(STUDY, preview, "Pak Budi")
    assert app.curation.browse(ALL).total == 160


def test_a_restored_text_stays_its_authors_own(app: App, example: Example) -> None:
    app.curation.edit(edit(example, better(example)))
    app.curation.edit(edit(example, better(example) + " Yuk", seen=2))
    restored = app.curation.restore(example.id, number=2, seen_number=3, author="Bu Sari")
    assert (restored.message, restored.author) == (better(example), "Bu Rani")
    judged(app, restored, "Bu Sari", Answer(Decision.ACCEPT))
    with pytest.raises(InvalidInput, match="This text is yours"):
        judged(app, restored, "Bu Rani", Answer(Decision.ACCEPT))


def test_a_version_that_never_was_is_said(app: App, example: Example) -> None:
    with pytest.raises(NotFound, match="version"):
        app.curation.restore(example.id, number=7, seen_number=1, author="Bu Sari")


def test_a_retired_example_is_not_edited(app: App, example: Example) -> None:
    app.bulk.retire([example.id], "Bu Rani", "ganda")
    with pytest.raises(InvalidInput, match="bring it back"):
        app.curation.edit(edit(example, better(example)))
