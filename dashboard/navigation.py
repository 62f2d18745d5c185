"""The one list of pages."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboard.session import _

FOLDER = Path(__file__).resolve().parent.parent / "pages"


def page(name: str) -> StreamlitPage:
    """One page, titled in the session's language; its address stays the same in every language."""
    title, icon = {
        "home": (_("Home"), ":material/home:"),
        "review": (_("Review"), ":material/rate_review:"),
        "examples": (_("Examples"), ":material/list_alt:"),
        "coverage": (_("Coverage"), ":material/grid_view:"),
        "augment": (_("Augment"), ":material/auto_awesome_motion:"),
        "progress": (_("Progress"), ":material/checklist:"),
        "guideline": (_("Guideline"), ":material/menu_book:"),
        "adjudicate": (_("Adjudicate"), ":material/gavel:"),
        "agreement": (_("Agreement"), ":material/handshake:"),
        "history": (_("History"), ":material/history:"),
        "calibration": (_("Calibration"), ":material/tune:"),
        "team": (_("Team"), ":material/group:"),
        "datasets": (_("Datasets"), ":material/dataset:"),
        "fine_tune": (_("Fine-tune"), ":material/model_training:"),
        "compare": (_("Compare"), ":material/compare_arrows:"),
        "results": (_("Results"), ":material/bar_chart:"),
    }[name]
    return st.Page(
        FOLDER / f"{name}.py", title=title, icon=icon, url_path=name, default=name == "home"
    )


def pages() -> dict[str, list[StreamlitPage]]:
    """Every page by section, in the order of the work."""
    sections = {
        "": ("home",),
        _("Experts"): ("review", "examples", "coverage", "augment", "progress", "guideline"),
        _("Team"): ("adjudicate", "agreement", "calibration", "history", "team"),
        _("Models"): ("datasets", "fine_tune", "compare", "results"),
    }
    return {title: [page(name) for name in names] for title, names in sections.items()}
