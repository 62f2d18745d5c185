"""Label Studio's tasks, in and out.

JSON (labelstud.io/guide/task_format): an array of `{"id", "data": {…}, "annotations": [{"result":
[{"from_name", "to_name", "type", "value"}], "was_cancelled", "completed_by"}], "predictions",
"meta"}`, with `completions` for annotations in old exports. JSON_MIN (label_studio_converter,
`Converter.convert_to_json_min`): the data itself with `id`, one column per control, `annotator`,
`annotation_id`, `lead_time`; a task with several annotations stands there several times.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import quoteattr

from dashboard.domain.exchange import ExchangedAnswer, ExchangedRow
from dashboard.domain.responses import Confidence, Decision
from dashboard.domain.review_forms import HIGHEST
from dashboard.domain.studies import Study
from dashboard.formats.objects import Record, flattened
from dashboard.formats.tables import Reading, TableRow

KEPT = ("id", "data", "meta")
MIN = {"annotation_id", "lead_time"}
JUDGED = ("annotations", "completions", "predictions")


def recognizes(value: Mapping[str, object]) -> bool:
    """Whether the object is a task."""
    return isinstance(value.get("data"), dict) or value.keys() >= MIN


def read(records: Iterable[Record]) -> Reading:
    """Ids and data as columns, every task once; annotations and predictions are only counted."""
    found = Reading()
    seen: set[str] = set()
    for record in records:
        is_min = record.value.keys() >= MIN
        found.judgments += _judgments(record.value)
        known = str(record.value.get("id", "")) if is_min else ""
        if known and known in seen:
            continue
        seen.add(known)
        kept = {name: one for name, one in record.value.items() if is_min or name in KEPT}
        found.rows.append(TableRow(record.line, flattened(kept)))
    return found


def _judgments(value: Mapping[str, object]) -> int:
    if value.keys() >= MIN:
        return int(value["annotation_id"] is not None)
    return sum(_count(value.get(name)) for name in JUDGED)


def _count(value: object) -> int:
    """Annotations that were not cancelled."""
    made = [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
    return sum(not one.get("was_cancelled") for one in made)


def write(study: Study, rows: Sequence[ExchangedRow]) -> bytes:
    """Tasks with the answers as annotations of the controls in `labeling_config`.

    The id stands under `key`, because JSON_MIN puts the task's number under `id`.
    """
    text = json.dumps([_task(row) for row in rows], ensure_ascii=False, indent=1)
    return (text + "\n").encode()


def _task(row: ExchangedRow) -> dict[str, object]:
    return {
        "data": {"key": row.id, **row.inputs, "message": row.message},
        "meta": {
            "origin": row.origin,
            "verdict": row.verdict,
            "basis": row.basis,
            "tags": list(row.tags),
            "revision": row.revision,
            "deciders": list(row.deciders),
            "experts": [one.expert for one in row.answers],
        },
        "annotations": [{"result": _result(one)} for one in row.answers],
    }


def _result(answer: ExchangedAnswer) -> list[dict[str, object]]:
    parts: list[tuple[str, str, object]] = [("decision", "choices", [answer.decision])]
    parts += [(name, "rating", value) for name, value in answer.ratings.items()]
    if answer.flags:
        parts.append(("flags", "choices", list(answer.flags)))
    if answer.confidence:
        parts.append(("confidence", "choices", [answer.confidence]))
    texts = {"reason": answer.reason, "corrected_message": answer.message}
    parts += [(name, "text", [text]) for name, text in texts.items() if text]
    return [
        {
            "from_name": name,
            "to_name": "message",
            "type": "textarea" if kind == "text" else kind,
            "value": {kind: value},
        }
        for name, kind, value in parts
    ]


def labeling_config(study: Study, language: str) -> bytes:
    """The labeling interface of a study's review form, to be pasted into a project's settings."""
    shown = [
        f'  <Header value={quoteattr(f"{one.label[language]}: ${one.key}")} size="5"/>'
        for one in study.fields
    ]
    ratings = [
        f"  <Header value={quoteattr(one.label[language])}/>\n"
        f'  <Rating name={quoteattr(one.key)} toName="message" maxRating="{HIGHEST}"/>'
        for one in study.form.ratings
    ]
    flags = {one.key: one.label[language] for one in study.form.flags}
    lines = [
        "<View>",
        *shown,
        '  <Text name="message" value="$message"/>',
        _choices("decision", {one: one for one in Decision}, "single"),
        *ratings,
        _choices("flags", flags, "multiple"),
        _choices("confidence", {one: one for one in Confidence}, "single"),
        '  <TextArea name="reason" toName="message"/>',
        '  <TextArea name="corrected_message" toName="message" value="$message"/>',
        "</View>",
    ]
    return ("\n".join(lines) + "\n").encode()


def _choices(name: str, options: Mapping[str, str], choice: str) -> str:
    """Choices whose recorded value is the option itself; the hint says what it is called."""
    inner = "\n".join(
        f"    <Choice value={quoteattr(value)} hint={quoteattr(label)}/>"
        for value, label in options.items()
    )
    return f'  <Choices name="{name}" toName="message" choice="{choice}">\n{inner}\n  </Choices>'
