"""Progress: every number is what the tables say, after every step of a team at work."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dashboard.bootstrap import App
from dashboard.domain.errors import InvalidInput
from dashboard.domain.examples import Example, ExampleFilter
from dashboard.domain.progress import Pace, pace_of
from dashboard.domain.verdicts import Verdict
from tests.services.simulation import TEAM, Oracle, Teamwork, oracle_of
from tests.services.teamwork import BUDI, RANI, STUDY, submit

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def require_equal(app: App, oracle: Oracle, expert: str) -> None:
    """Compare every number of the page with the oracle's."""
    mine, everyone = app.progress.mine(STUDY, expert), app.progress.everyone(STUDY)
    assert mine.answered == oracle.given(expert, "submitted")
    assert mine.skipped == oracle.given(expert, "skipped")
    assert {one.example.id for one in mine.begun} == oracle.begun(expert)
    assert mine.remaining == oracle.remaining(expert)
    assert everyone.coverage == oracle.coverage()
    assert everyone.verdicts == oracle.verdicts()
    assert {(one.expert, one.example.id) for one in everyone.held} == oracle.held()
    for share in everyone.shares:
        assert share.submitted == oracle.given(share.expert, "submitted")
        assert share.skipped == oracle.given(share.expert, "skipped")


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_every_number_equals_what_sql_says_after_every_step(app: App, seed: int) -> None:
    team = Teamwork(app, seed)
    with oracle_of(app) as oracle:
        for _ in range(240):
            team.step()
            require_equal(app, oracle, team.random.choice(TEAM))
    assert team.done["answer"] > 30
    assert len(team.done) > 15, team.done
    assert app.history.proof().holds
    require_settled(app)


def require_settled(app: App) -> None:
    """Where every example stands is what deriving it from nothing says."""
    for retired in (False, True):
        wanted = ExampleFilter(STUDY, retired=retired)
        with app.progress.database.transaction() as stores:
            before = stores.examples.page(wanted, 0, 1000).examples
            app.curation.recorder.settle(stores, STUDY, [one.id for one in before])
            assert stores.examples.page(wanted, 0, 1000).examples == before


def browse(app: App, page: int) -> tuple[Example, ...]:
    """One page of the list."""
    return app.curation.browse(ExampleFilter(STUDY), page).examples


def test_what_remains_is_what_the_queue_gives(app: App) -> None:
    first, *others = browse(app, 1)
    more = [one.id for page in (2, 3, 4) for one in browse(app, page)]
    app.curation.retire([*more, *(one.id for one in others[20:])], BUDI, "ganda")
    submit(app, first, RANI)
    assert app.progress.mine(STUDY, RANI).remaining == 20
    assert len(app.queueing.upcoming(STUDY, RANI, 200)) == 20
    assert app.progress.mine(STUDY, RANI).remaining == 20


def test_a_place_can_be_freed_and_the_draft_stays(app: App) -> None:
    [card] = app.queueing.upcoming(STUDY, RANI, 1)
    [held] = app.progress.everyone(STUDY).held
    assert (held.expert, held.example.id) == (RANI, card.example.id)
    app.progress.release(held.example.id, held.expert)
    assert app.progress.everyone(STUDY).held == ()


def test_nobody_gets_progress_without_a_name(app: App) -> None:
    with pytest.raises(InvalidInput):
        app.progress.mine(STUDY, " ")


def test_a_new_team_has_done_nothing(app: App) -> None:
    everyone = app.progress.everyone(STUDY)
    assert everyone.coverage == {0: 160}
    assert everyone.verdicts[Verdict.UNREVIEWED] == 160
    assert (everyone.shares, everyone.held, everyone.flagged) == ((), (), {})
    mine = app.progress.mine(STUDY, RANI)
    assert (mine.remaining, mine.pace, mine.seconds_left) == (160, None, None)


@pytest.mark.parametrize(
    ("minutes", "pace"),
    [
        ([], None),
        ([0, 1, 2, 3, 4], None),
        ([0, 1, 2, 3, 4, 5], Pace(60.0, 5)),
        ([5, 3, 4, 1, 2, 0], Pace(60.0, 5)),
        ([0, 1, 2, 3, 600, 601, 603, 606], Pace(60.0, 6)),  # a night is no wait
        ([0, 1, 3, 6, 10, 15, 21], Pace(210.0, 6)),
    ],
)
def test_a_pace_is_the_median_wait_without_pauses(minutes: list[int], pace: Pace | None) -> None:
    assert pace_of([NOON + timedelta(minutes=one) for one in minutes]) == pace
