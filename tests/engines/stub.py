"""A real HTTP server on loopback that answers from a script: faults included."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Reply:
    """One scripted answer; `body` of bytes is sent as it is, anything else as JSON."""

    body: object
    status: int = 200
    content_type: str = "application/json"
    cut: bool = False


@dataclass
class Stub:
    """What the server will say, and what it was asked."""

    url: str = ""
    replies: dict[str, list[Reply]] = field(default_factory=dict)
    asked: list[tuple[str, bytes]] = field(default_factory=list)

    def says(self, route: str, *replies: Reply) -> None:
        """Answers to `GET /path` or `POST /path` in turn; the last one again and again."""
        self.replies[route] = list(replies)

    def count(self, route: str) -> int:
        """How often a route was asked."""
        return sum(one == route for one, _ in self.asked)


@contextmanager
def serving() -> Iterator[Stub]:
    """A stub that answers while inside."""
    stub = Stub()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            route = f"{self.command} {self.path.split('?')[0]}"
            stub.asked.append((route, body))
            script = stub.replies.get(route, [Reply({"error": {"message": "no script"}}, 404)])
            reply = script.pop(0) if len(script) > 1 else script[0]
            self._send(reply)

        def _send(self, reply: Reply) -> None:
            raw = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
            self.send_response(reply.status)
            self.send_header("content-type", reply.content_type)
            self.send_header("content-length", str(len(raw) + (100 if reply.cut else 0)))
            self.send_header("connection", "close")
            self.end_headers()
            self.wfile.write(raw)
            self.close_connection = True

        do_GET = do_POST = do_DELETE = _answer  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Stay quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    stub.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()
