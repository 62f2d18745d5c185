"""Studies as folders: `study.toml`, prompts, guideline and starters under `data/studies`."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

from dashboard.domain.errors import InvalidInput
from dashboard.domain.examples import NewExample
from dashboard.domain.review_forms import Flag, Rating, ReviewForm
from dashboard.domain.studies import Decoding, Field, Rules, Study


def load_studies(folder: Path) -> dict[str, Study]:
    """Every study of a folder by name; raises InvalidInput naming the file that is wrong."""
    found = [load_study(path.parent) for path in sorted(folder.glob("*/study.toml"))]
    return {study.name: study for study in found}


def load_study(folder: Path) -> Study:
    """One study; raises InvalidInput naming the file and what it lacks."""
    path = folder / "study.toml"
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        return _study(folder, raw)
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise InvalidInput(
            "{path} cannot be used as a study: {why}. Correct the file.",
            path=path,
            why=str(error),
        ) from error


def load_starters(folder: Path) -> tuple[NewExample, ...]:
    """The starters of a study's `examples.jsonl`, in order; raises InvalidInput."""
    study = load_study(folder)
    path = folder / "examples.jsonl"
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            raw = json.loads(line)
            inputs = {field.key: str(raw[field.key]) for field in study.fields}
            rows.append(NewExample(str(raw["id"]), inputs, str(raw["message"])))
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            raise InvalidInput(
                "{path} line {line} is not a starter: {why}. Correct that line.",
                path=path,
                line=number,
                why=str(error),
            ) from error
    return tuple(rows)


def _study(folder: Path, raw: dict[str, Any]) -> Study:
    prompts = raw["prompts"]
    return Study(
        name=raw["name"],
        title=raw["title"],
        description=raw["description"],
        fields=tuple(_field(one) for one in raw["fields"]),
        cell_keys=tuple(raw["cell"]),
        rules=Rules(**raw["rules"]),
        base_prompt=(folder / prompts["base"]).read_text(encoding="utf-8").strip(),
        tuned_prompt=(folder / prompts["tuned"]).read_text(encoding="utf-8").strip(),
        decoding=Decoding(**raw["generation"]),
        guideline={
            language: (folder / name).read_text(encoding="utf-8")
            for language, name in raw["guideline"].items()
        },
        form=_form(raw.get("review", {})),
        augment_prompts={
            name: (folder / path).read_text(encoding="utf-8").strip()
            for name, path in prompts.get("augment", {}).items()
        },
    )


def _form(raw: dict[str, Any]) -> ReviewForm:
    return ReviewForm(
        ratings=tuple(Rating(**one) for one in raw.get("ratings", ())),
        flags=tuple(Flag(**one) for one in raw.get("flags", ())),
    )


def _field(raw: dict[str, Any]) -> Field:
    return Field(
        name=raw["name"],
        key=raw["key"],
        label=raw["label"],
        values=tuple(raw.get("values", ())),
        value_labels=raw.get("labels"),
    )
