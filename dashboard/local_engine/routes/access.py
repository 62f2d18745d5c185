"""Lets requests through that carry the engine's token."""

from __future__ import annotations

import hmac

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from ..errors import ApiError
from .answers import error_answer

OPEN = frozenset({"/health"})


class TokenGate:
    """Refuses every address but the open ones without the right bearer token."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app = app
        self._expected = f"Bearer {token}".encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 401."""
        if scope["type"] == "http" and scope["path"] not in OPEN:
            given = Headers(scope=scope).get("authorization", "").encode()
            if not hmac.compare_digest(given, self._expected):
                message = (
                    "The API key is not the engine's: send LOCAL_ENGINE_TOKEN as bearer token."
                )
                refusal = ApiError(401, message, None, "invalid_api_key")
                await error_answer(refusal)(scope, receive, send)
                return
        await self._app(scope, receive, send)
