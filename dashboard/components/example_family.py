"""Where a variant comes from, and the family of an example as a small tree."""

from __future__ import annotations

import streamlit as st

from dashboard.components.differences import marked, show_difference
from dashboard.components.numbers import number
from dashboard.components.plain import escaped, plain
from dashboard.components.technique_words import technique_word
from dashboard.components.words import VERDICT_ICONS, verdict_word
from dashboard.domain.differences import Kept, Piece
from dashboard.domain.examples import Example
from dashboard.domain.families import Descent, Family, Member
from dashboard.navigation import page
from dashboard.session import _, services

MANY = 12
"""Members that fit without a box to scroll."""
HEIGHT = 380


def show_family(example: Example) -> None:
    """Draw the family of an example that has one."""
    family = services().families.of(example.id)
    if not family.members:
        return
    count = number(len(family.members))
    with st.expander(
        _("Family: {count} variants", count=count),
        key="examples.family",
        icon=":material/account_tree:",
    ):
        if family.descent is not None:
            _show_descent(family.descent)
        _show_tree(family, example)


def _show_descent(descent: Descent) -> None:
    """How the text of its parent became the first text of the variant."""
    lineage = descent.lineage
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(
            _(
                "Made by {technique} from",
                technique=technique_word(lineage.technique, lineage.route),
            )
        )
        _show_link(descent.parent, escaped(descent.parent.key))
    show_difference(descent.before.message, descent.after.message)
    for one in lineage.operations:
        before = marked(Piece(Kept.GONE, one.before)) or "–"
        after = marked(Piece(Kept.NEW, one.after)) or "–"
        st.caption(f"{before} → {after}")
    if lineage.pivot:
        st.caption(_("The text in between:"))
        plain(lineage.pivot)
    if lineage.model:
        st.caption(_("Written by {model}", model=escaped(lineage.model)))
    st.caption(_("Seed {seed}", seed=lineage.seed))


def _show_tree(family: Family, example: Example) -> None:
    is_long = len(family.members) > MANY
    with st.container(height=HEIGHT if is_long else "content", border=True, gap="xxsmall"):
        root = family.root
        _show_link(root, escaped(root.key), is_current=root.id == example.id)
        for member in family.members:
            one = member.example
            _show_link(one, _branch(member), is_current=one.id == example.id)


def _branch(member: Member) -> str:
    """A member as a line of the tree; harmless as Markdown."""
    word = technique_word(member.lineage.technique, member.lineage.route)
    line = "\u2003" * (member.depth - 1) + f"└ {escaped(member.example.key)} · {word}"
    return line + (f" · {_('Retired')}" if member.example.retired else "")


def _show_link(one: Example, label: str, *, is_current: bool = False) -> None:
    st.page_link(
        page("examples"),
        label=f"**{label}**" if is_current else label,
        help=verdict_word(one.verdict),
        icon=VERDICT_ICONS[one.verdict],
        query_params={"example": one.id},
    )
