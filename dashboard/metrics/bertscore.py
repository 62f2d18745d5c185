"""BERTScore (Zhang et al. 2020) by the bert-score package, with an encoder from a folder."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from dashboard.domain.errors import WeightsUnavailable
from dashboard.domain.scores import PairScores
from dashboard.metrics.encoders import BUNDLED, MULTILINGUAL, Encoder, find_encoder

if TYPE_CHECKING:
    from bert_score import BERTScorer

BATCH = 64
EMPTY = PairScores(0.0, 0.0, 0.0)


class BertScorers:
    """BERTScore with the encoders under `models_dir`; implements `Scorers`.

    `preferred` is the encoder a person asked for by name; without one the study's comes first,
    then the bundled one.
    """

    def __init__(self, models_dir: Path, preferred: str = "") -> None:
        self.models_dir = models_dir
        self.preferred = preferred
        self._scorers: dict[Encoder, FolderScorer] = {}
        self._lock = Lock()

    def available(self) -> tuple[str, ...]:
        """Names of the encoders on this machine, the preferred one first."""
        if not self.models_dir.is_dir():
            return ()
        found = (find_encoder(folder) for folder in self.models_dir.iterdir())
        names = {encoder.name for encoder in found if encoder is not None}
        first = [one for one in (self.preferred, MULTILINGUAL, BUNDLED) if one in names]
        return tuple(dict.fromkeys([*first, *sorted(names)]))

    def get(self, encoder: str | None = None) -> FolderScorer:
        """The scorer with this encoder, or with the preferred one; raises WeightsUnavailable.

        The weights are read when the first pair is scored.
        """
        found = self._find(encoder or self.preferred)
        with self._lock:
            return self._scorers.setdefault(found, FolderScorer(found))

    def _find(self, wanted: str) -> Encoder:
        available = self.available()
        name = wanted or next(iter(available), BUNDLED)
        found = find_encoder(self.models_dir / name) if name in available else None
        if found is None:
            raise _missing(name, self.models_dir, available)
        return found


def _missing(name: str, folder: Path, available: Sequence[str]) -> WeightsUnavailable:
    if available:
        return WeightsUnavailable(
            "The encoder “{name}” is not in {folder}; choose one of {available}.",
            name=name,
            folder=folder,
            available=", ".join(available),
        )
    return WeightsUnavailable(
        "BERTScore needs an encoder, and “{name}” is not in {folder}. "
        "Run `python -m dashboard models fetch {bundled}`.",
        name=name,
        folder=folder,
        bundled=BUNDLED,
    )


class FolderScorer:
    """Raw BERTScore, no idf, no rescaling, fp32, at one layer of one encoder."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self._lock = Lock()

    @property
    def signature(self) -> str:
        """Everything that decides the value, in sacrebleu's notation."""
        recipe = {
            "bertscore": self.encoder.name,
            "weights": self.encoder.weights_sha256[:12],
            "layer": str(self.encoder.layer),
            "idf": "no",
            "rescaled": "no",
            "precision": "fp32",
            "bert-score": version("bert-score"),
            "transformers": version("transformers"),
        }
        return "|".join(f"{name}:{value}" for name, value in recipe.items())

    def score(self, candidates: Sequence[str], references: Sequence[str]) -> list[PairScores]:
        """One result per pair, in order; an empty text scores 0."""
        pairs = list(zip(candidates, references, strict=True))
        filled = [index for index, pair in enumerate(pairs) if all(text.strip() for text in pair)]
        results = [EMPTY] * len(pairs)
        for index, result in zip(filled, self._score([pairs[i] for i in filled]), strict=True):
            results[index] = result
        return results

    def _score(self, pairs: Sequence[tuple[str, str]]) -> list[PairScores]:
        if not pairs:
            return []
        # One at a time: the tokenizer is not safe to share between threads.
        with self._lock:
            columns = self._bert_scorer.score(
                [_encodable(candidate) for candidate, _ in pairs],
                [_encodable(reference) for _, reference in pairs],
                batch_size=BATCH,
            )
        values = zip(*(one.clamp(-1.0, 1.0).tolist() for one in columns), strict=True)
        return [PairScores(*triple) for triple in values]

    @cached_property
    def _bert_scorer(self) -> BERTScorer:
        from safetensors import SafetensorError

        try:
            return _loaded(self.encoder)
        except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
            raise WeightsUnavailable(
                "The encoder in {folder} cannot be read: {why}. Delete the folder and fetch it "
                "again with `python -m dashboard models fetch {name}`.",
                folder=self.encoder.folder,
                why=str(error).splitlines()[0] if str(error) else type(error).__name__,
                name=self.encoder.name,
            ) from error


def _loaded(encoder: Encoder) -> BERTScorer:
    from bert_score import BERTScorer
    from transformers.utils import logging

    logging.disable_progress_bar()  # one bar per load would fill the worker's log
    folder = _Folder(encoder.folder)
    scorer = BERTScorer(model_type=folder, num_layers=encoder.layer, batch_size=BATCH)
    # A tokenizer without a stated limit reports 10**30, with which the package cannot cut.
    limit = min(scorer._tokenizer.model_max_length, encoder.max_tokens)
    scorer._tokenizer.model_max_length = limit
    scorer._model.float()  # transformers 5 keeps whatever precision the file has
    return scorer


class _Folder(str):
    """A path in which bert-score finds no model name: it takes any with "t5" in it for a T5."""

    __slots__ = ()

    def __contains__(self, part: object) -> bool:
        return part != "t5" and isinstance(part, str) and super().__contains__(part)


def _encodable(text: str) -> str:
    """The text without lone surrogates, which the tokenizer refuses."""
    return text.encode("utf-8", "replace").decode("utf-8")
