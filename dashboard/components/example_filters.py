"""What to look for in the list of examples; the filters stand in the address."""

from __future__ import annotations

import streamlit as st

from dashboard.components.choices import linked_search, linked_select
from dashboard.components.words import origin_word, verdict_word
from dashboard.domain.examples import ExampleFilter, Origin
from dashboard.domain.studies import Field, Study
from dashboard.domain.verdicts import Verdict
from dashboard.session import _, language, written


def show_filters(study: Study) -> ExampleFilter:
    """Draw the search box and the filters; says what they ask for."""
    with st.grid(3, min_column_width=140, gap="xsmall"):
        text = linked_search(_("Search"), "examples.search", _("Words, names, subjects …"))
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


def page_key(wanted: ExampleFilter) -> str:
    """The key of the list's pages; other filters begin at their own first page."""
    inputs = (f"{name}={value}" for name, value in wanted.inputs)
    asked = (wanted.text, wanted.verdict or "", wanted.origin or "", *inputs)
    return ".".join(("examples.page", *asked))


def page_number(wanted: ExampleFilter) -> int:
    """The page of the list that is open, from 1."""
    number = written(page_key(wanted))
    return number if isinstance(number, int) else 1


def _field_filter(field: Field) -> str:
    label = field.label.get(language(), field.name)
    every = _("{field}: any", field=label)
    words = {value: field.label_of(value, language()) for value in field.values}
    return _filter(field.key, label, {"": every} | words)


def _filter(name: str, label: str, words: dict[str, str]) -> str:
    return linked_select(label, words, f"examples.{name}", bare=True)
