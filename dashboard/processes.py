"""One supervised process: its command, its log, its restarts, and the end of its whole group."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dashboard.settings import ROOT

log = logging.getLogger("afektif")
STOP_SECONDS = 8.0
MAX_PAUSE_SECONDS = 30.0
QUIET_SECONDS = 60.0
"""A process that ran this long starts afresh without a pause when it ends."""


@dataclass
class Supervised:
    """A process that is started again when it ends unasked."""

    name: str
    command: list[str]
    environment: Mapping[str, str]
    log_path: Path
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    _started: float = field(default=0.0, init=False)
    _next_start: float = field(default=0.0, init=False)
    _failures: int = field(default=0, init=False)

    @property
    def pid(self) -> int | None:
        """The process's id, which is its group's too."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start it in a group of its own, with its words going to its log."""
        self.log_path.parent.mkdir(parents=True, exist_ok=True)
        with self.log_path.open("ab") as out:
            self._process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env={**os.environ, "PYTHONPATH": str(ROOT), **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._started = time.monotonic()

    def tend(self) -> None:
        """Start it again if it ended, after a pause that doubles with each quick failure."""
        if self._process is None:
            return
        code = self._process.poll()
        if code is None:
            return
        if self._next_start == 0.0:
            self._after_end(code)
        if time.monotonic() >= self._next_start:
            self._next_start = 0.0
            self.start()

    def _after_end(self, code: int) -> None:
        end_group(self._process.pid if self._process else 0, 0.5)
        lasted = time.monotonic() - self._started
        self._failures = 0 if lasted > QUIET_SECONDS else self._failures + 1
        pause = min(MAX_PAUSE_SECONDS, 0.5 * 2 ** (self._failures - 1)) if self._failures else 0.0
        self._next_start = time.monotonic() + pause
        log.info("%s ended (code %s); starting it again. Log: %s", self.name, code, self.log_path)

    def ask_to_stop(self) -> None:
        """Send the group SIGTERM."""
        if self._process is not None and self._process.poll() is None:
            signal_group(self._process.pid, signal.SIGTERM)

    def make_stop(self) -> None:
        """Wait a little, then end the whole group, grandchildren too."""
        if self._process is None:
            return
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            log.info("%s does not stop by itself; ending it.", self.name)
        end_group(self._process.pid, 1.0)
        self._process.wait()


def signal_group(pid: int, number: int) -> bool:
    """Signal a process group; False when nobody is left in it."""
    try:
        os.killpg(pid, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def end_group(pid: int, patience_seconds: float) -> None:
    """End every process of a group: politely, then at once."""
    if not pid or not signal_group(pid, signal.SIGTERM):
        return
    deadline = time.monotonic() + patience_seconds
    while time.monotonic() < deadline and signal_group(pid, 0):
        time.sleep(0.05)
    signal_group(pid, signal.SIGKILL)


def command_of(pid: int) -> str:
    """The command line of a process, or nothing when there is none."""
    result = subprocess.run(
        ["ps", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return result.stdout.strip()


def python(*arguments: str) -> list[str]:
    """A command with this very interpreter."""
    return [sys.executable, *arguments]
