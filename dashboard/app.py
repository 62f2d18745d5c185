"""Streamlit entry: page config, shared sidebar, navigation; nothing else."""

from __future__ import annotations

import sys
from pathlib import Path

# Streamlit puts this file's folder on sys.path, not the repository's root. There, our
# `statistics` would stand before Python's own, and every module could be imported twice.
FOLDER = Path(__file__).resolve().parent
if sys.path[0] != str(FOLDER.parent):
    others = [one for one in sys.path if Path(one).resolve() not in (FOLDER, FOLDER.parent)]
    sys.path[:] = [str(FOLDER.parent), *others]

import streamlit as st  # noqa: E402

from dashboard import session  # noqa: E402
from dashboard.components.remembered_name import keep_name_in_browser  # noqa: E402
from dashboard.components.sidebar import show_pages, show_person  # noqa: E402
from dashboard.navigation import pages  # noqa: E402

ICON = FOLDER / "components" / "mark.svg"
st.set_page_config(page_title="Afektif", page_icon=ICON, layout="wide")
session.freeze_imports()
st.html(FOLDER / "contrast.css")
show_person()
sections = pages()
page = st.navigation(sections, position="hidden")
show_pages(sections)
# After the navigation: a browser that hands the name back before it knows its page lands on Home.
with st.sidebar:
    keep_name_in_browser()
with session.problems_shown():
    page.run()
