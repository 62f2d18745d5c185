"""History: what everybody may read of it, taking deeds back, and the proof."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence

import pytest

from dashboard.bootstrap import App
from dashboard.domain.calibration import Round
from dashboard.domain.errors import Conflict, InvalidInput
from dashboard.domain.examples import Example, ExampleFilter, NewExample
from dashboard.domain.ids import ExampleId, now
from dashboard.domain.ledger import UNDO_LIMIT, Deed, Fact
from dashboard.domain.responses import Response, SkipReason
from dashboard.domain.team import Guideline, Person, Policy, SavedView
from dashboard.domain.verdicts import Ruling, Verdict
from dashboard.services.adding import Edit
from dashboard.services.importing import Preview
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


def facts(app: App, example: Example, viewer: str, kind: type[Fact]) -> list[Fact]:
    """What this viewer reads about an example, of one kind."""
    read = app.history.of_example(example.id, viewer)
    return [one.change.fact for one in read if isinstance(one.change.fact, kind)]


def a_row(app: App, key: str) -> NewExample:
    like = example_at(app, 0)
    return NewExample(key, like.inputs, better(like, key))


def an_edit(example: Example, word: str = "santai") -> Edit:
    text = better(example, word)
    return Edit(example.id, example.revision_number, example.inputs, text, ANI, "lebih hangat")


def held_by_undo(app: App, person: str = ANI) -> None:
    """Take the person's last deed back and see that replaying still gives what stands."""
    app.history.undo(STUDY, person)
    assert app.history.proof().holds


# What everybody may read


def test_answers_stay_hidden_until_ones_own_is_in(app: App) -> None:
    example = judged(app, 0, ani=REJECT)
    assert facts(app, example, BUDI, Response) == []
    assert facts(app, example, "", Response) == []
    assert len(facts(app, example, ANI, Response)) == 1
    judge(app, example, BUDI, ACCEPT)
    assert len(facts(app, example, BUDI, Response)) == 2
    assert len(facts(app, example, "", Response)) == 2


def test_answers_of_a_blind_round_stay_hidden_from_all(app: App) -> None:
    example = example_at(app, 0)
    calibrate(app, example, experts=(ANI, BUDI))
    judged(app, 0, ani=ACCEPT, budi=REJECT)
    assert len(facts(app, example, ANI, Response)) == 1
    assert facts(app, example, CITRA, Response) == []


def test_a_ruling_that_was_taken_back_says_nothing_while_the_text_is_open(app: App) -> None:
    example = judged(app, 0, ani=ACCEPT, budi=REJECT)
    app.adjudication.decide(decided(example, REJECT, reason="menyinggung"), DEWI)
    assert len(facts(app, example, CITRA, Ruling)) == 1
    app.adjudication.revoke(example.id, DEWI, "terlalu cepat")
    app.reviewing.reopen(Seen(example.id, example.revision_id, BUDI))
    assert again(app, example).verdict is Verdict.UNREVIEWED
    assert facts(app, example, CITRA, Ruling) == []
    assert len(facts(app, example, ANI, Ruling)) == 2
    assert "menyinggung" not in repr(app.history.of_example(example.id, CITRA))
    assert "menyinggung" not in repr(app.history.log(STUDY))


def test_why_a_text_was_adopted_is_not_read_while_it_is_open(app: App) -> None:
    example = judged(app, 0, ani=REJECT, budi=EDIT)
    app.adjudication.decide(adopting(example, BUDI, reason="menyinggung"), DEWI)
    assert "menyinggung" in repr(app.history.of_example(example.id, CITRA))
    app.adjudication.revoke(example.id, DEWI, "terlalu lunak")
    read = app.history.of_example(example.id, CITRA)
    assert Deed.RULE in {one.action.deed for one in read}
    assert "menyinggung" not in repr(read) and "terlalu lunak" not in repr(read)
    judge(app, example, CITRA, ACCEPT)
    assert "menyinggung" in repr(app.history.of_example(example.id, CITRA))


def test_why_another_text_was_adopted_is_not_read_while_the_first_is_open_again(app: App) -> None:
    example = judged(app, 0, ani=REJECT, budi=EDIT)
    app.adjudication.decide(adopting(example, BUDI, reason="menyinggung"), DEWI)
    app.history.undo(STUDY, DEWI)
    app.reviewing.reopen(Seen(example.id, example.revision_id, BUDI))
    assert "menyinggung" not in repr(app.history.of_example(example.id, CITRA))
    assert "menyinggung" in repr(app.history.of_example(example.id, ANI))


