"""What each form keeps of an example, found out by writing and reading a rich one.

Something is *kept* when an import brings it back, *exported only* when changing it changes the
file and an import leaves it there, and *lost* when changing it changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import StrEnum

from dashboard.domain.examples import NewExample
from dashboard.domain.exchange import ExchangedAnswer, ExchangedRow, Form
from dashboard.domain.studies import Study
from dashboard.formats.reading import JSON, READABLE, read_table
from dashboard.formats.writing import write_rows
from dashboard.services.importing import row_of
from dashboard.services.mapping import guessed


class Fate(StrEnum):
    """What becomes of a part of an example on its way out and back."""

    KEPT = "kept"
    EXPORTED_ONLY = "exported only"
    LOST = "lost"


PAGE = """\
# What each format keeps

Made by `python -m dashboard examples formats data/formats.md`, which writes a rich example in every
format and reads it again; a test fails when this page and the code say different things.

- **kept**: an import brings it back.
- **exported only**: it stands in the file, and an import leaves it there. Whatever others decided
  stays outside on purpose: imported rows start unreviewed, and only people here review them.
- **lost**: the file has no place for it.

{table}
The Hugging Face folder is for `datasets.load_dataset`; Afektif does not read it back. Answers are
those to examples that take no more, never of a calibration round before it is revealed, and never
drafts. Experts are numbered unless names are asked for.
"""
Fidelity = Mapping[str, Fate]
"""Parts of an example, inputs by key, with what becomes of each."""
Change = Callable[[ExchangedRow], ExchangedRow]

OTHER = "Dinda, pelan-pelan ya. Satu soal dulu, sisanya nanti kita lihat bareng 🌱"
ANSWER = ExchangedAnswer(
    expert="expert 1",
    decision="edit",
    ratings={},
    flags=("promise",),
    confidence="high",
    reason="Terlalu menjanjikan\n=1+1",
    message="Raka, napas dulu ya 😊",
)


def fidelity_of(study: Study, form: Form) -> Fidelity:
    """What the form keeps of every part of an example."""
    row = _rich(study)
    written = write_rows(form, study, [row])
    back = _back(study, form, written)
    return {
        part: _fate(write_rows(form, study, [changed(row)]) != written, part, row, back)
        for part, changed in _changes(study).items()
    }


def fidelity_page(study: Study) -> str:
    """The page about all forms, as Markdown."""
    return PAGE.format(table=_table(study))


def _table(study: Study) -> str:
    fates = {form: fidelity_of(study, form) for form in Form}
    parts = list(fates[Form.JSONL])
    lines = [f"| {part} | {' | '.join(fates[form][part] for form in Form)} |" for part in parts]
    names = " | ".join(f"`{form.suffix}`" for form in Form)
    return "\n".join([f"| | {names} |", "|---" * (len(Form) + 1) + "|", *lines, ""])


def _fate(is_written: bool, part: str, row: ExchangedRow, back: NewExample | None) -> Fate:
    if back is not None and _same(part, row, back):
        return Fate.KEPT
    return Fate.EXPORTED_ONLY if is_written else Fate.LOST


def _same(part: str, row: ExchangedRow, back: NewExample) -> bool:
    """Whether an import has brought the part back; what it never brings is not compared."""
    if part in row.inputs:
        return back.inputs[part] == row.inputs[part]
    brought: dict[str, tuple[object, object]] = {
        "id": (back.key, row.id),
        "message": (back.message, row.message),
        "tags": (back.tags, row.tags),
    }
    return part in brought and brought[part][0] == brought[part][1]


def _back(study: Study, form: Form, written: bytes) -> NewExample | None:
    suffix = form.suffix.rsplit(".", 1)[-1]
    if suffix not in READABLE:
        return None
    table = read_table(f"row.{suffix}", written)
    assert suffix not in JSON or table.form is form, "what we write is recognized"
    return row_of(study, guessed(study, table), table.rows[0])


def _rich(study: Study) -> ExchangedRow:
    """An example with everything an example can have, and what is hard to keep."""
    inputs = {one.key: one.values[0] if one.values else "=Raka, “7A” 😊" for one in study.fields}
    ratings = {one.key: 4 for one in study.form.ratings}
    return ExchangedRow(
        id="x-1",
        inputs=inputs,
        message='Raka, kamu boleh napas dulu;\nsatu "soal" lagi, terus istirahat 👩‍🏫',
        origin="augmented",
        verdict="accepted",
        basis="adjudicated",
        tags=("=kelas, 7", "ujian"),
        revision=3,
        deciders=("expert 1",),
        answers=(replace(ANSWER, ratings=ratings),),
    )


def _changes(study: Study) -> dict[str, Change]:
    """Every part of an example, and how it could be different."""
    return {
        "id": lambda row: replace(row, id="x-2"),
        **{one.key: _other_input(one.key, one.values) for one in study.fields},
        "message": lambda row: replace(row, message=OTHER),
        "origin": lambda row: replace(row, origin="authored"),
        "verdict": lambda row: replace(row, verdict="rejected"),
        "basis": lambda row: replace(row, basis="unanimous"),
        "tags": lambda row: replace(row, tags=("lain",)),
        "revision": lambda row: replace(row, revision=7),
        "deciders": lambda row: replace(row, deciders=("expert 9",)),
        "answers: decision": _other_answer(decision="reject"),
        "answers: ratings": _other_answer(ratings={one.key: 1 for one in study.form.ratings}),
        "answers: flags": _other_answer(flags=("shaming",)),
        "answers: confidence": _other_answer(confidence="low"),
        "answers: reason": _other_answer(reason="lain"),
        "answers: corrected text": _other_answer(message=OTHER),
        "answers: expert": _other_answer(expert="expert 9"),
    }


def _other_input(key: str, values: tuple[str, ...]) -> Change:
    value = values[-1] if values else "Dinda"
    return lambda row: replace(row, inputs={**row.inputs, key: value})


def _other_answer(**changes: object) -> Change:
    return lambda row: replace(
        row,
        answers=(replace(row.answers[0], **changes),),  # type: ignore[arg-type]
    )
