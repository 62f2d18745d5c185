"""The quality of augmentation: what each technique brings, at what cost, and what experts say.

Diversity stands beside acceptance, since either alone misleads: a copy is always acceptable, and
nonsense is always diverse (Gontijo-Lopes et al. 2020).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dashboard.domain.augmentation import Attempt, AugmentationRun, Fate, Reason, Route, Technique
from dashboard.domain.ids import ExampleId, RevisionId
from dashboard.domain.studies import Cell
from dashboard.domain.turns import Yield
from dashboard.domain.verdicts import Verdict
from dashboard.services.stores import Database, Stores
from dashboard.statistics.diversity import Diversity, diversity, edit_ratio, likeness
from dashboard.statistics.proportions import Proportion

COST = "cost_usd"
"""The score under which the model route keeps what an attempt has cost, in US dollars."""


@dataclass(frozen=True)
class QualityRow:
    """What became of the attempts of a technique, of a cell, or of all.

    Reasons are the first ones, which decided. `consistent` is the share of attempts
    past every filter whose label was not doubted; `accepted` that of children experts have
    decided about. `cost` is what an accepted child has cost, None when that is unknown or none
    was accepted. `edits` and `likeness` compare kept children with their parents and siblings.
    """

    kept: int
    held: int
    dropped: int
    held_for: Mapping[Reason, int]
    dropped_for: Mapping[Reason, int]
    consistent: Proportion
    accepted: Proportion
    cost: Decimal | None
    diversity: Diversity
    edits: float | None
    likeness: float | None


@dataclass(frozen=True)
class Quality:
    """The figures of everything that was tried, by technique and by cell."""

    overall: QualityRow
    techniques: Mapping[Technique, QualityRow]
    cells: Mapping[Cell, QualityRow]


@dataclass(frozen=True)
class _Made:
    """An attempt; `verdict` is that of the example it became, `spent` None where nobody said."""

    attempt: Attempt
    parent: str
    verdict: Verdict | None
    spent: Decimal | None


@dataclass(frozen=True)
class AugmentationQuality:
    """Reads what runs have left behind."""

    database: Database

    def of(self, study: str, route: Route | None = None) -> Quality:
        """The quality of all runs of a study, or of those on one route."""
        with self.database.reading() as stores:
            every = stores.augmentation.all(study)
            runs = [one for one in every if route in (None, one.plan.route)]
            yields = [one for run in runs for one in stores.augmentation.yields(run.id)]
            made = _made(stores, runs)
        techniques = {one.technique for one in yields}
        return Quality(
            overall=_row(yields, made),
            techniques={
                name: _row(
                    [one for one in yields if one.technique is name],
                    [one for one in made if one.attempt.technique is name],
                )
                for name in Technique
                if name in techniques
            },
            cells={
                cell: _row(
                    [one for one in yields if one.cell == cell],
                    [one for one in made if one.attempt.cell == cell],
                )
                for cell in sorted({one.cell for one in yields})
            },
        )


def _made(stores: Stores, runs: Sequence[AugmentationRun]) -> list[_Made]:
    """What passed every filter, and on the model route the rest as well, since it cost, too."""
    found: list[tuple[Attempt, Route]] = []
    for run in runs:
        fates = (None,) if run.plan.route is Route.MODEL else (Fate.KEPT, Fate.HELD)
        for fate in fates:
            attempts = stores.augmentation.attempts(run.id, fate=fate)
            found += [(one, run.plan.route) for one in attempts]
    texts: dict[RevisionId, str] = {
        text.id: text.message
        for parent in {one.parent_id for one, _route in found}
        for text in stores.examples.revisions(parent)
    }
    ids = sorted({one.example_id for one, _route in found if one.example_id is not None})
    standing = [one for one in stores.examples.some(ids) if not one.retired]
    verdicts: dict[ExampleId | None, Verdict] = {one.id: one.verdict for one in standing}
    return [
        _Made(one, texts[one.parent_revision_id], verdicts.get(one.example_id), _spent(one, route))
        for one, route in found
    ]


def _spent(attempt: Attempt, route: Route) -> Decimal | None:
    """Our rules cost nothing."""
    if route is Route.OFFLINE:
        return Decimal(0)
    return Decimal(str(attempt.scores[COST])) if COST in attempt.scores else None


def _row(yields: Sequence[Yield], made: Sequence[_Made]) -> QualityRow:
    fates = {fate: [one for one in yields if one.fate is fate] for fate in Fate}
    passed = [one for one in made if one.attempt.fate is not Fate.DROPPED]
    kept = [one for one in passed if one.attempt.fate is Fate.KEPT]
    messages = [one.attempt.rewriting.message for one in kept]
    decided = [one for one in made if one.verdict in (Verdict.ACCEPTED, Verdict.REJECTED)]
    accepted = sum(one.verdict is Verdict.ACCEPTED for one in decided)
    doubted = sum(Reason.LABEL_DOUBT in one.attempt.reasons for one in passed)
    return QualityRow(
        kept=sum(one.count for one in fates[Fate.KEPT]),
        held=sum(one.count for one in fates[Fate.HELD]),
        dropped=sum(one.count for one in fates[Fate.DROPPED]),
        held_for=_reasons(fates[Fate.HELD]),
        dropped_for=_reasons(fates[Fate.DROPPED]),
        consistent=Proportion(len(passed) - doubted, len(passed)),
        accepted=Proportion(accepted, len(decided)),
        cost=_cost(made, accepted),
        diversity=diversity(messages),
        edits=_mean([edit_ratio(one.parent, one.attempt.rewriting.message) for one in kept]),
        likeness=_likeness(kept),
    )


def _reasons(yields: Sequence[Yield]) -> Mapping[Reason, int]:
    counts: Counter[Reason] = Counter()
    for one in yields:
        if one.reason is not None:
            counts[one.reason] += one.count
    return counts


def _cost(made: Sequence[_Made], accepted: int) -> Decimal | None:
    """Everything that was spent ÷ what experts accepted."""
    spent = [one.spent for one in made if one.spent is not None]
    if not accepted or len(spent) < len(made):
        return None
    return sum(spent, Decimal(0)) / accepted


def _likeness(children: Sequence[_Made]) -> float | None:
    """The mean over families of how alike a parent and its children are."""
    families: dict[RevisionId, list[str]] = {}
    for one in children:
        family = families.setdefault(one.attempt.parent_revision_id, [one.parent])
        family.append(one.attempt.rewriting.message)
    found = (likeness(family) for family in families.values())
    return _mean([one for one in found if one is not None])


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
