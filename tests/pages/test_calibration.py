"""A calibration round on its page: start, wait blindly, open, revise, close."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.bootstrap import App
from dashboard.domain.calibration import Invitation, Round
from dashboard.domain.responses import Answer, Decision
from tests.pages.conftest import Opener, texts, typed_name
from tests.pages.worlds import HOSTILE
from tests.reviewers import STUDY, judged

TEAM = ("Ibu Ratna", "Pak Budi")


@pytest.fixture
def running(app: App) -> Round:
    for name in TEAM:
        app.team.add(STUDY, name, TEAM[0])
    return app.calibration.start(Invitation(STUDY, HOSTILE[:70], TEAM, 10), TEAM[0])


def rated(app: App) -> Answer:
    """A whole answer whose words are somebody's."""
    ratings = {one.key: 4 for one in app.study.form.ratings}
    return Answer(Decision.ACCEPT, ratings, reason=HOSTILE)


def answer_all(app: App, of: Round, expert: str) -> None:
    for one in of.example_ids:
        judged(app, app.curation.one(one).example, expert, rated(app))


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_team_of_nobody_is_sent_to_the_team_page(
    empty_app: App, opened: Opener, language: str
) -> None:
    screen = opened(empty_app, "calibration", language)
    assert not screen.exception
    assert len(screen.info) == 2


def test_a_round_is_started_from_the_page(app: App, opened: Opener) -> None:
    for name in TEAM:
        app.team.add(STUDY, name, TEAM[0])
    screen = typed_name(opened(app, "calibration"))
    screen.text_input(key="calibration.title").input("Putaran 1").run()
    screen.multiselect(key="calibration.experts").set_value(list(TEAM)).run()
    screen.button(key="calibration.start").click().run()
    [started] = app.calibration.rounds(STUDY)
    assert (started.name, started.experts, len(started.example_ids)) == ("Putaran 1", TEAM, 12)
    assert "Blind since" in texts(screen)


def test_without_a_name_nothing_can_be_started_or_opened(
    app: App, opened: Opener, running: Round
) -> None:
    screen = opened(app, "calibration")
    assert not screen.exception
    assert screen.text_input(key="calibration.name")
    assert screen.button(key="calibration.start").disabled
    assert screen.button(key=f"calibration.reveal.{running.id}").disabled


def test_before_the_reveal_the_page_holds_counts_and_no_answer(
    app: App, opened: Opener, running: Round
) -> None:
    answer_all(app, running, "Pak Budi")
    screen = typed_name(opened(app, "calibration"))
    assert not screen.exception
    assert HOSTILE not in texts(screen)
    assert "10 answers are still missing" in texts(screen)
    assert not screen.expander or all(
        "calibration.row" not in str(one.proto.id) for one in screen.expander
    )


def test_answers_are_opened_read_revised_and_the_round_closed(
    app: App, opened: Opener, running: Round
) -> None:
    for name in TEAM:
        answer_all(app, running, name)
    screen = typed_name(opened(app, "calibration"))
    screen.button(key=f"calibration.reveal.{running.id}").click().run()
    assert not screen.exception
    assert HOSTILE in [one.value for one in screen.text]
    example = running.example_ids[0]
    screen.button(key=f"calibration.reopen.{example}").click().run()
    assert app.curation.one(example).example.answered == 1
    changed = replace(rated(app), decision=Decision.REJECT)
    judged(app, app.curation.one(example).example, "Ibu Ratna", changed)
    screen.run()
    assert any("accepted → rejected" in str(table.value) for table in screen.table)
    screen.button(key=f"calibration.close.{running.id}").click().run()
    assert "Closed on" in texts(screen)
    assert not app.calibration.rounds(STUDY)[0].is_running
