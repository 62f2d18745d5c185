"""What became of a run's attempts: by technique, and by the reason that decided."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from dashboard.components.augmentation_words import fate_word, reason_sentence
from dashboard.components.numbers import number
from dashboard.components.technique_words import technique_word
from dashboard.domain.augmentation import AugmentationRun, Fate, Reason, Technique
from dashboard.domain.turns import Yield
from dashboard.session import _, services


def show_yields(run: AugmentationRun) -> None:
    """Draw both tables once there is something to count."""
    yields = services().augmentation.yields(run.id)
    if not yields:
        return
    with st.expander(
        _("What the techniques and the filters came to"),
        key="augment.yields",
        icon=":material/filter_alt:",
    ):
        _show_techniques(run, yields)
        _show_reasons(yields)


def _show_techniques(run: AugmentationRun, yields: tuple[Yield, ...]) -> None:
    counts = Counter[tuple[Technique, Fate]]()
    for one in yields:
        counts[one.technique, one.fate] += one.count
    used = [one for one in Technique if any(counts[one, fate] for fate in Fate)]
    words = {Fate.KEPT: _("Kept"), Fate.HELD: _("Held"), Fate.DROPPED: _("Left out")}
    st.table(
        {
            _("Technique"): [technique_word(one, run.plan.route) for one in used],
            **{word: [number(counts[one, fate]) for one in used] for fate, word in words.items()},
        },
        hide_index=True,
        border="horizontal",
    )


def _show_reasons(yields: tuple[Yield, ...]) -> None:
    counts = Counter[tuple[Fate, Reason]]()
    for one in yields:
        if one.reason is not None:
            counts[one.fate, one.reason] += one.count
    for fate in (Fate.HELD, Fate.DROPPED):
        found = [(reason, count) for (of, reason), count in counts.most_common() if of is fate]
        if found:
            st.caption(fate_word(fate))
            st.markdown(
                "\n".join(f"- **{number(n)}** · {reason_sentence(reason)}" for reason, n in found)
            )
