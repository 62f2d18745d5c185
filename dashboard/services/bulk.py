"""Bulk: what is done to many examples at once, as one action that one undo takes back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from dashboard.domain.errors import InvalidInput
from dashboard.domain.examples import MAX_TAG, Entry, Example, ExampleFilter
from dashboard.domain.ids import ExampleId, RevisionId
from dashboard.domain.ledger import Change, Deed
from dashboard.domain.responses import Answer, Decision
from dashboard.domain.team import person_name
from dashboard.services.judging import Judged, judge_many
from dashboard.services.recording import Doing, Recorder
from dashboard.services.stores import Database

BULK_LIMIT = 1000


class Bulk:
    """Marks, judges, retires and returns examples; nothing is ever deleted."""

    def __init__(self, database: Database, recorder: Recorder) -> None:
        self.database = database
        self.recorder = recorder

    def tag(self, ids: Sequence[ExampleId], tag: str, person: str) -> int:
        """Give examples a tag, in one action; returns how many did not have it."""
        name = " ".join(tag.split())
        if not name or len(name) > MAX_TAG:
            raise InvalidInput("Write a tag of 1 to {limit} characters.", limit=MAX_TAG)
        return self._change(ids, Deed.TAG, person, name, lambda one: _tagged(one, name))

    def untag(self, ids: Sequence[ExampleId], tag: str, person: str) -> int:
        """Take a tag away, in one action; returns how many had it."""

        def without(one: Entry) -> Entry:
            return replace(one, tags=tuple(held for held in one.tags if held != tag))

        return self._change(ids, Deed.TAG, person, tag, without)

    def retire(self, ids: Sequence[ExampleId], person: str, reason: str) -> int:
        """Take examples out of queues and lists, in one action; nothing is deleted."""
        if not reason.strip():
            raise InvalidInput("Say in a few words why, so that others can learn.")
        return self._change(
            ids, Deed.RETIRE, person, reason, lambda one: replace(one, retired=True)
        )

    def bring_back(self, ids: Sequence[ExampleId], person: str) -> int:
        """Return retired examples, in one action."""
        return self._change(ids, Deed.RETURN, person, "", lambda one: replace(one, retired=False))

    def judge(
        self,
        shown: Mapping[ExampleId, RevisionId],
        expert: str,
        decision: Decision,
        reason: str = "",
    ) -> Judged:
        """One expert's answer to the variants whose texts were shown, in one action.

        Each counts as any answer of theirs would; it holds no ratings. Those that take none are
        counted with the reason. Raises InvalidInput for an answer that is not for many.
        """
        answer = Answer(decision=decision, reason=reason.strip())
        with self.database.transaction() as stores:
            examples = stores.examples.some(tuple(shown))
            for study in {one.study for one in examples}:
                self.recorder.study(study).form.require_brief(answer)
            return judge_many(stores, self.recorder, shown, person_name(expert), answer)

    def matching(self, wanted: ExampleFilter) -> tuple[Example, ...]:
        """The examples a bulk action would touch; raises InvalidInput when they are too many."""
        with self.database.reading() as stores:
            ids = stores.examples.ids(wanted, BULK_LIMIT + 1)
            if len(ids) > BULK_LIMIT:
                raise InvalidInput(
                    "More than {limit} examples match; narrow the search first.",
                    limit=BULK_LIMIT,
                )
            return stores.examples.some(ids)

    def _change(
        self,
        ids: Sequence[ExampleId],
        deed: Deed,
        person: str,
        note: str,
        changed: Callable[[Entry], Entry],
    ) -> int:
        with self.database.transaction() as stores:
            entries = [one.entry for one in stores.examples.some(ids)]
            changes = [Change(one, changed(one)) for one in entries if changed(one) != one]
            if not changes:
                raise InvalidInput("Nothing was changed, so nothing was saved.")
            doing = Doing(entries[0].study, person, deed, note)
            self.recorder.record(stores, doing, changes)
            return len(changes)


def _tagged(entry: Entry, tag: str) -> Entry:
    return entry if tag in entry.tags else replace(entry, tags=(*entry.tags, tag))
