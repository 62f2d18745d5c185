"""The agreement figures as a table that can leave the house: each names its definition."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.formats.delimited import write_csv
from dashboard.services.evidence import Evidence, Question
from dashboard.statistics.agreement.figures import RESAMPLES, SEED, Figure
from dashboard.statistics.agreement.measures import Coefficient

DEFINITIONS: dict[Coefficient, str] = {
    Coefficient.PERCENT_AGREEMENT: "share of agreeing pairs within an item, averaged over items "
    "with two or more answers (Fleiss 1971; Gwet 2014, ch. 2)",
    Coefficient.ALPHA_NOMINAL: "Krippendorff's alpha, nominal differences (Krippendorff 2019, "
    "ch. 12)",
    Coefficient.ALPHA_ORDINAL: "Krippendorff's alpha, ordinal differences (Krippendorff 2019, "
    "ch. 12)",
    Coefficient.ALPHA_INTERVAL: "Krippendorff's alpha, interval differences (Krippendorff 2019, "
    "ch. 12)",
    Coefficient.AC1: "Gwet's AC1 (Gwet 2008)",
    Coefficient.AC2_ORDINAL: "Gwet's AC2, ordinal weights (Gwet 2014, ch. 3 and 5)",
    Coefficient.AC2_LINEAR: "Gwet's AC2, linear weights (Gwet 2014, ch. 3 and 5)",
    Coefficient.AC2_QUADRATIC: "Gwet's AC2, quadratic weights (Gwet 2014, ch. 3 and 5)",
    Coefficient.FLEISS_KAPPA: "Fleiss' kappa, generalized to unequal numbers of answers "
    "(Fleiss 1971; Gwet 2014, ch. 2)",
    Coefficient.COHEN_KAPPA: "Cohen's kappa, two raters (Cohen 1960)",
    Coefficient.COHEN_KAPPA_LINEAR: "Cohen's kappa, two raters, linear weights (Cohen 1968)",
    Coefficient.COHEN_KAPPA_QUADRATIC: "Cohen's kappa, two raters, quadratic weights (Cohen 1968)",
}
HEADER = (
    "slice", "value", "question", "scale", "coefficient", "definition", "estimate", "low", "high",
    "interval", "items", "raters", "pairs", "undefined",
)  # fmt: skip


def agreement_file(evidence: Evidence) -> bytes:
    """Every figure of every question as CSV: of all examples, then slice by slice."""
    rows = [
        row
        for name, value, part in (("all", "", evidence), *evidence.slices())
        for question in part.questions
        for row in _rows(name, value, question, part)
    ]
    return write_csv(HEADER, rows)


def _rows(name: str, value: str, question: Question, part: Evidence) -> Iterator[list[str]]:
    for figure in part.figures(question):
        yield [
            name,
            value,
            f"{question.asked}:{question.key}",
            question.scale,
            figure.coefficient,
            DEFINITIONS[figure.coefficient],
            *(_exact(one) for one in (figure.value, figure.low, figure.high)),
            _interval(figure),
            str(figure.items),
            str(figure.raters),
            str(figure.pairs),
            figure.why_undefined or "",
        ]


def _interval(figure: Figure) -> str:
    if figure.low is None:
        return ""
    return f"95% percentile bootstrap over items, {RESAMPLES} resamples, seed {SEED}"


def _exact(value: float | None) -> str:
    return "" if value is None else f"{value:.6f}"
