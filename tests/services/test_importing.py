"""Import: everything wrong with a file is told at once, each with its place and what would help."""

from __future__ import annotations

import csv
import io
import json
import time

import pytest

from dashboard.bootstrap import App
from dashboard.domain.errors import InvalidInput
from dashboard.domain.examples import ExampleFilter, Origin
from dashboard.domain.exchange import ColumnMapping
from dashboard.domain.verdicts import Verdict

STUDY = "affective-intervention"
ROW = {
    "id": "baru-1",
    "username": "Tiara",
    "emotion": "sad",
    "reinforcement": "negative",
    "arcsmodel": "relevance",
    "classname": "Kelas 8A",
    "subject": "IPA",
    "message": "Tiara, catatan IPA kamu udah lengkap, jadi PR tambahan hari ini dihapus ya 🌱",
}
MESSAGES = [
    "Tiara, satu soal dulu ya, sisanya nanti kita lihat bareng 🌱",
    "Tiara, tulisanmu hari ini rapi, jadi kamu boleh istirahat dulu ☕",
    "Tiara, pelan aja, kamu boleh pilih nomor yang paling kamu suka 🙂",
    "Tiara, hari ini tugas kelompok dihapus, kamu sudah selesai lebih awal 🎈",
    "Tiara, coba lihat awan di jendela sebentar, lalu lanjut lagi ya ☁️",
    "Tiara, jawabanmu kemarin dipakai jadi contoh di kelas kita 😊",
]


def row(**changes: str) -> dict[str, str]:
    return ROW | changes


def as_csv(*rows: dict[str, str]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(ROW))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def jsonl(*rows: dict[str, object] | dict[str, str]) -> bytes:
    return "\n".join(json.dumps(one, ensure_ascii=False) for one in rows).encode()


PLANTED = (
    row(),
    row(id="b-2", message=MESSAGES[0], emotion="bored"),
    row(id="b-3", message="  "),
    row(id="baru-1", message=MESSAGES[1]),
    row(id="b-5", message="CAF\u00c9"),
    row(id="b-6", message=MESSAGES[2], arcsmodel="atention"),
    row(id="b-7", message="{nama}, pelan aja, kamu boleh pilih soal yang kamu suka 🙂"),
    row(id="b-8", message="kata " * 29 + "🙂"),
    row(id="b-9", message=ROW["message"].upper()),
)
FOUND = [
    (3, "emotion", "bored", "cannot be “bored”", "Say what “bored” means"),
    (4, "message", "", "The message is empty", "Write the message, or remove the line."),
    (5, "id", "baru-1", "stands on line 2 already", "Write another id"),
    (6, "", "b-5 Tiara sad", "not UTF-8", "should then read “b-5 Tiara sad"),
    (7, "arcsmodel", "atention", "cannot be “atention”", "Write “attention”."),
    (8, "message", "{nama}, pelan", "“{nama}”", "Write “Tiara” instead of “{nama}”."),
    (9, "message", "kata kata", "has 29 words", "Take out 4 words."),
    (10, "message", "TIARA, CATATAN", "repeats line 2", "Remove line 10."),
]


def test_ten_planted_faults_give_exactly_those_ten_findings(app: App) -> None:
    content = as_csv(*PLANTED).replace("CAFÉ".encode(), b"CAF\xc9")
    content = b"\xef\xbb\xbf" + content + b"\r\n\r\n"
    preview = app.curation.preview(STUDY, "guru.csv", content)
    assert len(preview.problems) + len(preview.notes) == 10
    for problem, (line, place, value, reason, fix) in zip(preview.problems, FOUND, strict=True):
        assert (problem.line, problem.place) == (line, place), problem
        assert problem.value.startswith(value), problem
        assert reason in str(problem) and fix in str(problem.remedy), problem
    assert "byte order mark" in str(preview.notes[0])
    assert "2 blank lines" in str(preview.notes[1])
    with pytest.raises(InvalidInput):
        app.curation.import_rows(STUDY, preview, "Pak Budi")
    assert app.curation.browse(ExampleFilter(STUDY)).total == 160


def test_a_mark_and_blank_lines_keep_nothing_out(app: App) -> None:
    content = b"\xef\xbb\xbf" + jsonl(row()) + b"\n\n\n"
    preview = app.curation.preview(STUDY, "guru.jsonl", content)
    assert (preview.problems, len(preview.notes)) == ((), 2)
    assert app.curation.import_rows(STUDY, preview, "Pak Budi") == 1


def argilla(value: dict[str, str]) -> dict[str, object]:
    fields = {name: text for name, text in value.items() if name != "id"}
    return {
        "id": value["id"],
        "fields": fields,
        "metadata": {"tags": ["dari argilla"]},
        "suggestions": {},
        "responses": {"decision": [{"value": "accept", "user_id": "u1"}]},
    }


def test_a_tools_judgments_are_counted_and_its_rows_come_in_unreviewed(app: App) -> None:
    preview = app.curation.preview(STUDY, "argilla.json", jsonl(argilla(row())))
    assert (preview.judgments, preview.problems) == (1, ())
    app.curation.import_rows(STUDY, preview, "Pak Budi")
    [found] = app.curation.browse(ExampleFilter(STUDY, origin=Origin.IMPORTED)).examples
    assert (found.verdict, found.answered) == (Verdict.UNREVIEWED, 0)
    assert (found.key, found.tags) == ("baru-1", ("dari argilla",))
    with app.curation.database.reading() as stores:
        assert stores.responses.visible(found.id, "u1") == ()


