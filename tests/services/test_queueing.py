"""Queueing: who is handed which example, and never to more than are needed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dashboard.bootstrap import App
from dashboard.domain.calibration import Round
from dashboard.domain.errors import Conflict, InvalidInput
from dashboard.domain.examples import Example
from dashboard.domain.ids import now
from dashboard.domain.ledger import Change, Deed
from dashboard.domain.responses import Answer, Decision
from dashboard.domain.team import Policy
from dashboard.domain.verdicts import Verdict
from dashboard.services.recording import Doing
from tests.reviewers import STUDY, agreed, answer_of, first, judged

ACCEPT = Answer(Decision.ACCEPT)


def next_of(app: App, expert: str, count: int = 1) -> list[Example]:
    return [one.example for one in app.queueing.upcoming(STUDY, expert, count)]


def settled(app: App, change: Change, *examples: Example) -> None:
    """A fact of the team, and what it means for some examples."""
    with app.curation.database.transaction() as stores:
        app.curation.recorder.record(stores, Doing(STUDY, "Bu Sari", Deed.POLICY), [change])
        app.curation.recorder.settle(stores, STUDY, [one.id for one in examples])


def test_the_same_example_is_shown_until_it_is_answered(app: App) -> None:
    assert next_of(app, "Bu Rani") == next_of(app, "Bu Rani")
    [example] = next_of(app, "Bu Rani")
    judged(app, example, "Bu Rani", ACCEPT)
    assert next_of(app, "Bu Rani") != [example]


def test_the_queue_hands_out_several_in_a_fixed_order(app: App) -> None:
    ahead = next_of(app, "Bu Rani", 4)
    assert len({one.id for one in ahead}) == 4
    assert next_of(app, "Bu Rani", 2) == ahead[:2]
    judged(app, ahead[0], "Bu Rani", ACCEPT)
    assert next_of(app, "Bu Rani", 3) == ahead[1:]


def test_an_example_without_answers_comes_before_one_that_has_some(app: App) -> None:
    [answered] = next_of(app, "Bu Rani")
    judged(app, answered, "Bu Rani", ACCEPT)
    seen = next_of(app, "Pak Budi", 159)
    assert answered.id not in {one.id for one in seen}
    assert next_of(app, "Pak Budi", 160)[-1].id == answered.id


def test_difference_comes_before_agreement(app: App) -> None:
    examples = next_of(app, "Bu Rani", 160)
    policy = Policy(STUDY, overlap=3)
    settled(app, Change(None, policy), *examples)
    same, different = examples[0], examples[1]
    for example in examples:
        judged(app, example, "Bu Rani", ACCEPT)
        other = answer_of(app, Decision.REJECT) if example == different else ACCEPT
        judged(app, example, "Pak Budi", other)
    assert [one.id for one in next_of(app, "Bu Sari", 2)] == [different.id, same.id]


def test_a_cell_that_lacks_accepted_examples_comes_first(app: App) -> None:
    examples = first(app, 50)
    cell = app.study.cell(examples[0].inputs)
    for example in [one for one in examples if app.study.cell(one.inputs) == cell][:1]:
        agreed(app, example, Decision.ACCEPT)
    [shown] = next_of(app, "Bu Sari")
    assert app.study.cell(shown.inputs) != cell


def test_a_claim_keeps_others_out_until_it_ends(app: App) -> None:
    examples = first(app, 1)
    settled(app, Change(None, Policy(STUDY, overlap=1)), *examples)
    assert next_of(app, "Bu Rani") == next_of(app, "Bu Rani")
    [held] = next_of(app, "Bu Rani")
    with app.curation.database.transaction() as stores:
        app.curation.recorder.settle(stores, STUDY, [held.id])
    assert app.curation.one(held.id).example.needed == 1
    with pytest.raises(Conflict, match="stays as a draft"):
        judged(app, held, "Pak Budi", ACCEPT)
    with app.curation.database.transaction() as stores:
        past = now() - timedelta(minutes=1)
        stores.work_in_hand.claim(held, "Bu Rani", past, past)
    judged(app, held, "Pak Budi", ACCEPT)
    with pytest.raises(Conflict, match="stays as a draft"):
        judged(app, held, "Bu Rani", ACCEPT)


def test_an_example_never_gets_more_answers_than_it_needs(app: App) -> None:
    [example] = first(app)
    agreed(app, example, Decision.ACCEPT)
    with pytest.raises(Conflict):
        judged(app, example, "Bu Sari", ACCEPT)
    assert app.curation.one(example.id).example.answered == 2


def test_when_everything_is_answered_the_queue_is_empty(app: App) -> None:
    for example in next_of(app, "Bu Rani", 160):
        judged(app, example, "Bu Rani", ACCEPT)
    assert next_of(app, "Bu Rani") == []
    assert len(next_of(app, "Pak Budi", 200)) == 160


def test_an_example_of_ones_choice_is_held_too(app: App) -> None:
    chosen = first(app, 9)[8]
    card = app.queueing.open(chosen.id, "Bu Rani")
    assert card.example == chosen
    assert chosen in next_of(app, "Bu Rani", 2)


def test_a_calibration_round_comes_first_and_is_for_its_experts_only(app: App) -> None:
    examples = first(app, 40)[30:33]
    ids = tuple(one.id for one in examples)
    team = ("Bu Rani", "Pak Budi", "Bu Sari")
    held = Round("r1", STUDY, "Putaran 1", ids, team, now())
    settled(app, Change(None, held), *examples)

    assert {one.id for one in next_of(app, "Bu Rani", 3)} == set(ids)
    assert not {one.id for one in next_of(app, "Pak Tono", 160)} & set(ids)
    with pytest.raises(InvalidInput, match="round of others"):
        judged(app, examples[0], "Pak Tono", ACCEPT)

    rated = Answer(Decision.ACCEPT, ratings={one.key: 5 for one in app.study.form.ratings})
    for expert in team:
        judged(app, examples[0], expert, rated)
    complete = app.curation.one(examples[0].id).example
    assert (complete.answered, complete.verdict) == (3, Verdict.UNREVIEWED), "not revealed yet"
    assert app.queueing.card(examples[0].id, "Bu Rani").others == (), "not revealed yet"
