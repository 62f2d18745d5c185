"""Variants that wait for an expert, each under its original, with boxes to answer many at once."""

from __future__ import annotations

import streamlit as st

from dashboard.components.augment_judge_many import NARROWED, pick_key, show_answer, tick
from dashboard.components.choices import select
from dashboard.components.coverage_grid import cell_words
from dashboard.components.differences import show_difference
from dashboard.components.numbers import number
from dashboard.components.person_name import ask_name
from dashboard.components.plain import escaped, plain
from dashboard.components.review_desk import WANTED
from dashboard.components.technique_words import technique_word
from dashboard.components.words import VERDICT_ICONS, verdict_word
from dashboard.domain.families import Member
from dashboard.domain.studies import Study
from dashboard.domain.verdicts import Verdict
from dashboard.navigation import page
from dashboard.session import BROODS_SHOWN, Brood, BroodPage, _, language, person, services, written

ALL = ""
PAGE = "augment.judge.page"


def show_judging(study: Study) -> None:
    """Draw the variants that wait for the person, page by page, and the answer for the ticked."""
    if not person():
        st.caption(_("Variants wait for the answer of an expert. Whose work may we show?"))
        ask_name("augment")
        return
    narrowed = _show_narrowing(study)
    shown = _page(study, narrowed)
    if not shown.broods:
        show_answer(study, shown)
        _show_nothing(narrowed)
        return
    st.caption(
        _(
            "{children} variants of {parents} originals wait for your answer. Read each one: "
            "tick those that get the same answer, and give it at the end of the page.",
            children=number(shown.children),
            parents=number(shown.parents),
        )
    )
    for brood in shown.broods:
        _show_brood(study, brood)
    show_answer(study, shown)
    pages = -(-shown.parents // BROODS_SHOWN)
    if pages > 1:
        st.pagination(pages, key=_page_key(narrowed), max_visible_pages=5)


def _page(study: Study, narrowed: str) -> BroodPage:
    """The page that is open; the last one where what was on it is answered by now."""
    leading = study.cell_keys[0]
    inputs = ((leading, narrowed),) if narrowed else ()
    held = written(_page_key(narrowed))
    number_of = held if isinstance(held, int) else 1
    shown = services().broods.waiting(study.name, person(), inputs, number_of)
    if not shown.broods and shown.parents:
        last = -(-shown.parents // BROODS_SHOWN)
        shown = services().broods.waiting(study.name, person(), inputs, last)
    return shown


def _page_key(narrowed: str) -> str:
    return f"{PAGE}.{narrowed}"


def _show_narrowing(study: Study) -> str:
    """The choice of one value of the leading field, such as an emotion."""
    field = study.field(study.cell_keys[0])
    words = {ALL: _("All")} | {one: field.label_of(one, language()) for one in field.values}
    return select(field.label.get(language(), field.name), words, NARROWED)


def _show_nothing(narrowed: str) -> None:
    said = _("No variant waits for your answer.")
    if narrowed:
        said = _("No variant waits for your answer here; choose “All” to see the others.")
    st.info(said, icon=":material/check:")


def _show_brood(study: Study, brood: Brood) -> None:
    parent = brood.parent
    with st.container(border=True, gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.page_link(
                page("examples"),
                label=escaped(parent.key),
                icon=VERDICT_ICONS[parent.verdict],
                help=verdict_word(parent.verdict),
                query_params={"example": parent.id},
            )
            st.caption(cell_words(study, study.cell(parent.inputs)))
            st.button(
                _("Tick all {count}", count=number(len(brood.children))),
                key=f"augment.judge.all.{parent.id}",
                type="tertiary",
                icon=":material/done_all:",
                on_click=tick,
                args=(brood.children,),
            )
        plain(parent.message)
        if parent.verdict is not Verdict.ACCEPTED:
            st.caption(
                _(
                    "This original is {verdict}. Its variants enter a dataset only once it is "
                    "accepted.",
                    verdict=verdict_word(parent.verdict),
                )
            )
        for member in brood.children:
            _show_child(brood, member)


def _show_child(brood: Brood, member: Member) -> None:
    child, lineage = member.example, member.lineage
    review = page("review")
    with st.container(horizontal=True, wrap=False, gap="small"):
        st.checkbox(escaped(child.key), key=pick_key(child), label_visibility="collapsed")
        with st.container(gap="xxsmall"):
            show_difference(brood.before(lineage), child.message)
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                word = technique_word(lineage.technique, lineage.route)
                st.caption(f"{escaped(child.key)} · {word}")
                st.page_link(
                    review,
                    label=_("Judge by itself, or edit"),
                    icon=review.icon,
                    query_params={WANTED: child.id},
                )
