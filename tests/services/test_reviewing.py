"""Reviewing: drafts, answers, skipping, and who may read what."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.bootstrap import App
from dashboard.domain.errors import Conflict, InvalidInput
from dashboard.domain.examples import Example
from dashboard.domain.ledger import Change, Deed
from dashboard.domain.responses import Answer, Decision, ResponseState, SkipReason
from dashboard.domain.team import Person, Policy
from dashboard.domain.verdicts import Verdict
from dashboard.services.adding import Edit
from dashboard.services.queueing import Card
from dashboard.services.recording import Doing
from dashboard.services.reviewing import Judgment, Seen
from tests.reviewers import STUDY, agreed, answer_of, first, judged

ACCEPT = Answer(Decision.ACCEPT)
TYPED = Answer(Decision.REJECT, reason="terlalu kak")


@pytest.fixture
def example(app: App) -> Example:
    return first(app)[0]


def judgment(example: Example, expert: str, answer: Answer = ACCEPT) -> Judgment:
    return Judgment(example.id, example.revision_id, expert, answer)


def seen(example: Example, expert: str) -> Seen:
    return Seen(example.id, example.revision_id, expert)


def seen_by(app: App, example: Example, viewer: str) -> Card:
    return app.queueing.card(example.id, viewer)


def better(example: Example) -> str:
    return f"{example.inputs['username']}, pelan-pelan aja ya, satu langkah kecil dulu 🌱"


def test_a_draft_is_the_experts_own_and_counts_nowhere(app: App, example: Example) -> None:
    saved = app.reviewing.save_draft(judgment(example, "Bu Rani", TYPED), seen_version=0)
    assert saved.version == 1
    assert seen_by(app, example, "Bu Rani").draft == saved
    assert seen_by(app, example, "Pak Budi").draft is None
    assert app.curation.one(example.id).example.answered == 0
    assert [one.answer for one in app.reviewing.drafts(STUDY, "Bu Rani")] == [TYPED]


def test_a_draft_typed_in_another_window_is_not_overwritten(app: App, example: Example) -> None:
    app.reviewing.save_draft(judgment(example, "Bu Rani", TYPED), 0)
    with pytest.raises(Conflict, match="Both texts are kept"):
        app.reviewing.save_draft(judgment(example, "Bu Rani", ACCEPT), 0)
    standing = seen_by(app, example, "Bu Rani").draft
    assert standing is not None
    assert standing.answer == TYPED
    app.reviewing.save_draft(judgment(example, "Bu Rani", ACCEPT), standing.version)
    again = seen_by(app, example, "Bu Rani").draft
    assert again is not None
    assert (again.answer, again.version) == (ACCEPT, 2)


def test_two_accepts_make_gold_and_one_does_not(app: App, example: Example) -> None:
    judged(app, example, "Bu Rani", ACCEPT)
    assert app.curation.one(example.id).example.verdict is Verdict.UNREVIEWED
    judged(app, example, "Pak Budi", ACCEPT)
    assert app.curation.one(example.id).example.verdict is Verdict.ACCEPTED
    assert app.curation.counts(STUDY)[Verdict.ACCEPTED] == 1


def test_submitting_ends_the_draft_and_again_changes_nothing(app: App, example: Example) -> None:
    app.reviewing.save_draft(judgment(example, "Bu Rani"), 0)
    sent = app.reviewing.submit(judgment(example, "Bu Rani"))
    assert app.reviewing.drafts(STUDY, "Bu Rani") == ()
    assert app.reviewing.submit(judgment(example, "Bu Rani")) == sent
    assert len([one for one in app.history.log(STUDY) if one.action.deed is Deed.SUBMIT]) == 1


def test_another_answer_needs_the_first_one_reopened(app: App, example: Example) -> None:
    judged(app, example, "Bu Rani", ACCEPT)
    with pytest.raises(InvalidInput, match="reopen your answer first"):
        judged(app, example, "Bu Rani", answer_of(app, Decision.REJECT))


def test_an_answer_to_a_text_that_has_changed_is_refused(app: App, example: Example) -> None:
    app.reviewing.save_draft(judgment(example, "Bu Rani", TYPED), 0)
    text = better(example)
    app.curation.edit(Edit(example.id, 1, example.inputs, text, "Pak Budi", ""))
    with pytest.raises(Conflict, match="now version 2"):
        judged(app, example, "Bu Rani", ACCEPT)
    with pytest.raises(Conflict, match="now version 2"):
        app.reviewing.save_draft(judgment(example, "Bu Rani", TYPED), 1)


def test_an_edit_is_a_proposal_and_leaves_the_text_alone(app: App, example: Example) -> None:
    edit = answer_of(app, Decision.EDIT, better(example))
    judged(app, example, "Bu Rani", edit)
    judged(app, example, "Pak Budi", ACCEPT)
    now = app.curation.one(example.id).example
    assert (now.message, now.verdict) == (example.message, Verdict.DISPUTED)


def test_an_edit_must_keep_the_rules(app: App, example: Example) -> None:
    with pytest.raises(InvalidInput, match="25"):
        judged(app, example, "Bu Rani", answer_of(app, Decision.EDIT, "kata " * 40 + "🌱"))


def test_nobody_judges_their_own_text(app: App, example: Example) -> None:
    text = better(example)
    edited = app.curation.edit(Edit(example.id, 1, example.inputs, text, "Bu Rani", ""))
    with pytest.raises(InvalidInput, match="This text is yours"):
        judged(app, edited, "Bu Rani", ACCEPT)


def test_others_stay_hidden_until_the_own_answer_is_in(app: App, example: Example) -> None:
    with app.curation.database.transaction() as stores:
        app.curation.recorder.record(
            stores,
            Doing(STUDY, "Pak Budi", Deed.POLICY),
            [Change(None, Policy(STUDY, overlap=3))],
        )
        app.curation.recorder.settle(stores, STUDY, [example.id])
    judged(app, example, "Pak Budi", answer_of(app, Decision.REJECT))
    assert seen_by(app, example, "Bu Rani").others == ()
    app.reviewing.save_draft(judgment(example, "Bu Rani", TYPED), 0)
    assert seen_by(app, example, "Bu Rani").others == ()
    app.reviewing.skip(seen(example, "Bu Sari"), SkipReason.UNCLEAR)
    assert seen_by(app, example, "Bu Sari").others == ()
    judged(app, example, "Bu Rani", ACCEPT)
    assert [one.expert for one in seen_by(app, example, "Bu Rani").others] == ["Pak Budi"]
    hidden = [
        one
        for one in app.history.of_example(example.id, "Bu Sari")
        if getattr(one.change.fact, "expert", "") not in ("", "Bu Sari")
    ]
    assert hidden == []


def test_a_complete_example_is_open_to_everybody(app: App, example: Example) -> None:
    agreed(app, example, Decision.ACCEPT)
    assert len(seen_by(app, example, "Bu Sari").others) == 2


def test_skipping_leaves_the_example_to_others_and_can_be_taken_back(
    app: App, example: Example
) -> None:
    skipped = app.reviewing.skip(seen(example, "Bu Rani"), SkipReason.OTHER, "kenal anaknya")
    assert (skipped.state, skipped.skip) == (ResponseState.SKIPPED, SkipReason.OTHER)
    assert app.curation.one(example.id).example.answered == 0
    upcoming = app.queueing.upcoming(STUDY, "Bu Rani", 5)
    assert example.id not in [one.example.id for one in upcoming]
    app.reviewing.reopen(seen(example, "Bu Rani"))
    assert example.id in [one.example.id for one in app.queueing.upcoming(STUDY, "Bu Rani", 6)]
    judged(app, example, "Bu Rani", ACCEPT)
    with pytest.raises(InvalidInput, match="reopen your answer"):
        app.reviewing.skip(seen(example, "Bu Rani"), SkipReason.UNCLEAR)


def test_skipping_for_another_reason_says_which(app: App, example: Example) -> None:
    with pytest.raises(InvalidInput, match="few words"):
        app.reviewing.skip(seen(example, "Bu Rani"), SkipReason.OTHER, " ")


def test_a_reopened_answer_is_a_draft_again(app: App, example: Example) -> None:
    answer = answer_of(app, Decision.REJECT)
    judged(app, example, "Bu Rani", answer)
    app.reviewing.reopen(seen(example, "Bu Rani"))
    card = seen_by(app, example, "Bu Rani")
    assert card.own is None
    assert card.draft is not None
    assert card.draft.answer == answer
    assert app.curation.one(example.id).example.answered == 0


def test_who_reopens_after_reading_the_others_no_longer_counts_as_independent(
    app: App, example: Example
) -> None:
    assert judged(app, example, "Bu Rani", ACCEPT).independent
    app.reviewing.reopen(seen(example, "Bu Rani"))
    assert judged(app, example, "Bu Rani", ACCEPT).independent, "there was nothing to read yet"
    judged(app, example, "Pak Budi", answer_of(app, Decision.REJECT))
    app.reviewing.reopen(seen(example, "Bu Rani"))
    assert not judged(app, example, "Bu Rani", answer_of(app, Decision.REJECT)).independent


def test_a_response_remembers_its_form_and_guideline(app: App, example: Example) -> None:
    response = judged(app, example, "Bu Rani", ACCEPT)
    assert response.form_version == app.study.form.version
    assert response.guideline_version == 1


def test_whoever_answers_joins_the_team(app: App, example: Example) -> None:
    judged(app, example, "  Bu   Rani ", ACCEPT)
    with app.curation.database.reading() as stores:
        assert stores.records.people(STUDY) == (Person(STUDY, "Bu Rani"),)


def test_who_has_left_the_team_cannot_answer_and_their_work_stays(
    app: App, example: Example
) -> None:
    judged(app, example, "Bu Rani", ACCEPT)
    person = Person(STUDY, "Bu Rani")
    with app.curation.database.transaction() as stores:
        doing = Doing(STUDY, "Pak Budi", Deed.TEAM)
        left = Change(person, replace(person, is_active=False))
        app.curation.recorder.record(stores, doing, [left])
    with pytest.raises(InvalidInput, match="has left the team"):
        judged(app, first(app, 2)[1], "Bu Rani", ACCEPT)
    assert app.curation.one(example.id).example.answered == 1


@pytest.mark.parametrize("name", ["", "   ", "x" * 81])
def test_a_name_is_needed(app: App, example: Example, name: str) -> None:
    with pytest.raises(InvalidInput, match="name"):
        judged(app, example, name, ACCEPT)


def test_what_was_done_to_a_text_that_has_changed_does_not_reach_the_new_one(
    app: App, example: Example
) -> None:
    judged(app, example, "Bu Rani", ACCEPT)
    text = better(example)
    edited = app.curation.edit(Edit(example.id, 1, example.inputs, text, "Pak Budi", ""))
    judged(app, edited, "Bu Rani", ACCEPT)
    with pytest.raises(Conflict, match="now version 2"):
        app.reviewing.reopen(seen(example, "Bu Rani"))
    with pytest.raises(Conflict, match="now version 2"):
        app.reviewing.skip(seen(example, "Bu Sari"), SkipReason.UNCLEAR)
    assert app.curation.one(example.id).example.answered == 1
    assert seen_by(app, edited, "Bu Sari").own is None


@pytest.mark.parametrize("comes_back", ["reopen", "undo"])
def test_a_draft_outlives_a_skip(app: App, example: Example, comes_back: str) -> None:
    saved = app.reviewing.save_draft(judgment(example, "Bu Rani", TYPED), 0)
    app.reviewing.skip(seen(example, "Bu Rani"), SkipReason.OTHER, "kenal anaknya")
    assert seen_by(app, example, "Bu Rani").draft == saved
    if comes_back == "reopen":
        app.reviewing.reopen(seen(example, "Bu Rani"))
    else:
        app.history.undo(STUDY, "Bu Rani")
    assert seen_by(app, example, "Bu Rani").draft == saved


def test_why_an_example_was_skipped_is_no_reason_of_an_answer(app: App, example: Example) -> None:
    app.reviewing.skip(seen(example, "Bu Rani"), SkipReason.OTHER, "kenal anaknya")
    app.reviewing.reopen(seen(example, "Bu Rani"))
    assert seen_by(app, example, "Bu Rani").draft is None


def test_a_submission_that_is_sent_again_does_not_count_what_was_undone(
    app: App, example: Example
) -> None:
    sent = replace(judgment(example, "Bu Rani"), request="s.1")
    response = app.reviewing.submit(sent)
    app.history.undo(STUDY, "Bu Rani")
    assert app.reviewing.submit(sent) == response
    assert app.curation.one(example.id).example.answered == 0
    assert seen_by(app, example, "Bu Rani").draft is not None


def test_a_skip_that_is_sent_again_leaves_the_newer_draft_alone(app: App, example: Example) -> None:
    sent = replace(seen(example, "Bu Rani"), request="s.1")
    app.reviewing.skip(sent, SkipReason.UNCLEAR)
    app.reviewing.reopen(seen(example, "Bu Rani"))
    newer = app.reviewing.save_draft(judgment(example, "Bu Rani", TYPED), 0)
    app.reviewing.skip(sent, SkipReason.UNCLEAR)
    card = seen_by(app, example, "Bu Rani")
    assert (card.draft, card.own) == (newer, None)


def test_a_reopening_that_is_sent_again_takes_no_newer_answer_back(
    app: App, example: Example
) -> None:
    judged(app, example, "Bu Rani", ACCEPT)
    sent = replace(seen(example, "Bu Rani"), request="s.1")
    app.reviewing.reopen(sent)
    newer = judged(app, example, "Bu Rani", answer_of(app, Decision.REJECT))
    app.reviewing.reopen(sent)
    assert seen_by(app, example, "Bu Rani").own == newer


def test_what_is_sent_again_after_the_text_has_changed_is_no_conflict(
    app: App, example: Example
) -> None:
    sent = replace(judgment(example, "Bu Rani"), request="s.1")
    response = app.reviewing.submit(sent)
    app.curation.edit(Edit(example.id, 1, example.inputs, better(example), "Pak Budi", ""))
    assert app.reviewing.submit(sent) == response
