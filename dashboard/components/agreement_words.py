"""Figures of agreement in words: what each is called, what it says, and how far to trust it."""

from __future__ import annotations

from dashboard.components.numbers import number
from dashboard.components.review_words import asked_word
from dashboard.domain.review_forms import ReviewForm
from dashboard.session import SMALL, Asked, Coefficient, Figure, Question, Undefined, _

ENOUGH = 30
"""Below it alpha's bootstrap interval is too short (see statistics/agreement/bootstrap.py)."""


def coefficient_words() -> dict[str, str]:
    """Every figure by name."""
    return {
        Coefficient.PERCENT_AGREEMENT: _("Percent agreement"),
        Coefficient.ALPHA_NOMINAL: _("Krippendorff's alpha (nominal)"),
        Coefficient.ALPHA_ORDINAL: _("Krippendorff's alpha (ordinal)"),
        Coefficient.ALPHA_INTERVAL: _("Krippendorff's alpha (interval)"),
        Coefficient.AC1: _("Gwet's AC1"),
        Coefficient.AC2_ORDINAL: _("Gwet's AC2 (ordinal weights)"),
        Coefficient.AC2_LINEAR: _("Gwet's AC2 (linear weights)"),
        Coefficient.AC2_QUADRATIC: _("Gwet's AC2 (quadratic weights)"),
        Coefficient.FLEISS_KAPPA: _("Fleiss' kappa"),
        Coefficient.COHEN_KAPPA: _("Cohen's kappa"),
        Coefficient.COHEN_KAPPA_LINEAR: _("Cohen's kappa (linear weights)"),
        Coefficient.COHEN_KAPPA_QUADRATIC: _("Cohen's kappa (quadratic weights)"),
    }


def coefficient_word(coefficient: Coefficient) -> str:
    """What a figure is called."""
    return coefficient_words()[coefficient]


def question_word(form: ReviewForm, question: Question) -> str:
    """What was asked; harmless as Markdown."""
    if question.asked is Asked.DECISION:
        return _("Decision")
    if question.asked is Asked.RATING:
        return next(asked_word(one) for one in form.ratings if one.key == question.key)
    flag = next(asked_word(one) for one in form.flags if one.key == question.key)
    return _("Flag: {flag}", flag=flag)


def value_word(figure: Figure) -> str:
    """A figure's value, or why it has none."""
    if figure.value is None:
        return undefined_word(figure.why_undefined)
    if figure.coefficient is Coefficient.PERCENT_AGREEMENT:
        return share_word(figure.value)
    return number(figure.value, 2)


def undefined_word(why: Undefined | None) -> str:
    """Why there is no value."""
    return {
        Undefined.NO_PAIRS: _("undefined: no example with two answers"),
        Undefined.NO_VARIATION: _("undefined: no variation"),
        Undefined.NEEDS_TWO_RATERS: _("only for two experts"),
        None: "–",
    }[why]


def interval_word(figure: Figure) -> str:
    """The 95% interval, or a dash."""
    if figure.low is None or figure.high is None:
        return "–"
    if figure.coefficient is Coefficient.PERCENT_AGREEMENT:
        return _("{low} to {high}", low=share_word(figure.low), high=share_word(figure.high))
    return _("{low} to {high}", low=number(figure.low, 2), high=number(figure.high, 2))


def share_word(share: float) -> str:
    """A share of 1 in percent."""
    return _("{share}%", share=number(100 * share))


def reading(figure: Figure) -> str:
    """What a value says, in plain words and without a grade."""
    if figure.value is None:
        return _why_no_value(figure.why_undefined)
    share = share_word(abs(figure.value))
    if figure.coefficient is Coefficient.PERCENT_AGREEMENT:
        return _(
            "Two experts with the same example gave the same answer in {share} of cases; chance "
            "brings some of that.",
            share=share,
        )
    if figure.value < 0:
        return _("The experts differ even more than answers given by chance would.")
    if figure.coefficient in _ALPHAS:
        return _(
            "Of the differences that chance would bring, {share} did not happen. 0 is like "
            "chance, 1 is the same answer every time.",
            share=share,
        )
    if figure.coefficient in _STEADY:
        return _(
            "Beyond chance, {share} of the possible agreement was reached. This figure stays "
            "steady where nearly all answers are the same.",
            share=share,
        )
    return _(
        "Beyond chance, {share} of the possible agreement was reached. This figure falls where "
        "nearly all answers are the same, even if experts agree.",
        share=share,
    )


def caution(items: int) -> str:
    """How far so many examples can be trusted; empty where they are enough for an interval."""
    if items < SMALL:
        return _("Too few: {items} examples. Read this as a beginning.", items=number(items))
    if items < ENOUGH:
        return _(
            "{items} examples: below {enough} the interval of alpha is too short, so the truth "
            "lies outside it more often than 1 time in 20.",
            items=number(items),
            enough=number(ENOUGH),
        )
    return ""


def caution_mark(items: int) -> str:
    """The same in two words, for a table."""
    if items < SMALL:
        return _("too few")
    return _("interval too short") if items < ENOUGH else ""


def caution_legend() -> str:
    """What the two words of a table mean."""
    return _(
        "“Too few” stands below {few} examples. Below {enough} the interval of alpha is too short: "
        "the truth lies outside it more often than 1 time in 20.",
        few=number(SMALL),
        enough=number(ENOUGH),
    )


_ALPHAS = {Coefficient.ALPHA_NOMINAL, Coefficient.ALPHA_ORDINAL, Coefficient.ALPHA_INTERVAL}
_STEADY = {
    Coefficient.AC1,
    Coefficient.AC2_ORDINAL,
    Coefficient.AC2_LINEAR,
    Coefficient.AC2_QUADRATIC,
}


def _why_no_value(why: Undefined | None) -> str:
    if why is Undefined.NO_VARIATION:
        return _(
            "Every answer is the same, so nothing tells agreement from habit; this is no "
            "perfect score."
        )
    if why is Undefined.NEEDS_TWO_RATERS:
        return _("This figure compares exactly two experts; see the pairs below.")
    return _("No two experts have answered the same example yet.")
