"""Chat completions, whole or streamed."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from ..requests.chat_request import chat_request
from .answers import json_body
from .conversation import ClientLeft, Conversation
from .engine import engine_of


async def complete(request: Request) -> Response:
    """Answer a conversation."""
    wish = chat_request(await json_body(request))
    conversation = Conversation(engine_of(request), wish, request)
    try:
        await conversation.begin()
        if wish.stream:
            return StreamingResponse(conversation.stream(), media_type="text/event-stream")
        return JSONResponse(await conversation.whole())
    except ClientLeft:
        conversation.cancel()
        return Response(status_code=499)
    except BaseException:
        conversation.cancel()
        raise


ROUTES: Final = [Route("/chat/completions", complete, methods=["POST"])]
