"""The team's page: people come and go, rules change with their effects told first."""

from __future__ import annotations

import pytest

from dashboard.bootstrap import App
from dashboard.domain.responses import Decision
from dashboard.domain.verdicts import Verdict
from tests.pages.conftest import Opener, texts, typed_name
from tests.pages.worlds import HOSTILE
from tests.reviewers import STUDY, TEAM, agreed, answer_of, first, judged


@pytest.mark.parametrize("language", ["id", "en"])
def test_without_a_name_nothing_can_be_changed(
    empty_app: App, opened: Opener, language: str
) -> None:
    screen = opened(empty_app, "team", language)
    assert not screen.exception
    assert screen.text_input(key="team.name")
    assert screen.button(key="team.add").disabled
    assert screen.button(key="team.policy.save").disabled


def test_somebody_joins_leaves_and_comes_back(app: App, opened: Opener) -> None:
    screen = typed_name(opened(app, "team"))
    screen.text_input(key="team.new").input(HOSTILE[:60]).run()
    screen.button(key="team.add").click().run()
    name = HOSTILE[:60].strip()
    assert name in [one.value for one in screen.text]
    screen.button(key=f"team.leave.{name}").click().run()
    assert app.team.names(STUDY) == ("Ibu Ratna",)
    assert not screen.exception
    screen.button(key=f"team.back.{name}").click().run()
    assert set(app.team.names(STUDY)) == {"Ibu Ratna", name}


def test_a_name_that_is_taken_is_a_sentence(app: App, opened: Opener) -> None:
    judged(app, first(app)[0], "Pak Budi", answer_of(app, Decision.ACCEPT))
    screen = typed_name(opened(app, "team"))
    screen.text_input(key="team.new").input("pak budi").run()
    screen.button(key="team.add").click().run()
    assert "This name is taken" in screen.error[0].value


def test_the_effects_of_a_rule_stand_before_the_button(app: App, opened: Opener) -> None:
    [example] = first(app)
    agreed(app, example, Decision.ACCEPT, TEAM)
    screen = typed_name(opened(app, "team"))
    [field] = [one for one in screen.number_input if str(one.key).startswith("team.overlap")]
    field.set_value(3).run()
    assert "1 examples that are accepted become open again." in texts(screen)
    assert app.team.policy(STUDY).overlap == 2
    screen.button(key="team.policy.save").click().run()
    assert app.team.policy(STUDY).overlap == 3
    assert app.curation.one(example.id).example.verdict is Verdict.UNREVIEWED


def test_children_have_a_number_of_answers_of_their_own(app: App, opened: Opener) -> None:
    screen = typed_name(opened(app, "team"))
    [field] = [one for one in screen.number_input if str(one.key).startswith("team.children")]
    assert (field.label, field.value) == ("Answers per variant", 1)
    field.set_value(2).run()
    screen.button(key="team.policy.save").click().run()
    assert (app.team.policy(STUDY).child_overlap, app.team.policy(STUDY).overlap) == (2, 2)
