"""Asking: the model route of a run, one batch of questions or one reading of answers at a time.

Answers are stored as they come and become attempts in a later unit, so that a kill in between
costs nothing and doubles nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dashboard.domain.augmentation import (
    Attempt,
    Fate,
    Parent,
    Reason,
    Rewriting,
    Sifting,
    Technique,
)
from dashboard.domain.augmentation_calls import (
    Call,
    CallState,
    Part,
    Question,
    at_once,
    closed,
)
from dashboard.domain.turns import rotated, seed_of
from dashboard.services.calling import Asked, Caller
from dashboard.services.varying import Bench, Ground, Harvest, Trial, Workshop, attempt_of, turn_of


class Asking:
    """The worker's next unit of a run by a language model."""

    def __init__(self, caller: Caller, workshop: Workshop) -> None:
        self.caller = caller
        self.workshop = workshop

    def next(self, ground: Ground) -> Harvest | None:
        """What waiting answers bring; None after a batch of questions was asked instead."""
        with self.caller.database.reading() as stores:
            calls = stores.calls.of(ground.run.id)
        here = [one for one in calls if one.question.cell == ground.work.cell]
        waiting = [one for one in closed(here).values() if not one.is_used]
        if waiting:
            return self._read(ground, waiting)
        batch = _questions(ground, here, at_once(calls))
        if not batch:
            return Harvest(replace(ground.work, is_done=True), ())
        self.caller.ask(ground.run, ground.study, batch)
        return None

    def _read(self, ground: Ground, calls: Sequence[Call]) -> Harvest:
        """Every variant of these answers as an attempt; what is not needed any more is held."""
        bench = Bench(ground.run.plan, ground.study, ground.texts, self.workshop)
        parents = {one.key: one for one in ground.parents}
        work, made = ground.work, list[Attempt]()
        for call in calls:
            parent = parents.get(call.question.parent_key)
            trials = self._trials(bench, parent, call) if parent else []
            trials = _no_more_than(work.wanted - work.kept, trials)
            for trial in trials:
                made.append(attempt_of(ground, trial, len(ground.attempts) + len(made) + 1))
            work = work.after(call.question.technique, kept=sum(one.is_kept for one in trials))
        work = replace(work, is_done=work.kept >= work.wanted)
        return Harvest(work, tuple(made), tuple(replace(one, is_used=True) for one in calls))

    def _trials(self, bench: Bench, parent: Parent, call: Call) -> list[Trial]:
        technique = call.question.technique
        seed = seed_of(bench.plan.seed, parent.key, technique, call.question.number)
        if call.state is CallState.MALFORMED:
            nothing = Rewriting(call.answer, pivot=call.pivot)
            dropped = Sifting(Fate.DROPPED, (Reason.MALFORMED,))
            return [Trial(parent, technique, seed, nothing, dropped)]
        if call.state is not CallState.ANSWERED:
            return []
        found = []
        for text in self.caller.asker.read(call.answer) or ():
            rewriting = self.caller.asker.rewriting(technique, parent.message, text)
            sifting = bench.sifted(parent, text) if rewriting else NOT_THE_TECHNIQUE
            made = replace(rewriting or Rewriting(text), pivot=call.pivot)
            found.append(Trial(parent, technique, seed, made, sifting))
        return found


NOT_THE_TECHNIQUE = Sifting(Fate.DROPPED, (Reason.OTHER_TECHNIQUE,))


def _no_more_than(room: int, trials: Sequence[Trial]) -> list[Trial]:
    """The same trials with so many kept; good ones that are not needed are held, not lost."""
    kept = 0
    found = []
    for one in trials:
        kept += one.is_kept
        found.append(_held(one) if one.is_kept and kept > room else one)
    return found


def _held(trial: Trial) -> Trial:
    surplus = Sifting(Fate.HELD, (Reason.SURPLUS,), trial.sifting.scores)
    return replace(trial, sifting=surplus)


def _questions(ground: Ground, calls: Sequence[Call], limit: int) -> list[Asked]:
    """What to ask next: what is open, then what the mix asks for; never more than is missing."""
    done = closed(calls)
    pivots = {one.question: one.pivot for one in calls
              if one.part is Part.PIVOT and one.state is CallState.ANSWERED}  # fmt: skip
    still_open = [one for one in dict.fromkeys(call.question for call in calls) if one not in done]
    parents = {one.key: one for one in ground.parents}
    asked = [one for one in still_open if one.parent_key in parents]
    work, order = ground.work, rotated(ground.study.all_cells().index(ground.work.cell))
    for one in still_open:
        work = work.after(one.technique, kept=0)
    limit = min(limit, max(1, work.wanted - work.kept))
    while len(asked) < limit and ground.parents:
        technique = work.next_technique(ground.run.plan.mix, order)
        if technique is None:
            break
        asked.append(_question(ground, technique, work.turn(technique).tries))
        work = work.after(technique, kept=0)
    return [Asked(one, parents[one.parent_key], pivots.get(one, "")) for one in asked[:limit]]


def _question(ground: Ground, technique: Technique, tries: int) -> Question:
    parent, number = turn_of(ground.parents, technique, tries)
    return Question(ground.work.cell, parent.key, technique, number)
