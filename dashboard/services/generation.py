"""Generation: systems answer the held-out rows, and one input while somebody watches."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from dashboard.domain.datasets import Row, Split
from dashboard.domain.errors import EngineRefused, EngineUnavailable
from dashboard.domain.few_shot import nearest
from dashboard.domain.generation import (
    Comparison,
    Completion,
    GenerationRun,
    Output,
    OutputStatus,
    Slot,
    System,
)
from dashboard.domain.ids import GenerationRunId, OutputId, RevisionId, VersionId, new_id, now
from dashboard.domain.studies import Inputs, Message, Study
from dashboard.domain.training import RunStatus
from dashboard.services.datasets import Datasets
from dashboard.services.ports import Engines
from dashboard.services.stores import Database

CONCURRENCY = 16
DONE = tuple(OutputStatus)
STATUS_OF_REASON = {
    "stop": OutputStatus.COMPLETE,
    "length": OutputStatus.TRUNCATED,
    "content_filter": OutputStatus.FILTERED,
}
Answer = Output | EngineUnavailable | EngineRefused


class Generation:
    """Runs of outputs, and live answers for the Compare page."""

    def __init__(
        self,
        database: Database,
        datasets: Datasets,
        engines: Engines,
        studies: Mapping[str, Study],
    ) -> None:
        self.database = database
        self.datasets = datasets
        self.engines = engines
        self.studies = studies

    def runs(self) -> tuple[GenerationRun, ...]:
        """Every run, newest first."""
        with self.database.reading() as stores:
            return stores.generation.all()

    def run(self, run_id: GenerationRunId) -> GenerationRun:
        """One run; raises NotFound."""
        with self.database.reading() as stores:
            return stores.generation.get(run_id)

    def slots(self, run_id: GenerationRunId) -> tuple[Slot, ...]:
        """Every place for an output, system by system in row order."""
        with self.database.reading() as stores:
            run = stores.generation.get(run_id)
            rows = stores.datasets.rows(run.version_id, Split.TEST)
        return tuple(
            Slot(system.kind, row.revision_id, repeat)
            for system in run.systems
            for repeat in range(run.repeats)
            for row in rows
        )

    def pending(self, run_id: GenerationRunId) -> tuple[Slot, ...]:
        """Slots still empty, in their order."""
        slots = self.slots(run_id)
        with self.database.reading() as stores:
            filled = stores.generation.filled(run_id, DONE)
        return tuple(slot for slot in slots if slot not in filled)

    def write(self, run_id: GenerationRunId, slots: Sequence[Slot]) -> None:
        """Fill some slots; what was written stays when the engine fails halfway.

        Raises EngineUnavailable after saving whatever did arrive, and EngineRefused when the
        engine refuses every one of several requests.
        """
        run = self.run(run_id)
        study = self.studies[self.datasets.get(run.version_id).study]
        rows = {row.revision_id: row for row in self.datasets.rows(run.version_id, Split.TEST)}
        train = self.datasets.rows(run.version_id, Split.TRAIN)

        def answer(slot: Slot) -> Answer:
            row = rows[slot.revision_id]
            system = next(one for one in run.systems if one.kind is slot.system)
            chat = _chat(study, system, row.inputs, train)
            return self._answer(run, slot, chat, slot_seed(run.seed, slot, row.key))

        with ThreadPoolExecutor(CONCURRENCY) as pool:
            answers = list(pool.map(answer, slots))
        refused = [one for one in answers if isinstance(one, EngineRefused)]
        if len(refused) == len(answers) > 1:
            raise refused[0]  # not a matter of one row: a key, a budget, a model that is gone
        outputs = [
            _refused(run.id, slot, one) if isinstance(one, EngineRefused) else one
            for slot, one in zip(slots, answers, strict=True)
        ]
        with self.database.transaction() as stores:
            stores.generation.save([one for one in outputs if isinstance(one, Output)])
        for one in answers:
            if isinstance(one, EngineUnavailable):
                raise one

    def _answer(self, run: GenerationRun, slot: Slot, chat: Sequence[Message], seed: int) -> Answer:
        model = next(one.model for one in run.systems if one.kind is slot.system)
        try:
            completion = self.engines.at(run.engine_url).complete(model, chat, run.decoding, seed)
        except (EngineUnavailable, EngineRefused) as error:
            return error
        return _output(run.id, slot, completion)

    def stream(
        self, version_id: VersionId, system: System, inputs: Inputs, engine_url: str, seed: int
    ) -> Iterator[str | Completion]:
        """One system answers one input; pieces of text, then the whole Completion."""
        study = self.studies[self.datasets.get(version_id).study]
        train = self.datasets.rows(version_id, Split.TRAIN)
        chat = _chat(study, system, inputs, train)
        return self.engines.at(engine_url).stream(system.model, chat, study.decoding, seed)

    def comparisons(self, run_id: GenerationRunId) -> tuple[Comparison, ...]:
        """Held-out rows in order, each with what every system wrote."""
        with self.database.reading() as stores:
            run = stores.generation.get(run_id)
            rows = stores.datasets.rows(run.version_id, Split.TEST)
            outputs = stores.generation.outputs(run_id)
        by_row: dict[RevisionId, list[Output]] = {}
        for output in outputs:
            by_row.setdefault(output.revision_id, []).append(output)
        return tuple(
            Comparison(
                row.revision_id,
                row.key,
                row.inputs,
                row.message,
                tuple(by_row.get(row.revision_id, ())),
            )
            for row in rows
        )

    def set_status(
        self, run_id: GenerationRunId, status: RunStatus, error: str | None = None
    ) -> None:
        """Where a run stands."""
        with self.database.transaction() as stores:
            stores.generation.set_status(run_id, status, error)


def slot_seed(run_seed: int, slot: Slot, key: str) -> int:
    """A seed of its own for every slot, the same in every run with this seed and these rows."""
    text = f"{run_seed}|{slot.system}|{key}|{slot.repeat}"
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") >> 1


def _chat(
    study: Study, system: System, inputs: Inputs, train: Sequence[Row]
) -> tuple[Message, ...]:
    shots = nearest(study, inputs, train, system.shots) if system.shots else ()
    worked = tuple((row.inputs, row.message) for row in reversed(shots))
    return study.chat(system.prompt, inputs, worked)


def _output(run_id: GenerationRunId, slot: Slot, completion: Completion) -> Output:
    status = STATUS_OF_REASON.get(completion.finish_reason or "", OutputStatus.FAILED)
    text = completion.text.strip()
    error = None
    if status is OutputStatus.FAILED:
        error = "The answer ended early; its last part is missing."
    elif not text and status is not OutputStatus.FILTERED:
        status = OutputStatus.EMPTY
    return Output(
        id=OutputId(new_id()),
        run_id=run_id,
        system=slot.system,
        revision_id=slot.revision_id,
        repeat=slot.repeat,
        text=text,
        status=status,
        finish_reason=completion.finish_reason,
        usage=completion.usage,
        latency_seconds=completion.latency_seconds,
        error=error,
        created_at=now(),
    )


def _refused(run_id: GenerationRunId, slot: Slot, error: EngineRefused) -> Output:
    nothing = Completion("", finish_reason=None, usage=None, latency_seconds=0.0)
    failed = _output(run_id, slot, nothing)
    return replace(failed, error=str(error), latency_seconds=None)
