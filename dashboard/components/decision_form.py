"""Deciding an example: accept it, take or write an edit, or reject it; and taking that back."""

from __future__ import annotations

import streamlit as st

from dashboard.components.dispute_answers import names_of
from dashboard.components.plain import escaped
from dashboard.components.review_words import cause_words
from dashboard.domain.ids import ExampleId
from dashboard.domain.responses import Decision
from dashboard.domain.verdicts import Cause, Verdict
from dashboard.navigation import page
from dashboard.session import Decided, Dispute, _, acting, choose, person, services, written

DECISIONS = {
    "accept": Decision.ACCEPT,
    "adopt": Decision.EDIT,
    "own": Decision.EDIT,
    "reject": Decision.REJECT,
}


def show_decision(dispute: Dispute, following: str | None) -> None:
    """Draw the form; it keeps what was typed until the decision is in."""
    st.header(_("Your decision"))
    if person() and not services().adjudication.may_decide(dispute, person()):
        _show_refusal()
        return
    words = _choice_words()
    choice = st.pills(
        _("What becomes of this message?"),
        [one for one in DECISIONS if one != "adopt" or dispute.edits],
        format_func=lambda one: words[one],
        key=_key(dispute, "choice"),
        persist_state="session",
    )
    if choice == "adopt":
        _show_edits(dispute)
    if choice == "own":
        _show_own_text(dispute)
    cause = _show_cause(dispute)
    st.text_area(
        _("Reason"),
        key=_key(dispute, "reason"),
        height=80,
        max_chars=500,
        placeholder=_("Needed where nobody answered like you; always welcome."),
        persist_state="session",
    )
    if not person():
        st.caption(_("Write your name in the sidebar first; it stands under the decision."))
    st.button(
        _("Decide"),
        key=_key(dispute, "submit"),
        type="primary",
        icon=":material/gavel:",
        disabled=not (person() and choice and cause),
        on_click=decide,
        args=(dispute, following),
    )


def _show_refusal() -> None:
    """Said before anybody types, not after."""
    st.info(
        _(
            "You have answered this example, so somebody else has to decide it. A small team can "
            "allow this on the Team page."
        )
    )
    team = page("team")
    st.page_link(team, label=_("To the rules of the team"), icon=team.icon)


def decide(dispute: Dispute, following: str | None) -> None:
    """Record what the form holds and go on to the next example."""
    decided = _filled(dispute)
    done = _("{key} is decided.", key=escaped(dispute.example.key))
    if decided.text and decided.adopted is None:
        done = _("Your edit is a new version; another person has to accept it.")
    with acting("adjudicate", done):
        services().adjudication.decide(decided, person())
        choose("example", following)


def show_revoke(dispute: Dispute) -> None:
    """Draw the way back from a decision."""
    with st.form(f"adjudicate.revoking.{dispute.example.id}", border=False):
        st.text_input(
            _("Why should it be decided again?"), key=_key(dispute, "revoke"), max_chars=500
        )
        st.form_submit_button(
            _("Take the decision back"),
            key=f"adjudicate.revoke.{dispute.example.id}",
            icon=":material/undo:",
            disabled=not person(),
            on_click=revoke,
            args=(dispute,),
        )


def revoke(dispute: Dispute) -> None:
    """Take the decision back."""
    why = str(written(_key(dispute, "revoke")) or "")
    with acting("adjudicate", _("The decision was taken back; the answers stand as they were.")):
        services().adjudication.revoke(ExampleId(dispute.example.id), person(), why)


def _choice_words() -> dict[str, str]:
    return {
        "accept": _("Accept as it is"),
        "adopt": _("Take an edit"),
        "own": _("Write an edit"),
        "reject": _("Reject"),
    }


def _show_edits(dispute: Dispute) -> None:
    names = dict(zip((one.expert for one in dispute.responses), names_of(dispute), strict=True))
    words = [escaped(f"{names[one.expert]}: {one.answer.message}") for one in dispute.edits]
    st.radio(
        _("Whose edit?"),
        range(len(words)),
        format_func=lambda place: words[place],
        key=_key(dispute, "edit"),
        persist_state="session",
    )


def _show_own_text(dispute: Dispute) -> None:
    st.text_area(
        _("Message"),
        dispute.example.message,
        key=_key(dispute, "text"),
        height=110,
        max_chars=600,
        persist_state="session",
    )
    st.caption(_("Your own edit starts unreviewed: somebody else has to accept it."))


def _show_cause(dispute: Dispute) -> str | None:
    """Asked only where something is disputed."""
    if dispute.example.verdict is not Verdict.DISPUTED:
        return Cause.OTHER
    words = cause_words()
    return st.selectbox(
        _("Why was it disputed?"),
        list(words),
        index=None,
        format_func=lambda one: words[one],
        key=_key(dispute, "cause"),
        placeholder=_("Choose what fits best"),
        persist_state="session",
    )


def _filled(dispute: Dispute) -> Decided:
    choice = str(written(_key(dispute, "choice")))
    place = written(_key(dispute, "edit"))
    edit = dispute.edits[place if isinstance(place, int) else 0] if choice == "adopt" else None
    own = str(written(_key(dispute, "text")) or "") if choice == "own" else ""
    return Decided(
        example_id=dispute.example.id,
        revision_id=dispute.example.revision_id,
        decision=DECISIONS[choice],
        cause=Cause(str(written(_key(dispute, "cause")) or Cause.OTHER)),
        reason=str(written(_key(dispute, "reason")) or ""),
        text=edit.answer.message if edit else own,
        adopted=edit.expert if edit else None,
    )


def _key(dispute: Dispute, name: str) -> str:
    return f"adjudicate.{name}.{dispute.example.revision_id}"
