"""Growing a version: which children enter, and how many."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from dashboard.domain.datasets import Candidate, Children, HeldOut, Recipe
from dashboard.domain.errors import InvalidInput
from dashboard.domain.lines import line_of, lot
from dashboard.domain.studies import Cell, Study


def allowed(candidates: Iterable[Candidate], recipe: Recipe) -> list[Candidate]:
    """The children that the rule of the recipe lets in."""
    children = [one for one in candidates if not one.is_original]
    if recipe.children is Children.ALL:
        return children
    if recipe.children is Children.OF_ACCEPTED:
        return [one for one in children if one.parent_accepted]
    if recipe.children is Children.REVIEWED:
        return [one for one in children if one.parent_accepted and one.accepted]
    return []


def grown(
    study: Study, originals: Sequence[Candidate], children: Sequence[Candidate], recipe: Recipe
) -> list[Candidate]:
    """The children that enter beside these originals; raises InvalidInput for too few."""
    if not originals or (recipe.children is Children.NONE and recipe.growth is None):
        return []
    stock = _of_few_parents(study, _weighed(study, children, recipe), recipe)
    if recipe.growth is not None:
        return _so_many(study, originals, stock, recipe)
    if not stock:
        raise InvalidInput(
            "No variant may enter under this rule yet. Make or review variants first, or freeze "
            "the originals only."
        )
    if recipe.techniques or recipe.values:
        line = line_of(study, originals, stock, recipe, len(stock))
        return line.children[: line.longest]
    return stock


def _so_many(
    study: Study, originals: Sequence[Candidate], stock: Sequence[Candidate], recipe: Recipe
) -> list[Candidate]:
    """As many as the growth asks for."""
    assert recipe.growth is not None
    rows = round(recipe.growth * len(originals))
    wanted = rows - len(originals)
    if wanted < 0:
        raise InvalidInput("A version holds at least its originals, so its size is 1 or more.")
    if wanted > len(stock):
        raise InvalidInput(
            "{rows} rows are wanted, but there are {there}: {originals} originals and {children} "
            "variants that may enter. Choose a smaller size, let more variants in, or make and "
            "review more.",
            rows=rows,
            there=len(originals) + len(stock),
            originals=len(originals),
            children=len(stock),
        )
    line = line_of(study, originals, stock, recipe, wanted)
    if line.longest < wanted:
        raise InvalidInput(
            "Of {children} variants that may enter, {wanted} cannot be chosen in these "
            "proportions; {longest} can. Choose a smaller size or other proportions.",
            children=len(stock),
            wanted=wanted,
            longest=line.longest,
        )
    return line.children


def cell_target(recipe: Recipe, originals: int, cells: int) -> int:
    """How many examples a cell should have, originals included, to grow as much as is wished.

    Where only originals are held out, those that train have to bring all the children.
    """
    bringing = 1.0
    if recipe.test_on is HeldOut.ORIGINALS:
        bringing -= recipe.test_share + recipe.validation_share
    children = (recipe.growth or 1) * originals - originals
    return math.ceil((children / bringing + originals) / max(cells, 1))


def _weighed(study: Study, children: Sequence[Candidate], recipe: Recipe) -> list[Candidate]:
    """Children whose technique and value have a share at all."""
    return [
        one
        for one in children
        if (not recipe.techniques or recipe.techniques.get(one.technique, 0) > 0)
        and (not recipe.values or recipe.values.get(study.cell(one.inputs)[0], 0) > 0)
    ]


def _of_few_parents(study: Study, children: Sequence[Candidate], recipe: Recipe) -> list[Candidate]:
    """Children of so many families a cell, drawn by seed; of all without a limit."""
    if recipe.parents is None:
        return list(children)
    families: dict[Cell, set[str]] = {}
    for one in children:
        families.setdefault(study.cell(one.inputs), set()).add(one.family)
    kept = {
        family
        for found in families.values()
        for family in sorted(found, key=lambda key: lot(recipe, key))[: recipe.parents]
    }
    return [one for one in children if one.family in kept]
