"""Stops reading a request that is larger than any file may be."""

from __future__ import annotations

from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..errors import ApiError
from .answers import error_answer

LARGEST_FILE: Final = 512 * 1024 * 1024
FORM_OVERHEAD: Final = 64 * 1024
LARGEST_BODY: Final = LARGEST_FILE + FORM_OVERHEAD


def too_large() -> ApiError:
    """The refusal of an upload by its size."""
    return ApiError(413, "The file is over 512 MB: split it and send the parts.", "file")


class SizeGate:
    """Refuses by the announced length, and by the counted one where none was announced."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on while it is small enough."""
        announced = (
            Headers(scope=scope).get("content-length", "") if scope["type"] == "http" else ""
        )
        if announced.isdigit() and int(announced) > LARGEST_BODY:
            await error_answer(too_large())(scope, receive, send)
            return
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > LARGEST_BODY:
                raise too_large()
            return message

        await self._app(scope, counted, send)
