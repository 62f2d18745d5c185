"""The training process: `python -m dashboard.local_engine.training JOB_FOLDER`.

It runs beside the server so that stopping it frees its memory. The server holds the other end of
its standard input: when that closes, the server is gone, and this process goes too.
"""

from __future__ import annotations

import os
import sys
import threading
import traceback
from pathlib import Path

from ..errors import is_full_disk
from ..records.jobs import JobError
from .outcome import FULL_DISK, FULL_DISK_EXIT, Outcome, TrainingFailed
from .plan import read_plan

ORPHANED = 4
NICENESS = 5


def main() -> int:
    """Train one job and leave its outcome."""
    folder = Path(sys.argv[1])
    threading.Thread(target=_leave_with_server, daemon=True).start()
    os.nice(NICENESS)  # answers to people come before training
    try:
        outcome = _train(folder)
    except Exception as error:  # The outermost place: whatever it was, the job has to say it.
        traceback.print_exc()
        if is_full_disk(error):
            return _full_disk(folder)
        outcome = Outcome(error=_sentence(error))
    outcome.write(folder)
    return 0


def _train(folder: Path) -> Outcome:
    from .run import train

    return train(folder, read_plan(folder))


def _sentence(error: Exception) -> JobError:
    if isinstance(error, TrainingFailed):
        return error.error
    return JobError("server_error", f"Training stopped by {type(error).__name__}: {error}")


def _full_disk(folder: Path) -> int:
    try:
        Outcome(error=FULL_DISK).write(folder)
    except OSError:
        return FULL_DISK_EXIT
    return 0


def _leave_with_server() -> None:
    while os.read(sys.stdin.fileno(), 1):
        continue
    os._exit(ORPHANED)


if __name__ == "__main__":
    sys.exit(main())
