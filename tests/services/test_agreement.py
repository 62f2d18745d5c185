"""Agreement: who counts, and that the figures are those of the statistics."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from dashboard.bootstrap import App
from dashboard.domain.ledger import Deed
from dashboard.domain.responses import Decision
from dashboard.domain.team import Policy
from dashboard.services.adding import Edit
from dashboard.services.agreement_file import DEFINITIONS
from dashboard.services.evidence import Asked, Question
from dashboard.services.reviewing import Seen
from dashboard.statistics.agreement.figures import Figure, Undefined, agreement, pairs
from dashboard.statistics.agreement.measures import Coefficient
from dashboard.statistics.agreement.tables import Scale
from tests.deciding import (
    ACCEPT,
    ANI,
    BUDI,
    CITRA,
    DEWI,
    EDIT,
    REJECT,
    STUDY,
    UNSURE,
    adopting,
    again,
    agree_on,
    better,
    calibrate,
    decided,
    example_at,
    judge,
    judged,
)
from tests.ratings import by_name

DECISION = Question(Asked.DECISION, "decision")
EMPATHY = Question(Asked.RATING, "empathy")
SHAMING = Question(Asked.FLAG, "shaming")
SEEN = [(ACCEPT, ACCEPT), (ACCEPT, REJECT), (REJECT, REJECT), (EDIT, UNSURE), (ACCEPT, ACCEPT)]
RATED = [(5, 4), (4, 2), (2, 2), (3, 4), (5, 5)]
SHAMED = [(False, False), (True, False), (True, True), (False, False), (False, False)]


def by_hand(app: App) -> None:
    """Five examples that Ani and Budi judged; see SEEN, RATED and SHAMED."""
    for place, (seen, rated, shamed) in enumerate(zip(SEEN, RATED, SHAMED, strict=True)):
        example = example_at(app, place)
        for expert, decision, rating, flagged in zip((ANI, BUDI), seen, rated, shamed, strict=True):
            flags = ("shaming",) if flagged else ()
            judge(app, example, expert, decision, ratings={"empathy": rating}, flags=flags)


def experts_of(app: App) -> tuple[str, ...]:
    return app.agreement.evidence(STUDY).experts


def test_the_figures_are_those_of_the_statistics(app: App) -> None:
    by_hand(app)
    evidence = app.agreement.evidence(STUDY)
    decisions = [{ANI: str(one), BUDI: str(other)} for one, other in SEEN]
    ratings = [{ANI: one, BUDI: other} for one, other in RATED]
    flags = [{ANI: "yes" if a else "no", BUDI: "yes" if b else "no"} for a, b in SHAMED]
    offered = tuple(str(one) for one in Decision)
    assert evidence.figures(DECISION) == agreement(decisions, Scale.NOMINAL, offered)
    assert evidence.figures(EMPATHY) == agreement(ratings, Scale.ORDINAL, (1, 2, 3, 4, 5))
    assert evidence.figures(SHAMING) == agreement(flags, Scale.NOMINAL, ("no", "yes"))
    assert evidence.pairs(DECISION) == pairs(decisions, Scale.NOMINAL, offered)


def test_percent_agreement_is_what_one_counts_by_hand(app: App) -> None:
    by_hand(app)
    figure = by_name(app.agreement.evidence(STUDY).figures(DECISION))[Coefficient.PERCENT_AGREEMENT]
    assert figure.value == pytest.approx(3 / 5)
    assert (figure.items, figure.raters, figure.pairs, figure.is_small) == (5, 2, 5, True)


def test_every_question_of_the_form_is_there(app: App) -> None:
    questions = app.agreement.evidence(STUDY).questions
    form = app.study.form
    assert questions[0] == DECISION
    assert [one.key for one in questions[1:]] == [
        *(one.key for one in form.ratings),
        *(one.key for one in form.flags),
    ]


def test_without_answers_every_figure_says_why_it_has_no_value(app: App) -> None:
    evidence = app.agreement.evidence(STUDY)
    whys = {f.why_undefined for question in evidence.questions for f in evidence.figures(question)}
    assert whys == {Undefined.NO_PAIRS}
    assert evidence.disagreements() == ()


def test_identical_answers_are_no_variation(app: App) -> None:
    judged(app, 0, ani=ACCEPT, budi=ACCEPT)
    figures = app.agreement.evidence(STUDY).figures(DECISION)
    assert {one.why_undefined for one in figures} == {Undefined.NO_VARIATION}


def test_open_examples_say_nothing(app: App) -> None:
    judged(app, 0, ani=REJECT)
    assert experts_of(app) == ()


def test_blind_rounds_say_nothing(app: App) -> None:
    begun = calibrate(app, example_at(app, 0), experts=(ANI, BUDI))
    judged(app, 0, ani=ACCEPT, budi=REJECT)
    assert experts_of(app) == ()
    agree_on(app, replace(begun, revealed_at=begun.started_at), begun, Deed.CALIBRATE)
    with app.history.database.transaction() as stores:
        app.history.recorder.settle(stores, STUDY, begun.example_ids)
    assert experts_of(app) == (ANI, BUDI)


def test_an_answer_given_after_reading_the_others_is_no_evidence(app: App) -> None:
    agree_on(app, Policy(STUDY, overlap=3))
    with app.curation.database.transaction() as stores:
        stores.examples.need(Policy(STUDY, overlap=3))
    example = judged(app, 0, ani=ACCEPT, budi=REJECT)
    app.reviewing.reopen(Seen(example.id, example.revision_id, BUDI))
    judge(app, example, BUDI, ACCEPT)
    judge(app, example, CITRA, ACCEPT)
    assert again(app, example).answered == 3
    assert experts_of(app) == (ANI, CITRA)


def test_an_adjudicator_is_no_rater_and_an_answer_given_before_stays(app: App) -> None:
    agree_on(app, Policy(STUDY, adjudicate_own=True))
    first = judged(app, 0, ani=ACCEPT, budi=REJECT)
    second = judged(app, 1, ani=ACCEPT, budi=REJECT)
    app.adjudication.decide(decided(first, ACCEPT), DEWI)
    before = app.agreement.evidence(STUDY).figures(DECISION)
    app.adjudication.decide(decided(second, REJECT), ANI)
    evidence = app.agreement.evidence(STUDY)
    assert evidence.experts == (ANI, BUDI)
    assert evidence.figures(DECISION) == before


def test_answers_to_an_earlier_text_stay_evidence_and_are_no_disagreement_of_today(
    app: App,
) -> None:
    example = judged(app, 0, ani=ACCEPT, budi=EDIT)
    before = app.agreement.evidence(STUDY).figures(DECISION)
    app.adjudication.decide(adopting(example, BUDI), DEWI)
    evidence = app.agreement.evidence(STUDY)
    assert evidence.figures(DECISION) == before
    assert evidence.disagreements() == ()


def test_every_text_is_an_item_of_its_own(app: App) -> None:
    example = judged(app, 0, ani=ACCEPT, budi=REJECT)
    app.curation.edit(Edit(example.id, 1, example.inputs, better(example), CITRA, "hangat"))
    assert len(app.agreement.evidence(STUDY).judged) == 1
    judged(app, 0, ani=ACCEPT, budi=ACCEPT)
    figure = by_name(app.agreement.evidence(STUDY).figures(DECISION))[Coefficient.PERCENT_AGREEMENT]
    assert (figure.items, figure.value) == (2, 0.5)


def test_ratings_left_out_on_a_plain_accept_are_not_counted_as_answers(app: App) -> None:
    example = example_at(app, 0)
    judge(app, example, ANI, ACCEPT, ratings={}, flags=())
    answers = app.agreement.evidence(STUDY)
    assert answers.given(EMPATHY) == 0
    judge(app, example, BUDI, REJECT)
    evidence = app.agreement.evidence(STUDY)
    assert evidence.given(EMPATHY) == 2
    assert evidence.given(DECISION) == 2


def test_what_one_expert_was_not_asked_leaves_nothing_to_compare(app: App) -> None:
    given = judge(app, example_at(app, 0), BUDI, REJECT)
    bare = replace(given.answer, decision=ACCEPT, ratings={}, flags=())
    click = replace(given, expert=ANI, answer=bare, form_version="")  # as the first schema had it
    agree_on(app, click, deed=Deed.SUBMIT)
    evidence = app.agreement.evidence(STUDY)
    assert (evidence.given(EMPATHY), evidence.given(SHAMING), evidence.given(DECISION)) == (1, 1, 2)
    assert by_name(evidence.figures(EMPATHY))[Coefficient.AC2_ORDINAL].why_undefined is (
        Undefined.NO_PAIRS
    )


def test_slices_hold_the_examples_of_their_value(app: App) -> None:
    by_hand(app)
    evidence = app.agreement.evidence(STUDY)
    arcs = [example_at(app, place).inputs["arcsmodel"] for place in range(5)]
    for field, value, part in evidence.slices():
        if field == "arcsmodel":
            assert len(part.judged) == arcs.count(value)
    assert [value for field, value, _part in evidence.slices() if field == "guideline"] == ["1"]


def test_the_guidelines_version_parts_answers(app: App) -> None:
    by_hand(app)
    evidence = app.agreement.evidence(STUDY)
    assert len(evidence.under(1).responses) == len(evidence.responses)
    assert evidence.under(2).judged == ()


def test_the_most_different_examples_come_first(app: App) -> None:
    by_hand(app)
    found = app.agreement.evidence(STUDY).disagreements()
    keys = [one.example.key for one in found]
    assert keys == [example_at(app, place).key for place in (1, 3, 0)]
    assert (found[0].differing, found[0].rating, found[0].low, found[0].high) == (
        1.0, "empathy", 2, 4,
    )  # fmt: skip
    assert found[0].decisions == {ACCEPT: 1, REJECT: 1}


def test_the_file_names_every_definition_and_keeps_every_digit(app: App) -> None:
    by_hand(app)
    rows = list(csv.DictReader(io.StringIO(app.agreement.file(STUDY).decode("utf-8-sig"))))
    whole = [one for one in rows if one["slice"] == "all"]
    figures: list[Figure] = [
        one
        for question in app.agreement.evidence(STUDY).questions
        for one in app.agreement.evidence(STUDY).figures(question)
    ]
    assert len(whole) == len(figures)
    for row, figure in zip(whole, figures, strict=True):
        assert row["definition"] == DEFINITIONS[figure.coefficient]
        assert row["undefined"] == (figure.why_undefined or "")
        if figure.value is not None:
            assert float(row["estimate"]) == pytest.approx(figure.value, abs=1e-6)
    assert {"arcsmodel", "emotion", "reinforcement", "guideline"} < {one["slice"] for one in rows}


def test_every_coefficient_has_a_definition() -> None:
    assert set(DEFINITIONS) == set(Coefficient)
