"""Judging many variants with one answer: the rules of a single one, one action and one undo."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from dashboard.bootstrap import App
from dashboard.domain.errors import InvalidInput
from dashboard.domain.examples import Example
from dashboard.domain.ids import ExampleId, RevisionId
from dashboard.domain.ledger import Deed
from dashboard.domain.responses import Answer, Decision
from dashboard.domain.team import Policy
from dashboard.domain.verdicts import Verdict
from dashboard.services.adding import Edit
from dashboard.services.judging import Judged
from dashboard.services.reviewing import Judgment
from tests.augmenting import STUDY, augmentation_over, children, examples, finished
from tests.deciding import agree_on, better, calibrate
from tests.services.teamwork import BUDI, RANI, SARI, standing, submit

ACCEPT, REJECT = Decision.ACCEPT, Decision.REJECT


@pytest.fixture
def variants(app: App) -> tuple[Example, ...]:
    """Variants of the starters that nobody has judged."""
    finished(augmentation_over(app))
    return children(app)


def shown(some: Sequence[Example]) -> dict[ExampleId, RevisionId]:
    return {one.id: one.revision_id for one in some}


def reasons(judged: Judged) -> dict[str, int]:
    return {str(one.why): one.count for one in judged.refusals}


def test_many_are_accepted_in_one_action_and_taken_back_by_one_undo(
    app: App, variants: tuple[Example, ...]
) -> None:
    assert app.bulk.judge(shown(variants[:30]), RANI, ACCEPT) == Judged(30)
    assert {one.verdict for one in children(app)[:30]} == {Verdict.ACCEPTED}
    [line] = app.history.undoable(STUDY, RANI)
    assert (line.action.deed, line.count) == (Deed.JUDGE, 30)
    app.history.undo(STUDY, RANI)
    assert {one.verdict for one in children(app)} == {Verdict.UNREVIEWED}
    assert app.history.undoable(STUDY, RANI) == ()
    assert app.reviewing.drafts(STUDY, RANI) == ()
    assert app.history.proof().holds
    assert app.bulk.judge(shown(variants[:30]), RANI, REJECT, "kaku") == Judged(30)


def test_each_answer_is_an_ordinary_one_without_ratings(
    app: App, variants: tuple[Example, ...]
) -> None:
    app.bulk.judge(shown(variants[:2]), RANI, REJECT, " kaku ")
    responses = app.reviewing.answered(STUDY, RANI)
    assert [one.answer for one in responses] == [Answer(REJECT, reason="kaku")] * 2
    assert all(one.is_submitted and one.independent and one.guideline_version for one in responses)
    assert {standing(app, one).verdict for one in variants[:2]} == {Verdict.REJECTED}


def test_the_log_tells_the_deed_and_not_the_reason(app: App, variants: tuple[Example, ...]) -> None:
    agree_on(app, Policy(STUDY, child_overlap=2))
    app.bulk.judge(shown(variants[:2]), RANI, REJECT, "kaku sekali")
    assert "kaku" not in str(app.history.log(STUDY))
    assert "kaku" not in str(app.history.of_example(variants[0].id, BUDI))


def test_a_rejection_needs_a_reason_and_nothing_else_is_for_many(
    app: App, variants: tuple[Example, ...]
) -> None:
    with pytest.raises(InvalidInput, match="Say in a few words why"):
        app.bulk.judge(shown(variants[:2]), RANI, REJECT, " ")
    for decision in (Decision.EDIT, Decision.UNSURE):
        with pytest.raises(InvalidInput, match="Many at once are accepted or rejected"):
            app.bulk.judge(shown(variants[:2]), RANI, decision, "kaku")
    assert app.reviewing.answered(STUDY, RANI) == ()


def test_a_text_that_was_not_shown_takes_no_answer(app: App, variants: tuple[Example, ...]) -> None:
    seen = shown(variants[:3])
    first = variants[0]
    text = better(first)
    app.curation.edit(Edit(first.id, 1, first.inputs, text, BUDI, "lebih hangat"))
    judged = app.bulk.judge(seen, RANI, ACCEPT)
    assert judged.answered == 2
    [[why, count]] = reasons(judged).items()
    assert "changed this example" in why and count == 1
    assert standing(app, first).verdict is Verdict.UNREVIEWED


def test_no_variant_gets_more_answers_than_it_needs(
    app: App, variants: tuple[Example, ...]
) -> None:
    submit(app, variants[0], BUDI)
    judged = app.bulk.judge(shown(variants[:3]), RANI, REJECT, "kaku")
    assert judged.answered == 2
    assert standing(app, variants[0]).verdict is Verdict.ACCEPTED
    assert [(one.answered, one.needed) for one in children(app)[:3]] == [(1, 1)] * 3


def test_the_same_again_is_refused_and_writes_nothing(
    app: App, variants: tuple[Example, ...]
) -> None:
    app.bulk.judge(shown(variants[:3]), RANI, ACCEPT)
    again = app.bulk.judge(shown(variants[:3]), RANI, ACCEPT)
    assert again.answered == 0
    assert reasons(again) == {"You have answered this example; reopen your answer first.": 3}
    assert len(app.history.undoable(STUDY, RANI)) == 1


def test_originals_one_s_own_retired_ones_and_those_of_a_round_are_left_out(
    app: App, variants: tuple[Example, ...]
) -> None:
    own, gone, calibrated, foreign, free = variants[:5]
    text = better(own)
    app.curation.edit(Edit(own.id, 1, own.inputs, text, RANI, "lebih hangat"))
    app.bulk.retire([gone.id], BUDI, "kembar")
    calibrate(app, calibrated, experts=(RANI, BUDI))
    asked = [examples(app)[0], standing(app, own), gone, calibrated, free]
    judged = app.bulk.judge(shown(asked), RANI, ACCEPT)
    assert judged.answered == 1
    assert sum(reasons(judged).values()) == 4
    assert any("Only variants are judged" in one for one in reasons(judged))
    assert any("This text is yours" in one for one in reasons(judged))
    assert any("every rating" in one for one in reasons(judged))
    assert standing(app, foreign).verdict is Verdict.UNREVIEWED


def test_what_is_typed_already_is_not_answered_over(
    app: App, variants: tuple[Example, ...]
) -> None:
    first = variants[0]
    typed = Answer(REJECT, reason="mungkin kaku")
    app.reviewing.save_draft(Judgment(first.id, first.revision_id, RANI, typed), 0)
    judged = app.bulk.judge(shown(variants[:2]), RANI, ACCEPT)
    assert (judged.answered, len(judged.refusals)) == (1, 1)
    assert "begun an answer" in str(judged.refusals[0].why)
    assert [one.answer for one in app.reviewing.drafts(STUDY, RANI)] == [typed]


def test_where_two_answers_are_wanted_the_second_expert_decides(
    app: App, variants: tuple[Example, ...]
) -> None:
    agree_on(app, Policy(STUDY, child_overlap=2))
    some = shown(variants[:2])
    app.bulk.judge(some, RANI, ACCEPT)
    assert standing(app, variants[0]).verdict is Verdict.UNREVIEWED
    app.bulk.judge(some, BUDI, REJECT, "kaku")
    assert standing(app, variants[0]).verdict is Verdict.DISPUTED
    assert app.bulk.judge(some, SARI, ACCEPT).answered == 0


def test_the_key_of_the_review_form_does_not_take_it_back(
    app: App, variants: tuple[Example, ...]
) -> None:
    app.bulk.judge(shown(variants[:5]), RANI, ACCEPT)
    answers = frozenset({Deed.SUBMIT, Deed.SKIP, Deed.REOPEN})
    with pytest.raises(InvalidInput, match="was no answer"):
        app.history.undo(STUDY, RANI, only=answers)
