"""What an import found and what an export leaves out, as tables and words."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dashboard.components.form_words import part_words, place_words
from dashboard.components.plain import escaped, excerpt
from dashboard.domain.exchange import MESSAGE, Problem
from dashboard.domain.studies import Study
from dashboard.session import Fate, Preview, _, language, sentence


def problem_rows(study: Study, preview: Preview) -> pd.DataFrame:
    """A line for every problem, as Markdown: what it is, and in bold what would mend it."""
    names = [_("Line"), _("What stands there"), _("Problem")]
    return pd.DataFrame([_problem(study, one) for one in preview.problems], columns=names)


def _problem(study: Study, one: Problem) -> tuple[str, str, str]:
    place = place_words(study).get(one.place, "")
    there = ": ".join(filter(None, (place, excerpt(one.value, 40))))
    return str(one.line), escaped(there), f"{sentence(one)} **{sentence(one.remedy)}**"


def first_rows(study: Study, preview: Preview) -> pd.DataFrame:
    """The first rows as they will stand, in the session's words."""
    words = place_words(study)
    rows = [
        {
            **{words[f.key]: f.label_of(one.inputs[f.key], language()) for f in study.fields},
            words[MESSAGE]: one.message,
        }
        for one in preview.rows[:5]
    ]
    return pd.DataFrame(rows)


def left_out(study: Study, fates: Mapping[str, Fate]) -> str:
    """The parts of an example for which the form has no place."""
    words = part_words(study)
    lost = dict.fromkeys(
        part.partition(":")[0] for part, fate in fates.items() if fate is Fate.LOST
    )
    if not lost:
        return _("Nothing is left out.")
    return _("Left out: {parts}.", parts=escaped(", ".join(words[part] for part in lost)))