def test_the_log_names_who_what_and_where_and_never_an_answer(app: App) -> None:
    example = judged(app, 0, ani=REJECT)
    app.bulk.tag([example.id, example_at(app, 1).id], "mulai", CITRA)
    newest, second, *_rest = app.history.log(STUDY)
    assert (newest.action.person, newest.action.deed, newest.count) == (CITRA, Deed.TAG, 2)
    assert (second.action.person, second.action.deed, second.key) == (ANI, Deed.SUBMIT, "aff-001")
    assert "kurang hangat" not in repr(app.history.log(STUDY))


def test_the_log_is_narrowed_to_a_person_and_a_deed(app: App) -> None:
    judged(app, 0, ani=REJECT, budi=ACCEPT)
    app.bulk.tag([example_at(app, 1).id], "mulai", ANI)
    assert {one.action.person for one in app.history.log(STUDY, person=ANI)} == {ANI}
    assert [one.action.person for one in app.history.log(STUDY, deed=Deed.TAG)] == [ANI]
    assert app.history.log(STUDY, person=BUDI, deed=Deed.TAG) == ()
    assert app.history.people(STUDY) == (ANI, BUDI)


def test_the_log_says_what_was_taken_back(app: App) -> None:
    app.bulk.tag([example_at(app, 0).id], "mulai", ANI)
    app.history.undo(STUDY, ANI)
    undo, tagged, *_rest = app.history.log(STUDY)
    assert (undo.action.deed, undo.undid, tagged.was_undone) == (Deed.UNDO, Deed.TAG, True)


# Taking back


def test_an_edit_is_taken_back_and_its_text_stays_in_the_history(app: App) -> None:
    example = example_at(app, 0)
    app.curation.edit(an_edit(example))
    held_by_undo(app)
    assert again(app, example).message == example.message
    assert len(app.curation.one(example.id).revisions) == 2


def test_a_restored_text_is_taken_back(app: App) -> None:
    example = example_at(app, 0)
    edited = app.curation.edit(an_edit(example))
    app.curation.restore(example.id, 1, 2, ANI)
    held_by_undo(app)
    assert again(app, example).message == edited.message


def test_what_was_added_or_imported_is_retired(app: App) -> None:
    added = app.curation.write_one(STUDY, a_row(app, "baru"), ANI)
    held_by_undo(app)
    assert again(app, added).retired
    app.intake.import_rows(STUDY, _preview(app, "satu", "dua"), ANI)
    held_by_undo(app)
    keys = {one.key for one in app.curation.browse(ExampleFilter(STUDY, retired=True)).examples}
    assert keys == {"baru", "satu", "dua"}


def _preview(app: App, *keys: str) -> Preview:
    return Preview("baru.csv", tuple(a_row(app, key) for key in keys), ())


@pytest.mark.parametrize(
    ("deed", "before", "after"),
    [
        (lambda app, ids: app.bulk.tag(ids, "mulai", ANI), False, ()),
        (lambda app, ids: app.bulk.retire(ids, ANI, "dobel"), False, ()),
    ],
)
def test_a_bulk_action_is_one_and_is_taken_back_as_one(
    app: App,
    deed: Callable[[App, Sequence[ExampleId]], int],
    before: bool,
    after: tuple[str, ...],
) -> None:
    ids = [example_at(app, place).id for place in range(30)]
    length = len(app.history.log(STUDY))
    assert deed(app, ids) == 30
    assert len(app.history.log(STUDY)) == length + 1
    held_by_undo(app)
    found = app.bulk.matching(ExampleFilter(STUDY))
    assert len(found) == 160
    assert {(one.retired, one.tags) for one in found} == {(before, after)}


def test_untagging_and_bringing_back_are_taken_back(app: App) -> None:
    ids = [example_at(app, place).id for place in range(3)]
    app.bulk.tag(ids, "mulai", ANI)
    app.bulk.untag(ids, "mulai", ANI)
    held_by_undo(app)
    assert app.curation.tags(STUDY) == ("mulai",)
    app.bulk.retire(ids, ANI, "dobel")
    app.bulk.bring_back(ids, ANI)
    held_by_undo(app)
    assert app.curation.browse(ExampleFilter(STUDY)).total == 157


def test_a_submitted_answer_becomes_a_draft_again(app: App) -> None:
    example = judged(app, 0, ani=REJECT, budi=REJECT)
    held_by_undo(app)
    card = app.queueing.card(example.id, ANI)
    assert card.own is None and card.draft is not None
    assert card.draft.answer.decision is REJECT
    assert again(app, example).verdict is Verdict.UNREVIEWED


