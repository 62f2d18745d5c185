"""The challenge set: hand-written children, and whether the sieve lets the right ones pass."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dashboard.augmentation.sieve.message_sieve import MessageSieve
from dashboard.domain.augmentation import Fate, Parent, Reason, Route, Sifting
from dashboard.domain.errors import InvalidInput
from dashboard.domain.examples import NewExample
from dashboard.domain.ids import ExampleId, RevisionId
from dashboard.domain.studies import Study

GOOD = "paraphrase"
EXPECTED: Mapping[str, frozenset[Reason]] = {
    GOOD: frozenset(),
    "negation": frozenset({Reason.NEGATOR_MISMATCH, Reason.REINFORCEMENT_LOST}),
    "antonym": frozenset({Reason.ANTONYM}),
    "wrong_emotion": frozenset({Reason.EMOJI_VALENCE, Reason.LABEL_DOUBT}),
    "broken": frozenset({Reason.BROKEN}),
    "shaming": frozenset({Reason.SHAMING, Reason.PROFANITY}),
    "crisis": frozenset({Reason.CRISIS}),
    "malay": frozenset({Reason.NOT_INDONESIAN}),
    "english": frozenset({Reason.NOT_INDONESIAN}),
    "new_cause": frozenset({Reason.NEW_CAUSE}),
}
"""The reasons that speak for each class."""


@dataclass(frozen=True)
class Pair:
    """A child written by hand for a starter, what is right or wrong with it, and when written."""

    parent: str
    child: str
    kind: str
    part: str


@dataclass(frozen=True)
class Judged:
    """A pair and everything the sieve says about it."""

    pair: Pair
    sifting: Sifting

    @property
    def passed(self) -> bool:
        """Whether the child would go to people's review."""
        return self.sifting.fate is Fate.KEPT

    def speaks_for(self, kind: str) -> bool:
        """Whether a reason of a class was found."""
        return bool(EXPECTED[kind] & set(self.sifting.reasons))


@dataclass(frozen=True)
class Line:
    """One class of one part, in whole pairs.

    `stopped` were not kept, `named` with a reason of the class; `claimed` pairs of any class had
    such a reason, `rightly` those of classes that share it.
    """

    kind: str
    part: str
    pairs: int
    stopped: int
    named: int
    claimed: int
    rightly: int


def load_pairs(path: Path) -> tuple[Pair, ...]:
    """The pairs of a file of lines; raises InvalidInput naming the line that is wrong."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            raw = json.loads(line)
            pair = Pair(raw["parent"], raw["child"], raw["class"], raw["part"])
            EXPECTED[pair.kind]
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            raise InvalidInput(
                "{path} line {line} is not a pair: {why}. Correct that line.",
                path=path,
                line=number,
                why=str(error),
            ) from error
        found.append(pair)
    return tuple(found)


def judge(
    sieve: MessageSieve, study: Study, starters: Sequence[NewExample], pairs: Iterable[Pair]
) -> tuple[Judged, ...]:
    """Every pair as a model-made child beside all starters, each with all its reasons."""
    parents = {starter.key: parent_of(starter) for starter in starters}
    beside = sieve.beside([starter.message for starter in starters])
    return tuple(
        Judged(
            pair,
            sieve.sift_all(study, parents[pair.parent], pair.child, Route.MODEL, beside),
        )
        for pair in pairs
    )


def lines(judged: Sequence[Judged]) -> tuple[Line, ...]:
    """Counts by part and class."""
    parts = sorted({one.pair.part for one in judged}, reverse=True)
    return tuple(
        _line(kind, part, [one for one in judged if one.pair.part == part])
        for part in parts
        for kind in EXPECTED
    )


def _line(kind: str, part: str, judged: Sequence[Judged]) -> Line:
    own = [one for one in judged if one.pair.kind == kind]
    claimed = [one for one in judged if one.speaks_for(kind)]
    return Line(
        kind,
        part,
        len(own),
        sum(not one.passed for one in own),
        sum(one.speaks_for(kind) for one in own),
        len(claimed),
        sum(bool(EXPECTED[one.pair.kind] & EXPECTED[kind]) for one in claimed),
    )


def parent_of(starter: NewExample) -> Parent:
    """A starter as a parent, under its own key."""
    example = ExampleId(starter.key)
    return Parent(
        example, RevisionId(starter.key), starter.key, example, starter.inputs, starter.message
    )
