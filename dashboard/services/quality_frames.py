"""The quality of augmentation as tables for charts; techniques and reasons by their code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.domain.augmentation import Fate
from dashboard.services.augmentation_quality import Quality

if TYPE_CHECKING:
    import pandas as pd


def yields(quality: Quality) -> pd.DataFrame:
    """How many attempts of a technique were kept, were held, or dropped for a reason."""
    import pandas as pd

    rows = [
        (technique.value, outcome, count)
        for technique, row in quality.techniques.items()
        for outcome, count in (
            (Fate.KEPT.value, row.kept),
            (Fate.HELD.value, row.held),
            *((reason.value, count) for reason, count in row.dropped_for.items()),
        )
        if count
    ]
    return pd.DataFrame(rows, columns=["technique", "outcome", "count"])


def acceptance(quality: Quality) -> pd.DataFrame:
    """What experts accepted of the children they decided about, with the interval."""
    import pandas as pd

    rows = [
        (technique.value, row.accepted.value, *(row.accepted.interval or (None, None)),
         row.accepted.n)
        for technique, row in quality.techniques.items()
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["technique", "accepted", "low", "high", "n"])


def differences(quality: Quality) -> pd.DataFrame:
    """How different the kept children of a technique are."""
    import pandas as pd

    columns = ["technique", "distinct_1", "distinct_2", "self_bleu", "type_token_ratio",
               "opener_share", "edits", "likeness", "texts"]  # fmt: skip
    rows = [
        (
            technique.value,
            row.diversity.distinct_1,
            row.diversity.distinct_2,
            row.diversity.self_bleu,
            row.diversity.type_token_ratio,
            row.diversity.opener_share,
            row.edits,
            row.likeness,
            row.diversity.texts,
        )
        for technique, row in quality.techniques.items()
    ]
    return pd.DataFrame(rows, columns=columns)
