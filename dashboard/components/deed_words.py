"""What people did, in the words of the session's language."""

from __future__ import annotations

from dashboard.components.numbers import moment, number
from dashboard.components.plain import escaped
from dashboard.domain.ledger import Deed
from dashboard.session import LogLine, _


def deed_words() -> dict[str, str]:
    """Every deed as somebody did it."""
    return {
        Deed.ADD: _("wrote a new example"),
        Deed.IMPORT: _("imported a file"),
        Deed.EDIT: _("edited the text"),
        Deed.RESTORE: _("brought an earlier text back"),
        Deed.TAG: _("changed tags"),
        Deed.RETIRE: _("retired"),
        Deed.RETURN: _("brought back"),
        Deed.SUBMIT: _("answered"),
        Deed.JUDGE: _("judged variants together"),
        Deed.SKIP: _("left to others"),
        Deed.REOPEN: _("reopened an own answer"),
        Deed.RULE: _("decided"),
        Deed.REVOKE: _("took a decision back"),
        Deed.TEAM: _("changed the team"),
        Deed.POLICY: _("changed the rules of review"),
        Deed.GUIDELINE: _("changed the guideline"),
        Deed.CALIBRATE: _("changed a calibration round"),
        Deed.VIEW: _("changed a saved view"),
        Deed.AUGMENT: _("had variants made"),
        Deed.TAKE: _("took a held variant in"),
        Deed.UNDO: _("took back"),
    }


def deed_word(deed: Deed) -> str:
    """What somebody did."""
    return deed_words()[deed]


def line_word(line: LogLine) -> str:
    """A line of the log: who did what, to which example, when; harmless as Markdown."""
    action = line.action
    did = deed_word(action.deed)
    if line.undid is not None:
        did = _("took back: {deed}", deed=deed_word(line.undid))
    parts = [f"**{escaped(action.person)}**", did, _about(line), escaped(moment(action.at))]
    if line.was_undone:
        parts.append(_("taken back since"))
    return " · ".join(one for one in parts if one)


def _about(line: LogLine) -> str:
    if line.count > 1:
        return _("{count} examples", count=number(line.count))
    return escaped(line.key)
