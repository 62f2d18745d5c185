"""Changing many examples at once: one action, one undo, nothing more than was looked at."""

from __future__ import annotations

import pytest

from dashboard.bootstrap import App
from dashboard.domain.errors import InvalidInput
from dashboard.domain.examples import Example, ExampleFilter
from dashboard.domain.ledger import Deed
from tests.services.worlds import listed

PERSON = "Bu Rani"
STUDY = "affective-intervention"


@pytest.fixture
def hundred(app: App) -> tuple[Example, ...]:
    return app.curation.matching(ExampleFilter(STUDY))[:100]


def deeds(app: App) -> list[Deed]:
    return [one.action.deed for one in app.history.undoable(STUDY, PERSON)]


def total(app: App, **narrowing: object) -> int:
    return app.curation.browse(ExampleFilter(STUDY, **narrowing)).total  # type: ignore[arg-type]


def test_tagging_a_hundred_is_one_action_and_one_undo(
    app: App, hundred: tuple[Example, ...]
) -> None:
    ids = [one.id for one in hundred]
    assert app.curation.tag(ids, "  perlu  dibahas ", PERSON) == 100
    assert deeds(app) == [Deed.TAG]
    assert total(app, tag="perlu dibahas") == 100
    assert total(app) == 160
    app.history.undo(STUDY, PERSON)
    assert deeds(app) == []
    assert (total(app, tag="perlu dibahas"), app.curation.tags(STUDY)) == (0, ())
    assert app.history.proof().holds


def test_retiring_a_hundred_is_one_action_and_one_undo(
    app: App, hundred: tuple[Example, ...]
) -> None:
    assert app.curation.retire([one.id for one in hundred], PERSON, "kembar") == 100
    assert (deeds(app), total(app), total(app, retired=True)) == ([Deed.RETIRE], 60, 100)
    app.history.undo(STUDY, PERSON)
    assert (total(app), total(app, retired=True)) == (160, 0)
    assert listed(app)[0] == hundred[0]


def test_bringing_back_and_untagging_touch_only_those_concerned(
    app: App, hundred: tuple[Example, ...]
) -> None:
    ids = [one.id for one in hundred]
    app.curation.retire(ids[:3], PERSON, "kembar")
    assert app.curation.bring_back(ids[:5], PERSON) == 3
    app.curation.tag(ids[:4], "a", PERSON)
    app.curation.tag(ids[:2], "b", PERSON)
    assert app.curation.untag(ids, "b", PERSON) == 2
    assert app.curation.tags(STUDY) == ("a",)


@pytest.mark.parametrize("tag", ["", "   ", "x" * 41])
def test_a_tag_nobody_could_read_is_refused(
    app: App, hundred: tuple[Example, ...], tag: str
) -> None:
    with pytest.raises(InvalidInput, match="Write a tag of 1 to 40"):
        app.curation.tag([hundred[0].id], tag, PERSON)


def test_retiring_needs_a_reason_and_something_must_change(
    app: App, hundred: tuple[Example, ...]
) -> None:
    with pytest.raises(InvalidInput, match="Say in a few words why"):
        app.curation.retire([hundred[0].id], PERSON, " ")
    with pytest.raises(InvalidInput, match="Nothing was changed"):
        app.curation.bring_back([hundred[0].id], PERSON)
    with pytest.raises(InvalidInput, match="Nothing was changed"):
        app.curation.untag([hundred[0].id], "never", PERSON)
    assert deeds(app) == []
