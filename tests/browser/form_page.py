"""The harness: a Streamlit page that shows the review form over a small store."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import streamlit as st

from dashboard.components.review_form import Event, Kind, Reply, Rules, Stack, review_form
from tests.browser.form_store import FormStore
from tests.browser.form_words import FORM, WORDS

store = FormStore(Path(os.environ["FORM_STORE"]))
expert = st.query_params.get("expert", "ani")
only = st.query_params.get("only", "")
free = "free" in st.query_params


@st.dialog("Panduan")
def guideline() -> None:
    """A dialog over the form."""
    st.write("Bayangkan satu pelajar.")


def handle(event: Event) -> Reply:
    """Save the event and remember which card or dialog it asks for."""
    reply = store.handle(expert, event)
    st.session_state["guideline"] = event.kind is Kind.GUIDELINE
    if event.kind is Kind.OPEN and event.reason == "previous":
        number = int(event.card[1:] or 1) - 1
        reply = replace(reply, show=f"c{number:02}" if number else "")
    st.session_state["wanted"] = reply.show or st.session_state.get("wanted", "")
    return reply


st.set_page_config(layout="wide", page_title="Tinjau")
st.title("Tinjau")
st.sidebar.text_input("Cari", key="search")
newest = st.sidebar.radio("Urutan", ["lama", "baru"], key="order") == "baru"
st.sidebar.selectbox("Emosi", ["sedih", "senang"], key="emotion")
with st.sidebar.popover("Saring"):
    st.write("Semua kelas")
if st.sidebar.button("Segarkan", shortcut="Y"):
    st.sidebar.caption("disegarkan")
words = replace(WORDS, submit="Kirimkan") if newest else WORDS
wanted = only or st.session_state.get("wanted", "")
cards = store.cards(expert, wanted)
if only:
    cards = tuple(card for card in cards if card.id == only)
if "stale" in st.query_params:
    cards = (store.cards("nobody", "")[0], *cards[-5:])
form = replace(FORM, rules=Rules(max_words=25)) if free else FORM
review_form(Stack(expert, cards, done=not cards), form, words, handle, key="form")
st.session_state["runs"] = st.session_state.get("runs", 0) + 1
st.caption(f"runs {st.session_state['runs']}")
if st.session_state.pop("guideline", False):
    guideline()
