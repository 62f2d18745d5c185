"""Worked examples for the few-shot base: the training rows nearest to the condition asked."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from dashboard.domain.datasets import Row
from dashboard.domain.studies import Inputs, Study


def nearest(study: Study, inputs: Inputs, train: Sequence[Row], count: int) -> tuple[Row, ...]:
    """The `count` training rows that share most cell fields; ties by a hash of the keys.

    The hash makes the choice the same everywhere and unlike for unlike rows.
    """
    asked = study.cell(inputs)

    def distance(row: Row) -> tuple[int, str]:
        differing = sum(a != b for a, b in zip(asked, study.cell(row.inputs), strict=True))
        tie = hashlib.sha256(f"{study.user_message(inputs)}|{row.key}".encode()).hexdigest()
        return differing, tie

    return tuple(sorted(train, key=distance)[:count])
