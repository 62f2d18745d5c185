"""Which examples wait for a decision, and the one that is being decided."""

from __future__ import annotations

import streamlit as st

from dashboard.components.choices import linked_segments
from dashboard.components.numbers import number
from dashboard.components.plain import escaped, excerpt
from dashboard.components.words import VERDICT_ICONS
from dashboard.domain.ids import ExampleId
from dashboard.session import (
    Dispute,
    _,
    choose,
    chosen,
    is_linked,
    problems_shown,
    services,
    write,
    written,
)

HEIGHT = 330
SHOWN = "adjudicate.shown"
CRISIS_ICON = ":material/emergency_home:"


def choose_list() -> str:
    """Draw the lists to choose from; another list begins at its own first example."""
    words = {
        "disputed": _("Disputed"),
        "spot_checks": _("Spot checks"),
        "decided": _("Decided"),
    }
    kind = linked_segments(_("What to look at"), words, "adjudicate.list", "disputed")
    if written(SHOWN) not in (None, kind):
        choose("example", None)
    write(SHOWN, kind)
    return kind


def listed_as(kind: str) -> tuple[Dispute, ...]:
    """The examples of a list."""
    adjudication, study = services().adjudication, services().study.name
    if kind == "spot_checks":
        return adjudication.spot_checks(study)
    return adjudication.decided(study) if kind == "decided" else adjudication.disputed(study)


def empty_word(kind: str) -> str:
    """What a list says when nothing is in it."""
    return {
        "disputed": _("Nothing is disputed. Experts agree on every example that is complete."),
        "spot_checks": _(
            "No spot checks. Of the examples that all agreed on, every tenth appears here."
        ),
        "decided": _("Nothing has been decided here yet."),
    }[kind]


def pick(listed: tuple[Dispute, ...]) -> Dispute | None:
    """The chosen example, the one a link names, or else the first of the list."""
    wanted = chosen("example")
    found = next((one for one in listed if one.example.id == wanted), None)
    if found is None and wanted is not None and is_linked("example"):
        with problems_shown():
            return services().adjudication.dispute(ExampleId(wanted))
    return found or (listed[0] if listed else None)


def following(listed: tuple[Dispute, ...], current: Dispute) -> str | None:
    """The example after the current one; after the last comes the first."""
    ids = [one.example.id for one in listed]
    place = ids.index(current.example.id) if current.example.id in ids else -1
    others = [*ids[place + 1 :], *ids[: max(place, 0)]]
    return others[0] if others else None


def show_disputes(listed: tuple[Dispute, ...], selected: Dispute) -> None:
    """Draw the list; danger for a student is marked."""
    st.caption(_("{count} examples", count=number(len(listed))))
    with st.container(height=HEIGHT, border=True, gap="xxsmall"):
        for one in listed:
            example = one.example
            st.button(
                escaped(f"{example.key} · {excerpt(example.message, 40)}"),
                key=f"adjudicate.open.{example.id}",
                wrap=False,
                icon=CRISIS_ICON if one.is_crisis else VERDICT_ICONS[example.verdict],
                type="secondary" if example.id == selected.example.id else "tertiary",
                on_click=choose,
                args=("example", example.id),
            )
    target = following(listed, selected)
    st.button(
        _("Next"),
        key=f"adjudicate.next.{selected.example.id}",
        shortcut="J",
        disabled=target is None,
        on_click=choose,
        args=("example", target),
    )
