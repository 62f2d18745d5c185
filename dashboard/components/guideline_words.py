"""What a version of the guideline is called, and its text in the reader's language."""

from __future__ import annotations

from dashboard.components.numbers import moment
from dashboard.components.plain import escaped
from dashboard.domain.guidelines import FIRST
from dashboard.domain.team import Guideline
from dashboard.session import _, language


def version_word(guideline: Guideline) -> str:
    """A version with its author and time; harmless as Markdown."""
    if guideline.number == FIRST:
        return _("Version {number}, which came with the study", number=guideline.number)
    return _(
        "Version {number} · {author} · {time}",
        number=guideline.number,
        author=escaped(guideline.author),
        time=escaped(moment(guideline.at)),
    )


def text_of(guideline: Guideline) -> str:
    """The text in the reader's language, or else in any."""
    return guideline.texts.get(language()) or next(iter(guideline.texts.values()), "")
