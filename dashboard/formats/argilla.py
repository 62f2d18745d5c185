"""Argilla's records, in and out.

Version 2 (`dataset.records.to_json`; argilla/src/argilla/records/_resource.py, `Record.to_dict`):
an array of `{"id", "fields", "metadata", "suggestions": {question: {"value", "score", "agent"}},
"responses": {question: [{"value", "user_id"}]}, "vectors", "_server_id"}`. Version 1
(`FeedbackRecord`; docs/_source/practical_guides, "Work with suggestions and responses"):
`responses` is a list of `{"values": {question: {"value"}}, "user_id", "status"}`, `suggestions` a
list of `{"question_name", "value", "score", "agent"}`, `external_id` the user's own id. Records
before that hold `text` or `inputs` with `prediction` and `annotation`.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence

from dashboard.domain.exchange import ExchangedAnswer, ExchangedRow
from dashboard.domain.studies import Study
from dashboard.formats.objects import Record, flattened
from dashboard.formats.tables import Reading, TableRow

KEPT = ("id", "external_id", "fields", "metadata", "text", "inputs")
BEFORE_1 = {"prediction", "annotation"}


def recognizes(value: Mapping[str, object]) -> bool:
    """Whether the object is a record of Argilla."""
    return isinstance(value.get("fields"), dict) or value.keys() >= BEFORE_1


def read(records: Iterable[Record]) -> Reading:
    """Ids, fields and metadata as columns; responses and suggestions are only counted."""
    found = Reading()
    for record in records:
        kept = {name: _opened(record.value[name]) for name in KEPT if name in record.value}
        found.rows.append(TableRow(record.line, flattened(kept)))
        found.judgments += _judgments(record.value)
    return found


def _opened(value: object) -> object:
    """Version 1 hands metadata to `datasets` as JSON in a text."""
    if isinstance(value, str) and value.startswith("{"):
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            return value
    return value


def _judgments(value: Mapping[str, object]) -> int:
    """People who responded, and one for suggestions of a model."""
    responses = value.get("responses")
    if isinstance(responses, dict):
        answers = [one for one in responses.values() if isinstance(one, list)]
        people = max((len(one) for one in answers), default=0)
    else:
        people = len(responses) if isinstance(responses, list) else 0
    people += bool(value.get("annotation"))
    return people + bool(value.get("suggestions") or value.get("prediction"))


def write(study: Study, rows: Sequence[ExchangedRow]) -> bytes:
    """Records of version 2: inputs and message as fields, answers as responses.

    Argilla keeps responses of users it knows; every expert's `user_id` follows from the name, and
    `metadata.experts` says who it is.
    """
    text = json.dumps([_record(row) for row in rows], ensure_ascii=False, indent=1)
    return (text + "\n").encode()


def _record(row: ExchangedRow) -> dict[str, object]:
    return {
        "id": row.id,
        "fields": {**row.inputs, "message": row.message},
        "metadata": {
            "origin": row.origin,
            "verdict": row.verdict,
            "basis": row.basis,
            "tags": list(row.tags),
            "revision": row.revision,
            "deciders": list(row.deciders),
            "experts": [f"{_user_id(one.expert)} {one.expert}" for one in row.answers],
        },
        "suggestions": {},
        "responses": _responses(row.answers),
        "vectors": {},
        "_server_id": None,
    }


def _responses(answers: Iterable[ExchangedAnswer]) -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = {}
    for one in answers:
        values: dict[str, object] = {
            "decision": one.decision,
            **one.ratings,
            "flags": list(one.flags),
            "confidence": one.confidence,
            "reason": one.reason,
            "corrected_message": one.message,
        }
        for question, value in values.items():
            if value:
                answer = {"value": value, "user_id": _user_id(one.expert)}
                found.setdefault(question, []).append(answer)
    return found


def _user_id(expert: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, expert))