def test_a_skip_returns_the_example_to_ones_queue(app: App) -> None:
    example = example_at(app, 0)
    app.reviewing.skip(Seen(example.id, example.revision_id, ANI), SkipReason.UNCLEAR)
    held_by_undo(app)
    assert app.queueing.card(example.id, ANI).own is None


def test_a_reopened_answer_counts_again_and_leaves_no_draft(app: App) -> None:
    example = judged(app, 0, ani=REJECT, budi=REJECT)
    app.reviewing.reopen(Seen(example.id, example.revision_id, ANI))
    held_by_undo(app)
    card = app.queueing.card(example.id, ANI)
    assert card.own is not None and card.draft is None
    assert again(app, example).verdict is Verdict.REJECTED


def test_a_reopened_answer_does_not_come_back_where_others_took_its_place(app: App) -> None:
    example = judged(app, 0, ani=REJECT, budi=REJECT)
    app.reviewing.reopen(Seen(example.id, example.revision_id, ANI))
    with app.history.database.transaction() as stores:
        stores.work_in_hand.release(example.revision_id, ANI)  # as when the claim runs out
    judge(app, example, CITRA, REJECT)
    with pytest.raises(Conflict, match="all 2 answers"):
        app.history.undo(STUDY, ANI)
    assert again(app, example).answered == 2
    assert app.history.proof().holds


def test_rulings_are_taken_back_and_given_again(app: App) -> None:
    example = judged(app, 0, ani=ACCEPT, budi=EDIT)
    app.adjudication.decide(decided(example, ACCEPT), CITRA)
    held_by_undo(app, CITRA)
    assert again(app, example).verdict is Verdict.DISPUTED
    app.adjudication.decide(decided(example, REJECT), CITRA)
    app.adjudication.revoke(example.id, CITRA, "keliru")
    held_by_undo(app, CITRA)
    assert again(app, example).verdict is Verdict.REJECTED


def test_an_adopted_edit_gives_way_to_the_text_before(app: App) -> None:
    example = judged(app, 0, ani=ACCEPT, budi=EDIT)
    app.adjudication.decide(adopting(example, BUDI), CITRA)
    held_by_undo(app, CITRA)
    back = again(app, example)
    assert (back.message, back.verdict) == (example.message, Verdict.DISPUTED)


def test_a_ruling_does_not_come_back_over_an_open_example(app: App) -> None:
    example = judged(app, 0, ani=ACCEPT, budi=REJECT)
    app.adjudication.decide(decided(example, REJECT), DEWI)
    app.adjudication.revoke(example.id, DEWI, "keliru")
    app.reviewing.reopen(Seen(example.id, example.revision_id, BUDI))
    with pytest.raises(Conflict, match="1 of 2"):
        app.history.undo(STUDY, DEWI)


def test_a_ruling_does_not_come_back_over_another_one(app: App) -> None:
    example = judged(app, 0, ani=ACCEPT, budi=REJECT)
    app.adjudication.decide(decided(example, ACCEPT), DEWI)
    app.adjudication.revoke(example.id, CITRA, "keliru")
    app.adjudication.decide(decided(example, REJECT), DEWI)
    with pytest.raises(Conflict, match="nothing was overwritten"):
        app.history.undo(STUDY, CITRA)
    assert again(app, example).verdict is Verdict.REJECTED
    assert app.history.proof().holds


NEVER_WRITTEN_OVER: list[Fact] = [
    Policy(STUDY, overlap=3),
    Guideline(STUDY, 2, {"id": "Baru"}, DEWI, "lebih jelas", now()),
    Person(STUDY, CITRA),
    SavedView("view-1", STUDY, "sedih", "?emotion=sad", DEWI),
    Round("round-1", STUDY, "pertama", (), (ANI, BUDI), now()),
]


@pytest.mark.parametrize(
    "fact", NEVER_WRITTEN_OVER, ids=[type(o).__name__ for o in NEVER_WRITTEN_OVER]
)
def test_what_is_new_takes_the_place_of_nothing(app: App, fact: Fact) -> None:
    agree_on(app, fact)
    with pytest.raises(Conflict, match="nothing was overwritten"):
        agree_on(app, fact)
    assert app.history.proof().holds


def test_an_answer_under_a_ruling_stays(app: App) -> None:
    example = judged(app, 0, ani=ACCEPT, budi=REJECT)
    app.adjudication.decide(decided(example, ACCEPT), DEWI)
    with pytest.raises(InvalidInput, match="take the decision back first"):
        app.history.undo(STUDY, BUDI)


