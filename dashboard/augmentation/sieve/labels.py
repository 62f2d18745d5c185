"""Whether a child still reads like its label, asked of a classifier that saw starters only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from dashboard.augmentation.sieve.children import Case
from dashboard.augmentation.sieve.terms import Array, Places, Terms
from dashboard.augmentation.sieve.words import stems, words_of
from dashboard.domain.examples import NewExample
from dashboard.domain.studies import Inputs

FOLDS = 8
Family = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Doubt:
    """What the classifier would call a child, and how sure it is."""

    field: str
    label: str
    probability: float


def foreign_feeling(case: Case) -> bool:
    """The child names an emotion that is not its own and that the parent does not name."""
    own, emotions = case.value("emotion"), case.limits.emotions
    fine = {own, *emotions.tolerates.get(own, ())}
    foreign = {
        word for emotion, words in emotions.words.items() if emotion not in fine for word in words
    }
    return bool(_feelings(case.after, foreign) - _feelings(case.before, foreign))


class LabelReader:
    """One classifier a field and fold; a text is read by one that never saw its family.

    Children inherit all input fields unchanged, so the inputs name the family.
    """

    def __init__(self, starters: Sequence[NewExample], fields: Sequence[str]) -> None:
        self._starters = tuple(starters)
        self._fields = tuple(fields)

    def doubts(self, inputs: Inputs, message: str) -> tuple[Doubt, ...]:
        """For each field the likeliest label, if it is not the one in the inputs."""
        if not self._starters:
            return ()
        fold = self._folds.get(_family(inputs), 0)
        row = self._terms.of(_masked(inputs, message))
        found = (self._read(name, fold, row) for name in self._fields)
        return tuple(doubt for doubt in found if doubt.label != inputs.get(doubt.field))

    def _read(self, name: str, fold: int, row: tuple[Places, Array]) -> Doubt:
        model = self._models[name, fold]
        places, values = row
        logits = model.coef_[:, places] @ values + model.intercept_
        if len(logits) == 1:  # two labels share one line: it speaks for the second
            logits = np.array([0.0, logits[0]])
        chances = np.exp(logits - logits.max())
        best = int(chances.argmax())
        return Doubt(name, str(model.classes_[best]), float(chances[best] / chances.sum()))

    @cached_property
    def _folds(self) -> Mapping[Family, int]:
        families = dict.fromkeys(_family(starter.inputs) for starter in self._starters)
        return {family: number % FOLDS for number, family in enumerate(families)}

    @cached_property
    def _terms(self) -> Terms:
        return Terms([_masked(starter.inputs, starter.message) for starter in self._starters])

    @cached_property
    def _models(self) -> Mapping[tuple[str, int], Any]:
        from sklearn.linear_model import LogisticRegression

        rows = self._terms.rows
        folds = np.array([self._folds[_family(starter.inputs)] for starter in self._starters])
        found = {}
        for name in self._fields:
            labels = np.array([starter.inputs[name] for starter in self._starters])
            for fold in range(FOLDS):
                seen = folds != fold
                model = LogisticRegression(C=10, max_iter=500, class_weight="balanced")
                found[name, fold] = model.fit(rows[seen], labels[seen])
        return found


def _masked(inputs: Inputs, message: str) -> str:
    """The text without the student's name, which says nothing about the label."""
    name = inputs.get("username", "").strip()
    return message.replace(name, "") if name else message


def _family(inputs: Inputs) -> Family:
    return tuple(sorted(inputs.items()))


def _feelings(text: str, feelings: set[str]) -> frozenset[str]:
    """The feelings a text names, prefixes and endings aside."""
    words = words_of(text)
    spaced = f" {' '.join(words)} "
    phrases = (one for one in feelings if " " in one and f" {one} " in spaced)
    return frozenset().union(phrases, *(stems(word) & feelings for word in words))
