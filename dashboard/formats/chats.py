"""Chat JSONL, the training format of OpenAI's fine-tuning (guide "Supervised fine-tuning").

A line is `{"messages": [{"role": "system" | "user" | "assistant", "content": text}, …]}`. The
user's last turn holds the study's own lines `Name: value` (Study.user_message), the assistant's
last one the message; everything else about an example has no place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from dashboard.domain.exchange import ExchangedRow, Problem, Said
from dashboard.domain.studies import Study
from dashboard.formats.objects import Record
from dashboard.formats.plain_rows import lines
from dashboard.formats.tables import Reading, TableRow

_NAMED = re.compile(r"(?P<name>[^:\n]{1,60}): ?(?P<value>.*)")


def recognizes(value: Mapping[str, object]) -> bool:
    """Whether the object is a chat."""
    return isinstance(value.get("messages"), list)


def read(records: Iterable[Record]) -> Reading:
    """A column for every named line of the user's turn, and the assistant's text as `message`."""
    found = Reading()
    for record in records:
        user, assistant = (_last(record.value, role) for role in ("user", "assistant"))
        if user is None or assistant is None:
            template = "This chat lacks a turn of the user or of the assistant."
            remedy = Said("Add the missing turn, or remove the line.")
            found.faults.append(Problem(record.line, template, remedy))
        else:
            found.rows.append(TableRow(record.line, {**_named(user), "message": assistant}))
    return found


def _last(value: Mapping[str, object], role: str) -> str | None:
    turns = value.get("messages")
    texts = [
        turn["content"]
        for turn in (turns if isinstance(turns, list) else [])
        if isinstance(turn, dict) and turn.get("role") == role
        if isinstance(turn.get("content"), str)
    ]
    return texts[-1] if texts else None


def _named(text: str) -> dict[str, str]:
    """The values of named lines; a text without any is one column."""
    matches = [_NAMED.fullmatch(line.strip()) for line in text.splitlines() if line.strip()]
    if not matches or None in matches:
        return {"user": text}
    return {one["name"].strip(): one["value"].strip() for one in matches if one}


def write(study: Study, rows: Sequence[ExchangedRow]) -> bytes:
    """A chat a line: the short prompt of the tuned model, the inputs, the message."""
    return lines({"messages": _turns(study, row)} for row in rows)


def _turns(study: Study, row: ExchangedRow) -> list[dict[str, str]]:
    asked = [
        {"role": turn.role, "content": turn.content}
        for turn in study.chat(study.tuned_prompt, row.inputs)
    ]
    return [*asked, {"role": "assistant", "content": row.message}]
