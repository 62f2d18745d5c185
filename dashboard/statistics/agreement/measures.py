"""Which coefficients there are, how each is computed and which fit a scale."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import partial

from dashboard.statistics.agreement import coefficients as formulas
from dashboard.statistics.agreement import weights
from dashboard.statistics.agreement.tables import Floats, Scale, Table


class Coefficient(StrEnum):
    """A measure of agreement; the weights of a weighted one are part of its name."""

    PERCENT_AGREEMENT = "percent_agreement"
    ALPHA_NOMINAL = "krippendorff_alpha_nominal"
    ALPHA_ORDINAL = "krippendorff_alpha_ordinal"
    ALPHA_INTERVAL = "krippendorff_alpha_interval"
    AC1 = "gwet_ac1"
    AC2_ORDINAL = "gwet_ac2_ordinal"
    AC2_LINEAR = "gwet_ac2_linear"
    AC2_QUADRATIC = "gwet_ac2_quadratic"
    FLEISS_KAPPA = "fleiss_kappa"
    COHEN_KAPPA = "cohen_kappa"
    COHEN_KAPPA_LINEAR = "cohen_kappa_linear"
    COHEN_KAPPA_QUADRATIC = "cohen_kappa_quadratic"


ESTIMATORS: dict[Coefficient, Callable[[Table, Floats], Floats]] = {
    Coefficient.PERCENT_AGREEMENT: formulas.percent_agreement,
    Coefficient.ALPHA_NOMINAL: partial(
        formulas.krippendorff_alpha, differences=formulas.nominal_differences
    ),
    Coefficient.ALPHA_ORDINAL: partial(
        formulas.krippendorff_alpha, differences=formulas.ordinal_differences
    ),
    Coefficient.ALPHA_INTERVAL: partial(
        formulas.krippendorff_alpha, differences=formulas.interval_differences
    ),
    Coefficient.AC1: formulas.gwet_ac,
    Coefficient.AC2_ORDINAL: partial(formulas.gwet_ac, weights=weights.ordinal),
    Coefficient.AC2_LINEAR: partial(formulas.gwet_ac, weights=weights.linear),
    Coefficient.AC2_QUADRATIC: partial(formulas.gwet_ac, weights=weights.quadratic),
    Coefficient.FLEISS_KAPPA: formulas.fleiss_kappa,
    Coefficient.COHEN_KAPPA: formulas.cohen_kappa,
    Coefficient.COHEN_KAPPA_LINEAR: partial(formulas.cohen_kappa, weights=weights.linear),
    Coefficient.COHEN_KAPPA_QUADRATIC: partial(formulas.cohen_kappa, weights=weights.quadratic),
}

FITTING: dict[Scale, tuple[Coefficient, ...]] = {
    Scale.NOMINAL: (
        Coefficient.PERCENT_AGREEMENT,
        Coefficient.ALPHA_NOMINAL,
        Coefficient.AC1,
        Coefficient.FLEISS_KAPPA,
        Coefficient.COHEN_KAPPA,
    ),
    Scale.ORDINAL: (
        Coefficient.PERCENT_AGREEMENT,
        Coefficient.ALPHA_ORDINAL,
        Coefficient.AC2_ORDINAL,
        Coefficient.COHEN_KAPPA_LINEAR,
        Coefficient.COHEN_KAPPA_QUADRATIC,
    ),
    Scale.INTERVAL: (
        Coefficient.PERCENT_AGREEMENT,
        Coefficient.ALPHA_INTERVAL,
        Coefficient.AC2_LINEAR,
        Coefficient.AC2_QUADRATIC,
        Coefficient.COHEN_KAPPA_LINEAR,
        Coefficient.COHEN_KAPPA_QUADRATIC,
    ),
}

OF_TWO_RATERS = frozenset(
    {
        Coefficient.COHEN_KAPPA,
        Coefficient.COHEN_KAPPA_LINEAR,
        Coefficient.COHEN_KAPPA_QUADRATIC,
    }
)
