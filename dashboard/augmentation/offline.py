"""Rewrites a message by rule: deterministic, offline, and fast."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from dashboard.augmentation.drafts import Draft, draft_of
from dashboard.augmentation.insertion import insertion
from dashboard.augmentation.keeping import keeps
from dashboard.augmentation.lexicon import edition
from dashboard.augmentation.paraphrase import paraphrase
from dashboard.augmentation.pivot import pivot
from dashboard.augmentation.swap import swap
from dashboard.augmentation.synonyms import synonyms
from dashboard.domain.augmentation import Parent, Rewriting, Technique
from dashboard.domain.studies import Inputs

FILES = ("insertions", "phrases", "pivots", "synonyms", "templates")
TRIES = 6
"""Drafts of one seed until one keeps what it must."""


@dataclass(frozen=True)
class OfflineRewriter:
    """The port `Rewriter`, out of the lexicons under `data/lexicons`."""

    @property
    def resources(self) -> Mapping[str, str]:
        """Version and start of the SHA-256 of every lexicon."""
        return {f"lexicons/{name}": edition(name) for name in FILES}

    def rewrite(
        self, technique: Technique, parent: Parent, seed: int, max_edits: int
    ) -> Rewriting | None:
        """One rewriting, or None where the technique finds nothing to do."""
        rng = Random(f"{technique}:{seed}:{parent.message}")
        start = draft_of(parent.message, parent.inputs)
        for _ in range(TRIES):
            made = _made(technique, start, parent.inputs, rng, max(1, max_edits))
            if made and made.message != parent.message and keeps(made, parent.message):
                return Rewriting(made.message, made.operations, "; ".join(made.pivots))
        return None


def _made(
    technique: Technique, draft: Draft, inputs: Inputs, rng: Random, max_edits: int
) -> Draft | None:
    match technique:
        case Technique.PARAPHRASE:
            return paraphrase(draft, inputs, rng, max_edits)
        case Technique.SYNONYM:
            return synonyms(draft, rng, max_edits)
        case Technique.INSERTION:
            return insertion(draft, inputs.get("emotion", ""), rng, max_edits)
        case Technique.SWAP:
            return swap(draft, rng, max_edits)
        case Technique.BACK_TRANSLATION:
            return pivot(draft, rng, max_edits)
