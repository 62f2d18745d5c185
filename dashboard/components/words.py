"""What states, steps, systems and figures are called in the session's language."""

from __future__ import annotations

from dashboard.domain.datasets import Children, DatasetVersion, HeldOut, Split
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
    """A dataset version with its sizes and the rule for variants; plain text."""
    sizes = _(
        "{name}: {train} to train, {validation} to validate, {test} held out",
        name=version.name,
        train=version.counts.get(Split.TRAIN, 0),
        validation=version.counts.get(Split.VALIDATION, 0),
        test=version.counts.get(Split.TEST, 0),
    )
    rule = version.recipe.children
    return sizes if rule is Children.NONE else f"{sizes} · {children_word(rule)}"


def split_word(split: Split) -> str:
    """What the rows of a split are for."""
    return {
        Split.TRAIN: _("Training rows"),
        Split.VALIDATION: _("Validation rows"),
        Split.TEST: _("Test rows"),
    }[split]


def children_word(rule: Children) -> str:
    """Which variants a rule lets in."""
    return {
        Children.NONE: _("originals only"),
        Children.REVIEWED: _("reviewed variants"),
        Children.OF_ACCEPTED: _("loosened: all variants of accepted originals"),
        Children.ALL: _("loosened: unreviewed variants, too"),
    }[rule]


def children_sentence(version: DatasetVersion) -> str:
    """What a version says of its variants; harmless in Markdown."""
    rule = {
        Children.NONE: _("It holds originals only, no variants."),
        Children.REVIEWED: _(
            "Variants came in when experts had accepted them and the text they were made from."
        ),
        Children.OF_ACCEPTED: _(
            "The rule was loosened: variants of accepted originals came in, reviewed or not."
        ),
        Children.ALL: _(
            "The rule was loosened: unreviewed variants came in, too; rejected and disputed ones "
            "did not."
        ),
    }[version.recipe.children]
    if version.recipe.children is Children.NONE:
        return rule
    held_out = {
        HeldOut.ORIGINALS: _("Only originals are held out for the test."),
        HeldOut.ALL: _("Originals are held out together with their variants."),
    }[version.recipe.test_on]
    return f"{rule} {held_out}"


def output_status_word(status: OutputStatus) -> str:
    """How a written text ended."""
    return {
        OutputStatus.COMPLETE: _("complete"),
        OutputStatus.TRUNCATED: _("cut off"),
        OutputStatus.EMPTY: _("empty"),
        OutputStatus.FILTERED: _("held back by the engine"),
        OutputStatus.FAILED: _("failed"),
    }[status]
