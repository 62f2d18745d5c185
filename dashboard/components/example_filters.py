"""What to look for in the list of examples; the filters stand in the address."""

from __future__ import annotations

import streamlit as st

from dashboard.components.linked import linked_search, linked_select
from dashboard.components.words import origin_word, verdict_word
from dashboard.domain.examples import ExampleFilter, Origin, Verdict
from dashboard.domain.studies import Field, Study
from dashboard.session import _, language, write, written

PAGE = "examples.page"


def show_filters(study: Study) -> ExampleFilter:
    """Draw the search box and the filters; says what they ask for."""
    with st.grid(3, min_column_width=140, gap="xsmall"):
        text = linked_search(
            _("Search"), "examples.search", _("Words, names, subjects …"), _start_over
        )
        fields = [field for field in study.fields if field.values]
        chosen = [(field.key, _field_filter(field)) for field in fields]
        verdicts = {"": _("Any verdict")} | {one.value: verdict_word(one) for one in Verdict}
        verdict = _filter("verdict", _("Verdict"), verdicts)
        origins = {"": _("Any origin")} | {one.value: origin_word(one) for one in Origin}
        origin = _filter("origin", _("Origin"), origins)
    return ExampleFilter(
        study=study.name,
        text=text,
        verdict=Verdict(verdict) if verdict else None,
        origin=Origin(origin) if origin else None,
        inputs=tuple((key, value) for key, value in chosen if value),
    )


def page_number(total: int = 0, size: int = 0) -> int:
    """The page of the list that is open, from 1; never beyond the last when a total is given."""
    wanted = written(PAGE)
    number = wanted if isinstance(wanted, int) else 1
    return min(number, max(1, -(-total // size))) if size else number


def _field_filter(field: Field) -> str:
    label = field.label.get(language(), field.name)
    every = _("{field}: any", field=label)
    words = {value: field.label_of(value, language()) for value in field.values}
    return _filter(field.key, label, {"": every} | words)


def _filter(name: str, label: str, words: dict[str, str]) -> str:
    return linked_select(label, words, f"examples.{name}", "collapsed", _start_over)


def _start_over() -> None:
    write(PAGE, 1)
