"""Holding: variants the sieve was in doubt about, until somebody takes them in or leaves them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.domain.augmentation import Attempt, Fate, Reason
from dashboard.domain.errors import InvalidInput
from dashboard.domain.examples import Entry, Example, normalized
from dashboard.domain.ledger import Change, Deed
from dashboard.domain.team import person_name
from dashboard.services.begetting import Born, born
from dashboard.services.recording import Doing, Recorder, require_present
from dashboard.services.stores import Database, Stores

HELD_SHOWN = 10


@dataclass(frozen=True)
class HeldOne:
    """A held variant beside the text it was made from."""

    attempt: Attempt
    parent: Example
    before: str


@dataclass(frozen=True)
class HeldPage:
    """One page of held variants; `total` counts all that have this first reason."""

    children: tuple[HeldOne, ...]
    total: int
    reasons: dict[Reason, int]


class Holding:
    """What people do with held variants; nothing of it is ever deleted."""

    def __init__(self, database: Database, recorder: Recorder) -> None:
        self.database = database
        self.recorder = recorder

    def count(self, study: str) -> int:
        """How many are held."""
        with self.database.reading() as stores:
            return len(stores.augmentation.held(study))

    def waiting(self, study: str, reason: Reason | None = None, page: int = 1) -> HeldPage:
        """Those that nobody has taken in or left out, for one first reason or all."""
        with self.database.reading() as stores:
            every = stores.augmentation.held(study)
            found = [one for one in every if reason in (None, first_reason(one))]
            start = (page - 1) * HELD_SHOWN
            shown = tuple(_held(stores, one) for one in found[start : start + HELD_SHOWN])
        reasons = [first_reason(one) for one in every]
        counts = {one: reasons.count(one) for one in Reason if one in reasons}
        return HeldPage(shown, len(found), counts)

    def take(self, attempts: Sequence[Attempt], person: str) -> int:
        """Make examples of held variants, in one action; they start unreviewed. How many.

        Those whose text the study has meanwhile stay out. Raises InvalidInput where none is left.
        """
        with self.database.transaction() as stores:
            free = _without_repeats(stores, _open(stores, attempts))
            doing = Doing(_study(stores, free[0]), person, Deed.TAKE)
            children = _born_of_runs(stores, doing, free)
            self.recorder.record(stores, doing, children.changes)
            for one in children.attempts:
                assert one.example_id is not None
                stores.augmentation.mark_taken(one, one.example_id)
            return len(free)

    def leave(self, attempts: Sequence[Attempt], person: str) -> int:
        """Leave held variants out; they stay stored, and the list has room for others."""
        name = person_name(person)
        with self.database.transaction() as stores:
            left = _open(stores, attempts)
            require_present(stores, _study(stores, left[0]), name)
            for one in left:
                stores.augmentation.mark_left(one, name)
            return len(left)

    def put_back(self, attempts: Sequence[Attempt]) -> int:
        """Put variants that were left out back among the held; how many came."""
        with self.database.transaction() as stores:
            current = [stores.augmentation.attempt(o.run_id, o.cell, o.number) for o in attempts]
            left = [one for one in current if one.left_by]
            for one in left:
                stores.augmentation.mark_left(one, "")
            return len(left)


def first_reason(attempt: Attempt) -> Reason:
    """What decided; a held variant without a reason is one whose label is in doubt."""
    return attempt.reasons[0] if attempt.reasons else Reason.LABEL_DOUBT


def _open(stores: Stores, attempts: Sequence[Attempt]) -> list[Attempt]:
    """Those of them that still wait; raises InvalidInput where none does."""
    current = [stores.augmentation.attempt(o.run_id, o.cell, o.number) for o in attempts]
    found = [o for o in current if o.fate is Fate.HELD and not o.example_id and not o.left_by]
    if not found:
        raise InvalidInput("None of these variants waits any more; somebody was faster.")
    return found


def _without_repeats(stores: Stores, attempts: Sequence[Attempt]) -> list[Attempt]:
    """One variant for each text that the study does not have yet."""
    messages = stores.examples.messages(_study(stores, attempts[0]))
    known = {normalized(one) for one in messages}
    free = list[Attempt]()
    for one in attempts:
        text = normalized(one.rewriting.message)
        if text not in known:
            known.add(text)
            free.append(one)
    if not free:
        raise InvalidInput("This message is in the study already; write another one.")
    return free


def _born_of_runs(stores: Stores, doing: Doing, attempts: Sequence[Attempt]) -> Born:
    """Examples of attempts of any runs, no two of them under one key."""
    made, changes, keys = list[Attempt](), list[Change](), list[str]()
    for run_id in dict.fromkeys(one.run_id for one in attempts):
        run, own = stores.augmentation.get(run_id), [o for o in attempts if o.run_id == run_id]
        children = born(stores, doing, run, own, keys)
        made += children.attempts
        changes += children.changes
        keys += [one.new.key for one in children.changes if isinstance(one.new, Entry)]
    return Born(tuple(made), tuple(changes))


def _study(stores: Stores, attempt: Attempt) -> str:
    return stores.augmentation.get(attempt.run_id).plan.study


def _held(stores: Stores, attempt: Attempt) -> HeldOne:
    texts = stores.examples.revisions(attempt.parent_id)
    before = next(one for one in texts if one.id == attempt.parent_revision_id)
    return HeldOne(attempt, stores.examples.get(attempt.parent_id), before.message)
