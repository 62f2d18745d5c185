"""A Streamlit script as a process: started, killed and started again on the same port."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dashboard.settings import ROOT


@dataclass
class Served:
    """One server over what lies in `folder`; says what it runs in `script` and `environment`."""

    folder: Path
    port: int = 0
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def script(self) -> Path:
        """What Streamlit runs."""
        raise NotImplementedError

    @property
    def environment(self) -> Mapping[str, str]:
        """What the script is told about its folder."""
        raise NotImplementedError

    @property
    def address(self) -> str:
        """Where the page is."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start and wait until it answers."""
        self.port = self.port or _free_port()
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "streamlit", "run", str(self.script)),
                    *("--server.port", str(self.port)),
                ],
                cwd=self.folder,
                env={**os.environ, "PYTHONPATH": str(ROOT), **self.environment},
                stdout=log,
                stderr=log,
            )
        self._wait()

    def kill(self) -> None:
        """End it at once, without a word."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(20)

    def log(self) -> str:
        """What it has printed."""
        return (self.folder / "log").read_text(errors="replace")

    def _wait(self) -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"{self.address}/_stcore/health", timeout=2):
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError(self.log()[-2000:])


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
