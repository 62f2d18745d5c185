"""What states, steps, systems and figures are called in the session's language."""

from __future__ import annotations

from dashboard.domain.datasets import DatasetVersion, Split
from dashboard.domain.engines import LOCAL
from dashboard.domain.examples import Origin
from dashboard.domain.generation import OutputStatus
from dashboard.domain.responses import Decision
from dashboard.domain.study_runs import StepName
from dashboard.domain.training import RunStatus
from dashboard.domain.verdicts import Basis, Verdict
from dashboard.session import _


def verdict_word(verdict: Verdict) -> str:
    """A verdict as an adjective."""
    return {
        Verdict.UNREVIEWED: _("unreviewed"),
        Verdict.DISPUTED: _("disputed"),
        Verdict.ACCEPTED: _("accepted"),
        Verdict.REJECTED: _("rejected"),
    }[verdict]


VERDICT_ICONS = {
    Verdict.UNREVIEWED: ":material/radio_button_unchecked:",
    Verdict.DISPUTED: ":material/balance:",
    Verdict.ACCEPTED: ":material/check_circle:",
    Verdict.REJECTED: ":material/cancel:",
}


def basis_word(basis: Basis) -> str:
    """What a verdict rests on."""
    return {
        Basis.UNANIMOUS: _("all agree"),
        Basis.MAJORITY: _("by majority"),
        Basis.ADJUDICATED: _("by adjudication"),
    }[basis]


def origin_word(origin: Origin) -> str:
    """Where an example comes from."""
    return {
        Origin.AUTHORED: _("written for this project"),
        Origin.IMPORTED: _("imported"),
        Origin.AUGMENTED: _("variant of an example"),
    }[origin]


def decision_word(decision: Decision) -> str:
    """What an expert answered."""
    return {
        Decision.ACCEPT: _("accepted"),
        Decision.EDIT: _("accepted with an edit"),
        Decision.REJECT: _("rejected"),
        Decision.UNSURE: _("unsure"),
    }[decision]


def decision_verb(decision: Decision) -> str:
    """What an expert can choose."""
    return {
        Decision.ACCEPT: _("Accept"),
        Decision.EDIT: _("Edit"),
        Decision.REJECT: _("Reject"),
        Decision.UNSURE: _("Unsure"),
    }[decision]


def status_word(status: RunStatus) -> str:
    """Where a run stands."""
    return {
        RunStatus.WAITING: _("waiting"),
        RunStatus.VALIDATING: _("checking the files"),
        RunStatus.QUEUED: _("in the queue"),
        RunStatus.RUNNING: _("running"),
        RunStatus.PAUSED: _("paused"),
        RunStatus.SUCCEEDED: _("finished"),
        RunStatus.FAILED: _("failed"),
        RunStatus.CANCELLED: _("cancelled"),
    }[status]


def step_word(name: StepName) -> str:
    """A step of the study as an activity."""
    return {
        StepName.FREEZE: _("Freeze the examples"),
        StepName.TRAIN: _("Fine-tune the model"),
        StepName.GENERATE: _("Write the messages"),
        StepName.SCORE: _("Score the messages"),
        StepName.REPORT: _("Write the report"),
    }[name]


def system_words() -> dict[str, str]:
    """The three systems by kind."""
    return {
        "base": _("Base model"),
        "few_shot": _("Base model + examples"),
        "tuned": _("Tuned model"),
    }


def chart_labels() -> dict[str, str]:
    """Every word a chart or table of figures may need."""
    return {
        **system_words(),
        "system": _("System"),
        "metric": _("Measure"),
        "bertscore": _("BERTScore"),
        "bertscore_precision": _("Precision"),
        "bertscore_recall": _("Recall"),
        "bertscore_f1": _("F1"),
        "tokens": _("Tokens"),
        "prompt_tokens": _("Prompt tokens"),
        "completion_tokens": _("Completion tokens"),
        "total_tokens": _("Total tokens"),
        "step": _("Training step"),
        "loss": _("Loss (nats per token)"),
        "train_loss": _("Training loss"),
        "valid_loss": _("Validation loss"),
        "count": _("n"),
        "mean": _("Mean"),
        "std": _("Std. deviation"),
        "min": _("Minimum"),
        "q1": _("Q1"),
        "median": _("Median"),
        "q3": _("Q3"),
        "max": _("Maximum"),
    }


def engine_word(url: str) -> str:
    """An engine by its name or its address; plain text."""
    return _("This computer") if url == LOCAL else url


def version_words(version: DatasetVersion) -> str:
    """A dataset version with its sizes; plain text."""
    return _(
        "{name}: {train} to train, {validation} to validate, {test} held out",
        name=version.name,
        train=version.counts.get(Split.TRAIN, 0),
        validation=version.counts.get(Split.VALIDATION, 0),
        test=version.counts.get(Split.TEST, 0),
    )


def output_status_word(status: OutputStatus) -> str:
    """How a written text ended."""
    return {
        OutputStatus.COMPLETE: _("complete"),
        OutputStatus.TRUNCATED: _("cut off"),
        OutputStatus.EMPTY: _("empty"),
        OutputStatus.FILTERED: _("held back by the engine"),
        OutputStatus.FAILED: _("failed"),
    }[status]
