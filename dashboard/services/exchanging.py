"""Exchanging: examples as files for other tools, without anything that is still hidden."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.domain.examples import Example, ExampleFilter
from dashboard.domain.exchange import ExchangedAnswer, ExchangedRow, Form
from dashboard.domain.ids import ExampleId
from dashboard.domain.responses import Response
from dashboard.domain.verdicts import VERDICT_OF, Basis, Verdict
from dashboard.formats.label_studio import labeling_config
from dashboard.formats.writing import write_rows
from dashboard.services.fidelity import Fidelity, fidelity_of
from dashboard.services.recording import Recorder, blind_ids
from dashboard.services.stores import Database, Stores

ALL = 1_000_000


class Exchanging:
    """Writes examples out; drafts, and answers that are still hidden, never leave."""

    def __init__(self, database: Database, recorder: Recorder) -> None:
        self.database = database
        self.recorder = recorder
        self.fidelities: dict[tuple[str, Form], Fidelity] = {}

    def export(self, wanted: ExampleFilter, form: Form, with_names: bool = False) -> bytes:
        """Every matching example as a file; without names experts are numbered."""
        study = self.recorder.study(wanted.study)
        return write_rows(form, study, self.rows(wanted, with_names))

    def rows(self, wanted: ExampleFilter, with_names: bool = False) -> tuple[ExchangedRow, ...]:
        """Every matching example with its verdict, who decided, and the answers that are open.

        An example of a calibration round that is still blind leaves as if nobody had answered,
        and not at all where a verdict was asked for; answers to a retired one stay here.
        """
        with self.database.reading() as stores:
            found = stores.examples.page(wanted, 0, ALL).examples
            blind = frozenset(blind_ids(stores.records.rounds(wanted.study)))
            if wanted.verdict not in (None, Verdict.UNREVIEWED):
                found = tuple(one for one in found if one.id not in blind)
            answers = _open_answers(stores, wanted.study, found, tuple(blind))
            rulers = _rulers(stores, found)
        names = _Names(with_names)
        return tuple(
            _hidden(one)
            if one.id in blind
            else _row(one, answers.get(one.id, []), rulers.get(one.id), names)
            for one in found
        )

    def labeling_config(self, study: str, language: str) -> bytes:
        """Label Studio's interface for the study's review form, as XML."""
        return labeling_config(self.recorder.study(study), language)

    def fidelity(self, study: str, form: Form) -> Fidelity:
        """What a form keeps, found out once by writing and reading it."""
        if (study, form) not in self.fidelities:
            self.fidelities[study, form] = fidelity_of(self.recorder.study(study), form)
        return self.fidelities[study, form]


class _Names:
    """What experts are called in one file."""

    def __init__(self, shown: bool) -> None:
        self.shown = shown
        self.numbers: dict[str, int] = {}

    def of(self, name: str) -> str:
        if self.shown:
            return name
        return f"expert {self.numbers.setdefault(name, len(self.numbers) + 1)}"


def _open_answers(
    stores: Stores, study: str, examples: Sequence[Example], blind: Sequence[ExampleId]
) -> Mapping[ExampleId, list[Response]]:
    """The answers that count, by example, oldest first."""
    author_of = {one.id: one.author for one in examples}
    found: dict[ExampleId, list[Response]] = {}
    closed = stores.responses.closed(study, blind)
    for one in sorted(closed, key=lambda answer: (answer.at, answer.expert)):
        if one.example_id in author_of and one.expert != author_of[one.example_id]:
            found.setdefault(one.example_id, []).append(one)
    return found


def _rulers(stores: Stores, examples: Sequence[Example]) -> Mapping[ExampleId, str]:
    ruled = [one.id for one in examples if one.basis is Basis.ADJUDICATED]
    return {
        case.example_id: case.ruling.adjudicator
        for case in stores.examples.cases(ruled)
        if case.ruling
    }


def _hidden(example: Example) -> ExchangedRow:
    return ExchangedRow(
        id=example.key,
        inputs=example.inputs,
        message=example.message,
        origin=example.origin,
        verdict=Verdict.UNREVIEWED,
        tags=example.tags,
        revision=example.revision_number,
    )


def _row(
    example: Example, answers: Sequence[Response], ruler: str | None, names: _Names
) -> ExchangedRow:
    deciders = [ruler] if ruler else _agreeing(example.verdict, answers)
    return ExchangedRow(
        id=example.key,
        inputs=example.inputs,
        message=example.message,
        origin=example.origin,
        verdict=example.verdict,
        basis=example.basis or "",
        tags=example.tags,
        revision=example.revision_number,
        answers=tuple(_answer(one, names) for one in answers),
        deciders=tuple(names.of(one) for one in deciders),
    )


def _agreeing(verdict: Verdict, answers: Sequence[Response]) -> list[str]:
    """Those whose answers came to the verdict; all of them when they dispute it."""
    decisions = [one for one, made in VERDICT_OF.items() if made is verdict]
    return [one.expert for one in answers if not decisions or one.answer.decision in decisions]


def _answer(response: Response, names: _Names) -> ExchangedAnswer:
    answer = response.answer
    return ExchangedAnswer(
        expert=names.of(response.expert),
        decision=answer.decision or "",
        ratings=dict(answer.ratings),
        flags=answer.flags,
        confidence=answer.confidence or "",
        reason=answer.reason,
        message=answer.message,
    )
