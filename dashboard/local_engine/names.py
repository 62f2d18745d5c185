"""Identifiers and model names, in the forms that OpenAI gives them."""

from __future__ import annotations

import re
import secrets
import string
from typing import Final

LETTERS: Final = string.ascii_letters + string.digits
ORGANIZATION: Final = "local"


def new_id(prefix: str, length: int = 24) -> str:
    """A fresh identifier such as `file-…` or `ftjob-…`."""
    return prefix + "".join(secrets.choice(LETTERS) for _ in range(length))


def tuned_name(base: str, suffix: str | None, job_id: str) -> str:
    """The name of a job's model; characters that would break an address become dashes."""
    label = re.sub(r"[^A-Za-z0-9._-]+", "-", suffix or "")
    return f"ft:{base}:{ORGANIZATION}:{label}:{job_id[-8:]}"


def checkpoint_name(tuned: str, step: int) -> str:
    """The name under which the weights after one epoch can be asked."""
    return f"{tuned}:ckpt-step-{step}"
