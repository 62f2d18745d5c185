"""Saved views: searches with a name."""

from __future__ import annotations

import pytest

from dashboard.bootstrap import App
from dashboard.domain.errors import InvalidInput, NotFound
from dashboard.domain.ledger import Deed

PERSON = "Bu Rani"
ADDRESS = "search=kamu&emotion=sad"


def names(app: App) -> list[str]:
    return [one.name for one in app.views.all(app.study.name)]


def test_a_view_is_saved_listed_by_name_and_removed_and_both_can_be_taken_back(app: App) -> None:
    study = app.study.name
    view = app.views.save(study, "  Sedih  saja ", ADDRESS, PERSON)
    app.views.save(study, "antre", "mine=waiting", PERSON)
    assert names(app) == ["antre", "Sedih saja"]
    assert (view.address, view.author) == (ADDRESS, PERSON)
    app.views.remove(study, view.id, "Pak Budi")
    assert names(app) == ["antre"]
    app.history.undo(study, "Pak Budi")
    assert names(app) == ["antre", "Sedih saja"]
    app.history.undo(study, PERSON)
    assert names(app) == ["Sedih saja"]
    assert {one.action.deed for one in app.history.log(study)} >= {Deed.VIEW, Deed.UNDO}
    assert app.history.proof().holds


@pytest.mark.parametrize(
    ("name", "address", "said"),
    [
        ("", ADDRESS, "Write a name of 1 to 60 characters"),
        (" \n ", ADDRESS, "Write a name of 1 to 60 characters"),
        ("x" * 61, ADDRESS, "Write a name of 1 to 60 characters"),
        ("taken", ADDRESS, "There is a view “taken” already"),
        (" TAKEN ", ADDRESS, "There is a view “TAKEN” already"),
        ("new", "", "Nothing is searched or filtered yet"),
        ("new", "search=" + "x" * 2000, "too long to be kept"),
    ],
)
def test_a_view_that_could_not_be_told_or_used_is_refused(
    app: App, name: str, address: str, said: str
) -> None:
    app.views.save(app.study.name, "taken", ADDRESS, PERSON)
    with pytest.raises(InvalidInput, match=said):
        app.views.save(app.study.name, name, address, PERSON)
    assert names(app) == ["taken"]


def test_a_name_of_60_characters_is_kept_whatever_it_says(app: App) -> None:
    hostile = "**<b>' OR 1=1; --](javascript:x) 😊".ljust(60, "x")
    app.views.save(app.study.name, hostile, ADDRESS, PERSON)
    assert names(app) == [hostile]


def test_nobody_saves_without_a_name(app: App) -> None:
    with pytest.raises(InvalidInput, match="Write your name first"):
        app.views.save(app.study.name, "x", ADDRESS, "  ")


def test_removing_twice_says_that_it_is_gone(app: App) -> None:
    view = app.views.save(app.study.name, "x", ADDRESS, PERSON)
    app.views.remove(app.study.name, view.id, PERSON)
    with pytest.raises(NotFound, match="does not exist"):
        app.views.remove(app.study.name, view.id, PERSON)
