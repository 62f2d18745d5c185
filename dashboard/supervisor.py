"""Starts and watches the three processes, and stops whole process groups."""

from __future__ import annotations

import json
import logging
import os
import secrets
import signal
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from dashboard.domain.errors import UserError
from dashboard.process_lock import ProcessLock
from dashboard.processes import Supervised, command_of, end_group, python
from dashboard.settings import Settings

log = logging.getLogger("afektif")
HOST = "127.0.0.1"
SUPERVISOR_LOCK = "supervisor.lock"


class AlreadyRunning(UserError):
    """Another supervisor serves the same data."""


class Supervisor:
    """Holds the lock on a data folder and the processes that serve it."""

    def __init__(self, settings: Settings, models: Mapping[str, Path], with_pages: bool) -> None:
        self.settings = settings
        self.models = models
        self.with_pages = with_pages
        self.record = settings.data_dir / "processes.json"
        self.address: str | None = None
        self.processes: list[Supervised] = []
        self._lock = ProcessLock(settings.data_dir / SUPERVISOR_LOCK)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Everything started inside, everything stopped after; raises AlreadyRunning."""
        if not self._lock.acquire():
            raise AlreadyRunning(
                "Afektif is running already: {address}", address=running_address(self.settings)
            )
        try:
            self._end_leftovers()
            self._start()
            yield
        finally:
            self.stop()
            self._lock.release()

    def watch(self) -> None:
        """One look at every process; starts again what ended."""
        before = [one.pid for one in self.processes]
        for one in self.processes:
            one.tend()
        if before != [one.pid for one in self.processes]:
            self._remember()

    def wait_for_pages(self, stopped: Sequence[int] = (), seconds: float = 60.0) -> bool:
        """True as soon as the page answers; False when somebody stops us or time is up."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and not stopped:
            self.watch()
            if self.address and _answers(f"{self.address}/_stcore/health"):
                return True
            time.sleep(0.2)
        return False

    def stop(self) -> None:
        """Ask everyone first, then make sure of each."""
        for one in self.processes:
            one.ask_to_stop()
        for one in self.processes:
            one.make_stop()
        self.processes = []
        self.record.unlink(missing_ok=True)

    def _start(self) -> None:
        token = secrets.token_urlsafe(24)
        engine_port = free_port(self.settings.engine_port)
        logs = self.settings.data_dir / "logs"
        shared = {
            "AFEKTIF_DATA_DIR": str(self.settings.data_dir),
            "AFEKTIF_ENGINE_URL": f"http://{HOST}:{engine_port}/v1",
            "AFEKTIF_ENGINE_TOKEN": token,
            "AFEKTIF_MODEL": next(iter(self.models), self.settings.model),
            "PYTHONUNBUFFERED": "1",
            "TOKENIZERS_PARALLELISM": "false",
            "HF_HUB_OFFLINE": "1",
        }
        if self.models:
            command = self._engine_command(engine_port)
            engine = {**shared, "LOCAL_ENGINE_TOKEN": token}
            self.processes.append(Supervised("engine", command, engine, logs / "engine.log"))
        worker = python("-m", "dashboard.worker")
        self.processes.append(Supervised("worker", worker, shared, logs / "worker.log"))
        if self.with_pages:
            port = free_port(self.settings.port)
            self.address = f"http://{HOST}:{port}"
            pages = python("-m", "streamlit", "run", "dashboard/app.py", "--server.port", str(port))
            self.processes.append(Supervised("pages", pages, shared, logs / "pages.log"))
        for one in self.processes:
            one.start()
        self._remember()

    def _engine_command(self, port: int) -> list[str]:
        command = python("-m", "dashboard.local_engine", "--data", str(self.settings.engine_dir))
        command += ["--host", HOST, "--port", str(port)]
        for name, folder in self.models.items():
            command += ["--model", f"{name}={folder}"]
        return command

    def _remember(self) -> None:
        groups = {one.name: one.pid for one in self.processes if one.pid}
        state = {"pid": os.getpid(), "address": self.address, "groups": groups}
        self.record.write_text(json.dumps(state))

    def _end_leftovers(self) -> None:
        """End groups that outlived a supervisor which was killed."""
        try:
            groups = json.loads(self.record.read_text())["groups"]
        except (OSError, ValueError, KeyError):
            return
        for name, pid in groups.items():
            if "dashboard" in command_of(pid):
                log.info("Ending %s, left over from an earlier start.", name)
                end_group(pid, 3.0)


def running_address(settings: Settings) -> str:
    """Where the running Afektif answers, as its supervisor wrote it down."""
    try:
        state = json.loads((settings.data_dir / "processes.json").read_text())
    except (OSError, ValueError):
        return ""
    return state.get("address") or ""


def free_port(usual: int) -> int:
    """The usual port if nobody has it, else any free one."""
    for port in (usual, 0):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise UserError("No network port is free on this machine; close some programs and start again.")


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@contextmanager
def interruptible() -> Iterator[list[int]]:
    """Collects what would end us, a closed terminal too, so that everything can be stopped."""
    received: list[int] = []
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.getsignal(number) for number in numbers}
    for number in numbers:
        signal.signal(number, lambda seen, _frame: received.append(seen))
    try:
        yield received
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
