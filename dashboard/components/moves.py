"""What a change of the rules does to examples, in words."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.components.numbers import number
from dashboard.components.words import verdict_word
from dashboard.domain.verdicts import Move, Verdict
from dashboard.session import _


def show_moves(moves: Sequence[Move]) -> None:
    """Draw one line for each kind of change, or that there is none."""
    if not moves:
        st.caption(_("No example changes its verdict by this."))
    for one in moves:
        st.caption(f":material/arrow_forward: {move_words(one)}")


def move_words(move: Move) -> str:
    """One kind of change as a sentence; harmless as Markdown."""
    count = number(move.count)
    if move.new is None:
        return _("{count} open examples would be complete and get their verdict.", count=count)
    if move.new is Verdict.UNREVIEWED:
        return _(
            "{count} examples that are {old} become open again.",
            count=count,
            old=verdict_word(move.old),
        )
    return _(
        "{count} examples go from {old} to {new}.",
        count=count,
        old=verdict_word(move.old),
        new=verdict_word(move.new),
    )
