"""What techniques of augmentation are called in the session's language."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.components.numbers import number
from dashboard.domain.augmentation import Route, Technique
from dashboard.session import _


def technique_word(technique: Technique, route: Route = Route.OFFLINE) -> str:
    """A technique; by our rules, back translation is no more than a way through a dictionary."""
    if technique is Technique.BACK_TRANSLATION and route is Route.OFFLINE:
        return _("pivot (dictionary)")
    return {
        Technique.PARAPHRASE: _("paraphrase"),
        Technique.SYNONYM: _("synonyms"),
        Technique.INSERTION: _("inserted words"),
        Technique.SWAP: _("changed order"),
        Technique.BACK_TRANSLATION: _("back translation"),
    }[technique]


def counted_techniques(counts: Mapping[str, int]) -> str:
    """How many variants each technique has made, the most first; harmless in Markdown."""
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return " · ".join(
        f"{technique_word(Technique(name))} {number(count)}" for name, count in ordered
    )
