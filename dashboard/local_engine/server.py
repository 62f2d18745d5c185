"""The web server: routes, token and errors joined, and a clean start and end."""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from .errors import ApiError
from .routes import chat, files, jobs, models
from .routes.access import TokenGate
from .routes.answers import http_error, known_error, unknown_error
from .routes.engine import Engine, engine_of
from .routes.size import SizeGate

PATIENCE_SECONDS: Final = 1


async def health(request: Request) -> Response:
    """Whether the engine answers and how far its models are; open to everyone."""
    return JSONResponse({"status": "ok", "models": engine_of(request).answering.states})


def application(engine: Engine, token: str) -> Starlette:
    """The engine over HTTP."""
    routes = [*files.ROUTES, *jobs.ROUTES, *models.ROUTES, *chat.ROUTES]

    @asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        engine.queue.start()
        engine.answering.start()
        yield
        engine.queue.stop()

    app = Starlette(
        routes=[Route("/health", health), Mount("/v1", routes=routes)],
        middleware=[Middleware(TokenGate, token=token), Middleware(SizeGate)],
        exception_handlers={
            ApiError: known_error,
            HTTPException: http_error,
            Exception: unknown_error,
        },
        lifespan=life,
    )
    app.state.engine = engine
    return app


def serve(engine: Engine, token: str, listening: socket.socket) -> None:
    """Answer until a signal comes, then end the training process and this one."""
    config = uvicorn.Config(
        application(engine, token),
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=PATIENCE_SECONDS,
    )
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _ended_already)
    uvicorn.Server(config).run(sockets=[listening])
    engine.answering.stop(PATIENCE_SECONDS)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)  # a thread deep in torch must not hold up the end


def _ended_already(number: int, frame: object) -> None:
    """What uvicorn's own handler leaves to do when it raises the signal again at its end."""
