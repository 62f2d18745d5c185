from __future__ import annotations

import io
import json
import time
import tracemalloc
import zipfile
from collections.abc import Sequence
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from dashboard.domain.errors import InvalidInput
from dashboard.formats.delimited import write_csv
from dashboard.formats.formulas import neutralized, restored
from dashboard.formats.plain_rows import lines
from dashboard.formats.reading import MAX_BYTES, READABLE, read_table
from dashboard.formats.tables import TableRow
from dashboard.formats.workbooks import write_workbook

HEADER = ["id", "message"]
# What every format can hold; XLSX reads a carriage return as a line feed.
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]) | st.just("\n"))
CELL = TEXT | st.sampled_from(
    ["=1+1", "'=1", "-5", "+62 812", "@raka", "\n=1", "''-1", "＝1", "😊"]
)


def _workbook(rows: Sequence[Sequence[object]]) -> bytes:
    workbook = Workbook()
    for row in rows:
        workbook.worksheets[0].append(list(row))
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def _values(name: str, content: bytes) -> list[dict[str, str]]:
    return [dict(row.values) for row in read_table(name, content).rows]


def _written(form: str, rows: Sequence[tuple[str, str]]) -> bytes:
    if form == "csv":
        return write_csv(HEADER, rows)
    if form == "xlsx":
        return write_workbook({"examples": [HEADER, *rows]})
    return lines(dict(zip(HEADER, row, strict=True)) for row in rows)


@pytest.mark.parametrize("form", ["jsonl", "csv", "xlsx"])
@settings(deadline=None)  # a workbook takes its time on a busy machine
@given(rows=st.lists(st.tuples(st.text("abc", min_size=1), CELL), min_size=1, max_size=5))
def test_what_is_written_is_read_back(form: str, rows: list[tuple[str, str]]) -> None:
    written = _written(form, rows)
    assert _values(f"a.{form}", written) == [dict(zip(HEADER, row, strict=True)) for row in rows]


@given(CELL)
def test_a_cell_survives_being_neutralized(cell: str) -> None:
    assert restored(neutralized(cell)) == cell


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+cmd",
        "-cmd",
        "@sum",
        "\t=1",
        " =1",
        "＝1",
        "＠x",
        "\r=1",
        "'=1",
        "text\n=1",
        "-1+1",
    ],
)
def test_what_a_spreadsheet_would_run_starts_with_an_apostrophe(cell: str) -> None:
    assert neutralized(cell) == "'" + cell
    assert write_csv(["a"], [[cell]]).decode("utf-8-sig").count("'") > cell.count("'")


@pytest.mark.parametrize("cell", ["", "-5", "+3.25", "-1e5", "halo", "'kutip'", "a=b", "😊"])
def test_numbers_and_plain_text_stay_as_they_are(cell: str) -> None:
    assert neutralized(cell) == cell


