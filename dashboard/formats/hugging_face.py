"""A folder that `datasets.load_dataset(folder)` loads: Parquet, and a dataset card.

The card's YAML follows the Hub's "Data files configuration" and the `dataset_info` that
`Dataset.push_to_hub` writes; `tests/formats/test_hugging_face.py` loads what is written here.
"""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from dashboard.domain.exchange import ExchangedRow
from dashboard.domain.studies import Study
from dashboard.formats.archives import packed

if TYPE_CHECKING:
    import pyarrow as pa

PARQUET = "data/train-00000-of-00001.parquet"
ABOUT_ORIGIN = """\
The column `origin` says where a row comes from: `authored` rows were written for the Afektif
project as a start, `imported` ones were brought in from a file, `augmented` ones were made
from another example. **None of them is the expert-verified set of the study that inspired Afektif,
which is not public.** Only the column `verdict` says whether experts have reviewed a row here:
"""
ABOUT_ANSWERS = """\
`basis` says what a verdict rests on, `deciders` who decided, and `answers` what experts said about
examples that take no more answers. Answers in progress are never part of an export. Unless names
were asked for, experts are numbered in the order in which they first stand in this file.
"""


def write(study: Study, rows: Sequence[ExchangedRow]) -> bytes:
    """The folder as a ZIP archive: `README.md` and one split, `train`, as Parquet."""
    return packed({"README.md": _card(study, rows).encode(), PARQUET: _parquet(study, rows)})


def _parquet(study: Study, rows: Sequence[ExchangedRow]) -> bytes:
    import pyarrow as pa
    from pyarrow import parquet

    values = [
        {**row.inputs, **{name: value for name, value in asdict(row).items() if name != "inputs"}}
        for row in rows
    ]
    target = io.BytesIO()
    parquet.write_table(pa.Table.from_pylist(values, schema=_schema(study)), target)
    return target.getvalue()


def _schema(study: Study) -> pa.Schema:
    import pyarrow as pa

    text, texts = pa.string(), pa.list_(pa.string())
    about = dict.fromkeys(("message", "origin", "verdict", "basis"), text)
    inputs = {one.key: text for one in study.fields}
    more = {"tags": texts, "revision": pa.int64(), "deciders": texts}
    answers = {"answers": pa.list_(_answer(study))}
    return pa.schema(list({"id": text, **inputs, **about, **more, **answers}.items()))


def _answer(study: Study) -> pa.StructType:
    import pyarrow as pa

    text = pa.string()
    rated = [("ratings", pa.struct([(one.key, pa.int64()) for one in study.form.ratings]))]
    before = [("expert", text), ("decision", text)]
    after = [("flags", pa.list_(text)), *((n, text) for n in ("confidence", "reason", "message"))]
    # Parquet has no empty struct: a study without ratings leaves the column out.
    return pa.struct([*before, *(rated if study.form.ratings else []), *after])


def _card(study: Study, rows: Sequence[ExchangedRow]) -> str:
    verdicts = Counter(row.verdict for row in rows)
    origins = Counter(row.origin for row in rows)
    return "\n".join(
        [
            "---",
            f"pretty_name: {json.dumps(study.title['en'], ensure_ascii=False)}",
            f"language:\n- {study.rules.language}",
            "task_categories:\n- text-generation",
            f"size_categories:\n- {_size(len(rows))}",
            "configs:\n- config_name: default\n  data_files:\n  - split: train",
            f"    path: {PARQUET}",
            "---",
            f"# {study.title['en']}\n",
            f"{study.description['en']}\n",
            ABOUT_ORIGIN,
            _table("verdict", verdicts),
            _table("origin", origins),
            ABOUT_ANSWERS,
            _features(study),
            "Written by Afektif. There is one split; cut your own test rows before you train.",
            "",
        ]
    )


def _table(name: str, counts: Counter[str]) -> str:
    lines = [f"| {value} | {count} |" for value, count in sorted(counts.items())]
    return "\n".join([f"| {name} | rows |", "|---|---|", *lines, ""])


def _features(study: Study) -> str:
    lines = [
        "| feature | type | values |",
        "|---|---|---|",
        *(f"| `{one.key}` | string | {', '.join(one.values) or 'free'} |" for one in study.fields),
        "| `message` | string | the reference text |",
        "| `tags`, `deciders` | list of string | |",
        "| `revision` | int64 | which text of the example stands, from 1 |",
        "| `answers` | list of struct | expert, decision, ratings 1 to 5, flags, confidence, "
        "reason, message |",
    ]
    return "\n".join([*lines, ""])


def _size(count: int) -> str:
    """The Hub's class of size."""
    limits = {1_000: "n<1K", 10_000: "1K<n<10K", 100_000: "10K<n<100K", 1_000_000: "100K<n<1M"}
    return next((name for limit, name in limits.items() if count < limit), "1M<n<10M")
