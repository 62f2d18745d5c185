"""The command `python -m dashboard.local_engine`."""

from __future__ import annotations

import argparse
import fcntl
import os
import secrets
import shutil
import socket
import sys
import tempfile
from pathlib import Path
from typing import Final

PORT: Final = 8642
PORT_TAKEN: Final = 3
NOT_USABLE: Final = 2
LOOPBACK: Final = ("127.0.0.1", "::1", "localhost")
TOKEN: Final = "LOCAL_ENGINE_TOKEN"


class NotStarted(Exception):
    """A start that cannot work, with the sentence to read and the exit code."""

    def __init__(self, sentence: str, exit_code: int = NOT_USABLE) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code


def main() -> int:
    """Start the engine, or say in one sentence why not."""
    wish = _arguments()
    try:
        bases = dict(_base(text) for text in wish.model)
        listening = _listening(wish.host, wish.port, wish.allow_remote)
        folder = _usable_folder(wish.data)
    except NotStarted as reason:
        sys.stderr.write(f"{reason}\n")
        return reason.exit_code
    token = os.environ.get(TOKEN) or _new_token()

    from .routes.engine import Engine
    from .server import serve

    engine = Engine.in_folder(folder, bases)
    host, port = listening.getsockname()[:2]
    sys.stdout.write(f"The engine answers at http://{host}:{port}/v1\n")
    sys.stdout.flush()
    serve(engine, token, listening)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "python -m dashboard.local_engine",
        description="Trains and serves language models on this computer through OpenAI's API.",
    )
    parser.add_argument("--data", type=Path, required=True, help="folder for everything it keeps")
    parser.add_argument(
        "--model",
        action="append",
        required=True,
        metavar="NAME=FOLDER",
        help="a base model; repeatable, the first is the default",
    )
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=PORT, help="0 takes a free one")
    parser.add_argument("--allow-remote", action="store_true", help="permit other hosts")
    return parser.parse_args()


def _base(text: str) -> tuple[str, Path]:
    name, equals, folder = text.partition("=")
    if not (name and equals and folder):
        raise NotStarted(f"--model {text} is not readable: write --model NAME=FOLDER.")
    return name, Path(folder).expanduser().resolve()


def _listening(host: str, port: int, allow_remote: bool) -> socket.socket:
    if host not in LOOPBACK and not allow_remote:
        raise NotStarted(f"{host} can be reached by others: add --allow-remote if you mean it.")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(128)
    except (OSError, OverflowError) as error:
        listening.close()
        advice = "stop the program that uses it or choose another with --port."
        reason = f"Port {port} on {host} cannot be used ({error}): {advice}"
        raise NotStarted(reason, PORT_TAKEN) from error
    return listening


def _usable_folder(folder: Path) -> Path:
    """The data folder, with uploads in progress beside their final place."""
    folder = folder.expanduser().resolve()
    incoming = folder / "incoming"
    try:
        incoming.mkdir(parents=True, exist_ok=True)
        _claim(folder)
        for abandoned in incoming.iterdir():
            _remove(abandoned)
        (incoming / "probe").write_bytes(b"probe")
    except OSError as error:
        reason = error.strerror or str(error)
        advice = "give a folder that you may write to with --data."
        raise NotStarted(f"Nothing can be kept in {folder} ({reason}): {advice}") from error
    tempfile.tempdir = str(incoming)
    return folder


def _remove(abandoned: Path) -> None:
    """Throw away what an earlier engine left; torch leaves folders of its own."""
    if abandoned.is_dir() and not abandoned.is_symlink():
        shutil.rmtree(abandoned)
    else:
        abandoned.unlink()


def _claim(folder: Path) -> None:
    """Keep a second engine away; the lock goes with this process, however it ends."""
    descriptor = os.open(folder / "lock", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        advice = "stop it or give another folder with --data."
        raise NotStarted(f"Another engine already works in {folder}: {advice}") from error


def _new_token() -> str:
    token = secrets.token_urlsafe(24)
    sys.stdout.write(f"{TOKEN}={token}\n")
    return token


if __name__ == "__main__":
    sys.exit(main())
