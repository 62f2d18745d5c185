"""Columns and words of any file find their meaning by name, by label, or by what stands in them."""

from __future__ import annotations

import json

import pytest

from dashboard.domain.exchange import ColumnMapping
from dashboard.domain.studies import Study
from dashboard.formats.reading import read_table
from dashboard.formats.tables import Table
from dashboard.services.mapping import UnknownValue, guessed, meant, missing, unknown_values

COMPLETE = {
    "our own": ("id", "username", "emotion", "reinforcement", "arcsmodel", "classname", "subject"),
    "capitals and spaces": (
        *("ID", "User Name", "EMOTION", " Reinforcement ", "ARCS Model", "class_name", "Subject"),
    ),
    "Indonesian labels": (
        *("kunci", "Nama pelajar", "Emosi", "reinforcement", "Komponen ARCS", "Kelas"),
        "Mata pelajaran",
    ),
    "parts of names": ("id", "nama", "emosi", "reinforcement", "arcs", "kelas", "pelajaran"),
    "a tool's prefixes": (
        *("id", "metadata.username", "metadata.emotion", "fields.reinforcement"),
        *("fields.arcsmodel", "data.classname", "meta.subject"),
    ),
}
KEYS = ("id", "username", "emotion", "reinforcement", "arcsmodel", "classname", "subject")


def table_of(*rows: dict[str, str]) -> Table:
    return read_table("a.jsonl", "\n".join(map(json.dumps, rows)).encode())


@pytest.mark.parametrize("case", COMPLETE)
def test_columns_are_recognized_by_name(study: Study, case: str) -> None:
    row = dict.fromkeys((*COMPLETE[case], "pesan"), "x")
    mapping = guessed(study, table_of(row))
    assert missing(study, mapping) == ()
    expected = dict(zip(KEYS, COMPLETE[case], strict=True)) | {"message": "pesan"}
    assert {key: mapping.columns[key] for key in expected} == expected


@pytest.mark.parametrize("own", ["key", "data.key", "external_id", "data.id"])
def test_a_persons_id_wins_over_a_tools_number(study: Study, own: str) -> None:
    assert guessed(study, table_of({"id": "7", own: "aff-1"})).columns == {"id": own}


def test_a_column_nobody_named_is_recognized_by_its_words(study: Study) -> None:
    mapping = guessed(study, table_of({"a": "sedih", "b": "x"}, {"a": "ANGRY", "b": "positif"}))
    assert mapping.columns == {"emotion": "a"}


def test_no_column_stands_for_two_things(study: Study) -> None:
    columns = guessed(study, table_of({"text": "x", "label": "sad", "class": "7A"})).columns
    assert len(set(columns.values())) == len(columns)


@pytest.mark.parametrize("column", ["mapel", "message_id", "textur", "pesanan"])
def test_a_name_that_only_looks_alike_is_no_guess(study: Study, column: str) -> None:
    assert guessed(study, table_of({column: "x"})).columns == {}


def test_two_columns_that_could_be_meant_are_left_to_a_person(study: Study) -> None:
    mapping = guessed(study, table_of({"nama": "x", "pelajar": "y"}))
    assert mapping.columns == {}


def test_what_is_missing_is_named_by_key(study: Study) -> None:
    assert missing(study, ColumnMapping({"emotion": "a"})) == (
        *("username", "reinforcement", "arcsmodel", "classname", "subject", "message"),
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("sad", "sad"),
        (" SAD ", "sad"),
        ("sedih", "sad"),
        ("Sedih", "sad"),
        ("ｓａｄ", "sad"),
        ("galau", "galau"),
        ("", ""),
    ],
)
def test_a_word_means_a_value_by_value_or_label_in_either_language(
    study: Study, text: str, value: str
) -> None:
    assert meant(study.field("emotion"), text, ColumnMapping({})) == value


def test_a_chosen_meaning_wins(study: Study) -> None:
    mapping = ColumnMapping({}, {"emotion": {"galau": "sad", "sedih": "fear"}})
    assert meant(study.field("emotion"), "galau", mapping) == "sad"
    assert meant(study.field("emotion"), "sedih", mapping) == "fear"


def test_free_text_is_never_translated(study: Study) -> None:
    assert meant(study.field("username"), "Sedih", ColumnMapping({})) == "Sedih"


def test_words_that_mean_nothing_are_listed_with_what_they_may_be(study: Study) -> None:
    rows = [{"emotion": "sedhi"}, {"emotion": "sedhi"}, {"emotion": "xyz"}, {"emotion": "sad"}]
    table = table_of(*rows)
    assert unknown_values(study, table.rows, ColumnMapping({"emotion": "emotion"})) == (
        UnknownValue("emotion", "sedhi", 2, "sad"),
        UnknownValue("emotion", "xyz", 1, ""),
    )
