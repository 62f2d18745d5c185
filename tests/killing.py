"""Killing a process at its n-th change of a database."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

from sqlalchemy import Connection, Engine, event


def killed_at(moment: int, work: Callable[[], None]) -> bool:
    """Run work in a child that dies by SIGKILL at its n-th change or commit; False if it ends.

    Root may write everywhere and SIGKILL cannot be caught: what is left is what a crash leaves.
    """
    child = os.fork()
    if child:
        return os.WIFSIGNALED(os.waitpid(child, 0)[1])
    seen = 0

    def count() -> None:
        nonlocal seen
        seen += 1
        if seen == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    def before(_: object, __: object, statement: str, *___: object) -> None:
        # What only reads leaves nothing behind, so that a kill there is the same as one before.
        if not statement.lstrip().upper().startswith(("SELECT", "PRAGMA")):
            count()

    def commit(_: Connection) -> None:
        count()

    event.listen(Engine, "before_cursor_execute", before)
    event.listen(Engine, "commit", commit)
    try:
        work()
    finally:
        os._exit(0)
