"""Small worlds that several storage tests start from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from dashboard.domain.datasets import DatasetVersion, Recipe, Row, Split
from dashboard.domain.examples import (
    Entry,
    Example,
    ExampleFilter,
    NewExample,
    Origin,
    Revision,
)
from dashboard.domain.generation import (
    GenerationRun,
    Output,
    OutputStatus,
    System,
    SystemKind,
    Usage,
)
from dashboard.domain.ids import (
    ActionId,
    ExampleId,
    GenerationRunId,
    OutputId,
    RevisionId,
    TrainingRunId,
    VersionId,
    new_id,
)
from dashboard.domain.ledger import Action, Change, Deed
from dashboard.domain.responses import Answer, Decision, Response, ResponseState
from dashboard.domain.studies import Decoding
from dashboard.domain.training import (
    Adapter,
    Hyperparameters,
    RunStatus,
    TrainingPlan,
    TrainingRun,
)
from dashboard.domain.verdicts import Standing, Verdict
from dashboard.services.stores import Database

STUDY = "affective-intervention"
NOON = datetime(2025, 5, 1, 12, 0, 0, 123456, tzinfo=UTC)


def later(minutes: int) -> datetime:
    """Some minutes past noon."""
    return NOON + timedelta(minutes=minutes)


def new_example(key: str, message: str = "Semangat, kamu bisa! 😊", **inputs: str) -> NewExample:
    """A row on its way in."""
    return NewExample(key, {"emotion": "sad", "topic": "ujian"} | inputs, message)


def action(deed: Deed = Deed.ADD, person: str = "Ayu", study: str = STUDY) -> Action:
    """Somebody does something."""
    return Action(ActionId(new_id()), study, person, deed, NOON)


def added(row: NewExample, study: str = STUDY, origin: Origin = Origin.AUTHORED) -> list[Change]:
    """What a new example changes: its first text, and the example that shows it."""
    first = Revision(
        id=RevisionId(new_id()),
        example_id=ExampleId(new_id()),
        number=1,
        inputs=row.inputs,
        message=row.message,
        author="Ayu",
        reason="first text",
        created_at=NOON,
    )
    entry = Entry(first.example_id, study, row.key, origin, first.id)
    return [Change(None, first), Change(None, entry)]


def add_examples(database: Database, *rows: NewExample) -> tuple[Example, ...]:
    """These examples in the study; all examples in the order they were added."""
    changes = [change for row in rows for change in added(row)]
    with database.transaction() as stores:
        stores.ledger.record(action(), changes)
        stores.examples.settle(
            [
                Standing(one.fact.id, ("sad",), Verdict.UNREVIEWED, None, 0, 2, 1)
                for one in changes
                if isinstance(one.fact, Entry)
            ]
        )
    return all_examples(database)


def all_examples(database: Database) -> tuple[Example, ...]:
    """Every example in the order they were added."""
    with database.reading() as stores:
        return stores.examples.page(ExampleFilter(STUDY), 0, 10_000).examples


def revision_of(example: Example, message: str, number: int | None = None) -> Revision:
    """The next text of an example."""
    return Revision(
        id=RevisionId(new_id()),
        example_id=example.id,
        number=example.revision_number + 1 if number is None else number,
        inputs=example.inputs,
        message=message,
        author="Budi",
        reason="clearer",
        created_at=later(5),
    )


def revised(example: Example, message: str) -> list[Change]:
    """What a new text of an example changes."""
    text = revision_of(example, message)
    return [Change(None, text), Change(example.entry, example.entry.showing(text))]


def response_to(
    example: Example, decision: Decision, expert: str = "Citra", minutes: int = 10
) -> Response:
    """An expert's judgment of the text that stands."""
    return Response(
        example_id=example.id,
        revision_id=example.revision_id,
        expert=expert,
        state=ResponseState.SUBMITTED,
        answer=Answer(decision, ratings={"safety": 5}, flags=("promise",), reason="pas"),
        at=later(minutes),
    )


def standing(example: Example, verdict: Verdict, answered: int = 2) -> Standing:
    """Where an example stands once it has been answered."""
    priority = 2 * answered + 1 if verdict is Verdict.UNREVIEWED else None
    return Standing(example.id, ("sad",), verdict, None, answered, 2, priority)


