"""Varying: one slice of work on a cell, computed without touching the database.

The same ground gives the same harvest: seeds follow from the plan, the parents' keys and how often
each technique has tried, never from ids, times or the order of a set.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from dashboard.domain.augmentation import (
    Asker,
    Attempt,
    AugmentationPlan,
    AugmentationRun,
    Fate,
    Parent,
    Reason,
    Rewriter,
    Rewriting,
    Route,
    Sieve,
    Sifting,
    Technique,
)
from dashboard.domain.augmentation_calls import Call
from dashboard.domain.examples import normalized
from dashboard.domain.studies import Study
from dashboard.domain.turns import CellWork, rotated, seed_of

SLICE = 100
"""Tries of one unit of work: seconds, so that stopping is felt at once."""
PREVIEW_TRIES = 5


@dataclass(frozen=True)
class Workshop:
    """Who rewrites by rule, who asks a model, who sifts for each study; built when first needed."""

    rewriter: Callable[[], Rewriter]
    sieve: Callable[[Study], Sieve]
    asker: Asker

    def resources(self, route: Route, study: Study) -> dict[str, str]:
        """Name and version of everything the children of a route depend on."""
        model = route is Route.MODEL
        own = self.asker.resources(study) if model else self.rewriter().resources
        return dict(sorted({**own, **self.sieve(study).resources}.items()))


@dataclass(frozen=True)
class Texts:
    """What children must keep clear of: keys and messages in use, and those of retired examples.

    Only `standing` messages are asked for likeness; no message may be repeated word for word.
    """

    keys: frozenset[str]
    messages: frozenset[str]
    standing: tuple[str, ...]


@dataclass(frozen=True)
class Ground:
    """What a slice of work starts from; `attempts` are those the run has made in this cell."""

    run: AugmentationRun
    study: Study
    work: CellWork
    parents: tuple[Parent, ...]
    texts: Texts
    attempts: tuple[Attempt, ...]


@dataclass(frozen=True)
class Harvest:
    """What a slice of work has brought, how far the cell is after it, and the calls it used up."""

    work: CellWork
    attempts: tuple[Attempt, ...]
    used: tuple[Call, ...] = ()


@dataclass(frozen=True)
class Trial:
    """What a technique made of a parent, and what the sieve says of it."""

    parent: Parent
    technique: Technique
    seed: int
    rewriting: Rewriting
    sifting: Sifting

    @property
    def is_kept(self) -> bool:
        """Whether it is a child."""
        return self.sifting.fate is Fate.KEPT


class Bench:
    """A rewriter and a sieve laid out over a study's texts."""

    def __init__(
        self, plan: AugmentationPlan, study: Study, texts: Texts, workshop: Workshop
    ) -> None:
        self.plan = plan
        self.study = study
        self.workshop = workshop
        self.sieve = workshop.sieve(study)
        self.beside = self.sieve.beside(texts.standing)
        self.known = {normalized(one) for one in texts.messages}
        self.seen: set[str] = set()

    def trial(self, parent: Parent, technique: Technique, number: int) -> Trial | None:
        """One try; None where it brings nothing, or a text that was seen here already."""
        seed = seed_of(self.plan.seed, parent.key, technique, number)
        rewriting = self.workshop.rewriter().rewrite(technique, parent, seed, self.plan.max_edits)
        if rewriting is None or normalized(rewriting.message) in self.seen:
            return None
        self.seen.add(normalized(rewriting.message))
        return Trial(parent, technique, seed, rewriting, self.sifted(parent, rewriting.message))

    def sifted(self, parent: Parent, message: str) -> Sifting:
        """What becomes of a text; one that is kept is kept clear of from now on."""
        sifting = self._sift(parent, message)
        if sifting.fate is Fate.KEPT:
            self.known.add(normalized(message))
            self.beside.add(message)
        return sifting

    def _sift(self, parent: Parent, message: str) -> Sifting:
        text = normalized(message)
        if text == normalized(parent.message):
            return Sifting(Fate.DROPPED, (Reason.UNCHANGED,))
        if text in self.known:
            return Sifting(Fate.DROPPED, (Reason.NEAR_DUPLICATE,))
        return self.sieve.sift(self.study, parent, message, self.plan.route, self.beside)


def vary(ground: Ground, workshop: Workshop, tries: int = SLICE) -> Harvest:
    """Try until enough children are kept, every technique is exhausted, or the slice is full."""
    plan, work, made = ground.run.plan, ground.work, list[Attempt]()
    if not ground.parents:
        return Harvest(replace(work, is_done=True), ())
    bench = Bench(plan, ground.study, ground.texts, workshop)
    bench.seen |= {normalized(one.rewriting.message) for one in ground.attempts}
    order = rotated(ground.study.all_cells().index(work.cell))
    technique = work.next_technique(plan.mix, order)
    while technique is not None and tries:
        parent, number = turn_of(ground.parents, technique, work.turn(technique).tries)
        trial = bench.trial(parent, technique, number)
        if trial is not None:
            made.append(attempt_of(ground, trial, len(ground.attempts) + len(made) + 1))
        work = work.after(technique, kept=trial is not None and trial.is_kept)
        technique, tries = work.next_technique(plan.mix, order), tries - 1
    return Harvest(replace(work, is_done=technique is None), tuple(made))


def shown(bench: Bench, parents: Sequence[Parent]) -> Iterator[Trial]:
    """A trial of every parent that allows one, with the techniques of the mix in turn."""
    techniques = [one for one in Technique if bench.plan.mix.get(one)]
    for place, parent in enumerate(parents):
        turn = place % len(techniques)
        for technique in techniques[turn:] + techniques[:turn]:
            tried = (bench.trial(parent, technique, number) for number in range(PREVIEW_TRIES))
            trial = next((one for one in tried if one is not None), None)
            if trial is not None:
                yield trial
                break


def turn_of(parents: Sequence[Parent], technique: Technique, tries: int) -> tuple[Parent, int]:
    """The parent whose turn it is, and how often this technique has been round before.

    Each technique begins with another parent, so that a few children have many parents.
    """
    place = tries + list(Technique).index(technique)
    return parents[place % len(parents)], tries // len(parents)


def attempt_of(ground: Ground, trial: Trial, number: int) -> Attempt:
    return Attempt(
        run_id=ground.run.id,
        cell=ground.work.cell,
        number=number,
        parent_id=trial.parent.example_id,
        parent_revision_id=trial.parent.revision_id,
        technique=trial.technique,
        seed=trial.seed,
        rewriting=trial.rewriting,
        fate=trial.sifting.fate,
        reasons=trial.sifting.reasons,
        scores={name: float(value) for name, value in trial.sifting.scores.items()},
    )
