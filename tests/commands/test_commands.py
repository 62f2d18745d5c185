"""The command line: every bad situation is one sentence and an exit code, never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.bootstrap import build
from dashboard.domain.examples import ExampleFilter
from dashboard.settings import ROOT, Settings

ROW = {
    "username": "Tiara",
    "emotion": "sad",
    "reinforcement": "negative",
    "arcsmodel": "relevance",
    "classname": "Kelas 8A",
    "subject": "IPA",
    "message": "Tiara, catatan IPA kamu udah lengkap, jadi PR tambahan hari ini dihapus ya 🌱",
}


def run(tmp_path: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A command in a fresh installation that reaches no package index."""
    clean = {
        "AFEKTIF_DATA_DIR": str(tmp_path / "var"),
        "AFEKTIF_CACHE_DIR": str(tmp_path / "cache"),
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": "",
        "PIP_CONFIG_FILE": os.devnull,
        "COLUMNS": "200",
    }
    return subprocess.run(
        [sys.executable, "-m", "dashboard", *arguments],
        cwd=ROOT,
        env={**os.environ, **clean, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def stored(tmp_path: Path) -> int:
    app = build(Settings(data_dir=tmp_path / "var", cache_dir=tmp_path / "cache"))
    return app.curation.browse(ExampleFilter("affective-intervention")).total


def test_the_starters_pass_their_own_check(tmp_path: Path) -> None:
    checked = run(tmp_path, "examples", "check")
    assert checked.returncode == 0, checked.stdout
    assert "160 examples in 56 cells (8 cells with 2, 48 cells with 3)." in checked.stdout
    assert "0 problems" in checked.stdout


def test_a_file_is_imported_and_exported_again(tmp_path: Path) -> None:
    source = tmp_path / "baru.jsonl"
    source.write_text(json.dumps(ROW), encoding="utf-8")
    assert run(tmp_path, "examples", "import", str(source)).returncode == 0
    target = tmp_path / "semua.csv"
    assert run(tmp_path, "examples", "export", str(target)).returncode == 0
    assert "Tiara, catatan IPA" in target.read_text(encoding="utf-8-sig")
    assert stored(tmp_path) == 161


def test_a_bad_file_is_named_by_line_and_nothing_is_imported(tmp_path: Path) -> None:
    source = tmp_path / "buruk.jsonl"
    rows = [ROW, ROW | {"emotion": "galau", "username": "Adi"}]
    source.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    refused = run(tmp_path, "examples", "import", str(source))
    assert refused.returncode == 1
    assert "Line 2: " in refused.stdout and "galau" in refused.stdout
    assert "Traceback" not in refused.stdout + refused.stderr
    assert stored(tmp_path) == 160


def test_a_bad_value_is_told_with_what_would_help(tmp_path: Path) -> None:
    source = tmp_path / "buruk.jsonl"
    source.write_text(json.dumps(ROW | {"emotion": "sedhi"}) + "\n\n\n", encoding="utf-8")
    refused = run(tmp_path, "examples", "import", str(source))
    assert "Write “sad”." in refused.stdout
    assert "2 blank lines at the end were skipped." in refused.stdout


def test_an_export_for_argilla_comes_back_and_its_judgments_stay_outside(tmp_path: Path) -> None:
    response = {"decision": [{"value": "accept", "user_id": "u1"}]}
    record = {"id": "arg-1", "fields": ROW, "responses": response}
    source = tmp_path / "argilla.json"
    source.write_text(json.dumps([record]), encoding="utf-8")
    told = run(tmp_path, "examples", "import", str(source))
    assert "1 judgments of others stand in the file; none is imported." in told.stdout
    target = tmp_path / "semua.argilla.json"
    assert run(tmp_path, "examples", "export", str(target)).returncode == 0
    assert json.loads(target.read_text(encoding="utf-8"))[-1]["id"] == "arg-1"


def test_label_studio_gets_its_labeling_interface_beside_the_tasks(tmp_path: Path) -> None:
    target = tmp_path / "tugas.json"
    written = run(tmp_path, "examples", "export", str(target), "--form", "label_studio", "--names")
    assert written.returncode == 0, written.stdout
    assert len(json.loads(target.read_text(encoding="utf-8"))) == 160
    assert "<View>" in (tmp_path / "tugas.xml").read_text(encoding="utf-8")


def test_a_name_that_does_not_say_what_to_write_is_refused(tmp_path: Path) -> None:
    refused = run(tmp_path, "examples", "export", str(tmp_path / "semua.json"))
    assert refused.returncode == 1
    assert "--form" in refused.stdout and "label_studio" in refused.stdout
    assert not (tmp_path / "semua.json").exists()


@pytest.mark.slow
def test_what_each_format_keeps_is_printed_and_written(tmp_path: Path) -> None:
    committed = (ROOT / "data" / "formats.md").read_text(encoding="utf-8")
    assert run(tmp_path, "examples", "formats").stdout.strip() == committed.strip()
    target = tmp_path / "formats.md"
    assert run(tmp_path, "examples", "formats", str(target)).returncode == 0
    assert target.read_text(encoding="utf-8") == committed


def test_without_weights_and_without_a_connection_a_study_says_so_at_once(tmp_path: Path) -> None:
    refused = run(tmp_path, "study", "--quick")
    assert refused.returncode == 1
    assert "could not be fetched" in refused.stdout
    assert "Traceback" not in refused.stdout + refused.stderr


def test_an_engine_that_is_not_there_is_said_at_once(tmp_path: Path) -> None:
    refused = run(tmp_path, "study", "--engine", "http://127.0.0.1:9/v1")
    assert refused.returncode == 1
    assert "No engine answers at http://127.0.0.1:9/v1" in refused.stdout
    assert "Traceback" not in refused.stdout + refused.stderr


def test_a_data_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file where a folder should be")
    refused = run(tmp_path, "doctor")
    assert refused.returncode == 1
    assert "AFEKTIF_DATA_DIR" in refused.stdout
    assert "Traceback" not in refused.stdout + refused.stderr


def test_a_database_from_elsewhere_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "afektif.db").write_text("this is no database, it is a letter" * 100)
    refused = run(tmp_path, "examples", "export", str(tmp_path / "x.csv"))
    assert refused.returncode == 1
    assert "afektif.db" in refused.stdout
    assert "Traceback" not in refused.stdout + refused.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_one_sentence(tmp_path: Path) -> None:
    full = tmp_path / "full.csv"
    full.symlink_to("/dev/full")
    refused = run(tmp_path, "examples", "export", str(full))
    assert refused.returncode == 1
    assert "No space left" in refused.stdout
    assert "Traceback" not in refused.stdout + refused.stderr


def test_a_place_that_is_not_there_is_named(tmp_path: Path) -> None:
    refused = run(tmp_path, "examples", "export", str(tmp_path / "nowhere" / "x.csv"))
    assert refused.returncode == 1
    assert "nowhere" in refused.stdout
    assert "Traceback" not in refused.stdout + refused.stderr


def test_a_wrong_setting_is_named(tmp_path: Path) -> None:
    refused = run(tmp_path, "doctor", AFEKTIF_PORT="abc")
    assert refused.returncode == 1
    assert "AFEKTIF_PORT" in refused.stdout
    assert "Traceback" not in refused.stdout + refused.stderr


@pytest.mark.slow
def test_a_damaged_database_is_replaced_by_a_backup_even_after_a_crash(tmp_path: Path) -> None:
    assert run(tmp_path, "doctor").returncode == 0
    copy = tmp_path / "copy.db"
    assert run(tmp_path, "backup", str(copy)).returncode == 0
    (tmp_path / "var" / "processes.json").write_text('{"address": "http://x", "groups": {}}')
    (tmp_path / "var" / "afektif.db").write_bytes(b"damaged" * 1000)
    assert run(tmp_path, "restore", str(copy)).returncode == 0
    assert stored(tmp_path) == 160


@pytest.mark.slow
def test_a_backup_restores(tmp_path: Path) -> None:
    assert run(tmp_path, "doctor").returncode == 0
    copy = tmp_path / "copy.db"
    assert run(tmp_path, "backup", str(copy)).returncode == 0
    assert run(tmp_path, "restore", str(copy)).returncode == 0
    assert stored(tmp_path) == 160


@pytest.mark.slow
def test_the_challenge_set_is_judged_class_by_class(tmp_path: Path) -> None:
    told = run(tmp_path, "augment", "challenge")
    assert told.returncode == 0, told.stdout
    assert "held_out" in told.stdout
    assert told.stdout.count("shaming") == 2
