"""Which column of a file stands for what: guessed, shown, and open to a better choice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.components.choices import select
from dashboard.components.form_words import place_words
from dashboard.components.numbers import number
from dashboard.components.plain import escaped, excerpt
from dashboard.domain.exchange import ID, TAGS, ColumnMapping
from dashboard.domain.studies import Study
from dashboard.session import Incoming, UnknownValue, _, forget, language

MOST_WORDS = 12
"""Unknown words that are asked about at once; the rest are problems until these are settled."""
NOTHING = "—"


def choose_columns(study: Study, incoming: Incoming, turn: int) -> ColumnMapping:
    """Draw a choice for every field; folded while every column was recognized."""
    words = _column_words(incoming)
    chosen: dict[str, str] = {}
    with st.expander(
        _("Which column is what"),
        expanded=bool(incoming.missing),
        key=f"examples.columns.{turn}",
        icon=":material/view_column:",
    ):
        places = st.columns(3)
        for index, (target, label) in enumerate(place_words(study).items()):
            optional = target in (ID, TAGS)
            shown = _("{name} (optional)", name=label) if optional else label
            with places[index % 3]:
                usual = incoming.guess.columns.get(target, "")
                key = f"examples.column.{turn}.{target}"
                chosen[target] = select(escaped(shown), words, key, usual)
    return ColumnMapping(chosen)


def forget_columns(study: Study, turn: int) -> None:
    """Let another file start with its own guess."""
    forget(*(f"examples.column.{turn}.{target}" for target in place_words(study)))


def lacking(study: Study, mapping: ColumnMapping) -> list[str]:
    """What still needs a column, in the session's words."""
    words = place_words(study)
    return [
        words[target]
        for target, column in mapping.columns.items()
        if not column and target not in (ID, TAGS)
    ]


def choose_words(
    study: Study, unknown: Sequence[UnknownValue], turn: int
) -> Mapping[str, Mapping[str, str]]:
    """Draw a choice for every word that the study does not know; says what was chosen."""
    chosen: dict[str, dict[str, str]] = {}
    if not unknown:
        return chosen
    st.markdown(_("**Words the study does not know.** Say what they mean here."))
    places = st.columns(3)
    for index, one in enumerate(unknown[:MOST_WORDS]):
        with places[index % 3]:
            value = _meaning(study, one, f"examples.word.{turn}.{one.field}.{one.value}")
        if value:
            chosen.setdefault(one.field, {})[one.value] = value
    return chosen


def _meaning(study: Study, one: UnknownValue, key: str) -> str:
    field = study.field(one.field)
    words = {"": NOTHING, **{value: field.label_of(value, language()) for value in field.values}}
    if one.suggestion:
        words[one.suggestion] = _("{value} (probably)", value=words[one.suggestion])
    label = _(
        "{field}: “{value}” ({count}×)",
        field=escaped(field.label[language()]),
        value=escaped(excerpt(one.value)),
        count=number(one.count),
    )
    return select(label, words, key)


def _column_words(incoming: Incoming) -> dict[str, str]:
    """Every column with the beginning of what stands in it first."""
    words = {"": NOTHING}
    for column in incoming.table.columns:
        texts = (row.values.get(column, "").strip() for row in incoming.table.rows)
        sample = excerpt(next(filter(None, texts), ""), 24)
        words[column] = f"{column} · {sample}" if sample else column
    return words
