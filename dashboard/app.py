"""Streamlit entry: page config, shared sidebar, navigation; nothing else."""

from __future__ import annotations

import sys
from pathlib import Path

# Streamlit puts this file's folder on sys.path, not the repository's root.
ROOT = str(Path(__file__).resolve().parent.parent)
if ROOT not in sys.path:
    sys.path.insert(0, ROOT)

import streamlit as st  # noqa: E402

from dashboard import session  # noqa: E402
from dashboard.components.sidebar import show_sidebar  # noqa: E402
from dashboard.navigation import pages  # noqa: E402

st.set_page_config(page_title="Afektif", page_icon=":material/favorite:", layout="wide")
session.freeze_imports()
show_sidebar()
page = st.navigation({"Afektif": pages()}, expanded=True)
with session.problems_shown():
    page.run()
