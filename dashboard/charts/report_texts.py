"""The report's words: examples side by side, prompts, method and limits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from dashboard.charts.labels import ENGLISH, word
from dashboard.charts.markup import bullets, table, verbatim
from dashboard.domain.generation import Comparison, Output, OutputStatus
from dashboard.domain.results import Results

SHOWN = 8
TOLD_ELSEWHERE = ("systems", "note", "system_prompt")

LIMITS = (
    "BERTScore measures how close a text is to one reference; it does not see whether a message "
    "is kind, safe or right for a student, and it hardly notices a dropped negation.",
    "Raw values are squeezed upward: unrelated texts also reach high scores, so only differences "
    "under one encoder mean something.",
    "The bundled encoder knows an English vocabulary; with it the figures rank systems less well "
    "than with bert-base-multilingual-cased and cannot be set against published ones.",
    "The tuned model is asked with a shorter prompt. Saved prompt tokens come from that prompt, "
    "as in the study, and not from the tuning alone.",
    "Intervals are 95% t intervals over rows of one training run; another seed gives another "
    "model. Differences between systems are exploratory: no correction for several comparisons.",
    "Whether students feel better was not measured.",
)


def examples(results: Results) -> str:
    """Some held-out rows, at even distances in the version's order and never by score."""
    return "".join(_card(row, results.scores) for row in _spread(results.comparisons))


def _spread(rows: Sequence[Comparison]) -> list[Comparison]:
    count = min(SHOWN, len(rows))
    return [rows[index * len(rows) // count] for index in range(count)]


def _card(row: Comparison, scores: Mapping[str, Mapping[str, float]]) -> str:
    entries = [("Reference", row.reference)]
    for output in row.outputs:
        if output.repeat == 0:
            entries.append((word(ENGLISH, output.system.value), _told(output, scores)))
    lines = "".join(f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in entries)
    title = " · ".join([row.key, *row.inputs.values()])
    return f'<article class="card"><h3>{escape(title)}</h3><dl>{lines}</dl></article>'


def _told(output: Output, scores: Mapping[str, Mapping[str, float]]) -> str:
    f1 = scores.get(output.id, {}).get("bertscore_f1")
    remarks = [f"F1 {f1:.3f}"] if f1 is not None else []
    if output.status is not OutputStatus.COMPLETE:
        remarks.append(output.status.value)
    text = output.text or "(no text)"
    return f"{text}  [{', '.join(remarks)}]" if remarks else text


def prompts(results: Results) -> str:
    """Every system's prompt as it was sent."""
    return "".join(
        verbatim(
            f"{word(ENGLISH, one.kind)} · {one.model}"
            + (f" · {one.shots} worked examples" if one.shots else ""),
            one.prompt,
        )
        for one in results.systems
    )


def method(record: Mapping[str, object]) -> str:
    """Settings, hashes, signature and versions, as the record holds them."""
    return table(["Setting", "Value"], _flat(record), "record")


def _flat(value: object, name: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if key not in TOLD_ELSEWHERE:
                yield from _flat(inner, f"{name} › {key}" if name else str(key))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        yield name, _listed(value)
    else:
        yield name, "–" if value is None else str(value)


def _listed(values: Sequence[object]) -> str:
    if any(isinstance(one, Mapping) for one in values):
        return f"{len(values)} entries, in results.json"
    return ", ".join(str(one) for one in values)


def limits() -> str:
    """What the figures do not show."""
    return bullets(LIMITS)
