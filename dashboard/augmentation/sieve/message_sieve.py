"""Judges children before people do: every filter in order, cheap before dear."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version

from dashboard.augmentation.sieve import grammar, labels, likeness, meaning, surface, tongues
from dashboard.augmentation.sieve.children import Case, normalized_child
from dashboard.augmentation.sieve.limits import Limits
from dashboard.augmentation.sieve.neighbors import MessageNeighborhood
from dashboard.domain.augmentation import Fate, Neighborhood, Parent, Reason, Route, Sifting
from dashboard.domain.examples import NewExample
from dashboard.domain.studies import Study
from dashboard.metrics.lexicons import FOLDER

LISTS = (
    "profanity.txt",
    "shaming.txt",
    "crisis.txt",
    "malay.txt",
    "indonesian.txt",
    "english.txt",
    "antonyms.txt",
    "causes.txt",
    "removing.txt",
    "giving.txt",
    "burdens.txt",
    "softeners.txt",
    "spellings.txt",
    "grammar.toml",
)
VENDORS = ("py3langid", "pycld2", "rapidfuzz", "scikit-learn", "emoji")
HOLDING = frozenset({Reason.CRISIS, Reason.DRIFT, Reason.LABEL_DOUBT})
Filter = Callable[[Case], bool]

FILTERS: tuple[tuple[Reason, Filter], ...] = (
    # A sign of danger goes to a person, whatever else is true of the text.
    (Reason.CRISIS, lambda case: surface.unsafe(case, "crisis")),
    (Reason.MALFORMED, surface.malformed),
    (Reason.TOO_SHORT, surface.too_short),
    (Reason.TOO_LONG, surface.too_long),
    (Reason.NO_EMOJI, surface.no_emoji),
    (Reason.TOO_MANY_EMOJI, surface.too_many_emoji),
    (Reason.EMOJI_VALENCE, surface.emoji_misfits),
    (Reason.PROFANITY, lambda case: surface.unsafe(case, "profanity")),
    (Reason.SHAMING, lambda case: surface.unsafe(case, "shaming")),
    (Reason.NOT_INDONESIAN, tongues.not_indonesian),
    (Reason.NEGATOR_MISMATCH, meaning.negators_differ),
    (Reason.ANTONYM, meaning.antonym_stands_in),
    (Reason.REINFORCEMENT_LOST, meaning.reinforcement_lost),
    (Reason.NEW_CAUSE, meaning.new_cause),
    (Reason.INPUT_LOST, meaning.input_lost),
    (Reason.LEFTOVER, surface.left_over),
    (Reason.BROKEN, grammar.broken),
)


@dataclass
class _Finding:
    """Reasons in the order they were found, and what was measured on the way."""

    reasons: list[Reason] = field(default_factory=list)
    scores: dict[str, float] = field(default_factory=dict)


class MessageSieve:
    """Implements `Sieve` for one study's limits and starters.

    The first reason that drops decides; a text is held only if nothing drops it, so nobody is
    asked about a text that a later filter throws out. A sign of crisis alone ends the search.
    """

    def __init__(self, limits: Limits, starters: Sequence[NewExample]) -> None:
        self._limits = limits
        self._starters = tuple(starters)
        self._vocabulary = likeness.Vocabulary([starter.message for starter in starters])
        fields = [name for name, sure in limits.labels.items() if sure < 1]
        self._labels = labels.LabelReader(starters, fields)

    @property
    def resources(self) -> dict[str, str]:
        """Versions of the limits and the vendors, hashes of lists and starters."""
        texts = "\n".join(starter.message for starter in self._starters)
        return {
            "sieve.toml": f"{self._limits.version}:{self._limits.sha256[:12]}",
            "starters": hashlib.sha256(texts.encode()).hexdigest()[:12],
            **{name: _hash(name) for name in LISTS},
            **{name: version(name) for name in VENDORS},
        }

    def beside(self, messages: Sequence[str]) -> MessageNeighborhood:
        """A neighborhood of these messages; the starters tell which wordings are common."""
        background = [starter.message for starter in self._starters]
        return MessageNeighborhood([normalized_child(one) for one in messages], background)

    def sift(
        self, study: Study, parent: Parent, message: str, route: Route, beside: Neighborhood
    ) -> Sifting:
        """The fate of a child by the first reason that decides."""
        case = self._case(study, parent, message)
        finding = _Finding()
        for reason in self._reasons(case, route, beside, finding.scores):
            finding.reasons.append(reason)
            if reason is Reason.CRISIS or not _holds(reason, route):
                break
        return _sifting(finding, route)

    def sift_all(
        self, study: Study, parent: Parent, message: str, route: Route, beside: Neighborhood
    ) -> Sifting:
        """The same fate with every reason there is: for dry runs and the challenge set."""
        case = self._case(study, parent, message)
        finding = _Finding()
        finding.reasons.extend(self._reasons(case, route, beside, finding.scores))
        return _sifting(finding, route)

    def _case(self, study: Study, parent: Parent, message: str) -> Case:
        before = normalized_child(parent.message)
        return Case(study, self._limits, parent, before, normalized_child(message))

    def _reasons(
        self, case: Case, route: Route, beside: Neighborhood, scores: dict[str, float]
    ) -> Iterator[Reason]:
        for reason, applies in FILTERS:
            if applies(case):
                yield reason
        limits = self._limits.likeness
        scores["parent_ratio"] = likeness.character_ratio(case)
        if scores["parent_ratio"] >= limits.unchanged:
            yield Reason.UNCHANGED
        if self._repeats(case, beside, scores):
            yield Reason.NEAR_DUPLICATE
        scores["stem_overlap"] = likeness.stem_overlap(case)
        scores["news"] = self._vocabulary.news(case)
        if scores["stem_overlap"] < limits.drift or scores["news"] >= limits.news(route):
            yield Reason.DRIFT
        if self._doubted(case, scores):
            yield Reason.LABEL_DOUBT

    def _repeats(self, case: Case, beside: Neighborhood, scores: dict[str, float]) -> bool:
        """Whether it nearly is a neighbor; the parent itself is judged by `unchanged`."""
        if not isinstance(beside, MessageNeighborhood):
            raise TypeError("A neighborhood comes from MessageSieve.beside.")
        order, cosine = beside.closest(case.after, apart_from=case.before)
        scores["neighbor_order"], scores["neighbor_cosine"] = order, cosine
        limits = self._limits.likeness
        return order >= limits.token_sort or cosine >= limits.cosine

    def _doubted(self, case: Case, scores: dict[str, float]) -> bool:
        doubts = self._labels.doubts(case.parent.inputs, case.after)
        scores.update({f"other_{doubt.field}": doubt.probability for doubt in doubts})
        sure = any(doubt.probability >= self._limits.labels[doubt.field] for doubt in doubts)
        return sure or labels.foreign_feeling(case)


def _sifting(finding: _Finding, route: Route) -> Sifting:
    """Reasons with the deciding one first."""
    if not finding.reasons:
        return Sifting(Fate.KEPT, scores=finding.scores)
    crisis_last = sorted(
        finding.reasons,
        key=lambda reason: (reason is not Reason.CRISIS, _holds(reason, route)),
    )
    fate = Fate.HELD if _holds(crisis_last[0], route) else Fate.DROPPED
    return Sifting(fate, tuple(crisis_last), finding.scores)


def _holds(reason: Reason, route: Route) -> bool:
    """A model may turn "jangan takut" into "tetap berani" and be right; a rule may not."""
    return reason in HOLDING or (reason is Reason.NEGATOR_MISMATCH and route is Route.MODEL)


def _hash(name: str) -> str:
    return hashlib.sha256((FOLDER / name).read_bytes()).hexdigest()[:12]