def _wide(count: int) -> bytes:
    return json.dumps({f"c{number}": 1 for number in range(count)}).encode()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.txt", b"x", ".jsonl, .json, .csv and .xlsx"),
        ("a", b"x", ".jsonl, .json, .csv and .xlsx"),
        ("a.csv", b"", "no rows"),
        ("a.csv", b"id,message\n\n , \n", "no rows"),
        ("a.csv", b'id,message\n1,ok\n2,"open\nand\nopen', "Line 3 has an unclosed quote"),
        ("a.csv", b'id,message\n1,"a"b', "Line 2 has an unclosed quote"),
        ("a.csv", b"id,message\n1," + b"a" * 140_000, "too long"),
        ("a.csv", b"id,message\n1,a,b", "Line 2 has more cells"),
        ("a.csv", b'id,message\n1,"a\nb"\n2,a,b', "Line 4 has more cells"),
        ("a.csv", b"id,id\n1,2", "“id” stands twice"),
        ("a.csv", b",".join([b"c"] * 201), "201 columns and the limit is 200"),
        ("a.jsonl", b"", "no rows"),
        ("a.csv", "usérname\nx".encode("latin-1"), "The header is not UTF-8"),
        ("a.csv", "id\n1".encode("utf-16"), "not UTF-8 text but UTF-16"),
        ("a.jsonl", b"[" * 100_000, "broken near line 1"),
        ("a.json", b'[{"id": 1},\n{"id": ', "broken near line 2"),
        ("a.json", b'[{"id": "1"},\n{"id": "\xff"}]', "Line 2 is not UTF-8"),
        ("a.json", b"[]", "no rows"),
        ("a.json", b"[" + b"[]," * 4_000_001 + b"[]]", "more than 2 million cells"),
        ("a.jsonl", _wide(201), "201 columns and the limit is 200"),
        ("a.xlsx", b"not a workbook", "not a readable .xlsx"),
        ("a.xlsx", b"", "not a readable .xlsx"),
        ("a.xlsx", _workbook([]), "no rows"),
        ("a.xlsx", _workbook([["id", "message"], ["1", "a", "b"]]), "Line 2 has more cells"),
        ("a.xlsx", _workbook([["c"] * 201]), "201 columns and the limit is 200"),
    ],
)
def test_a_broken_file_is_told_in_one_sentence(name: str, content: bytes, told: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_table(name, content)
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("name", "content", "line", "told"),
    [
        ("a.csv", b"id,message\n1,caf\xe9", 2, "not UTF-8"),
        ("a.csv", b"id,message\n1,a\n2,a\x00b", 3, "holds a NUL"),
        ("a.jsonl", b'{"id": 1}\n\n{"id": ', 3, "not complete JSON"),
        ("a.jsonl", b'{"id": "caf\xe9"}', 1, "not UTF-8"),
        ("a.jsonl", b'{"id": ' + b"1" * 5000 + b"}", 1, "not complete JSON"),
        ("a.jsonl", b'{"id": ' + b"[" * 100_000, 1, "not complete JSON"),
        ("a.jsonl", b"7", 1, "no JSON object"),
        ("a.json", b'[{"id": 1}, 7]', 2, "no JSON object"),
        ("a.jsonl", b'{"id": "\\u0000"}', 1, "holds a NUL"),
        ("a.jsonl", b'{"id": "1"}\n{"id": "\\ud83d"}', 2, "half of a character"),
    ],
)
def test_a_broken_line_is_told_and_the_others_are_read(
    name: str, content: bytes, line: int, told: str
) -> None:
    table = read_table(name, content)
    [fault] = table.faults
    assert (fault.line, told in str(fault)) == (line, True)
    assert str(fault.remedy).endswith(".")
    assert line not in [row.line for row in table.rows]


def test_a_line_in_another_encoding_says_what_it_should_read() -> None:
    [fault] = read_table("a.csv", b"id,message\n1,caf\xe9").faults
    assert "“1 café”" in str(fault.remedy)
    assert fault.value == "1 caf\ufffd"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\xef\xbb\xbfid\n1\n", ["byte order mark"]),
        (b"id\n1\n\n \n", ["2 blank lines"]),
        (b"id\n1\r\n\r\n", ["1 blank lines"]),
        (b"id\n1\n", []),
        (b"id\n1", []),
    ],
)
def test_what_was_skipped_is_noted(content: bytes, told: list[str]) -> None:
    table = read_table("a.csv", content)
    assert len(table.rows) == 1 and not table.faults
    assert [one for one, note in zip(told, table.notes, strict=True) if one in str(note)] == told


def test_deep_json_becomes_columns_down_to_a_limit_and_text_below() -> None:
    deep: dict[str, object] = {"x": 1}
    for _level in range(200):
        deep = {"a": deep}
    [values] = _values("a.json", json.dumps([{"id": "1"} | deep]).encode())
    assert set(values) == {"id", "a.a.a.a"}
    assert values["a.a.a.a"].startswith('{"a": ')


def test_an_empty_object_is_no_column() -> None:
    assert _values("a.jsonl", b'{"id": "1", "meta": {}}') == [{"id": "1"}]


def test_a_file_over_the_limit_is_refused_unread() -> None:
    with pytest.raises(InvalidInput, match="the limit is 50 MB"):
        read_table("a.csv", b"x" * (MAX_BYTES + 1))


def test_a_workbook_that_unpacks_to_far_more_is_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"\x00" * (201 * 1024 * 1024))
    with pytest.raises(InvalidInput, match="unpacks to far more"):
        read_table("a.xlsx", target.getvalue())


