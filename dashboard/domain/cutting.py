"""Cutting a version: families are split first, then children follow their family or stay out."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence

from dashboard.domain.datasets import Candidate, HeldOut, Recipe, Row, Split
from dashboard.domain.examples import normalized
from dashboard.domain.growing import allowed, grown
from dashboard.domain.studies import Study

Family = tuple[Candidate, ...]
"""Originals that must stay on one side of a split."""
Alike = Callable[[Sequence[str], Sequence[str], float], Iterable[tuple[int, int]]]
"""Positions of a text and of one of the others that are alike to a degree, from 0 to 100."""


def none_alike(
    _texts: Sequence[str], _others: Sequence[str], _degree: float
) -> Iterable[tuple[int, int]]:
    """Sees no likeness, so that only equal messages count."""
    return ()


def cut(
    study: Study, candidates: Sequence[Candidate], recipe: Recipe, alike: Alike = none_alike
) -> tuple[Row, ...]:
    """Rows in a fixed order, each with its split; families and near-duplicates never part.

    Originals are split before any child is looked at, so that every rule about children leaves
    the same originals held out. A child that nearly repeats a row of another split stays out.
    """
    split = _split(study, candidates, recipe, alike)
    by_key = {one.key: one for one in candidates}
    originals = [by_key[key] for key in split]
    test_on = recipe.test_on is HeldOut.ALL
    may_enter = [
        one
        for one in allowed(candidates, recipe)
        if one.family in split and (test_on or split[one.family] is Split.TRAIN)
    ]
    apart = _apart(originals, may_enter, split, recipe, alike)
    children: dict[str, list[Candidate]] = {}
    for one in sorted(grown(study, originals, apart, recipe), key=lambda one: one.key):
        children.setdefault(one.family, []).append(one)
    ordered = (one for root in originals for one in (root, *children.get(root.key, ())))
    return tuple(_row(place, one, split[one.family]) for place, one in enumerate(ordered))


def _row(position: int, one: Candidate, split: Split) -> Row:
    return Row(
        position=position,
        split=split,
        example_id=one.example_id,
        revision_id=one.revision_id,
        key=one.key,
        inputs=one.inputs,
        message=one.message,
        technique=one.technique,
    )


def _split(
    study: Study, candidates: Sequence[Candidate], recipe: Recipe, alike: Alike
) -> dict[str, Split]:
    """The split of every original that enters, by key, in the order of the version.

    Systematic sampling (Cochran 1977, ch. 8) down the list sorted by cell, with a seeded order
    inside a cell and a seeded start: every cell, and every value of the cell's leading fields,
    gives its share within one row.
    """
    chance = random.Random(recipe.seed)
    enter = (one for one in candidates if one.is_original)
    ordered = _ordered(study, [o for o in enter if o.accepted or not recipe.accepted_only], chance)
    families = _families(ordered, recipe, alike)
    if recipe.limit is not None and recipe.limit < len(families):
        families = [families[place] for place in _systematic(families, recipe.limit, chance)]
    test = set(_systematic(families, round(len(families) * recipe.test_share), chance))
    rest = [place for place in range(len(families)) if place not in test]
    chosen = _systematic(rest, round(len(families) * recipe.validation_share), chance)
    validation = {rest[place] for place in chosen}
    sides = dict.fromkeys(test, Split.TEST) | dict.fromkeys(validation, Split.VALIDATION)
    return {
        one.key: sides.get(place, Split.TRAIN)
        for place, family in enumerate(families)
        for one in family
    }


def _ordered(
    study: Study, originals: Sequence[Candidate], chance: random.Random
) -> list[Candidate]:
    """Originals by cell, ties by chance; the order they arrive in plays no part."""
    ordered = sorted(originals, key=lambda one: one.key)
    tie = {one.key: chance.random() for one in ordered}
    return sorted(ordered, key=lambda one: (study.cell(one.inputs), tie[one.key]))


def _families(ordered: Sequence[Candidate], recipe: Recipe, alike: Alike) -> list[Family]:
    """Originals with nearly the same message together, where the first of them stands."""
    root = list(range(len(ordered)))

    def root_of(place: int) -> int:
        while root[place] != place:
            place = root[place]
        return place

    messages = [one.message for one in ordered]
    for first, second in _repeats(messages, messages, recipe, alike):
        low, high = sorted((root_of(first), root_of(second)))
        root[high] = low
    families: dict[int, list[Candidate]] = {}
    for place, one in enumerate(ordered):
        families.setdefault(root_of(place), []).append(one)
    return [tuple(members) for _place, members in sorted(families.items())]


def _repeats(
    texts: Sequence[str], others: Sequence[str], recipe: Recipe, alike: Alike
) -> Iterable[tuple[int, int]]:
    """Pairs that say the same, or nearly so where the recipe keeps those together."""
    known: dict[str, int] = {}
    for place, other in enumerate(others):
        known.setdefault(normalized(other), place)
    for place, text in enumerate(texts):
        if (same := known.get(normalized(text))) is not None:
            yield place, same
    if recipe.alike is not None and texts and others:
        yield from alike(texts, others, recipe.alike)


def _apart(
    originals: Sequence[Candidate],
    children: Sequence[Candidate],
    split: Mapping[str, Split],
    recipe: Recipe,
    alike: Alike,
) -> list[Candidate]:
    """Children that repeat nothing of another split; what proves is settled before what teaches."""
    standing, kept = list(originals), list[Candidate]()
    for side in (Split.TEST, Split.VALIDATION, Split.TRAIN):
        here = [one for one in children if split[one.family] is side]
        others = [one.message for one in standing if split[one.family] is not side]
        texts = [one.message for one in here]
        repeating = {place for place, _other in _repeats(texts, others, recipe, alike)}
        passed = [one for place, one in enumerate(here) if place not in repeating]
        standing += passed
        kept += passed
    return kept


def _systematic(items: Sequence[object], count: int, chance: random.Random) -> list[int]:
    """The places of `count` items at even distances from a random start."""
    if count <= 0:
        return []
    step = len(items) / count
    start = chance.random() * step
    return [int(start + index * step) for index in range(count)]
