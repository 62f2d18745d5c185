"""Adjudication: who may decide what, and what becomes of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.bootstrap import App
from dashboard.domain.errors import Conflict, InvalidInput
from dashboard.domain.responses import Decision
from dashboard.domain.team import Policy
from dashboard.domain.verdicts import Basis, Cause, Rule, Verdict
from dashboard.services.adding import Edit
from dashboard.services.disputes import is_drawn
from dashboard.services.reviewing import Seen
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


@pytest.mark.parametrize(
    ("first", "second", "verdict", "basis"),
    [
        (ACCEPT, ACCEPT, Verdict.ACCEPTED, Basis.UNANIMOUS),
        (REJECT, REJECT, Verdict.REJECTED, Basis.UNANIMOUS),
        (ACCEPT, REJECT, Verdict.DISPUTED, None),
        (ACCEPT, EDIT, Verdict.DISPUTED, None),
        (EDIT, EDIT, Verdict.DISPUTED, None),
        (UNSURE, UNSURE, Verdict.DISPUTED, None),
    ],
)
def test_two_answers_come_to_a_verdict(
    app: App, first: Decision, second: Decision, verdict: Verdict, basis: Basis | None
) -> None:
    example = judged(app, 0, ani=first, budi=second)
    assert (example.verdict, example.basis) == (verdict, basis)


def test_more_than_half_decide_where_the_team_wants_it(app: App) -> None:
    agree_on(app, Policy(STUDY, overlap=3, rule=Rule.MAJORITY))
    with app.curation.database.transaction() as stores:
        stores.examples.need(Policy(STUDY, overlap=3))
    example = judged(app, 0, ani=ACCEPT, budi=REJECT, citra=ACCEPT)
    assert (example.verdict, example.basis) == (Verdict.ACCEPTED, Basis.MAJORITY)


def test_danger_for_a_student_is_put_before_a_person_at_once(app: App) -> None:
    judged(app, 0, ani=ACCEPT, budi=REJECT)
    example = example_at(app, 1)
    judge(app, example, ANI, REJECT, flags=("crisis",))
    first, second = app.adjudication.disputed(STUDY)
    assert first.example.id == example.id
    assert first.is_crisis and not second.is_crisis
    with pytest.raises(Conflict):
        judge(app, example, BUDI, ACCEPT)


def test_the_worst_come_first(app: App) -> None:
    milder = judged(app, 0, ani=EDIT, budi=EDIT)
    apart = judged(app, 1, ani=ACCEPT, budi=REJECT)
    unsafe = example_at(app, 2)
    for expert in (ANI, BUDI):
        judge(app, unsafe, expert, ACCEPT, flags=("shaming",))
    found = [one.example.id for one in app.adjudication.disputed(STUDY)]
    assert found == [unsafe.id, apart.id, milder.id]


def test_answers_stand_in_an_order_of_their_own_that_stays(app: App) -> None:
    for place in range(12):
        judged(app, place, ani=ACCEPT, budi=REJECT)
    disputes = app.adjudication.disputed(STUDY)
    orders = [tuple(response.expert for response in one.responses) for one in disputes]
    assert set(orders) == {(ANI, BUDI), (BUDI, ANI)}
    assert disputes == app.adjudication.disputed(STUDY)


def test_a_fixed_tenth_of_what_all_agreed_on_is_looked_at_again(app: App) -> None:
    for place in range(40):
        judged(app, place, ani=ACCEPT, budi=ACCEPT)
    refused = judged(app, 40, ani=REJECT, budi=REJECT)
    drawn = {one.example.id for one in app.adjudication.spot_checks(STUDY)}
    expected = {example_at(app, place).id for place in range(40)}
    assert drawn == {one for one in expected if is_drawn(one)}
    assert refused.id not in drawn
    for one in drawn:
        app.adjudication.decide(decided(again(app, app.curation.one(one).example), ACCEPT), DEWI)
    assert not app.adjudication.spot_checks(STUDY)


@pytest.mark.parametrize(
    ("decision", "verdict"), [(ACCEPT, Verdict.ACCEPTED), (REJECT, Verdict.REJECTED)]
)
def test_a_ruling_decides(app: App, decision: Decision, verdict: Verdict) -> None:
    example = judged(app, 0, ani=ACCEPT, budi=REJECT)
    ruled = app.adjudication.decide(decided(example, decision), DEWI)
    assert (ruled.verdict, ruled.basis) == (verdict, Basis.ADJUDICATED)
    [found] = app.adjudication.decided(STUDY)
    assert found.ruling is not None
    assert (found.ruling.adjudicator, found.ruling.cause) == (DEWI, Cause.DIFFERENCE)
    assert app.adjudication.disputed(STUDY) == ()


def test_taking_somebodys_edit_makes_gold_under_their_name(app: App) -> None:
    example = judged(app, 0, ani=ACCEPT, budi=EDIT)
    ruled = app.adjudication.decide(adopting(example, BUDI), DEWI)
    assert (ruled.verdict, ruled.basis) == (Verdict.ACCEPTED, Basis.ADJUDICATED)
    assert (ruled.message, ruled.author) == (better(example), BUDI)


def test_an_edit_that_its_expert_has_changed_since_is_not_taken(app: App) -> None:
    example = judged(app, 0, ani=ACCEPT, budi=EDIT)
    app.reviewing.reopen(Seen(example.id, example.revision_id, BUDI))
    judge(app, example, BUDI, EDIT, message=better(example, "santai"))
    with pytest.raises(Conflict, match="taken back meanwhile"):
        app.adjudication.decide(adopting(example, BUDI), DEWI)


def test_ones_own_edit_waits_for_somebody_else(app: App) -> None:
    example = judged(app, 0, ani=ACCEPT, budi=REJECT)
    text = better(example, "santai")
    ruled = app.adjudication.decide(decided(example, EDIT, text=text), DEWI)
    assert (ruled.verdict, ruled.author, ruled.answered) == (Verdict.UNREVIEWED, DEWI, 0)
    with pytest.raises(InvalidInput, match="yours"):
        judge(app, ruled, DEWI, ACCEPT)
    assert judged(app, 0, ani=ACCEPT, citra=ACCEPT).basis is Basis.UNANIMOUS


def test_nobody_rules_on_their_own_text_as_accepted(app: App) -> None:
    example = example_at(app, 0)
    edit = Edit(example.id, 1, example.inputs, better(example), DEWI, "lebih hangat")
    app.curation.edit(edit)
    example = judged(app, 0, ani=ACCEPT, budi=REJECT)
    with pytest.raises(InvalidInput, match="yours"):
        app.adjudication.decide(decided(example, ACCEPT), DEWI)
    assert app.adjudication.decide(decided(example, REJECT), DEWI).verdict is Verdict.REJECTED


def test_an_authors_answer_to_their_own_text_never_counts(app: App) -> None:
    example = judged(app, 0, ani=ACCEPT, budi=ACCEPT)
    edit = Edit(example.id, 1, example.inputs, better(example), ANI, "lebih hangat")
    edited = app.curation.edit(edit)
    with pytest.raises(InvalidInput, match="yours"):
        judge(app, edited, ANI, ACCEPT)
    judge(app, edited, BUDI, ACCEPT)
    assert again(app, edited).verdict is Verdict.UNREVIEWED


def test_who_has_answered_decides_only_where_the_team_allows_it_and_is_stamped(app: App) -> None:
    example = judged(app, 0, ani=ACCEPT, budi=REJECT)
    with pytest.raises(InvalidInput, match="You have answered"):
        app.adjudication.decide(decided(example, ACCEPT), ANI)
    agree_on(app, Policy(STUDY, adjudicate_own=True))
    app.adjudication.decide(decided(example, ACCEPT), ANI)
    [found] = app.adjudication.decided(STUDY)
    assert found.ruling is not None and found.ruling.answered_self


def test_whoever_has_not_answered_is_not_stamped(app: App) -> None:
    example = judged(app, 0, ani=ACCEPT, budi=REJECT)
    app.adjudication.decide(decided(example, ACCEPT), CITRA)
    ruling = app.adjudication.dispute(example.id).ruling
    assert ruling is not None and not ruling.answered_self


@pytest.mark.parametrize(
    ("decision", "parts", "needs_reason"),
    [
        (ACCEPT, {}, False),
        (REJECT, {}, True),
        (EDIT, {"adopted": BUDI, "text": ""}, False),
        (EDIT, {"text": ""}, True),
    ],
)
def test_a_result_that_matches_nobody_needs_a_reason(
    app: App, decision: Decision, parts: dict[str, object], needs_reason: bool
) -> None:
    example = judged(app, 0, ani=ACCEPT, budi=EDIT)
    if "text" in parts:
        text = better(example) if "adopted" in parts else better(example, "santai")
        parts = {**parts, "text": text}
    wanted = decided(example, decision, reason=" ", **parts)
    if needs_reason:
        with pytest.raises(InvalidInput, match="say in a few words why"):
            app.adjudication.decide(wanted, DEWI)
        wanted = replace(wanted, reason="jelas")
    app.adjudication.decide(wanted, DEWI)
    assert not app.adjudication.disputed(STUDY)


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "empty"), ("same", "the same as the message"), ("Semangat!", "at least 3")],
)
def test_an_own_edit_keeps_the_rules(app: App, text: str, said: str) -> None:
    example = judged(app, 0, ani=ACCEPT, budi=REJECT)
    text = example.message if text == "same" else text
    with pytest.raises(InvalidInput, match=said):
        app.adjudication.decide(decided(example, EDIT, text=text), DEWI)


def test_unsure_is_no_decision(app: App) -> None:
    example = judged(app, 0, ani=UNSURE, budi=UNSURE)
    with pytest.raises(InvalidInput, match="Decide"):
        app.adjudication.decide(decided(example, UNSURE), DEWI)


def test_a_text_that_changed_meanwhile_is_not_decided(app: App) -> None:
    example = judged(app, 0, ani=ACCEPT, budi=REJECT)
    app.curation.edit(Edit(example.id, 1, example.inputs, better(example), CITRA, "hangat"))
    with pytest.raises(Conflict, match="version 2"):
        app.adjudication.decide(decided(example, ACCEPT), DEWI)


def test_two_adjudicators_do_not_overwrite_each_other(app: App) -> None:
    example = judged(app, 0, ani=ACCEPT, budi=REJECT)
    app.adjudication.decide(decided(example, ACCEPT), CITRA)
    with pytest.raises(Conflict, match="has been decided"):
        app.adjudication.decide(decided(example, REJECT), DEWI)
    assert again(app, example).verdict is Verdict.ACCEPTED


def test_an_example_that_takes_answers_is_neither_shown_nor_decided(app: App) -> None:
    example = judged(app, 0, ani=REJECT)
    with pytest.raises(InvalidInput, match="1 of 2"):
        app.adjudication.dispute(example.id)
    with pytest.raises(InvalidInput, match="1 of 2"):
        app.adjudication.decide(decided(example, ACCEPT), DEWI)
    assert app.adjudication.disputed(STUDY) == ()


def test_a_blind_round_is_decided_after_it_is_revealed(app: App) -> None:
    example = example_at(app, 0)
    calibrate(app, example, experts=(ANI, BUDI))
    example = judged(app, 0, ani=ACCEPT, budi=REJECT)
    assert app.adjudication.disputed(STUDY) == ()
    with pytest.raises(InvalidInput):
        app.adjudication.dispute(example.id)
    with pytest.raises(InvalidInput):
        app.adjudication.decide(decided(example, ACCEPT), DEWI)


def test_danger_for_a_student_does_not_wait_for_a_round(app: App) -> None:
    example = example_at(app, 0)
    calibrate(app, example, experts=(ANI, BUDI, CITRA))
    judge(app, example, ANI, REJECT, flags=("crisis",))
    [found] = app.adjudication.disputed(STUDY)
    assert found.is_crisis
    assert app.adjudication.decide(decided(example, REJECT), DEWI).verdict is Verdict.REJECTED


def test_a_ruling_is_taken_back_with_a_reason(app: App) -> None:
    example = judged(app, 0, ani=ACCEPT, budi=REJECT)
    app.adjudication.decide(decided(example, ACCEPT), DEWI)
    with pytest.raises(InvalidInput, match="why"):
        app.adjudication.revoke(example.id, CITRA, "  ")
    assert app.adjudication.revoke(example.id, CITRA, "terlalu cepat").verdict is Verdict.DISPUTED
    assert app.adjudication.decided(STUDY) == ()
    with pytest.raises(InvalidInput, match="Nobody has decided"):
        app.adjudication.revoke(example.id, CITRA, "lagi")


def test_an_adopted_edit_whose_ruling_is_taken_back_waits_for_answers(app: App) -> None:
    example = judged(app, 0, ani=ACCEPT, budi=EDIT)
    app.adjudication.decide(adopting(example, BUDI), DEWI)
    back = app.adjudication.revoke(example.id, DEWI, "keliru")
    assert (back.verdict, back.revision_number, back.answered) == (Verdict.UNREVIEWED, 2, 0)


def test_nobodys_answer_is_changed_by_a_ruling(app: App) -> None:
    example = judged(app, 0, ani=ACCEPT, budi=REJECT)
    before = app.adjudication.dispute(example.id).responses
    app.adjudication.decide(decided(example, REJECT), DEWI)
    assert app.adjudication.dispute(example.id).responses == before
