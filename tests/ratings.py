"""Tables of ratings for tests: published ones, written ones and simulated ones."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dashboard.statistics.agreement.figures import Figure, agreement
from dashboard.statistics.agreement.measures import Coefficient
from dashboard.statistics.agreement.tables import Answer, Scale

Rows = list[dict[str, Answer]]

# Krippendorff's reference data: 4 raters × 12 units, a dot where an answer is missing. R's irrCAC
# carries the same table as cac.raw4raters.
REFERENCE = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")

# irrCAC's distrib.6raters: of 6 psychiatrists, how many chose each of 5 diagnoses for 15 patients.
DIAGNOSES = """
    00060 03003 01401 00006 03030 20400 00402 20310 20040 00006 10050 11040 03300 10050 02031
"""

# irrCAC's cont3x3abstractors: two abstractors over 100 pregnancies.
ABSTRACTORS = ((13, 0, 0), (0, 20, 7), (0, 4, 56))


def reference() -> Rows:
    """The reference data, item by item."""
    return [
        {f"r{rater}": int(cell) for rater, cell in enumerate(unit) if cell != "."}
        for unit in zip(*REFERENCE, strict=True)
    ]


def diagnoses() -> Rows:
    """One answer per psychiatrist; who chose what is not in the published table."""
    chosen = [
        [kind for kind, raters in enumerate(row) for _ in range(int(raters))]
        for row in DIAGNOSES.split()
    ]
    return [{f"r{rater}": kind for rater, kind in enumerate(row)} for row in chosen]


def of_two(table: Sequence[Sequence[int]]) -> Rows:
    """A contingency table as answers of raters a and b."""
    cells = [(one, two) for one in range(len(table)) for two in range(len(table))]
    return [{"a": one, "b": two} for one, two in cells for _ in range(table[one][two])]


def of_text(*items: str) -> Rows:
    """Each item as one letter per rater; a dot where a rater did not answer."""
    return [{f"r{n}": letter for n, letter in enumerate(item) if letter != "."} for item in items]


def simulated(generator: np.random.Generator, items: int, raters: int) -> Rows:
    """Answers 1 or 2: the truth is 1 in 80% of items, and each rater sees it in 85%."""
    truth = 1 + (generator.random((items, 1)) < 0.2)
    seen = np.where(generator.random((items, raters)) < 0.85, truth, 3 - truth)
    return [{f"r{rater:02}": int(answer) for rater, answer in enumerate(row)} for row in seen]


def by_name(figures: Sequence[Figure]) -> dict[Coefficient, Figure]:
    """Each figure under its coefficient."""
    return {figure.coefficient: figure for figure in figures}


def value(rows: Rows, scale: Scale, name: Coefficient) -> float | None:
    """One coefficient's value."""
    return by_name(agreement(rows, scale, resamples=1))[name].value
