"""Gathers what the decoding thread tells into the answer that a client reads."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from functools import partial
from typing import Any, Final

from starlette.requests import Request

from ..errors import ApiError
from ..inference.reply import Begun, Ended, Happening, Refused, Reply, Wrote
from ..names import new_id
from ..requests.chat_request import ChatRequest
from .engine import Engine

LOOK_SECONDS: Final = 0.5  # how often a silent client is looked after
FINGERPRINT: Final = "local"


class ClientLeft(Exception):
    """Nobody reads the answer any more."""


class Conversation:
    """One request and its n replies."""

    def __init__(self, engine: Engine, wish: ChatRequest, request: Request) -> None:
        self._engine = engine
        self._wish = wish
        self._request = request
        self._news: asyncio.Queue[tuple[int, Happening]] = asyncio.Queue()
        self._replies: list[Reply] = []
        self._id = new_id("chatcmpl-")
        self._created = int(time.time())
        self._prompt_tokens = 0
        self._completion_tokens = 0

    async def begin(self) -> None:
        """Queue the replies and wait until the prompt was read."""
        model = self._engine.catalog.find(self._wish.model)
        loop, wish = asyncio.get_running_loop(), self._wish

        def tell(index: int, happening: Happening) -> None:
            with suppress(RuntimeError):  # The server's loop has closed: nobody is left to be told.
                loop.call_soon_threadsafe(self._news.put_nowait, (index, happening))

        self._replies = [
            Reply(model, wish.messages, wish.sampling, index, partial(tell, index))
            for index in range(wish.n)
        ]
        self._engine.answering.submit(self._replies)
        _, begun = await self._next()
        assert isinstance(begun, Begun)
        self._prompt_tokens = begun.prompt_tokens

    def cancel(self) -> None:
        """Let the decoding thread drop what nobody reads."""
        for reply in self._replies:
            reply.cancelled = True

    async def whole(self) -> dict[str, Any]:
        """The finished `chat.completion` object."""
        texts = [""] * self._wish.n
        reasons: dict[int, str] = {}
        while len(reasons) < self._wish.n:
            index, happening = await self._next()
            if isinstance(happening, Wrote):
                texts[index] += happening.text
            elif isinstance(happening, Ended):
                reasons[index] = self._counted(happening)
        choices = [_choice(index, text, reasons[index]) for index, text in enumerate(texts)]
        return {**self._frame("chat.completion", choices), "usage": self._usage()}

    async def stream(self) -> AsyncIterator[str]:
        """The `chat.completion.chunk` objects as server-sent events."""
        try:
            for index in range(self._wish.n):
                yield self._chunk(index, {"role": "assistant", "content": "", "refusal": None})
            open_replies = self._wish.n
            while open_replies:
                index, happening = await self._next()
                if isinstance(happening, Wrote):
                    yield self._chunk(index, {"content": happening.text})
                elif isinstance(happening, Ended):
                    open_replies -= 1
                    yield self._chunk(index, {}, self._counted(happening))
            if self._wish.include_usage:
                yield _event({**self._frame("chat.completion.chunk", []), "usage": self._usage()})
            yield "data: [DONE]\n\n"
        except ApiError as error:
            yield _event(error.body())
        except ClientLeft:
            return
        finally:
            self.cancel()

    async def _next(self) -> tuple[int, Happening]:
        while True:
            try:
                told = await asyncio.wait_for(self._news.get(), LOOK_SECONDS)
            except TimeoutError:
                if await self._request.is_disconnected():
                    raise ClientLeft from None
                continue
            if isinstance(told[1], Refused):
                raise told[1].error
            return told

    def _counted(self, ended: Ended) -> str:
        self._completion_tokens += ended.completion_tokens
        return ended.reason

    def _usage(self) -> dict[str, int]:
        return {
            "prompt_tokens": self._prompt_tokens,
            "completion_tokens": self._completion_tokens,
            "total_tokens": self._prompt_tokens + self._completion_tokens,
        }

    def _chunk(self, index: int, delta: dict[str, Any], reason: str | None = None) -> str:
        choice = {"index": index, "delta": delta, "logprobs": None, "finish_reason": reason}
        frame = self._frame("chat.completion.chunk", [choice])
        return _event({**frame, "usage": None} if self._wish.include_usage else frame)

    def _frame(self, kind: str, choices: list[dict[str, Any]]) -> dict[str, Any]:
        return {
            "id": self._id,
            "object": kind,
            "created": self._created,
            "model": self._wish.model,
            "system_fingerprint": FINGERPRINT,
            "choices": choices,
        }


def _choice(index: int, text: str, reason: str) -> dict[str, Any]:
    message = {"role": "assistant", "content": text, "refusal": None}
    return {"index": index, "message": message, "logprobs": None, "finish_reason": reason}


def _event(content: dict[str, Any]) -> str:
    """One server-sent event, in ASCII since some readers break lines at other characters."""
    return f"data: {json.dumps(content)}\n\n"
