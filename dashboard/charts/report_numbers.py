"""The report's sentences and tables about figures."""

from __future__ import annotations

import math
from collections.abc import Mapping

from dashboard.charts.labels import ENGLISH, word
from dashboard.charts.markup import paragraph, table
from dashboard.charts.published import CAUTION, PROTOCOL, PUBLISHED
from dashboard.charts.results import description_table
from dashboard.domain.datasets import Children, DatasetVersion, HeldOut
from dashboard.domain.generation import OutputStatus
from dashboard.domain.results import METRICS, Results
from dashboard.statistics.paired import Difference, paired_difference

F1 = "bertscore_f1"


def encoder_of(signature: str | None) -> str:
    """The encoder a signature names, with its layer."""
    parts = dict(part.partition(":")[::2] for part in (signature or "").split("|"))
    if "layer" not in parts:
        return signature or "no encoder yet"
    return f"{parts['bertscore']}, layer {parts['layer']}"


def summary(results: Results) -> str:
    """What the run shows, and what it does not, in one paragraph."""
    outputs = [one for row in results.comparisons for one in row.outputs]
    truncated = sum(one.status is OutputStatus.TRUNCATED for one in outputs)
    missing = sum(one.missing for one in results.systems)
    sentences = [
        _means(results),
        _verdict(results),
        f"The encoder is {encoder_of(results.signature)}; scores are raw.",
        f"Of {len(outputs)} outputs on {len(results.comparisons)} held-out rows, {truncated} were "
        f"cut off at the token limit and scored as they stand; {missing} are missing.",
        f"The base model is {results.training.plan.base_model}; it was tuned by the engine "
        f"“{results.training.plan.engine_url}” and answered through "
        f"“{results.generation.engine_url}”.",
        "The examples are authored starters, not the study's expert-verified set; "
        f"{results.version.unreviewed} of {results.version.rows} rows have not been accepted by an "
        "expert.",
        _children(results.version),
    ]
    return paragraph(" ".join(sentences), "lead")


RULES = {
    Children.REVIEWED: "each was accepted by experts, and so was the text it was made from",
    Children.OF_ACCEPTED: "the rule was loosened: variants of accepted originals came in, "
    "reviewed or not",
    Children.ALL: "the rule was loosened: unreviewed variants came in, too; rejected and "
    "disputed ones did not",
}
HELD_OUT = {
    HeldOut.ORIGINALS: "only originals are held out",
    HeldOut.ALL: "originals are held out together with their variants",
}


def _children(version: DatasetVersion) -> str:
    """Which rule let variants in."""
    recipe = version.recipe
    if recipe.children is Children.NONE:
        return "All rows are originals; no variants were let in."
    return (
        f"{version.children} of {version.rows} rows are variants; {RULES[recipe.children]}; "
        f"{HELD_OUT[recipe.test_on]}."
    )


def _means(results: Results) -> str:
    means = [
        f"{one.figures[F1].mean:.3f} ({word(ENGLISH, one.kind).lower()}, n = "
        f"{one.figures[F1].count})"
        for one in results.systems
        if F1 in one.figures
    ]
    return f"Mean BERTScore F1 is {', '.join(means)}." if means else "Nothing has been scored yet."


def _verdict(results: Results) -> str:
    found = difference(results, "tuned", "base")
    if found is None:
        return "The tuned model cannot be compared with the base yet."
    if not found.is_clear:
        return f"At n = {found.rows} rows this cannot tell the tuned model from the base."
    relation = "closer to" if found.mean > 0 else "further from"
    return (
        f"On the same {found.rows} rows the tuned model is {relation} the references than the base "
        f"by {abs(found.mean):.3f} (95% interval {_interval(found)})."
    )


def difference(results: Results, first: str, second: str) -> Difference | None:
    """F1 of one system minus another's, row by row."""
    return paired_difference(_by_row(results, first), _by_row(results, second))


def _by_row(results: Results, kind: str) -> Mapping[str, list[float]]:
    return {
        row.revision_id: [
            results.scores[one.id][F1]
            for one in row.outputs
            if one.system == kind and F1 in results.scores.get(one.id, {})
        ]
        for row in results.comparisons
    }


def _interval(found: Difference) -> str:
    if found.half_width is None:
        return "none below two rows"
    low, high = found.mean - found.half_width, found.mean + found.half_width
    return f"{low:+.3f} to {high:+.3f}"


def difference_table(results: Results) -> str:
    """Every pair of systems on the same rows."""
    kinds = [one.kind for one in results.systems]
    pairs = [(b, a) for index, a in enumerate(kinds) for b in kinds[index + 1 :]]
    found = [(first, second, difference(results, first, second)) for first, second in pairs]
    header = ["F1, row by row", "Mean difference", "95% t interval", "Rows", "Higher", "Lower", ""]
    rows = [
        [
            f"{word(ENGLISH, first)} − {word(ENGLISH, second)}",
            f"{one.mean:+.3f}",
            _interval(one),
            str(one.rows),
            str(one.wins),
            str(one.losses),
            "clear" if one.is_clear else "cannot tell",
        ]
        for first, second, one in found
        if one is not None
    ]
    return table(header, rows, "numbers") if rows else paragraph("Nothing has been scored yet.")


def figures_table(results: Results) -> str:
    """The eight figures of every system and metric, then what is missing."""
    frame = description_table(results, ENGLISH)
    rows = [
        [str(system), str(metric), str(count), *(_figure(one) for one in rest)]
        for system, metric, count, *rest in frame.itertuples(index=False)
    ]
    counts = "; ".join(
        f"{word(ENGLISH, one.kind)}: {one.outputs} outputs, {one.missing} missing, "
        f"{one.flagged} cut off, filtered or failed"
        for one in results.systems
    )
    note = "Std with n − 1; quartiles by linear interpolation. "
    return table(list(frame.columns), rows, "numbers figures") + paragraph(
        note + counts + ".", "soft"
    )


def _figure(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.3f}"


def published_table(results: Results) -> str:
    """The study's means beside ours."""
    ours = _ours(results)
    rows = [
        [word(ENGLISH, key), f"{theirs:.{places}f}", _rounded(ours.get(key), places)]
        for key, (theirs, places) in PUBLISHED.items()
    ]
    header = ["Tuned model, means", "Published by the study (GPT-3.5)", "This run"]
    return paragraph(PROTOCOL) + table(header, rows, "numbers") + paragraph(CAUTION, "soft")


def _ours(results: Results) -> dict[str, float]:
    tuned = results.system("tuned")
    figures = tuned.figures if tuned else {}
    ours = {metric: figures[metric].mean for metric in METRICS if metric in figures}
    losses = [point.train_loss for point in results.curve if point.train_loss is not None]
    return ours | ({"train_loss": losses[-1]} if losses else {})


def _rounded(value: float | None, places: int) -> str:
    return "–" if value is None else f"{value:.{places}f}"
