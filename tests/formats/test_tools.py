"""Exports of other tools, in the shapes their own code writes: known by content, judged by nobody.

The shapes are those cited in the modules under `dashboard/formats`.
"""

from __future__ import annotations

import json

import pytest

from dashboard.domain.exchange import Form
from dashboard.formats.reading import read_table
from dashboard.formats.tables import Table

Rows = list[dict[str, object]]

ARGILLA_2: Rows = [
    {
        "id": "rec-1",
        "fields": {"message": "Pelan-pelan ya 🌱"},
        "metadata": {"emotion": "sad"},
        "suggestions": {"decision": {"value": "accept", "score": None, "agent": "gpt"}},
        "responses": {
            "decision": [{"value": "accept", "user_id": "u1"}, {"value": "edit", "user_id": "u2"}],
            "reason": [{"value": "hangat", "user_id": "u1"}],
        },
        "vectors": {},
        "_server_id": "8f1c",
    }
]
ARGILLA_1: Rows = [
    {
        "id": "5f0e",
        "external_id": "rec-1",
        "fields": {"message": "Pelan-pelan ya 🌱"},
        "metadata": '{"emotion": "sad"}',
        "responses": [
            {"values": {"decision": {"value": "accept"}}, "user_id": "u1", "status": "submitted"}
        ],
        "suggestions": [{"question_name": "decision", "value": "accept", "agent": "gpt"}],
    }
]
ARGILLA_0: Rows = [
    {
        "id": "rec-1",
        "text": "Pelan-pelan ya 🌱",
        "metadata": {"emotion": "sad"},
        "prediction": [["accept", 0.9]],
        "annotation": "accept",
        "status": "Validated",
    }
]
LABEL_STUDIO: Rows = [
    {
        "id": 7,
        "data": {"id": "rec-1", "message": "Pelan-pelan ya 🌱", "emotion": "sad"},
        "annotations": [
            {
                "id": 1001,
                "completed_by": 10,
                "was_cancelled": False,
                "result": [
                    {
                        "from_name": "decision",
                        "to_name": "message",
                        "type": "choices",
                        "value": {"choices": ["accept"]},
                    }
                ],
            },
            {"id": 1002, "was_cancelled": True, "result": []},
        ],
        "predictions": [{"model_version": "m1", "result": []}],
        "meta": {},
        "project": 83,
    }
]
LABEL_STUDIO_MIN: Rows = [
    {
        "id": 7,
        "message": "Pelan-pelan ya 🌱",
        "emotion": "sad",
        "decision": "accept",
        "annotator": annotator,
        "annotation_id": 1000 + annotator,
        "created_at": "2026-03-09T22:16:08Z",
        "updated_at": "2026-03-09T22:16:08Z",
        "lead_time": 4.288,
    }
    for annotator in (1, 2)
]
DOCCANO: Rows = [
    {
        "id": 12,
        "text": "Pelan-pelan ya 🌱",
        "emotion": "sad",
        "label": ["baik", "hangat"],
        "Comments": ["bagus"],
    }
]
DOCCANO_SPANS: Rows = [{"id": 12, "text": "Pelan-pelan ya 🌱", "label": [[0, 11, "TEMPO"]]}]
CHAT: Rows = [
    {
        "messages": [
            {"role": "system", "content": "Tulis satu pesan."},
            {"role": "user", "content": "Username: Raka\nEmotion: sad"},
            {"role": "assistant", "content": "Pelan-pelan ya 🌱"},
        ]
    }
]


def as_json(values: Rows) -> bytes:
    return json.dumps(values, ensure_ascii=False, indent=2).encode()


def as_lines(values: Rows) -> bytes:
    return "\n".join(json.dumps(one, ensure_ascii=False) for one in values).encode()


SHAPES: dict[str, tuple[Rows, Form, dict[str, str], int]] = {
    "Argilla 2": (
        ARGILLA_2,
        Form.ARGILLA,
        {"id": "rec-1", "fields.message": "Pelan-pelan ya 🌱", "metadata.emotion": "sad"},
        3,
    ),
    "Argilla 1": (
        ARGILLA_1,
        Form.ARGILLA,
        {"external_id": "rec-1", "fields.message": "Pelan-pelan ya 🌱", "metadata.emotion": "sad"},
        2,
    ),
    "Argilla before 1": (
        ARGILLA_0,
        Form.ARGILLA,
        {"id": "rec-1", "text": "Pelan-pelan ya 🌱", "metadata.emotion": "sad"},
        2,
    ),
    "Label Studio": (
        LABEL_STUDIO,
        Form.LABEL_STUDIO,
        {"id": "7", "data.id": "rec-1", "data.message": "Pelan-pelan ya 🌱"},
        2,
    ),
    "Label Studio JSON_MIN": (
        LABEL_STUDIO_MIN,
        Form.LABEL_STUDIO,
        {"id": "7", "message": "Pelan-pelan ya 🌱", "emotion": "sad"},
        2,
    ),
    "doccano": (
        DOCCANO,
        Form.DOCCANO,
        {"id": "12", "text": "Pelan-pelan ya 🌱", "emotion": "sad", "label": "baik\nhangat"},
        2,
    ),
    "doccano with spans": (DOCCANO_SPANS, Form.DOCCANO, {"text": "Pelan-pelan ya 🌱"}, 1),
    "chat": (
        CHAT,
        Form.CHAT,
        {"Username": "Raka", "Emotion": "sad", "message": "Pelan-pelan ya 🌱"},
        0,
    ),
}


