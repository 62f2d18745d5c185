"""The tables, one module per noun; importing this package completes the metadata."""

from storage.tables import (
    augmentation,
    augmentation_calls,
    datasets,
    examples,
    generation,
    ledger,
    review,
    study_runs,
    training,
)
from storage.tables.columns import Base

__all__ = [
    "Base",
    "augmentation",
    "augmentation_calls",
    "datasets",
    "examples",
    "generation",
    "ledger",
    "review",
    "study_runs",
    "training",
]
