"""What the parts of answers and verdicts are called in the session's language."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.components.plain import escaped
from dashboard.domain.responses import Confidence, Response
from dashboard.domain.review_forms import Flag, Rating, ReviewForm
from dashboard.domain.verdicts import Cause, Rule
from dashboard.session import _, language


def cause_words() -> dict[str, str]:
    """Why people disagreed, by cause."""
    return {
        Cause.AMBIGUOUS: _("the message can be read in two ways"),
        Cause.GUIDELINE_GAP: _("the guideline does not say"),
        Cause.SLIP: _("a slip"),
        Cause.DIFFERENCE: _("a legitimate difference of opinion"),
        Cause.OTHER: _("something else"),
    }


def cause_word(cause: Cause) -> str:
    """Why people disagreed."""
    return cause_words()[cause]


def confidence_word(confidence: Confidence) -> str:
    """How sure an expert was."""
    return {
        Confidence.LOW: _("not very sure"),
        Confidence.MEDIUM: _("fairly sure"),
        Confidence.HIGH: _("very sure"),
    }[confidence]


def rule_word(rule: Rule) -> str:
    """How answers decide."""
    return {
        Rule.UNANIMOUS: _("all answers must agree"),
        Rule.MAJORITY: _("more than half of the answers decide"),
    }[rule]


def asked_word(asked: Flag | Rating) -> str:
    """A flag or an item of the rubric, as the study calls it; harmless as Markdown."""
    return escaped(asked.label.get(language(), asked.key))


def flag_words(form: ReviewForm, response: Response) -> list[str]:
    """The flags of an answer, as the study calls them; harmless as Markdown."""
    known = {one.key: asked_word(one) for one in form.flags}
    return [known.get(key, escaped(key)) for key in response.answer.flags]


def names_word(names: Sequence[str]) -> str:
    """Names in a row; harmless as Markdown."""
    return escaped(", ".join(names))
