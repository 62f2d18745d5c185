"""Who rewrites: the rules on this computer, or a language model behind an engine."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard.components.choices import select
from dashboard.components.words import engine_word
from dashboard.domain.augmentation import AugmentationPlan, Route
from dashboard.session import _, engine_urls, written

KEY = "augment.route"
AMOUNTS = {"budget": "1", "price_read": "0", "price_written": "0"}


def show_route() -> Route:
    """Draw the choice and what the chosen way needs; says which it is."""
    words = {one.value: route_word(one) for one in Route}
    route = Route(select(_("Who rewrites"), words, KEY))
    if route is Route.OFFLINE:
        st.caption(
            _("Rules and word lists on this computer do it: no network, no account, no cost.")
        )
        return route
    with st.grid(3, min_column_width=200):
        engines = {one: engine_word(one) for one in engine_urls()}
        select(_("Engine"), engines, f"{KEY}.url")
        st.text_input(_("Name of the model"), key=f"{KEY}.model")
        _amount("budget", _("Most it may cost, in US dollars"))
        _amount("price_read", _("US dollars for a million tokens read"))
        _amount("price_written", _("US dollars for a million tokens written"))
    st.caption(
        _(
            "Every call is written down with its tokens and cost, and none is made that could "
            "pass the limit. A model must know Indonesian and answer in JSON; small ones do not."
        )
    )
    return route


def routed(plan: AugmentationPlan) -> AugmentationPlan:
    """The plan with the way that is chosen."""
    if written(KEY) != Route.MODEL.value:
        return plan
    return replace(
        plan,
        route=Route.MODEL,
        engine_url=str(written(f"{KEY}.url") or engine_urls()[0]),
        model=str(written(f"{KEY}.model") or "").strip(),
        budget=_written_amount("budget"),
        price_read=_written_amount("price_read"),
        price_written=_written_amount("price_written"),
    )


def route_word(route: Route) -> str:
    """A way of rewriting."""
    return {
        Route.OFFLINE: _("Rules on this computer"),
        Route.MODEL: _("A language model"),
    }[route]


def _amount(name: str, label: str) -> None:
    st.text_input(label, AMOUNTS[name], key=f"{KEY}.{name}")


def _written_amount(name: str) -> str:
    return str(written(f"{KEY}.{name}") or "0").strip()
