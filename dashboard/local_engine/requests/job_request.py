"""The body of `POST /fine_tuning/jobs`, read into a job or refused."""

from __future__ import annotations

import secrets
import time
from typing import Any, Final

from ..errors import invalid
from ..names import new_id
from ..records.jobs import AdapterShape, Hyperparameters, Job
from .fields import Fields
from .hyperparameters import asked

KNOWN: Final = frozenset(
    {"model", "training_file", "validation_file", "suffix", "seed", "metadata"}
    | {"method", "hyperparameters", "integrations", "adapter"}
)
MOST_PAIRS: Final = 16
LONGEST_KEY: Final = 64
LONGEST_VALUE: Final = 512
LARGEST_SEED: Final = 2_147_483_647


def job_from_request(body: object) -> Job:
    """The new job that a request asks for; whether its model and files exist is not known yet."""
    fields = Fields(body)
    fields.only(KNOWN, "the engine does not know it; remove it.")
    if fields.value("integrations"):
        raise fields.refuse("integrations", "the engine reports to no other service; remove it.")
    return Job(
        id=new_id("ftjob-"),
        created=time.time(),
        model=fields.text("model"),
        training_file=fields.text("training_file"),
        validation_file=fields.optional_text("validation_file"),
        seed=_seed(fields),
        suffix=fields.optional_text("suffix", 64),
        metadata=_metadata(fields),
        hyperparameters=_hyperparameters(fields),
        adapter=_adapter(fields),
    )


def _seed(fields: Fields) -> int:
    if "seed" in fields:
        return fields.integer("seed", 0, LARGEST_SEED)
    return secrets.randbelow(LARGEST_SEED + 1)


def _hyperparameters(fields: Fields) -> Hyperparameters:
    method = fields.part("method")
    kind = method.value("type") or "supervised"
    if kind != "supervised":
        raise invalid(
            f"Training by {kind!r} is not offered: use method.type 'supervised'.", "method.type"
        )
    method.only(("type", "supervised"), "it does not belong to supervised training.")
    supervised = method.part("supervised")
    supervised.only(("hyperparameters",), "supervised training takes hyperparameters only.")
    if "hyperparameters" in supervised:
        return asked(supervised.part("hyperparameters"))
    return asked(fields.part("hyperparameters"))


def _adapter(fields: Fields) -> AdapterShape:
    part = fields.part("adapter")
    part.only(("rank", "alpha", "dropout"), "an adapter has a rank, an alpha and a dropout.")
    usual = AdapterShape()
    return AdapterShape(
        part.integer("rank", 1, 256) if "rank" in part else usual.rank,
        part.number("alpha", 0.001, 1024) if "alpha" in part else usual.alpha,
        part.number("dropout", 0, 0.9) if "dropout" in part else usual.dropout,
    )


def _metadata(fields: Fields) -> dict[str, str] | None:
    metadata: Any = fields.value("metadata")
    if metadata is None:
        return None
    if not isinstance(metadata, dict) or len(metadata) > MOST_PAIRS:
        raise fields.refuse("metadata", f"it must be an object of at most {MOST_PAIRS} pairs.")
    for key, value in metadata.items():
        if len(key) > LONGEST_KEY or not isinstance(value, str) or len(value) > LONGEST_VALUE:
            advice = f"keys have at most {LONGEST_KEY} and texts {LONGEST_VALUE} characters."
            raise fields.refuse("metadata", advice)
    return metadata