def version_of(examples: Sequence[Example]) -> tuple[DatasetVersion, tuple[Row, ...]]:
    """A version of these examples: the first is tested, the others teach."""
    rows = tuple(
        Row(
            position=position,
            split=Split.TEST if position == 0 else Split.TRAIN,
            example_id=one.id,
            revision_id=one.revision_id,
            key=one.key,
            inputs=one.inputs,
            message=one.message,
        )
        for position, one in enumerate(examples)
    )
    version = DatasetVersion(
        id=VersionId(new_id()),
        study=STUDY,
        name="v1",
        sha256="ab" * 32,
        recipe=Recipe(seed=7, limit=12),
        counts={"train": len(rows) - 1, "test": 1},
        unreviewed=len(rows),
        created_at=NOON,
    )
    return version, rows


def training_run(version_id: VersionId) -> TrainingRun:
    """A run that waits."""
    plan = TrainingPlan(
        version_id=version_id,
        engine_url="http://127.0.0.1:8000/v1",
        base_model="gemma-3-270m",
        system_prompt="Tulis satu pesan. 🙂",
        hyperparameters=Hyperparameters(n_epochs=3, learning_rate_multiplier=0.5),
        adapter=Adapter(rank=8),
        seed=20251,
        suffix="afektif",
    )
    return TrainingRun(
        id=TrainingRunId(new_id()),
        plan=plan,
        status=RunStatus.WAITING,
        job_id=None,
        model=None,
        error=None,
        total_steps=None,
        trained_tokens=None,
        created_at=NOON,
        finished_at=None,
    )


def generation_run(training: TrainingRun) -> GenerationRun:
    """The tuned and the base system, in that order, on the version that was trained on."""
    return GenerationRun(
        id=GenerationRunId(new_id()),
        version_id=training.plan.version_id,
        training_run_id=training.id,
        engine_url=training.plan.engine_url,
        systems=(
            System(SystemKind.TUNED, "ft:gemma", "short"),
            System(SystemKind.BASE, "gemma-3-270m", "long", shots=2),
        ),
        decoding=Decoding(max_tokens=90, temperature=0.3),
        repeats=2,
        seed=5,
        status=RunStatus.RUNNING,
        error=None,
        created_at=NOON,
    )


def output_for(run: GenerationRun, revision_id: RevisionId) -> Output:
    """A complete text by the base system."""
    return Output(
        id=OutputId(new_id()),
        run_id=run.id,
        system=SystemKind.BASE,
        revision_id=revision_id,
        repeat=0,
        text="Tenang, pelan-pelan saja 🌱",
        status=OutputStatus.COMPLETE,
        finish_reason="stop",
        usage=Usage(120, 30),
        latency_seconds=0.25,
        error=None,
        created_at=NOON,
    )


def add_version(database: Database, size: int = 3) -> tuple[DatasetVersion, tuple[Row, ...]]:
    """A stored version of fresh examples."""
    examples = add_examples(database, *(new_example(f"k{number:05}") for number in range(size)))
    version, rows = version_of(examples)
    with database.transaction() as stores:
        stores.datasets.add(version, rows)
    return version, rows


def add_training(database: Database) -> TrainingRun:
    """A stored training run on a stored version."""
    version, _ = add_version(database)
    run = training_run(version.id)
    with database.transaction() as stores:
        stores.training.add(run)
    return run


def add_generation(database: Database, size: int = 3) -> tuple[GenerationRun, tuple[Row, ...]]:
    """A stored generation run with the rows it answers."""
    version, rows = add_version(database, size)
    training = training_run(version.id)
    run = generation_run(training)
    with database.transaction() as stores:
        stores.training.add(training)
        stores.generation.add(run)
    return run, rows


def failed(output: Output, error: str = "no answer") -> Output:
    """The same slot without a text."""
    return replace(
        output,
        id=OutputId(new_id()),
        text="",
        status=OutputStatus.FAILED,
        finish_reason=None,
        usage=None,
        latency_seconds=None,
        error=error,
    )
