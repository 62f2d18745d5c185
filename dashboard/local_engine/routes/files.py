"""Uploading, listing, reading and deleting files."""

from __future__ import annotations

import shutil
from pathlib import PurePath
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from ..errors import invalid
from ..records.files import Description, StoredFile
from .answers import LARGEST_PAGE, page
from .engine import engine_of
from .size import LARGEST_FILE, too_large

PURPOSES: Final = ("fine-tune", "assistants", "batch", "vision", "user_data")
FIELDS: Final = ("file", "purpose", "expires_after[anchor]", "expires_after[seconds]")
SHORTEST_LIFE: Final = 3600
LONGEST_LIFE: Final = 2_592_000


async def upload(request: Request) -> Response:
    """Keep a file; the form is written to disk while it arrives."""
    async with request.form(max_files=1, max_fields=8) as form:
        for name in form:
            if name not in FIELDS:
                raise invalid(f"The form field {name!r} is unknown: remove it.", name)
        file, purpose = form.get("file"), form.get("purpose")
        if not isinstance(file, UploadFile):
            raise invalid("Send the content as the form field 'file' with a file name.", "file")
        if purpose not in PURPOSES:
            raise invalid(f"Use one of these purposes: {', '.join(PURPOSES)}.", "purpose")
        if (file.size or 0) > LARGEST_FILE:
            raise too_large()
        stored = await run_in_threadpool(_keep, request, file, str(purpose), _lifetime(form))
    return JSONResponse(stored.answer())


def _keep(request: Request, file: UploadFile, purpose: str, lifetime: int | None) -> StoredFile:
    name = PurePath((file.filename or "upload").replace("\\", "/")).name or "upload"
    shown = "".join(letter for letter in name if letter.isprintable())[:255]

    def write(stream: Any) -> None:
        shutil.copyfileobj(file.file, stream)

    return engine_of(request).files.add(Description(shown, purpose, lifetime), write)


def _lifetime(form: FormData) -> int | None:
    seconds, anchor = form.get("expires_after[seconds]"), form.get("expires_after[anchor]")
    if seconds is None and anchor is None:
        return None
    if anchor != "created_at":
        raise invalid("expires_after[anchor] must be 'created_at'.", "expires_after")
    text = str(seconds)
    if not text.isdigit() or not SHORTEST_LIFE <= int(text) <= LONGEST_LIFE:
        limits = f"{SHORTEST_LIFE} to {LONGEST_LIFE}"
        raise invalid(f"expires_after[seconds] must be from {limits}.", "expires_after")
    return int(text)


async def listed(request: Request) -> Response:
    """Files by purpose, newest first unless asked otherwise."""
    order = request.query_params.get("order", "desc")
    if order not in ("asc", "desc"):
        raise invalid("order must be 'asc' or 'desc'.", "order")
    files = engine_of(request).files.newest_first(request.query_params.get("purpose"))
    answers = [file.answer() for file in (files if order == "desc" else reversed(files))]
    return JSONResponse(page(answers, request.query_params, LARGEST_PAGE).with_ids(""))


async def one(request: Request) -> Response:
    """What is known about a file."""
    return JSONResponse(engine_of(request).files.get(request.path_params["file_id"]).answer())


async def content(request: Request) -> Response:
    """A file's bytes."""
    files = engine_of(request).files
    path = files.content(request.path_params["file_id"])
    return FileResponse(path, media_type="application/octet-stream")


async def delete(request: Request) -> Response:
    """Forget a file."""
    file_id = request.path_params["file_id"]
    await run_in_threadpool(engine_of(request).files.delete, file_id)
    return JSONResponse({"id": file_id, "object": "file", "deleted": True})


ROUTES: Final = [
    Route("/files", upload, methods=["POST"]),
    Route("/files", listed, methods=["GET"]),
    Route("/files/{file_id}", one, methods=["GET"]),
    Route("/files/{file_id}", delete, methods=["DELETE"]),
    Route("/files/{file_id}/content", content, methods=["GET"]),
]
