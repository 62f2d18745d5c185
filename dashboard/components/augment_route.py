"""Who rewrites: the rules on this computer, or a language model where one is set up."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard.components.choices import select
from dashboard.domain.augmentation import AugmentationPlan, Route
from dashboard.session import _, services, written

KEY = "augment.route"


def show_route() -> Route:
    """Draw the choice where there is one, and what the chosen way needs; says which it is."""
    routes = services().augmentation.routes
    route = Route.OFFLINE
    if len(routes) > 1:
        words = {one.value: route_word(one) for one in routes}
        route = Route(select(_("Who rewrites"), words, KEY))
    if route is Route.OFFLINE:
        st.caption(
            _("Rules and word lists on this computer do it: no network, no account, no cost.")
        )
    else:
        with st.grid(3, min_column_width=200):
            st.text_input(_("Address of the model"), key=f"{KEY}.url", placeholder="https://…/v1")
            st.text_input(_("Name of the model"), key=f"{KEY}.model")
            st.text_input(_("Most it may cost, in US dollars"), "1", key=f"{KEY}.budget")
    return route


def routed(plan: AugmentationPlan) -> AugmentationPlan:
    """The plan with the way that is chosen."""
    if written(KEY) != Route.MODEL.value:
        return plan
    return replace(
        plan,
        route=Route.MODEL,
        engine_url=str(written(f"{KEY}.url") or "").strip(),
        model=str(written(f"{KEY}.model") or "").strip(),
        budget=str(written(f"{KEY}.budget") or "0").strip(),
    )


def route_word(route: Route) -> str:
    """A way of rewriting."""
    return {
        Route.OFFLINE: _("Rules on this computer"),
        Route.MODEL: _("A language model"),
    }[route]
