"""Texts with the words of a search marked; nothing runs as Markdown."""

from __future__ import annotations

import streamlit as st

from dashboard.components.plain import escaped, excerpt, plain
from dashboard.domain.words import Stretch, is_found, stretches

BEFORE = 16
"""Letters shown before a word that stands far behind the beginning."""


def show_marked(text: str, sought: str) -> None:
    """A text as it was written; where the search found something in it, that is marked."""
    if is_found(text, sought):
        st.markdown(marked(text, sought))
    else:
        plain(text)


def marked(text: str, sought: str) -> str:
    """The text as Markdown on one line, with what was found on a colored ground."""
    return "".join(_shown(one) for one in stretches(" ".join(text.split()), sought))


def glimpse(text: str, sought: str, length: int = 60) -> str:
    """The beginning of a text, or the part around the first word that was found; plain text."""
    whole = " ".join(text.split())
    start = 0
    for one in stretches(whole, sought):
        if one.is_found:
            break
        start += len(one.text)
    if start >= len(whole) or start < length - BEFORE:
        return excerpt(whole, length)
    cut = whole.rfind(" ", 0, start - BEFORE) + 1
    return "… " + excerpt(whole[cut:], length)


def _shown(one: Stretch) -> str:
    core = one.text.strip()
    if not core:
        return one.text
    before = one.text[: len(one.text) - len(one.text.lstrip())]
    after = one.text[len(one.text.rstrip()) :]
    shown = f":orange-background[{escaped(core)}]" if one.is_found else escaped(core)
    return f"{before}{shown}{after}"
