"""The harness as a process: started, killed and started again on the same port."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from dashboard.settings import ROOT
from tests.browser.form_store import FormStore


@dataclass
class FormHouse:
    """One server over one store in `folder`."""

    folder: Path
    port: int = 0
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def address(self) -> str:
        """Where the page is."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def store(self) -> FormStore:
        """The same file the server writes."""
        return FormStore(self.folder / "form.db")

    def start(self) -> None:
        """Start and wait until it answers."""
        settings = self.folder / ".streamlit"
        shutil.copytree(ROOT / "dashboard" / ".streamlit", settings, dirs_exist_ok=True)
        self.port = self.port or _free_port()
        script = Path(__file__).with_name("form_page.py")
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(self.port)],
                cwd=self.folder,
                env={
                    **os.environ,
                    "PYTHONPATH": str(ROOT),
                    "FORM_STORE": str(self.store.path),
                },
                stdout=log,
                stderr=log,
            )
        self._wait()

    def kill(self) -> None:
        """End it at once, without a word."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(20)

    def _wait(self) -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"{self.address}/_stcore/health", timeout=2):
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError((self.folder / "log").read_text(errors="replace")[-2000:])


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
