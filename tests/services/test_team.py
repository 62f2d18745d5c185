"""Team: people come and go without any work getting lost; rules change with their effects told."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from dashboard.bootstrap import App
from dashboard.domain.errors import Conflict, InvalidInput
from dashboard.domain.responses import Decision
from dashboard.domain.team import Policy
from dashboard.domain.verdicts import Move, Rule, Verdict
from tests.augmenting import PLAN, augmentation_over, children, finished
from tests.services.teamwork import BUDI, RANI, SARI, STUDY, examples, standing, submit


def agree(app: App, by: str = RANI, **changes: int | Rule) -> tuple[Move, ...]:
    """Change some rules."""
    seen = app.team.policy(STUDY)
    return app.team.agree(replace(seen, **changes), seen, by)  # type: ignore[arg-type]


def test_whoever_answers_is_in_the_team(app: App) -> None:
    submit(app, examples(app, 1)[0], RANI)
    assert app.team.names(STUDY) == (RANI,)


@pytest.mark.parametrize("name", ["", "  ", "bu  RANI", "Afektif", "x" * 81])
def test_a_name_that_is_empty_or_taken_or_the_houses_is_refused(app: App, name: str) -> None:
    app.team.add(STUDY, RANI, BUDI)
    with pytest.raises(InvalidInput):
        app.team.add(STUDY, name, BUDI)


def test_adding_oneself_is_one_entry(app: App) -> None:
    app.team.add(STUDY, RANI, RANI)
    assert app.team.names(STUDY) == (RANI,)


def test_leaving_removes_no_work_and_frees_places(app: App) -> None:
    first, second = examples(app, 2)
    submit(app, first, RANI)
    app.queueing.open(second.id, RANI)
    app.team.leave(STUDY, RANI, BUDI)
    assert app.team.names(STUDY) == (BUDI,)
    assert standing(app, first).answered == 1
    assert len(app.reviewing.answered(STUDY, RANI)) == 1
    assert app.progress.everyone(STUDY).held == ()


def test_who_has_left_neither_gets_nor_answers_examples_until_brought_back(app: App) -> None:
    first, second = examples(app, 2)
    submit(app, first, RANI)
    app.team.leave(STUDY, RANI, BUDI)
    with pytest.raises(InvalidInput, match="has left the team"):
        app.queueing.upcoming(STUDY, RANI, 1)
    with pytest.raises(InvalidInput, match="has left the team"):
        submit(app, second, RANI)
    app.queueing.open(second.id, RANI)
    assert app.progress.everyone(STUDY).held == ()
    app.team.bring_back(STUDY, RANI, BUDI)
    submit(app, second, RANI)
    assert len(app.reviewing.answered(STUDY, RANI)) == 2


def test_leaving_twice_and_coming_back_twice_are_refused(app: App) -> None:
    app.team.add(STUDY, RANI, BUDI)
    with pytest.raises(InvalidInput, match="already"):
        app.team.bring_back(STUDY, RANI, BUDI)
    app.team.leave(STUDY, RANI, BUDI)
    with pytest.raises(InvalidInput, match="already"):
        app.team.leave(STUDY, RANI, BUDI)
    with pytest.raises(InvalidInput, match="not in the team"):
        app.team.leave(STUDY, "Siapa", BUDI)


def test_a_third_answer_more_opens_what_two_agreed_on_and_back(app: App) -> None:
    first, second, third = examples(app, 3)
    for expert in (RANI, BUDI):
        submit(app, first, expert)
    submit(app, second, RANI)
    app.bulk.retire([third.id], RANI, "ganda")
    told = app.team.preview(replace(app.team.policy(STUDY), overlap=3))
    assert told == (Move(Verdict.ACCEPTED, Verdict.UNREVIEWED, 1),)
    assert standing(app, first).verdict is Verdict.ACCEPTED
    assert agree(app, overlap=3) == told
    assert (standing(app, first).verdict, standing(app, first).needed) == (Verdict.UNREVIEWED, 3)
    assert {one.needed for one in examples(app, 50)} == {3}
    assert agree(app, overlap=2) == (Move(Verdict.UNREVIEWED, Verdict.ACCEPTED, 1),)
    assert standing(app, first).verdict is Verdict.ACCEPTED


def test_a_preview_does_not_tell_how_open_answers_read(app: App) -> None:
    first, second = examples(app, 2)
    submit(app, first, RANI)
    submit(app, second, RANI, Decision.REJECT)
    told = app.team.preview(replace(app.team.policy(STUDY), overlap=1))
    assert told == (Move(Verdict.UNREVIEWED, None, 2),)


def test_majority_settles_what_two_of_three_agree_on(app: App) -> None:
    agree(app, overlap=3)
    [first] = examples(app, 1)
    for expert, decision in ((RANI, "accept"), (BUDI, "accept"), (SARI, "reject")):
        submit(app, first, expert, Decision(decision))
    assert standing(app, first).verdict is Verdict.DISPUTED
    agree(app, rule=Rule.MAJORITY)
    assert standing(app, first).verdict is Verdict.ACCEPTED


def test_undoing_a_policy_settles_everything_again(app: App) -> None:
    first, second = examples(app, 2)
    for expert in (RANI, BUDI):
        submit(app, first, expert)
    agree(app, SARI, overlap=3)
    app.history.undo(STUDY, SARI)
    assert app.team.policy(STUDY) == Policy(STUDY)
    assert standing(app, first).verdict is Verdict.ACCEPTED
    assert standing(app, second).needed == 2
    assert app.history.proof().holds


def test_children_need_as_many_answers_as_the_team_wants_for_them(app: App) -> None:
    finished(augmentation_over(app), replace(PLAN, target=3))
    child, other = children(app)[:2]
    submit(app, child, RANI)
    assert standing(app, child).verdict is Verdict.ACCEPTED
    told = agree(app, child_overlap=2)
    assert told == (Move(Verdict.ACCEPTED, Verdict.UNREVIEWED, 1),)
    assert (standing(app, child).needed, standing(app, other).needed) == (2, 2)
    assert examples(app, 1)[0].needed == 2
    agree(app, overlap=3)
    assert (standing(app, other).needed, examples(app, 1)[0].needed) == (2, 3)
    assert app.history.proof().holds


def test_an_answered_child_leaves_the_queue(app: App) -> None:
    finished(augmentation_over(app), replace(PLAN, target=3))
    child = children(app)[0]
    before = app.progress.mine(STUDY, BUDI).remaining
    submit(app, child, RANI)
    assert app.progress.mine(STUDY, BUDI).remaining == before - 1


def test_rules_written_before_there_were_children_still_stand(app: App) -> None:
    rules = {"overlap": 3, "rule": "majority", "claim_minutes": 15, "target": 25}
    old = json.dumps({"study": STUDY, "adjudicate_own": False, **rules})
    with closing(sqlite3.connect(app.settings.data_dir / "afektif.db")) as connection:
        connection.execute("INSERT INTO records VALUES (?, 'policy', ?, ?)", (STUDY, STUDY, old))
        connection.execute(
            "INSERT INTO actions (id, study, person, deed, note, request, at)"
            " VALUES ('a', ?, 'Bu Lama', 'policy', '', '', '2025-05-01 12:00:00')",
            (STUDY,),
        )
        connection.execute(
            "INSERT INTO changes (action_id, position, noun, subject, new)"
            " VALUES ('a', 0, 'policy', ?, ?)",
            (STUDY, old),
        )
        connection.commit()
    assert app.team.policy(STUDY) == Policy(STUDY, overlap=3, rule=Rule.MAJORITY, child_overlap=1)
    assert app.history.proof().holds
    agree(app, child_overlap=2)
    assert app.history.proof().holds


def test_a_stale_policy_overwrites_nothing(app: App) -> None:
    seen = app.team.policy(STUDY)
    agree(app, overlap=3)
    with pytest.raises(Conflict):
        app.team.agree(replace(seen, target=9), seen, BUDI)
    assert app.team.policy(STUDY).overlap == 3


@pytest.mark.parametrize(
    "wrong", [{"overlap": 0}, {"overlap": 13}, {"child_overlap": 0}, {"claim_minutes": 0}, {}]
)
def test_rules_that_make_no_sense_or_change_nothing_are_refused(
    app: App, wrong: dict[str, int]
) -> None:
    with pytest.raises(InvalidInput):
        agree(app, RANI, **wrong)


@pytest.mark.parametrize("twin", ["bu rani", "BU  RANI", "Bu Rani"])
def test_nobody_becomes_a_second_person_by_another_spelling(app: App, twin: str) -> None:
    [example] = examples(app, 1)
    app.bulk.tag([example.id], "satu", RANI)
    if " ".join(twin.split()) == RANI:
        app.bulk.tag([example.id], "dua", twin)
    else:
        with pytest.raises(InvalidInput, match="knows you as “Bu Rani”"):
            app.bulk.tag([example.id], "dua", twin)
    assert app.team.names(STUDY) == (RANI,)


def test_letters_that_look_alike_are_one_name(app: App) -> None:
    [example] = examples(app, 1)
    app.bulk.tag([example.id], "satu", "Zoë")
    app.bulk.tag([example.id], "dua", "Zoe\u0308")
    assert app.team.names(STUDY) == ("Zoë",)


def test_nobody_acts_as_the_house(app: App) -> None:
    [example] = examples(app, 1)
    with pytest.raises(InvalidInput, match="This name is taken"):
        app.bulk.tag([example.id], "satu", "afektif")
