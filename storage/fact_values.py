"""Facts as JSON values, the way the ledger writes them; and their fingerprint."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Iterable
from typing import Any, cast

from pydantic import TypeAdapter

from dashboard.domain.augmentation import Lineage
from dashboard.domain.calibration import Round
from dashboard.domain.examples import Entry, Revision
from dashboard.domain.ledger import Fact
from dashboard.domain.responses import Response
from dashboard.domain.team import Guideline, Person, Policy, SavedView
from dashboard.domain.verdicts import Ruling

NOUNS: dict[str, type[Fact]] = {
    "entry": Entry,
    "revision": Revision,
    "lineage": Lineage,
    "response": Response,
    "ruling": Ruling,
    "person": Person,
    "policy": Policy,
    "guideline": Guideline,
    "round": Round,
    "view": SavedView,
}
"""What each kind of fact is called in the ledger; a name, once used, stays."""

NOUN_OF = {kind: noun for noun, kind in NOUNS.items()}


def noun_of(fact: Fact) -> str:
    """What this kind of fact is called."""
    return NOUN_OF[type(fact)]


def value_of(fact: Fact) -> dict[str, Any]:
    """The fact as JSON values."""
    return cast(dict[str, Any], _adapter(noun_of(fact)).dump_python(fact, mode="json"))


def fact_of(noun: str, value: dict[str, Any]) -> Fact:
    """The fact that JSON values tell."""
    return cast(Fact, _adapter(noun).validate_python(value))


def fingerprint(facts: Iterable[tuple[str, str, dict[str, Any]]]) -> str:
    """SHA-256 over noun, subject and value of every fact, whatever their order."""
    lines = sorted(json.dumps(fact, sort_keys=True, ensure_ascii=False) for fact in facts)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


@functools.cache
def _adapter(noun: str) -> TypeAdapter[Any]:
    return TypeAdapter(NOUNS[noun])
