"""The frame around every page: language, name, and what happens when nothing works."""

from __future__ import annotations

import sys
import tomllib

import pytest
import streamlit as st

from dashboard import session
from dashboard.bootstrap import App
from dashboard.domain.errors import StorageUnavailable
from dashboard.domain.examples import ExampleFilter
from dashboard.settings import ROOT, Settings
from tests.pages.conftest import PAGES, Opener, texts, typed_name


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_page_opens_over_a_full_database(
    full_app: App, opened: Opener, page: str, language: str
) -> None:
    screen = opened(full_app, page, language)
    assert not screen.exception
    assert not screen.error
    assert screen.title


def test_indonesian_comes_first(app: App, opened: Opener) -> None:
    screen = opened(app, "examples", language="xx")
    assert screen.title[0].value == "Contoh"
    screen.segmented_control(key="lang").set_value("en").run()
    assert screen.title[0].value == "Examples"


def test_a_choice_outlives_a_change_of_language(app: App, opened: Opener) -> None:
    screen = opened(app, "examples", "id")
    screen.selectbox(key="examples.emotion").select("sad").run()
    screen.segmented_control(key="lang").set_value("en").run()
    assert screen.selectbox(key="examples.emotion").value == "sad"
    sad = ExampleFilter(app.study.name, inputs=(("emotion", "sad"),))
    assert f"{app.curation.browse(sad).total} examples" in texts(screen)


def test_the_name_is_kept_over_pages(app: App, opened: Opener) -> None:
    screen = typed_name(opened(app, "examples"))
    screen.switch_page("../pages/results.py").run()
    assert screen.text_input(key="person").value == "Ibu Ratna"


def test_every_page_says_what_the_starters_are(app: App, opened: Opener) -> None:
    said = [one.value for one in opened(app, "compare", "id").sidebar.caption]
    assert any("bukan data penelitian yang sudah diverifikasi ahli" in one for one in said)


@pytest.mark.parametrize("page", PAGES)
def test_a_database_that_cannot_be_used_is_a_sentence(
    app: App, opened: Opener, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    def broken(settings: Settings) -> App:
        raise StorageUnavailable(
            "{place} is damaged. Restore the latest backup.", place="*afektif*.db"
        )

    screen = opened(app, "home", "id")
    monkeypatch.setattr(session, "build", broken)
    st.cache_resource.clear()
    screen.switch_page(f"../pages/{page}.py").run()
    assert not screen.exception
    assert [one.value for one in screen.error] == [
        r"\*afektif\*\.db rusak. Pulihkan cadangan terakhir."
    ]


def test_no_module_can_be_imported_twice(app: App, opened: Opener) -> None:
    opened(app, "home")
    assert str(ROOT / "dashboard") not in sys.path


def test_the_server_is_closed_to_the_outside_and_shows_no_tracebacks() -> None:
    text = (ROOT / "dashboard" / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    config = tomllib.loads(text)
    assert config["server"]["address"] == "127.0.0.1"
    assert config["server"]["enableXsrfProtection"]
    assert not config["server"]["enableStaticServing"]
    assert config["client"]["showErrorDetails"] == "none"
    assert not config["browser"]["gatherUsageStats"]
    assert "http" not in text
