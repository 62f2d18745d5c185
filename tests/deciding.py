"""Experts who judge examples through the services, for tests of what comes after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dashboard.bootstrap import App
from dashboard.domain.calibration import Round
from dashboard.domain.examples import Example, ExampleFilter
from dashboard.domain.ids import now
from dashboard.domain.ledger import Change, Deed, Fact
from dashboard.domain.responses import Answer, Confidence, Decision, Response
from dashboard.domain.verdicts import Cause
from dashboard.services.adjudication import Decided
from dashboard.services.recording import Doing
from dashboard.services.reviewing import Judgment

STUDY = "affective-intervention"
ANI, BUDI, CITRA, DEWI = "Bu Ani", "Pak Budi", "Bu Citra", "Bu Dewi"
ACCEPT, EDIT, REJECT, UNSURE = Decision.ACCEPT, Decision.EDIT, Decision.REJECT, Decision.UNSURE


def example_at(app: App, place: int) -> Example:
    """The example at a place of the list, from 0, as it stands now."""
    return app.curation.browse(ExampleFilter(STUDY)).examples[place]


def again(app: App, example: Example) -> Example:
    """The same example as it stands now."""
    return app.curation.one(example.id).example


def better(example: Example, word: str = "pelan-pelan") -> str:
    """Another text that keeps the rules."""
    return f"{example.inputs['username']}, {word} aja ya, satu langkah kecil dulu 🌱"


def answer_of(app: App, example: Example, decision: Decision, **parts: object) -> Answer:
    """A complete answer; `parts` replace what it holds, `ratings` only those named."""
    named = parts.pop("ratings", {})
    assert isinstance(named, Mapping)
    full = Answer(
        decision=decision,
        ratings={one.key: 4 for one in app.study.form.ratings} | dict(named),
        confidence=Confidence.HIGH,
        reason="" if decision is ACCEPT else "kurang hangat",
        message=better(example) if decision is EDIT else "",
    )
    return replace(full, **parts)  # type: ignore[arg-type]


def judge(app: App, example: Example, expert: str, decision: Decision, **parts: object) -> Response:
    """One expert's answer to the text that stands."""
    example = again(app, example)
    answer = answer_of(app, example, decision, **parts)
    return app.reviewing.submit(Judgment(example.id, example.revision_id, expert, answer))


def judged(app: App, place: int, **decisions: Decision) -> Example:
    """The example at a place after Ani, Budi, Citra or Dewi answered: `ani=ACCEPT, …`."""
    names = {"ani": ANI, "budi": BUDI, "citra": CITRA, "dewi": DEWI}
    example = example_at(app, place)
    for name, decision in decisions.items():
        judge(app, example, names[name], decision)
    return again(app, example)


def decided(example: Example, decision: Decision, **parts: object) -> Decided:
    """What an adjudicator decides about the text that stands."""
    plain = Decided(example.id, example.revision_id, decision, Cause.DIFFERENCE, "jelas")
    return replace(plain, **parts)  # type: ignore[arg-type]


def adopting(example: Example, expert: str, **parts: object) -> Decided:
    """The edit of an expert, as `judge` lets them write it, is taken."""
    return decided(example, EDIT, text=better(example), adopted=expert, **parts)


def agree_on(app: App, new: Fact, old: Fact | None = None, deed: Deed = Deed.POLICY) -> None:
    """Let the team settle something that is about no single example."""
    with app.history.database.transaction() as stores:
        app.history.recorder.record(stores, Doing(STUDY, DEWI, deed), [Change(old, new)])


def calibrate(app: App, *examples: Example, experts: tuple[str, ...]) -> Round:
    """A blind calibration round over these examples."""
    ids = tuple(one.id for one in examples)
    begun = Round("round-1", STUDY, "pertama", ids, experts, now())
    agree_on(app, begun, deed=Deed.CALIBRATE)
    with app.history.database.transaction() as stores:
        app.history.recorder.settle(stores, STUDY, ids)
    return begun
