"""Pages as a person opens them, over a database whose content the test knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard import session
from dashboard.bootstrap import App
from dashboard.settings import ROOT, Settings
from tests.pages.worlds import finished_study

Opener = Callable[..., AppTest]
PAGES = tuple(sorted(path.stem for path in (ROOT / "pages").glob("*.py")))


@pytest.fixture
def full_app(app: App) -> App:
    """The starters, and a study that went through the whole chain."""
    finished_study(app)
    return app


@pytest.fixture
def opened(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opener]:
    """Opens a page of an application in a language."""

    def open_page(app: App, page: str, language: str = "en", **address: str) -> AppTest:
        monkeypatch.setenv("AFEKTIF_DATA_DIR", str(settings.data_dir))
        monkeypatch.setenv("AFEKTIF_CACHE_DIR", str(settings.cache_dir))
        monkeypatch.setattr(session, "build", lambda _settings: app)
        screen = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=30)
        for name, value in {"lang": language, **address}.items():
            screen.query_params[name] = value
        screen.run()
        if page != "home":
            screen.switch_page(f"../pages/{page}.py").run()
        return screen

    yield open_page
    st.cache_resource.clear()


def texts(screen: AppTest) -> str:
    """Everything the page says, in one string."""
    kinds = (
        "title",
        "header",
        "subheader",
        "markdown",
        "caption",
        "text",
        "info",
        "warning",
        "error",
        "success",
    )
    found = [element for kind in kinds for element in screen.get(kind)]
    return "\n".join(str(getattr(one, "value", "")) for one in found)


def typed_name(screen: AppTest, name: str = "Ibu Ratna") -> AppTest:
    """The page after somebody wrote their name."""
    return screen.text_input(key="person").input(name).run()
