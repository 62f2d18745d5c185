"""A language model on loopback that rewrites what it is asked about, with every fault there is."""

from __future__ import annotations

import json
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

FAULTS = ("429", "500", "timeout", "cut", "malformed", "refusal", "filtered", "page")
TIMEOUT_SECONDS = 0.3
READ, WRITTEN = 400, 60
"""Tokens that every answer claims to have cost."""


@dataclass
class Rewriter:
    """What it does: fault `weights` beside the weight of a good answer, which is 1."""

    weights: Mapping[str, float] = field(default_factory=dict)
    chance: random.Random = field(default_factory=lambda: random.Random(7))
    url: str = ""
    served: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def choice(self) -> str:
        """The next answer's kind."""
        kinds = {"good": 1.0, **self.weights}
        with self.lock:
            [kind] = self.chance.choices(list(kinds), list(kinds.values()))
            self.served[kind] += 1
            return kind

    def texts(self, asked: str) -> list[str]:
        """Three texts about what was asked, none like another."""
        message = asked.split("\n\n")[1]
        with self.lock:
            return [f"{message} kata{self.chance.randrange(10**9)}" for _ in range(3)]


def completion(content: str, reason: str = "stop") -> dict[str, object]:
    """An answer in OpenAI's format."""
    usage = {"prompt_tokens": READ, "completion_tokens": WRITTEN, "total_tokens": READ + WRITTEN}
    message = {"role": "assistant", "content": content, "refusal": None}
    choice = {"index": 0, "message": message, "finish_reason": reason, "logprobs": None}
    return {"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "m",
            "choices": [choice], "usage": usage}  # fmt: skip


def fault(kind: str) -> tuple[int, bytes]:
    """Status and body of a fault that still answers."""
    if kind in ("429", "500"):
        error = {"message": "busy", "type": "server_error", "param": None, "code": None}
        return int(kind), json.dumps({"error": error}).encode()
    if kind == "page":
        return 200, b"<html>Bad gateway</html>"
    said = {"malformed": '{"variants": ["satu", "du', "refusal": "Maaf, saya tidak bisa."}
    reason = "content_filter" if kind == "filtered" else "stop"
    return 200, json.dumps(completion(said.get(kind, ""), reason)).encode()


@contextmanager
def rewriting_model(**weights: float) -> Iterator[Rewriter]:
    """Serves while inside."""
    rewriter = Rewriter({name.removeprefix("http_"): weight for name, weight in weights.items()})

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            """Answer, or do not."""
            asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
            kind = rewriter.choice()
            status = 200
            if kind in ("good", "timeout", "cut"):
                texts = rewriter.texts(asked["messages"][-1]["content"])
                body = json.dumps(completion(json.dumps({"variants": texts}))).encode()
            else:
                status, body = fault(kind)
            if kind == "timeout":
                time.sleep(2 * TIMEOUT_SECONDS)
            self._send(status, body, missing=50 if kind == "cut" else 0)

        def _send(self, status: int, body: bytes, missing: int) -> None:
            self.close_connection = True
            try:
                self.send_response(status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(body)))
                self.send_header("connection", "close")
                self.end_headers()
                self.wfile.write(body[: len(body) - missing])
            except OSError:
                pass  # whoever asked has left

        def log_message(self, *_: object) -> None:
            """Stay quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    rewriter.url = f"http://127.0.0.1:{server.server_port}/v1"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield rewriter
    finally:
        server.shutdown()
        server.server_close()
