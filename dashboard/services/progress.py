"""Progress: what each expert and the whole team have done and what is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from dashboard.domain.examples import Example, ExampleFilter
from dashboard.domain.guidelines import tag_of
from dashboard.domain.ids import ExampleId, now
from dashboard.domain.ledger import Deed
from dashboard.domain.progress import Begun, Everyone, Held, Mine, Pace, Share, pace_of
from dashboard.domain.responses import ResponseState
from dashboard.domain.team import Guideline, person_name
from dashboard.services.queueing import foreign_to, seeker_of
from dashboard.services.stores import Database, Stores

LIMIT = 1000
"""So many of somebody's latest actions tell their pace."""


class Progress:
    """Counts for one expert and for all; what anybody answered is not among them."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def mine(self, study: str, expert: str) -> Mine:
        """How far one expert has come; raises InvalidInput for an empty name."""
        expert = person_name(expert)
        with self.database.reading() as stores:
            counts = _counts(stores, study)
            return Mine(
                answered=counts[expert, ResponseState.SUBMITTED],
                skipped=counts[expert, ResponseState.SKIPPED],
                begun=_begun(stores, study, expert),
                remaining=_remaining(stores, study, expert),
                pace=_pace(stores, study, expert),
                news=_news(stores, study, expert),
                flagged=_flagged(stores, study, expert),
            )

    def everyone(self, study: str) -> Everyone:
        """How far the team has come."""
        with self.database.reading() as stores:
            counts = _counts(stores, study)
            tags = [tag_of(one.number) for one in stores.records.guidelines(study)]
            sizes = {tag: len(_tagged(stores, study, tag)) for tag in tags}
            return Everyone(
                coverage=stores.examples.coverage(study),
                verdicts=stores.examples.counts(study),
                shares=tuple(
                    Share(
                        expert=one.name,
                        submitted=counts[one.name, ResponseState.SUBMITTED],
                        skipped=counts[one.name, ResponseState.SKIPPED],
                        is_active=one.is_active,
                    )
                    for one in stores.records.people(study)
                ),
                held=_held(stores, study),
                flagged={tag: size for tag, size in sizes.items() if size},
            )

    def release(self, example_id: ExampleId, expert: str) -> None:
        """Free a place that somebody holds; what they have typed stays as their draft."""
        with self.database.transaction() as stores:
            stores.work_in_hand.release(stores.examples.get(example_id).revision_id, expert)


def _counts(stores: Stores, study: str) -> Counter[tuple[str, ResponseState]]:
    return Counter({(one.expert, one.state): one.count for one in stores.responses.tallies(study)})


def _begun(stores: Stores, study: str, expert: str) -> tuple[Begun, ...]:
    drafts = stores.work_in_hand.drafts(study, expert)
    examples = {one.id: one for one in stores.examples.some([one.example_id for one in drafts])}
    return tuple(Begun(examples[one.example_id], one) for one in drafts)


def _remaining(stores: Stores, study: str, expert: str) -> int:
    seeker = replace(seeker_of(study, expert), closed=foreign_to(stores, study, expert))
    return stores.queue.waiting(seeker)


def _pace(stores: Stores, study: str, expert: str) -> Pace | None:
    done = stores.ledger.recent(study, expert, LIMIT)
    return pace_of([one.at for one in done if one.deed is Deed.SUBMIT])


def _news(stores: Stores, study: str, expert: str) -> tuple[Guideline, ...]:
    """Versions of the guideline since the expert's last answer; none before their first."""
    last = next(iter(stores.responses.own(study, expert, 1)), None)
    if last is None:
        return ()
    known = last.guideline_version
    return tuple(one for one in stores.records.guidelines(study) if one.number > known)


def _flagged(stores: Stores, study: str, expert: str) -> tuple[Example, ...]:
    """Examples a new guideline bears on that this expert answered under an older one."""
    older: set[ExampleId] = set()
    for one in stores.records.guidelines(study):
        ids = _tagged(stores, study, tag_of(one.number), expert)
        for case in stores.examples.cases(ids):
            own = (answer for answer in case.counted if answer.expert == expert)
            if any(answer.guideline_version < one.number for answer in own):
                older.add(case.example_id)
    return stores.examples.some(tuple(older))


def _tagged(stores: Stores, study: str, tag: str, expert: str = "") -> Sequence[ExampleId]:
    return stores.examples.ids(ExampleFilter(study, tag=tag, answered_by=expert), 1_000_000)


def _held(stores: Stores, study: str) -> tuple[Held, ...]:
    claims = stores.work_in_hand.claims(study, now())
    examples = {one.id: one for one in stores.examples.some([one.example_id for one in claims])}
    return tuple(Held(one.expert, examples[one.example_id], one.expires_at) for one in claims)
