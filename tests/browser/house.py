"""A whole Afektif for the browser: real processes, a tiny writer and a tiny encoder."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from dashboard.bootstrap import App, build
from dashboard.settings import ROOT, Settings
from tests.tiny_encoder import make_encoder
from tests.tiny_model import make_tiny_model

ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")


def tiny_environment(folder: Path, first_study: str) -> dict[str, str]:
    """Settings of an installation that writes and scores with tiny models."""
    make_tiny_model(folder / "tiny", context=4096)
    make_encoder(folder / "cache" / "models" / "tiny-encoder", positions=512)
    return {
        "AFEKTIF_DATA_DIR": str(folder / "var"),
        "AFEKTIF_CACHE_DIR": str(folder / "cache"),
        "AFEKTIF_MODEL": str(folder / "tiny"),
        "AFEKTIF_ENCODER": "tiny-encoder",
        "AFEKTIF_FIRST_STUDY": first_study,
        "AFEKTIF_PORT": "18501",
        "AFEKTIF_ENGINE_PORT": "18643",
    }


@contextmanager
def running(environment: Mapping[str, str], log: Path) -> Iterator[str]:
    """`python -m dashboard` until Ctrl-C; yields the address it prints."""
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "dashboard"],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield _address(process, log)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(40)
        assert left_behind(environment["AFEKTIF_DATA_DIR"]) == []


def left_behind(data_dir: str) -> list[str]:
    """Processes that still serve a data folder, by what their environment says."""
    shown = subprocess.run(["ps", "axeww", "-o", "args"], capture_output=True, check=True)
    lines = shown.stdout.decode(errors="replace").splitlines()
    return [line for line in lines if f"AFEKTIF_DATA_DIR={data_dir}" in line]


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        found = ADDRESS.search(log.read_text(errors="replace"))
        if found:
            return found.group()
        time.sleep(0.2)
    raise AssertionError(f"no address: {log.read_text(errors='replace')[-2000:]}")


def services_of(environment: Mapping[str, str]) -> App:
    """The services of that installation, to see what the pages wrote."""
    data, cache = environment["AFEKTIF_DATA_DIR"], environment["AFEKTIF_CACHE_DIR"]
    encoder = environment["AFEKTIF_ENCODER"]
    return build(Settings(data_dir=Path(data), cache_dir=Path(cache), encoder=encoder))
