"""What leaves: the same bytes for the same rows, nothing that runs, and what each tool expects."""

from __future__ import annotations

import csv
import io
import json
import time
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook

from dashboard.domain.datasets import Row, Split, chat_jsonl
from dashboard.domain.exchange import ExchangedRow, Form
from dashboard.domain.ids import ExampleId, RevisionId
from dashboard.domain.studies import Study
from dashboard.formats.archives import unpacked
from dashboard.formats.label_studio import labeling_config
from dashboard.formats.reading import read_table
from dashboard.formats.writing import WRITERS, write_rows

Rows = tuple[ExchangedRow, ...]


def test_every_form_has_a_writer() -> None:
    assert set(WRITERS) == set(Form)


@pytest.mark.parametrize("form", Form)
def test_the_same_rows_give_the_same_bytes_at_any_time(
    study: Study, rows: Rows, form: Form
) -> None:
    first = write_rows(form, study, rows)
    if form in (Form.XLSX, Form.HUGGING_FACE):
        time.sleep(2.1)  # a ZIP archive counts time in steps of two seconds
    assert write_rows(form, study, rows) == first


@pytest.mark.parametrize("form", Form)
def test_no_rows_are_a_file_too(study: Study, form: Form) -> None:
    assert isinstance(write_rows(form, study, ()), bytes)


READ_BACK = [form for form in Form if form is not Form.HUGGING_FACE]


@pytest.mark.parametrize("form", READ_BACK)
def test_what_is_written_is_recognized_and_read(study: Study, rows: Rows, form: Form) -> None:
    table = read_table(f"a.{form.suffix}", write_rows(form, study, rows))
    assert (table.form, table.faults, len(table.rows)) == (form, (), 2)
    assert any("👩‍🏫" in text for text in table.rows[0].values.values())


@pytest.mark.parametrize("form", [Form.CSV, Form.XLSX])
def test_no_text_of_a_sheet_runs_as_a_formula(study: Study, rows: Rows, form: Form) -> None:
    for cell in _cells(form, write_rows(form, study, rows)):
        assert not isinstance(cell, str) or not cell.startswith(("=", "+", "-", "@")), cell


def test_numbers_of_a_workbook_are_numbers(study: Study, rows: Rows) -> None:
    book = load_workbook(io.BytesIO(write_rows(Form.XLSX, study, rows)))
    examples, answers = (list(sheet.values) for sheet in book.worksheets)
    assert examples[1][examples[0].index("revision")] == 3
    assert answers[1][answers[0].index("safety")] == 4
    assert book.sheetnames == ["examples", "answers"]


def test_a_chat_line_is_what_a_training_file_holds(study: Study, rows: Rows) -> None:
    row = rows[1]
    trained = Row(
        position=0,
        split=Split.TRAIN,
        example_id=ExampleId("e"),
        revision_id=RevisionId("r"),
        key=row.id,
        inputs=row.inputs,
        message=row.message,
    )
    expected = chat_jsonl(study, [trained], study.tuned_prompt)
    assert write_rows(Form.CHAT, study, [row]) == expected


def test_argilla_gets_a_list_of_answers_per_question_and_a_stable_user(
    study: Study, rows: Rows
) -> None:
    record = json.loads(write_rows(Form.ARGILLA, study, rows))[0]
    assert record["fields"]["message"] == rows[0].message
    [decision] = record["responses"]["decision"]
    assert decision["value"] == "edit"
    assert record["responses"]["safety"] == [{"value": 4, "user_id": decision["user_id"]}]
    assert record["metadata"]["experts"] == [f'{decision["user_id"]} @Ibu "Ratna"']
    again = json.loads(write_rows(Form.ARGILLA, study, rows[:1]))[0]
    assert again["responses"]["decision"] == [decision]


def test_argilla_gets_no_answer_where_nothing_was_said(study: Study, rows: Rows) -> None:
    silent = replace(rows[0].answers[0], reason="", flags=(), message="", confidence="")
    record = json.loads(write_rows(Form.ARGILLA, study, [replace(rows[0], answers=(silent,))]))[0]
    assert not {"reason", "flags", "corrected_message", "confidence"} & set(record["responses"])


def test_label_studios_results_name_controls_of_the_labeling_interface(
    study: Study, rows: Rows
) -> None:
    interface = ElementTree.fromstring(labeling_config(study, "id").decode())
    controls = {
        one.get("name"): (one.tag.lower(), {choice.get("value") for choice in one})
        for one in interface
        if one.get("toName") == "message"
    }
    task = json.loads(write_rows(Form.LABEL_STUDIO, study, rows))[0]
    results = task["annotations"][0]["result"]
    assert {one["from_name"] for one in results} == set(controls)
    for one in results:
        tag, choices = controls[one["from_name"]]
        assert one["type"] == tag
        assert set(one["value"].get("choices", [])) <= choices
    shown = {text for one in interface for text in (one.get("value") or "").split() if "$" in text}
    assert {name.removeprefix("$") for name in shown} <= set(task["data"])


def test_the_labeling_interface_holds_any_label(study: Study) -> None:
    field = replace(study.fields[0], label={"id": '"<&>', "en": "x"})
    odd = replace(study, fields=(field, *study.fields[1:]))
    interface = ElementTree.fromstring(labeling_config(odd, "id").decode())
    assert interface[0].get("value") == '"<&>: $username'


def test_doccano_gets_the_verdict_as_label_once_there_is_one(study: Study, rows: Rows) -> None:
    lines = write_rows(Form.DOCCANO, study, rows).decode().splitlines()
    assert [json.loads(line)["label"] for line in lines] == [["accepted"], []]


def test_the_card_says_what_the_rows_are_and_are_not(study: Study, rows: Rows) -> None:
    card = unpacked(write_rows(Form.HUGGING_FACE, study, rows))["README.md"].decode()
    assert "None of them is the expert-verified set of the study" in card
    assert "| unreviewed | 1 |" in card and "| authored | 1 |" in card
    assert "`emotion` | string | angry, disgust" in card


def _cells(form: Form, content: bytes) -> list[object]:
    if form is Form.CSV:
        return [
            cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for cell in row
        ]
    sheets = load_workbook(io.BytesIO(content)).worksheets
    return [cell for sheet in sheets for row in sheet.values for cell in row]
