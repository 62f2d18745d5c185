"""The supervisor: starts, restarts, and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.domain.errors import UserError
from dashboard.process_lock import ProcessLock
from dashboard.processes import Supervised, command_of, end_group, signal_group
from dashboard.settings import Settings
from dashboard.supervisor import AlreadyRunning, Supervisor, free_port

SLEEPS = "import time; time.sleep(600)"
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"
WITH_CHILD = (
    "import subprocess, sys, time; print(subprocess.Popen([sys.executable, '-c', "
    "'import time; time.sleep(600)']).pid, flush=True); time.sleep(600)"
)


def process(tmp_path: Path, code: str) -> Supervised:
    one = Supervised("probe", [sys.executable, "-c", code], {}, tmp_path / "probe.log")
    one.start()
    return one


def within(seconds: float, done: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if done():
            return True
        time.sleep(0.02)
    return False


def test_a_process_that_dies_is_started_again(tmp_path: Path) -> None:
    one = process(tmp_path, SLEEPS)
    first = one.pid
    assert first is not None
    os.killpg(first, signal.SIGKILL)

    def restarted() -> bool:
        one.tend()
        return one.pid != first

    assert within(5, restarted)
    one.ask_to_stop()
    one.make_stop()


def test_quick_failures_make_longer_pauses(tmp_path: Path) -> None:
    one = process(tmp_path, "raise SystemExit(1)")
    pids = {one.pid}
    deadline = time.monotonic() + 3.2
    while time.monotonic() < deadline:
        one.tend()
        pids.add(one.pid)
        time.sleep(0.02)
    one.make_stop()
    assert 2 <= len(pids) <= 4


def test_stopping_ends_grandchildren_too(tmp_path: Path) -> None:
    one = process(tmp_path, WITH_CHILD)
    log = tmp_path / "probe.log"
    assert within(5, lambda: log.exists() and log.read_text().strip().isdigit())
    grandchild = int(log.read_text())
    one.ask_to_stop()
    one.make_stop()
    assert within(3, lambda: command_of(grandchild) in ("", "[python] <defunct>"))


def test_a_process_that_ignores_the_wish_is_ended(tmp_path: Path) -> None:
    one = process(tmp_path, STUBBORN)
    time.sleep(0.5)
    assert one.pid is not None
    end_group(one.pid, 0.3)
    assert within(3, lambda: one._process is not None and one._process.poll() is not None)
    assert not signal_group(one.pid, 0)


def test_a_taken_port_is_left_to_its_owner() -> None:
    with socket.socket() as owner:
        owner.bind(("127.0.0.1", 0))
        owner.listen()
        taken = owner.getsockname()[1]
        assert free_port(taken) != taken


def test_a_second_start_says_where_the_first_answers(settings: Settings) -> None:
    first = ProcessLock(settings.data_dir / "supervisor.lock")
    assert first.acquire()
    (settings.data_dir / "processes.json").write_text(
        '{"address": "http://127.0.0.1:8501", "groups": {}}'
    )
    with (
        pytest.raises(AlreadyRunning, match=r"http://127\.0\.0\.1:8501"),
        Supervisor(settings, {}, with_pages=False).running(),
    ):
        raise AssertionError("a second supervisor must not run")
    assert issubclass(AlreadyRunning, UserError)


def test_a_lock_goes_with_its_holder(tmp_path: Path) -> None:
    path = tmp_path / "a.lock"
    code = (
        "import sys, time; from pathlib import Path; "
        "from dashboard.process_lock import ProcessLock; "
        f"print(ProcessLock(Path({str(path)!r})).acquire(), flush=True); time.sleep(600)"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", "import gc; gc.disable(); " + code], stdout=subprocess.PIPE
    )
    assert holder.stdout is not None
    holder.stdout.readline()
    holder.kill()
    holder.wait()
    assert ProcessLock(path).acquire()
