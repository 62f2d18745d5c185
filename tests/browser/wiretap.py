"""Everything that travels between a page and the server, as bytes."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Error, Page, Response, WebSocket

from tests.services.sweeping import legible

STATIC = "/static/"
NEAR = 160
"""How many bytes around a name belong to what is said of it."""


@dataclass
class Wiretap:
    """Listens to one page from its first request on."""

    page: Page
    received: list[bytes] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    _responses: list[Response] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("websocket", self._listen)
        self.page.on("request", lambda sent: self.addresses.append(sent.url))
        self.page.on("response", self._answered)
        self.page.on("framenavigated", lambda frame: self.addresses.append(frame.url))

    def take(self, file: Path) -> None:
        """A file that was downloaded, unpacked where it is an archive."""
        self.received.append(legible(file.read_bytes()).encode())

    def heard(self) -> list[bytes]:
        """Frames, bodies, files and addresses so far."""
        for response in self._responses:
            if STATIC not in response.url:
                self._read(response)
        self._responses.clear()
        return [*self.received, *(one.encode() for one in self.addresses)]

    def _read(self, response: Response) -> None:
        try:
            self.received.append(response.body())
        except Error:
            # A redirect, or a body that the browser dropped with its page; frames tell the same.
            self.addresses.append(response.url)

    def _answered(self, response: Response) -> None:
        self._responses.append(response)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", lambda payload: self.received.append(_bytes(payload)))


def _bytes(payload: bytes | str) -> bytes:
    return payload if isinstance(payload, bytes) else payload.encode()


def near(heard: list[bytes], name: str) -> list[str]:
    """What stands around every mention of a name, in small letters."""
    found = []
    for one in heard:
        at = one.find(name.encode())
        while at >= 0:
            around = one[max(0, at - NEAR) : at + len(name.encode()) + NEAR]
            found.append(around.decode("utf-8", "replace").casefold())
            at = one.find(name.encode(), at + 1)
    return found