def _sheet(rows: str) -> bytes:
    """A workbook whose sheet says this of its rows."""
    whole, emptied = io.BytesIO(_workbook([])), io.BytesIO()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(emptied, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                text = text.replace(b"<sheetData>", b"<sheetData>" + rows.encode())
                assert rows.encode() in text
            new.writestr(name, text)
    return emptied.getvalue()


LAST_COLUMN = "".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(1, 2001))
STYLED_TO_THE_END = "".join(f'<row r="{n}"><c r="XFD{n}"/></row>' for n in range(1, 2001))


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (LAST_COLUMN, "16384 columns"),
        ('<row r="1"><c r="A1"><v>1</v></c></row>' + LAST_COLUMN[41:], "Line 2 has more cells"),
        (STYLED_TO_THE_END, "more than 2 million cells"),
    ],
)
def test_a_small_workbook_that_claims_a_huge_sheet_is_refused_in_little_memory(
    rows: str, told: str
) -> None:
    content = _sheet(rows)
    tracemalloc.start()
    try:
        with pytest.raises(InvalidInput, match=told):
            read_table("a.xlsx", content)
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


def test_a_workbook_whose_last_row_stands_very_far_below_is_refused() -> None:
    content = _sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="9999999999"/>')
    with pytest.raises(InvalidInput, match="more than 2 million cells"):
        read_table("a.xlsx", content)


def test_a_csv_of_many_empty_cells_is_refused() -> None:
    row = b"," * 199 + b"\n"
    with pytest.raises(InvalidInput, match="more than 2 million cells"):
        read_table("a.csv", b"id,message\n" + row * 10_001)


def test_a_header_of_very_many_columns_is_refused_at_once() -> None:
    header = ",".join(f"column {number}" for number in range(30_000))
    start = time.perf_counter()
    with pytest.raises(InvalidInput, match="30000 columns"):
        read_table("a.csv", header.encode())
    assert time.perf_counter() - start < 1


def test_what_stands_empty_in_a_sheet_is_an_empty_cell() -> None:
    content = _workbook([["id", "note", "message"], ["1"], [None, None, "Halo"]])
    assert _values("a.xlsx", content) == [
        {"id": "1", "note": "", "message": ""},
        {"id": "", "note": "", "message": "Halo"},
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_may_use_the_delimiter_of_any_spreadsheet(delimiter: str) -> None:
    content = f"\ufeffid{delimiter}message\r\n1{delimiter}Halo; Raka\r\n"
    if delimiter == ";":
        content = content.replace("Halo; Raka", '"Halo; Raka"')
    assert _values("a.csv", content.encode()) == [{"id": "1", "message": "Halo; Raka"}]


def test_a_row_is_known_by_the_line_it_starts_on() -> None:
    content = b'id,message\n1,"two\nlines"\n\n2,one\n'
    assert [row.line for row in read_table("a.csv", content).rows] == [2, 5]


def test_a_short_row_lacks_its_last_columns() -> None:
    assert read_table("a.csv", b"id,message\n1\n").rows == (TableRow(2, {"id": "1"}),)


def test_values_that_are_no_text_become_text() -> None:
    line = json.dumps({"id": 7, "a": None, "b": True, "c": ["x"], "d": 1.5})
    assert _values("a.jsonl", line.encode()) == [
        {"id": "7", "a": "", "b": "true", "c": '["x"]', "d": "1.5"}
    ]


def test_a_workbooks_numbers_and_dates_become_text() -> None:
    content = _workbook([["id", "when", None], [7, datetime(2026, 1, 2), None], [None, None]])
    assert _values("a.XLSX", content) == [{"id": "7", "when": "2026-01-02 00:00:00"}]


def test_control_characters_are_left_out_of_a_workbook() -> None:
    written = write_workbook({"a": [["message"], ["ha\x07lo\x00"]]})
    assert _values("a.xlsx", written) == [{"message": "halo"}]


@given(
    st.sampled_from([b"", *(_written(form, [("1", "Halo 😊")]) for form in READABLE)]),
    st.lists(st.tuples(st.integers(0, 6000), st.binary(max_size=3)), max_size=8),
    st.sampled_from(READABLE),
)
def test_damaged_bytes_give_rows_or_one_sentence(
    content: bytes, damage: list[tuple[int, bytes]], form: str
) -> None:
    for place, replacement in damage:
        content = content[:place] + replacement + content[place + len(replacement) :]
    try:
        table = read_table(f"a.{form}", content)
        assert table.rows or table.faults
    except InvalidInput as error:
        assert str(error).endswith(".")
