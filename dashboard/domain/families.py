"""Families: an example, what it was made from, and what was made from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboard.domain.augmentation import Lineage
from dashboard.domain.examples import Example, Revision
from dashboard.domain.ids import ExampleId


@dataclass(frozen=True)
class Member:
    """A child of a family, as it stands, with where it comes from; `depth` counts from the root."""

    example: Example
    lineage: Lineage
    depth: int = 1


@dataclass(frozen=True)
class Descent:
    """How one example came from another: the text it was made from, and what was made of it."""

    lineage: Lineage
    parent: Example
    before: Revision
    after: Revision


@dataclass(frozen=True)
class Family:
    """Everything of one root, with the way from a parent to the example that was asked about."""

    root: Example
    descent: Descent | None
    members: tuple[Member, ...]


def in_order(root: ExampleId, members: Sequence[Member]) -> tuple[Member, ...]:
    """The members as a tree is read: every parent before its children, siblings by key."""
    return tuple(_below(root, sorted(members, key=lambda one: one.example.key), 1))


def _below(parent: ExampleId, members: Sequence[Member], depth: int) -> Iterator[Member]:
    for one in members:
        if one.lineage.parent_id == parent:
            yield Member(one.example, one.lineage, depth)
            yield from _below(one.example.id, members, depth + 1)