def assert_read(table: Table, shape: str) -> None:
    _, form, columns, judgments = SHAPES[shape]
    [row] = table.rows
    assert (table.form, table.faults, table.judgments) == (form, (), judgments)
    assert {name: row.values[name] for name in columns} == columns


@pytest.mark.parametrize("shape", SHAPES)
def test_an_export_is_known_by_its_content_and_its_judgments_are_only_counted(shape: str) -> None:
    values = SHAPES[shape][0]
    assert_read(read_table("export.json", as_json(values)), shape)
    assert_read(read_table("export.jsonl", as_lines(values)), shape)


@pytest.mark.parametrize("shape", SHAPES)
def test_nothing_that_somebody_judged_becomes_a_column(shape: str) -> None:
    table = read_table("export.json", as_json(SHAPES[shape][0]))
    for word in ("responses", "suggestions", "annotations", "predictions", "Comments"):
        assert not [name for name in table.columns if name.startswith(word)], table.columns


def test_a_task_that_two_people_annotated_is_one_row() -> None:
    assert len(read_table("min.json", as_json(LABEL_STUDIO_MIN)).rows) == 1


def test_a_task_that_nobody_annotated_holds_no_judgment() -> None:
    skipped = LABEL_STUDIO_MIN[0] | {"annotation_id": None, "annotator": None}
    assert read_table("min.json", as_json([skipped])).judgments == 0


def test_one_odd_record_does_not_change_what_a_file_is() -> None:
    values: Rows = [*CHAT, *CHAT, {"messages": []}]
    table = read_table("chat.jsonl", as_lines(values))
    assert (table.form, len(table.rows)) == (Form.CHAT, 2)
    [fault] = table.faults
    assert (fault.line, "lacks a turn" in str(fault)) == (3, True)


@pytest.mark.parametrize(
    "messages",
    [
        7,
        [],
        ["x"],
        [{"role": "user"}],
        [{"role": "user", "content": None}],
        [{"role": "assistant"}],
    ],
)
def test_a_chat_without_turns_is_a_fault_and_no_crash(messages: object) -> None:
    values: Rows = [*CHAT, *CHAT, {"messages": messages}]
    assert [one.line for one in read_table("chat.jsonl", as_lines(values)).faults] == [3]


def test_a_turn_without_named_lines_is_one_column() -> None:
    turns = [{"role": "user", "content": "Hai!"}, {"role": "assistant", "content": "Halo"}]
    [row] = read_table("c.jsonl", as_lines([{"messages": turns}])).rows
    assert row.values == {"user": "Hai!", "message": "Halo"}


HOSTILE = [
    {"fields": {"message": {"a": [1]}}, "responses": {"q": 7}, "metadata": "{"},
    {"fields": {}, "responses": 7, "suggestions": 7},
    {"data": {"message": ["x"]}, "annotations": [7, None], "predictions": {}},
    {"text": "x", "label": [{"a": 1}, None]},
    {"annotation_id": None, "lead_time": None, "id": None},
    {"messages": [{"role": ["user"], "content": {}}]},
    {"prediction": None, "annotation": None},
]


@pytest.mark.parametrize("value", HOSTILE)
def test_records_that_only_look_like_a_tools_are_rows_or_faults(value: dict[str, object]) -> None:
    table = read_table("export.json", as_json([value]))
    assert len(table.rows) + len(table.faults) == 1
    for row in table.rows:
        assert all(isinstance(text, str) for text in row.values.values())


def test_our_own_verdicts_are_judgments_too() -> None:
    rows: Rows = [
        {"message": "a", "verdict": "accepted"},
        {"message": "b", "verdict": "unreviewed", "answers": []},
        {"message": "c", "verdict": "disputed", "answers": [{}, {}]},
    ]
    assert read_table("a.jsonl", as_lines(rows)).judgments == 3
    assert read_table("a.csv", b"message,verdict\na,accepted\nb,unreviewed\nc,\n").judgments == 1