AGREED: list[tuple[Deed, Fact]] = [
    (Deed.TEAM, Person(STUDY, CITRA, is_active=False)),
    (Deed.POLICY, Policy(STUDY, overlap=3)),
    (Deed.GUIDELINE, Guideline(STUDY, 2, {"id": "Baru"}, DEWI, "lebih jelas", now())),
    (Deed.VIEW, SavedView("view-1", STUDY, "sedih", "?emotion=sad", DEWI)),
]


@pytest.mark.parametrize(("deed", "fact"), AGREED, ids=[deed for deed, _fact in AGREED])
def test_what_the_team_agreed_on_is_taken_back(app: App, deed: Deed, fact: Fact) -> None:
    judged(app, 0, citra=ACCEPT)
    before = app.history.proof().state
    old = Person(STUDY, CITRA) if isinstance(fact, Person) else None
    agree_on(app, fact, old, deed)
    held_by_undo(app, DEWI)
    joined = Person(STUDY, DEWI)
    assert app.history.people(STUDY) == (CITRA, joined.name)
    assert app.history.proof().state != before  # Dewi has joined by it, and stays
    agree_on(app, fact, old, deed)
    assert app.history.proof().holds


def test_a_round_is_taken_back(app: App) -> None:
    example = example_at(app, 0)
    calibrate(app, example, experts=(ANI, BUDI))
    held_by_undo(app, DEWI)
    with app.history.database.reading() as stores:
        assert stores.records.rounds(STUDY) == ()


def test_what_somebody_changed_since_is_not_overwritten(app: App) -> None:
    example = example_at(app, 0)
    app.curation.edit(an_edit(example))
    app.bulk.tag([example.id], "mulai", BUDI)
    with pytest.raises(Conflict, match="nothing was overwritten"):
        app.history.undo(STUDY, ANI)
    assert again(app, example).revision_number == 2
    assert app.history.proof().holds


def test_one_conflict_leaves_a_whole_bulk_action_standing(app: App) -> None:
    ids = [example_at(app, place).id for place in range(5)]
    app.bulk.tag(ids, "mulai", ANI)
    app.bulk.tag(ids[:1], "lain", BUDI)
    with pytest.raises(Conflict):
        app.history.undo(STUDY, ANI)
    assert len(app.bulk.matching(ExampleFilter(STUDY, tag="mulai"))) == 5


def test_nothing_is_taken_back_twice_nor_by_somebody_else(app: App) -> None:
    app.bulk.tag([example_at(app, 0).id], "mulai", ANI)
    [line] = app.history.undoable(STUDY, ANI)
    with pytest.raises(InvalidInput, match="nothing to take back"):
        app.history.undo(STUDY, BUDI, line.action.id)
    app.history.undo(STUDY, ANI, line.action.id)
    with pytest.raises(InvalidInput, match="nothing to take back"):
        app.history.undo(STUDY, ANI, line.action.id)


def test_the_same_request_takes_back_once_and_nobody_reads_its_name(app: App) -> None:
    for word in ("satu", "dua"):
        app.bulk.tag([example_at(app, 0).id], word, ANI)
    taken = [app.history.undo(STUDY, ANI, request="peramban-17") for _again in range(2)]
    assert taken[0].action == taken[1].action
    assert app.curation.tags(STUDY) == ("satu",)
    [undo] = app.history.log(STUDY, deed=Deed.UNDO)
    assert (undo.action.note, undo.action.request) == ("", "peramban-17")


def test_a_request_is_its_persons_own(app: App) -> None:
    for person in (ANI, BUDI):
        app.bulk.tag([example_at(app, 0).id], person, person)
        app.history.undo(STUDY, person, request="peramban-17")
    assert app.curation.tags(STUDY) == ()


def test_the_last_own_actions_can_be_taken_back_in_any_order(app: App) -> None:
    for number in range(UNDO_LIMIT + 5):
        app.bulk.tag([example_at(app, number).id], f"t{number}", ANI)
    lines = app.history.undoable(STUDY, ANI)
    assert len(lines) == UNDO_LIMIT
    for line in reversed(lines):
        app.history.undo(STUDY, ANI, line.action.id)
    assert len(app.curation.tags(STUDY)) == 5
    assert app.history.proof().holds


def test_the_proof_fails_where_a_table_was_changed_by_hand(app: App) -> None:
    agree_on(app, Policy(STUDY))
    address = app.settings.database.removeprefix("sqlite:///")
    with sqlite3.connect(address) as connection:
        connection.execute("UPDATE records SET value = json_set(value, '$.overlap', 5)")
    proof = app.history.proof()
    assert not proof.holds and proof.state != proof.replayed
