"""Rows as a file of any form; the same rows give the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from dashboard.domain.exchange import ExchangedRow, Form
from dashboard.domain.studies import Study
from dashboard.formats import (
    argilla,
    chats,
    doccano,
    hugging_face,
    label_studio,
    plain_rows,
    sheets,
)

Writer = Callable[[Study, Sequence[ExchangedRow]], bytes]
WRITERS: Mapping[Form, Writer] = {
    Form.JSONL: plain_rows.write,
    Form.CSV: sheets.write_as_csv,
    Form.XLSX: sheets.write_as_workbook,
    Form.CHAT: chats.write,
    Form.ARGILLA: argilla.write,
    Form.LABEL_STUDIO: label_studio.write,
    Form.DOCCANO: doccano.write,
    Form.HUGGING_FACE: hugging_face.write,
}


def write_rows(form: Form, study: Study, rows: Sequence[ExchangedRow]) -> bytes:
    """The rows as one file of this form."""
    return WRITERS[form](study, rows)
