"""The name: typed, chosen from the team, given up again; Chromium walks the browser's part."""

from __future__ import annotations

from dashboard.bootstrap import App
from tests.pages.conftest import Opener, typed_name
from tests.reviewers import STUDY


def test_a_name_of_the_team_can_be_chosen(app: App, opened: Opener) -> None:
    app.team.add(STUDY, "Pak Budi", "Ibu Ratna")
    screen = opened(app, "team")
    screen.selectbox(key="person.choice").select("Pak Budi").run()
    assert screen.text_input(key="person").value == "Pak Budi"
    assert "person.choice" not in {one.key for one in screen.selectbox}


def test_somebody_else_sits_down(app: App, opened: Opener) -> None:
    screen = typed_name(opened(app, "team"))
    screen.button(key="person.forget").click().run()
    assert screen.text_input(key="person").value == ""
    assert screen.session_state["person.forgotten"]
    screen = typed_name(screen, "Pak Budi")
    assert not screen.session_state["person.forgotten"]
