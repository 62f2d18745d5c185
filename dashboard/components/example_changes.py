"""One change of an example, from what it was to what it became."""

from __future__ import annotations

import streamlit as st

from dashboard.components.differences import show_difference
from dashboard.components.plain import escaped, plain
from dashboard.components.review_words import cause_word, flag_words, names_word
from dashboard.components.words import decision_word
from dashboard.domain.examples import Entry, Revision
from dashboard.domain.ids import RevisionId
from dashboard.domain.ledger import Change
from dashboard.domain.responses import Decision, Response
from dashboard.domain.verdicts import Cause, Ruling
from dashboard.session import ExampleDetail, _, language, services


def show_change(detail: ExampleDetail, change: Change, *, is_written: bool) -> None:
    """Draw a change; texts that the same deed wrote are drawn already."""
    match change.fact:
        case Entry():
            _show_entry(detail, change, is_written=is_written)
        case Revision() as revision:
            _show_inputs(detail, revision)
        case Response() as response:
            _show_response(detail, response, is_back=change.new is None)
        case Ruling() as ruling:
            _show_ruling(ruling, is_back=change.new is None)


def _show_entry(detail: ExampleDetail, change: Change, *, is_written: bool) -> None:
    old, new = change.old, change.new
    if not isinstance(old, Entry) or not isinstance(new, Entry):
        return
    if old.tags != new.tags:
        before, after = names_word(old.tags) or "–", names_word(new.tags) or "–"
        st.caption(_("Tags: {before} → {after}", before=before, after=after))
    if old.retired != new.retired:
        st.caption(_("Retired: out of the queues") if new.retired else _("Back in the queues"))
    if old.revision_id != new.revision_id and not is_written:
        number = _number_of(detail, new.revision_id)
        st.caption(_("Version {number} stands again.", number=number))


def _show_inputs(detail: ExampleDetail, revision: Revision) -> None:
    """Inputs that differ from the version before."""
    earlier = [one for one in detail.revisions if one.number < revision.number]
    before = earlier[0].inputs if earlier else revision.inputs
    for field in services().study.fields:
        old, new = before[field.key], revision.inputs[field.key]
        if old != new:
            st.caption(
                _(
                    "{field}: {before} → {after}",
                    field=escaped(field.label.get(language(), field.name)),
                    before=escaped(field.label_of(old, language())),
                    after=escaped(field.label_of(new, language())),
                )
            )


def _show_response(detail: ExampleDetail, response: Response, *, is_back: bool) -> None:
    answer = response.answer
    if is_back or answer.decision is None:
        return
    said = [decision_word(answer.decision), *flag_words(services().study.form, response)]
    st.caption(_("Answer: {said}", said=", ".join(said)))
    if answer.decision is Decision.EDIT:
        texts = {one.id: one.message for one in detail.revisions}
        show_difference(texts.get(response.revision_id, ""), answer.message)
    if answer.reason:
        plain(answer.reason)


def _show_ruling(ruling: Ruling, *, is_back: bool) -> None:
    if is_back:
        st.caption(_("The decision no longer stands."))
        return
    st.caption(_("Decision: {decision}", decision=decision_word(ruling.decision)))
    if ruling.cause is not Cause.OTHER:
        st.caption(_("Why it was disputed: {cause}.", cause=cause_word(ruling.cause)))


def _number_of(detail: ExampleDetail, revision_id: RevisionId) -> int:
    return next((one.number for one in detail.revisions if one.id == revision_id), 0)
