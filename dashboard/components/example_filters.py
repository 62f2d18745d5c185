"""What to look for in the list of examples; the filters stand in the address."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

import streamlit as st

from dashboard.components.choices import linked_search, linked_select
from dashboard.components.numbers import number
from dashboard.components.words import basis_word, origin_word, verdict_word
from dashboard.domain.examples import ExampleFilter, Origin, ValueCount
from dashboard.domain.studies import Field, Study
from dashboard.domain.verdicts import Basis, Verdict
from dashboard.session import _, language, linked, person, services, write, written

NAMES = ("search", "verdict", "mine", "basis", "origin", "tag", "retired")
ANSWERED, WAITING = "answered", "waiting"


def show_filters(study: Study) -> ExampleFilter:
    """Draw the search box and the filters; says what they ask for."""
    base = ExampleFilter(study.name, retired=linked(_key("retired")) == "yes", viewer=person())
    text = linked_search(_("Search"), _key("search"), _("Words, names, subjects, reasons …"))
    with st.grid(3, min_column_width=140, gap="xsmall"):
        inputs = [(one.key, _field(one, base)) for one in study.fields if one.values]
        verdict = _filter("verdict", _("Verdict"), _verdicts())
        mine = _filter("mine", _("My answers"), _mine())
        more = st.popover(_("More filters"), key="examples.filtering", icon=":material/tune:")
    with more, st.grid(2, min_column_width=140, gap="xsmall"):
        inputs += [(one.key, _field(one, base)) for one in study.fields if not one.values]
        tag = _filter("tag", _("Tag"), _tags(base))
        basis = _filter("basis", _("Basis"), _bases())
        origin = _filter("origin", _("Origin"), _origins())
        _filter("retired", _("Retired"), {"": _("In use"), "yes": _("Retired")})
    if mine and not person():
        st.caption(_("Write your name in the sidebar to see what is yours."))
    return ExampleFilter(
        study=study.name,
        text=text,
        viewer=base.viewer,
        verdict=Verdict(verdict) if verdict else None,
        basis=Basis(basis) if basis else None,
        origin=Origin(origin) if origin else None,
        inputs=tuple((key, value) for key, value in inputs if value),
        tag=tag,
        retired=base.retired,
        answered_by=base.viewer if mine == ANSWERED else "",
        open_to=base.viewer if mine == WAITING else "",
    )


def search_address(study: Study) -> str:
    """The search as the query string of a link, empty when nothing is asked for."""
    held = {name: linked(_key(name)) for name in _names(study)}
    return urlencode({name: value for name, value in held.items() if value})


def restore(study: Study, address: str) -> None:
    """Set every filter to what a query string says; what it does not name is open."""
    said = dict(parse_qsl(address))
    for name in _names(study):
        write(_key(name), said.get(name, ""))


def page_key(study: Study) -> str:
    """The key of the list's pages; other filters begin at their own first page."""
    return f"examples.page.{search_address(study)}"


def page_number(study: Study) -> int:
    """The page of the list that is open, from 1."""
    held = written(page_key(study))
    return held if isinstance(held, int) else 1


def _names(study: Study) -> tuple[str, ...]:
    return (*NAMES, *(field.key for field in study.fields))


def _key(name: str) -> str:
    return f"examples.{name}"


def _field(field: Field, base: ExampleFilter) -> str:
    label = field.label.get(language(), field.name)
    every = {"": _("{field}: any", field=label)}
    if field.values:
        words = {value: field.label_of(value, language()) for value in field.values}
    else:
        words = _counted(services().curation.values(base, f"inputs.{field.key}"), field.key)
    return _filter(field.key, label, every | words)


def _tags(base: ExampleFilter) -> dict[str, str]:
    return {"": _("Any tag")} | _counted(services().curation.values(base, "tag"), "tag")


def _counted(values: tuple[ValueCount, ...], name: str) -> dict[str, str]:
    """Values with how many examples have them; a rare one that is asked for is among them."""
    words = {one.value: f"{one.value} ({number(one.count)})" for one in values if one.value}
    asked = linked(_key(name))
    return words if asked in words or not asked else words | {asked: asked}


def _verdicts() -> dict[str, str]:
    return {"": _("Any verdict")} | {one.value: verdict_word(one) for one in Verdict}


def _bases() -> dict[str, str]:
    return {"": _("Any basis")} | {one.value: basis_word(one) for one in Basis}


def _origins() -> dict[str, str]:
    return {"": _("Any origin")} | {one.value: origin_word(one) for one in Origin}


def _mine() -> dict[str, str]:
    return {"": _("Everybody's"), ANSWERED: _("Answered by me"), WAITING: _("Waits for me")}


def _filter(name: str, label: str, words: dict[str, str]) -> str:
    return linked_select(label, words, _key(name), bare=True)