def test_columns_and_words_that_a_person_chooses_are_used(app: App) -> None:
    other = {f"k{n}": text for n, text in enumerate(ROW.values())} | {"k2": "galau"}
    incoming = app.curation.read_file(STUDY, "x.jsonl", jsonl(other))
    assert "message" in incoming.missing
    columns = {name: f"k{n}" for n, name in enumerate(ROW)}
    [unknown] = app.curation.unknown_words(STUDY, incoming, ColumnMapping(columns))
    assert (unknown.field, unknown.value, unknown.count) == ("emotion", "galau", 1)
    mapping = ColumnMapping(columns, {"emotion": {"galau": "sad"}})
    preview = app.curation.look_at(STUDY, incoming, mapping)
    assert preview.problems == ()
    assert app.curation.unknown_words(STUDY, incoming, mapping) == ()
    assert preview.rows[0].inputs["emotion"] == "sad"


def test_a_field_without_a_column_is_named(app: App) -> None:
    with pytest.raises(InvalidInput, match="No column was recognized for subject, message"):
        app.curation.preview(STUDY, "x.jsonl", jsonl(dict(list(ROW.items())[:6])))


def test_a_file_of_broken_lines_only_is_told_line_by_line(app: App) -> None:
    incoming = app.curation.read_file(STUDY, "y.jsonl", b"7\n{")
    assert [one.line for one in incoming.table.faults] == [1, 2]
    assert incoming.missing == ()
    preview = app.curation.look_at(STUDY, incoming, incoming.guess)
    assert (preview.rows, len(preview.problems)) == ((), 2)


def test_a_row_that_lacks_a_cell_is_told_by_field(app: App) -> None:
    short = row(id="b", message=MESSAGES[0])
    del short["emotion"]
    preview = app.curation.preview(STUDY, "x.jsonl", jsonl(row(), short))
    [problem] = preview.problems
    assert (problem.line, problem.place) == (2, "emotion")
    assert "Fill the cell" in str(problem.remedy)


PLACEHOLDERS = {
    "{nama}": "Write “Tiara” instead of “{nama}”.",
    "[Nama Siswa]": "Write “Tiara” instead of “[Nama Siswa]”.",
    "{subject}": "Write “IPA” instead of “{subject}”.",
    "<kelas>": "Write “Kelas 8A” instead of “<kelas>”.",
    "{x}": "Write what “{x}” stands for, or take it out.",
}


@pytest.mark.parametrize("placeholder", PLACEHOLDERS)
def test_a_placeholder_is_filled_from_the_rows_own_inputs(app: App, placeholder: str) -> None:
    message = f"{placeholder} pelan aja, satu soal dulu ya 🌱"
    preview = app.curation.preview(STUDY, "x.jsonl", jsonl(row(message=message)))
    [problem] = preview.problems
    assert str(problem.remedy) == PLACEHOLDERS[placeholder]


REMEDIES = {
    "no emoji": (row(message="Tiara, satu soal dulu ya, sisanya nanti"), "Add an emoji"),
    "too short": (row(message="Halo 🌱"), "Add 2 words."),
    "a name that is gone": (row(username=" "), "Fill the cell"),
}


@pytest.mark.parametrize("case", REMEDIES)
def test_every_problem_says_what_would_help(app: App, case: str) -> None:
    value, fix = REMEDIES[case]
    preview = app.curation.preview(STUDY, "x.jsonl", jsonl(value))
    assert fix in [str(one.remedy)[: len(fix)] for one in preview.problems]


def test_a_hostile_filename_and_id_are_kept_as_text(app: App) -> None:
    hostile = row(id="'; DROP TABLE examples; --")
    preview = app.curation.preview(STUDY, "../../etc/passwd\n<b>.jsonl", jsonl(hostile))
    assert app.curation.import_rows(STUDY, preview, "Pak Budi") == 1
    [found] = app.curation.browse(ExampleFilter(STUDY, origin=Origin.IMPORTED)).examples
    assert found.key == "'; DROP TABLE examples; --"


@pytest.mark.parametrize(
    ("cell", "tags"),
    [
        ("", ()),
        ("ujian", ("ujian",)),
        ('["ujian", "kelas 7"]', ("ujian", "kelas 7")),
        ("ujian\nkelas  7\nujian", ("ujian", "kelas 7")),
        ("[rusak", ("[rusak",)),
        ("x" * 50, ("x" * 40,)),
        ('[1, null, ""]', ("1", "None")),
    ],
)
def test_tags_come_along(app: App, cell: str, tags: tuple[str, ...]) -> None:
    preview = app.curation.preview(STUDY, "x.jsonl", jsonl(row() | {"tags": cell}))
    assert preview.rows[0].tags == tags


def test_many_broken_rows_are_told_in_seconds(app: App) -> None:
    rows = [row(id=f"b-{n}", emotion=f"galau {n}", message=f"kata {n}") for n in range(20_000)]
    start = time.perf_counter()
    incoming = app.curation.read_file(STUDY, "x.jsonl", jsonl(*rows) + b"\n" * 100_000 + b"7")
    preview = app.curation.look_at(STUDY, incoming, incoming.guess)
    assert len(preview.problems) == 100
    assert len(app.curation.unknown_words(STUDY, incoming, incoming.guess)) == 50
    assert time.perf_counter() - start < 10
