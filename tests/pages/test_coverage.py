"""The coverage page: the map, and writing an example where there are too few."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.bootstrap import App
from dashboard.domain.examples import Example, ExampleFilter
from dashboard.domain.verdicts import Verdict
from tests.pages.conftest import Opener, texts, typed_name
from tests.pages.worlds import HOSTILE

STUDY = "affective-intervention"
CELL = "sad.negative.relevance"
MESSAGE = "Tiara, catatan IPA kamu udah lengkap, jadi PR tambahan hari ini dihapus ya 🌱"


def own(app: App) -> list[Example]:
    page = app.curation.browse(ExampleFilter(STUDY, text="own"))
    return [one for one in page.examples if one.key.startswith("own-")]


def chosen(opened: Opener, app: App, language: str = "en") -> AppTest:
    """The page with a condition chosen."""
    screen = typed_name(opened(app, "coverage", language))
    return screen.button(key=f"coverage.cell.{CELL}").click().run()


def fill(screen: AppTest, message: str) -> AppTest:
    for name, value in (("username", "Tiara"), ("classname", "8A"), ("subject", "IPA")):
        screen.text_input(key=f"coverage.write.{CELL}.{name}").input(value)
    return screen.text_area(key=f"coverage.write.{CELL}.message").input(message).run()


@pytest.mark.parametrize("language", ["id", "en"])
def test_an_empty_study_shows_every_condition(
    empty_app: App, opened: Opener, language: str
) -> None:
    screen = opened(empty_app, "coverage", language)
    assert not screen.exception
    cells = [one for one in screen.button if str(one.key).startswith("coverage.cell.")]
    assert len(cells) == 56
    assert all(one.label.startswith("0 ") for one in cells)


def test_the_table_says_the_same_as_the_map(app: App, opened: Opener) -> None:
    screen = opened(app, "coverage")
    table = screen.dataframe[0].value
    assert len(table) == 56
    assert table["All"].sum() == table["unreviewed"].sum() == 160


def test_a_short_condition_opens_the_form_with_its_values(app: App, opened: Opener) -> None:
    screen = chosen(opened, app)
    held = [
        screen.selectbox(key=f"coverage.write.{CELL}.{name}").value
        for name in ("emotion", "reinforcement", "arcsmodel")
    ]
    assert held == CELL.split(".")
    assert "Write one: sad · negative · relevance" in texts(screen)


def test_the_checks_answer_while_one_writes(app: App, opened: Opener) -> None:
    screen = fill(chosen(opened, app), "tanpa emoji")
    assert "add emoji" in texts(screen)
    fill(screen, MESSAGE)
    assert "add emoji" not in texts(screen)


def test_what_is_written_is_stored_unreviewed_and_leads_to_the_example(
    app: App, opened: Opener
) -> None:
    screen = fill(chosen(opened, app), MESSAGE)
    screen.button(key="coverage.write.save").click().run()
    [added] = own(app)
    assert (added.message, added.verdict) == (MESSAGE, Verdict.UNREVIEWED)
    assert app.study.cell(added.inputs) == tuple(CELL.split("."))
    assert "Your example is in" in texts(screen)
    assert screen.text_area(key=f"coverage.write.{CELL}.message").value == ""


def test_what_breaks_a_rule_is_refused_and_stays_in_the_form(app: App, opened: Opener) -> None:
    screen = fill(chosen(opened, app), "tanpa emoji")
    screen.button(key="coverage.write.save").click().run()
    assert own(app) == []
    assert screen.text_area(key=f"coverage.write.{CELL}.message").value == "tanpa emoji"
    assert screen.error


def test_nobody_writes_without_a_name(app: App, opened: Opener) -> None:
    screen = opened(app, "coverage")
    screen.button(key=f"coverage.cell.{CELL}").click().run()
    assert screen.button(key="coverage.write.save").disabled


def test_a_link_that_names_no_condition_shows_the_map(app: App, opened: Opener) -> None:
    screen = opened(app, "home")
    screen.switch_page("../pages/coverage.py")
    screen.query_params["cell"] = HOSTILE
    screen.run()
    assert not screen.exception
    assert not screen.text_area


def test_only_accepted_ones_can_be_counted(app: App, opened: Opener) -> None:
    screen = opened(app, "coverage")
    screen.segmented_control(key="coverage.count").set_value("accepted").run()
    assert screen.button(key=f"coverage.cell.{CELL}").label.startswith("0 of 25")
