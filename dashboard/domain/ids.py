"""Identifiers: UUIDv7 text, so that sorting by id is sorting by time."""

from __future__ import annotations

import secrets
import time
import uuid
from datetime import UTC, datetime
from typing import NewType

ExampleId = NewType("ExampleId", str)
RevisionId = NewType("RevisionId", str)
ActionId = NewType("ActionId", str)
VersionId = NewType("VersionId", str)
TrainingRunId = NewType("TrainingRunId", str)
GenerationRunId = NewType("GenerationRunId", str)
OutputId = NewType("OutputId", str)
StudyRunId = NewType("StudyRunId", str)
AugmentationRunId = NewType("AugmentationRunId", str)


def new_id() -> str:
    """A UUID of version 7 (RFC 9562): 48 bits of Unix milliseconds, then random bits."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds << 80) | secrets.randbits(80)
    value = (value & ~(0xF << 76)) | (0x7 << 76)
    value = (value & ~(0x3 << 62)) | (0x2 << 62)
    return str(uuid.UUID(int=value))


def now() -> datetime:
    """The present moment, in UTC with its zone."""
    return datetime.now(UTC)
