"""The exported folder loads with the library it is for."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from pyarrow import parquet

from dashboard.domain.exchange import ExchangedRow, Form
from dashboard.domain.studies import Study
from dashboard.formats.archives import unpacked
from dashboard.formats.hugging_face import PARQUET
from dashboard.formats.writing import write_rows

LOAD = """
import sys, json
from datasets import load_dataset
loaded = load_dataset(sys.argv[1])["train"]
print(json.dumps({"rows": list(loaded), "features": sorted(loaded.features)}, ensure_ascii=False))
"""


def test_the_parquet_file_holds_every_row(study: Study, rows: tuple[ExchangedRow, ...]) -> None:
    folder = unpacked(write_rows(Form.HUGGING_FACE, study, rows))
    table = parquet.read_table(io.BytesIO(folder[PARQUET]))
    first = table.to_pylist()[0]
    assert (first["id"], first["message"], first["revision"]) == ("=x-1", rows[0].message, 3)
    assert first["tags"] == ["=tag", "ujian, 7"]
    assert first["answers"][0]["ratings"]["safety"] == 4
    assert table.to_pylist()[1]["answers"] == []


@pytest.mark.slow
def test_the_folder_loads_with_datasets(
    study: Study, rows: tuple[ExchangedRow, ...], tmp_path: Path
) -> None:
    import json

    written = write_rows(Form.HUGGING_FACE, study, rows)
    zipfile.ZipFile(io.BytesIO(written)).extractall(tmp_path / "folder")
    offline = {"HF_HUB_OFFLINE": "1", "HF_HOME": str(tmp_path / "cache")}
    ran = subprocess.run(
        [sys.executable, "-c", LOAD, str(tmp_path / "folder")],
        env={**os.environ, **offline},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    loaded = json.loads(ran.stdout.splitlines()[-1])
    assert [one["message"] for one in loaded["rows"]] == [one.message for one in rows]
    assert loaded["rows"][0]["answers"][0]["flags"] == ["promise", "too_long"]
    assert set(rows[0].inputs) < set(loaded["features"])


def test_an_archive_names_no_place_outside_its_folder(
    study: Study, rows: tuple[ExchangedRow, ...]
) -> None:
    names = list(unpacked(write_rows(Form.HUGGING_FACE, study, rows)))
    assert names == ["README.md", PARQUET]
