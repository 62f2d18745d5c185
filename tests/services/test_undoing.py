"""Undoing: what others have built since keeps standing, and a sentence says what to do instead."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.bootstrap import App
from dashboard.domain.errors import Conflict, InvalidInput
from dashboard.domain.examples import Example, NewExample
from dashboard.domain.ledger import Deed
from dashboard.domain.responses import Answer, SkipReason
from dashboard.domain.verdicts import Verdict
from dashboard.services.adding import Edit
from dashboard.services.reviewing import Judgment, Seen
from tests.deciding import (
    ACCEPT,
    ANI,
    BUDI,
    CITRA,
    DEWI,
    EDIT,
    REJECT,
    STUDY,
    adopting,
    again,
    answer_of,
    better,
    calibrate,
    decided,
    example_at,
    judge,
    judged,
)


def edited(app: App, example: Example, by: str) -> Example:
    text = better(example, "santai")
    return app.curation.edit(
        Edit(example.id, example.revision_number, example.inputs, text, by, "lebih hangat")
    )


def given_back(app: App, example: Example, expert: str) -> None:
    """The place of an expert is free, as when the claim runs out."""
    with app.history.database.transaction() as stores:
        stores.work_in_hand.release(example.revision_id, expert)


def typed(app: App, example: Example, expert: str, answer: Answer) -> None:
    draft = app.queueing.card(example.id, expert).draft
    judgment = Judgment(example.id, example.revision_id, expert, answer)
    app.reviewing.save_draft(judgment, draft.version if draft else 0)


# Answers that would come back


def test_an_answer_does_not_come_back_to_a_text_that_no_longer_stands(app: App) -> None:
    example = judged(app, 0, ani=ACCEPT, budi=ACCEPT)
    app.reviewing.reopen(Seen(example.id, example.revision_id, BUDI))
    given_back(app, example, BUDI)
    judge(app, example, CITRA, ACCEPT)
    edited(app, again(app, example), DEWI)
    with pytest.raises(Conflict, match="another text"):
        app.history.undo(STUDY, BUDI)
    app.history.undo(STUDY, DEWI)
    assert (again(app, example).answered, again(app, example).needed) == (2, 2)
    assert app.history.proof().holds


def test_an_answer_does_not_come_back_to_a_retired_example(app: App) -> None:
    example = judged(app, 0, ani=ACCEPT, budi=ACCEPT)
    app.reviewing.reopen(Seen(example.id, example.revision_id, BUDI))
    given_back(app, example, BUDI)
    judge(app, example, CITRA, ACCEPT)
    app.bulk.retire([example.id], DEWI, "ganda")
    with pytest.raises(Conflict, match="retired meanwhile"):
        app.history.undo(STUDY, BUDI)
    app.history.undo(STUDY, DEWI)
    assert again(app, example).answered == 2


def test_a_ruling_does_not_come_back_to_a_text_that_no_longer_stands(app: App) -> None:
    example = judged(app, 0, ani=ACCEPT, budi=REJECT)
    app.adjudication.decide(decided(example, REJECT), DEWI)
    app.adjudication.revoke(example.id, DEWI, "keliru")
    edited(app, again(app, example), CITRA)
    with pytest.raises(Conflict, match="another text"):
        app.history.undo(STUDY, DEWI)


def test_what_was_typed_since_is_not_dropped_for_an_answer(app: App) -> None:
    example = judged(app, 0, ani=REJECT)
    app.reviewing.reopen(Seen(example.id, example.revision_id, ANI))
    other = answer_of(app, example, ACCEPT, reason="saya pikir lagi")
    typed(app, example, ANI, other)
    with pytest.raises(Conflict, match="typed something else"):
        app.history.undo(STUDY, ANI)
    draft = app.queueing.card(example.id, ANI).draft
    assert draft is not None and draft.answer == other
    typed(app, example, ANI, Answer())
    app.history.undo(STUDY, ANI)
    assert app.queueing.card(example.id, ANI).own is not None


def test_an_answer_given_after_a_skip_stays_as_a_draft(app: App) -> None:
    example = example_at(app, 0)
    app.reviewing.skip(Seen(example.id, example.revision_id, ANI), SkipReason.UNCLEAR)
    given = judge(app, example, ANI, REJECT)
    app.history.undo(STUDY, ANI)
    card = app.queueing.card(example.id, ANI)
    assert card.own is not None and card.own.skip is SkipReason.UNCLEAR
    assert card.draft is not None and card.draft.answer == given.answer


# Texts that would go


def test_an_edit_that_others_have_answered_stays(app: App) -> None:
    example = edited(app, example_at(app, 0), ANI)
    judge(app, example, BUDI, ACCEPT)
    with pytest.raises(Conflict, match="Others have judged this text"):
        app.history.undo(STUDY, ANI)
    assert again(app, example).revision_id == example.revision_id


def test_an_example_that_others_have_answered_is_not_retired_by_undoing(app: App) -> None:
    like = example_at(app, 0)
    added = app.curation.write_one(STUDY, NewExample("baru", like.inputs, better(like)), ANI)
    judge(app, added, BUDI, ACCEPT)
    with pytest.raises(Conflict, match="Others have judged this text"):
        app.history.undo(STUDY, ANI)
    assert not again(app, added).retired


def test_a_text_that_was_brought_back_and_answered_stays(app: App) -> None:
    example = edited(app, example_at(app, 0), ANI)
    restored = app.curation.restore(example.id, 1, 2, ANI)
    judge(app, restored, BUDI, ACCEPT)
    with pytest.raises(Conflict, match="Others have judged this text"):
        app.history.undo(STUDY, ANI)


def test_an_adopted_edit_that_others_rely_on_stays(app: App) -> None:
    example = judged(app, 0, ani=ACCEPT, budi=EDIT)
    adopted = app.adjudication.decide(adopting(example, BUDI), CITRA)
    app.adjudication.revoke(example.id, CITRA, "keliru")
    judge(app, adopted, ANI, ACCEPT)
    [adopting_line] = [o for o in app.history.undoable(STUDY, CITRA) if o.action.deed is Deed.RULE]
    with pytest.raises(Conflict, match="Others have judged this text"):
        app.history.undo(STUDY, CITRA, adopting_line.action.id)


def test_an_edit_that_somebody_has_ruled_on_stays(app: App) -> None:
    example = edited(app, example_at(app, 0), ANI)
    judge(app, example, BUDI, ACCEPT)
    judge(app, example, CITRA, REJECT)
    app.adjudication.decide(decided(again(app, example), REJECT), DEWI)
    with pytest.raises(Conflict, match="Others have judged this text"):
        app.history.undo(STUDY, ANI)
    assert again(app, example).verdict is Verdict.REJECTED


def test_a_tag_is_taken_back_whoever_has_answered(app: App) -> None:
    example = example_at(app, 0)
    app.bulk.tag([example.id], "mulai", ANI)
    judge(app, example, BUDI, ACCEPT)
    app.history.undo(STUDY, ANI)
    assert again(app, example).tags == ()


# Rounds, people and keys


def test_a_round_that_has_an_answer_is_called_off_and_not_taken_back(app: App) -> None:
    example = example_at(app, 0)
    begun = calibrate(app, example, experts=(ANI, BUDI))
    judge(app, example, ANI, REJECT)
    with pytest.raises(Conflict, match="call it off"):
        app.history.undo(STUDY, DEWI)
    assert app.calibration.rounds(STUDY) == (begun,)
    assert app.queueing.card(example.id, CITRA).others == ()


def test_who_was_added_stays_so_that_nothing_is_offered_for_undoing(app: App) -> None:
    app.team.add(STUDY, "Pak Eko", ANI)
    assert app.history.undoable(STUDY, ANI) == ()
    with pytest.raises(InvalidInput, match="nothing to take back"):
        app.history.undo(STUDY, ANI)
    assert "Pak Eko" in app.team.names(STUDY)
    app.team.leave(STUDY, "Pak Eko", ANI)
    assert [one.action.deed for one in app.history.undoable(STUDY, ANI)] == [Deed.TEAM]


def test_only_the_deeds_asked_for_are_taken_back(app: App) -> None:
    example = judged(app, 0, ani=REJECT)
    app.bulk.tag([example.id], "mulai", ANI)
    answers = frozenset({Deed.SUBMIT, Deed.SKIP, Deed.REOPEN})
    with pytest.raises(InvalidInput, match="History page"):
        app.history.undo(STUDY, ANI, only=answers)
    assert app.curation.tags(STUDY) == ("mulai",)
    app.history.undo(STUDY, ANI)
    assert app.history.undo(STUDY, ANI, only=answers).action.deed is Deed.SUBMIT


def test_how_many_examples_an_action_changed_is_counted(app: App) -> None:
    app.bulk.tag([example_at(app, place).id for place in range(3)], "mulai", ANI)
    policy = app.team.policy(STUDY)
    app.team.agree(replace(policy, overlap=3), policy, ANI)
    rules, tagged = app.history.log(STUDY, ANI)
    assert app.history.count(tagged.action.id) == 3
    assert app.history.count(rules.action.id) == 0
