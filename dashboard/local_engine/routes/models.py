"""Listing, reading and deleting models, whose names may hold slashes and colons."""

from __future__ import annotations

from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from .engine import engine_of


async def listed(request: Request) -> Response:
    """Bases, tuned models and served checkpoints."""
    models = await run_in_threadpool(engine_of(request).catalog.all)
    return JSONResponse({"object": "list", "data": [model.answer() for model in models]})


async def one(request: Request) -> Response:
    """One model by name."""
    return JSONResponse(engine_of(request).catalog.find(request.path_params["model"]).answer())


async def delete(request: Request) -> Response:
    """Remove a tuned model."""
    name = request.path_params["model"]
    await run_in_threadpool(engine_of(request).catalog.delete, name)
    return JSONResponse({"id": name, "object": "model", "deleted": True})


ROUTES: Final = [
    Route("/models", listed, methods=["GET"]),
    Route("/models/{model:path}", one, methods=["GET"]),
    Route("/models/{model:path}", delete, methods=["DELETE"]),
]
