"""JSON answers, lists in pages, and errors in OpenAI's form."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ..errors import ApiError, disk_full, invalid, is_full_disk

LARGEST_JSON: Final = 16 * 1024 * 1024
LARGEST_PAGE: Final = 10_000


def error_answer(error: ApiError) -> JSONResponse:
    """A refusal as HTTP."""
    return JSONResponse(error.body(), error.status, error.headers())


async def known_error(request: Request, error: Exception) -> Response:
    """The handler of refusals."""
    assert isinstance(error, ApiError)
    return error_answer(error)


async def http_error(request: Request, error: Exception) -> Response:
    """The handler of what the routing refuses."""
    assert isinstance(error, HTTPException)
    where = f"{request.method} {request.url.path}"
    if error.status_code == 404:
        refusal = ApiError(404, f"Nothing answers {where}: check the address.", None, "not_found")
    elif error.status_code == 405:
        refusal = ApiError(405, f"{where} is not offered: use another method.", None, "not_found")
    else:
        refusal = ApiError(error.status_code, f"{where} could not be read: {error.detail}")
    return error_answer(refusal)


async def unknown_error(request: Request, error: Exception) -> Response:
    """The handler of everything else; the traceback goes to the server's log."""
    if is_full_disk(error):
        return error_answer(disk_full())
    message = f"The engine failed with {type(error).__name__}: read its log, then try again."
    return error_answer(ApiError(500, message, None, "server_error", "server_error"))


async def json_body(request: Request) -> Any:
    """The JSON that was sent."""
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > LARGEST_JSON:
            raise ApiError(413, "The request is over 16 MB: shorten its messages.")
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        raise invalid("The body is not JSON: send a JSON object.", None) from error


@dataclass(frozen=True)
class Page:
    """A part of a list."""

    items: Sequence[dict[str, Any]]
    has_more: bool

    def answer(self) -> dict[str, Any]:
        """The list object, whose `has_more` ends the SDK's paging."""
        return {"object": "list", "data": list(self.items), "has_more": self.has_more}

    def with_ids(self, empty: str | None) -> dict[str, Any]:
        """The list object with its first and last id."""
        first = self.items[0]["id"] if self.items else empty
        last = self.items[-1]["id"] if self.items else empty
        return {**self.answer(), "first_id": first, "last_id": last}


def page(items: Sequence[dict[str, Any]], query: QueryParams, usual: int) -> Page:
    """The part of a list that `after` and `limit` ask for."""
    limit = _limit(query, usual)
    start = 0
    if after := query.get("after"):
        places = [index for index, item in enumerate(items) if item["id"] == after]
        if not places:
            raise invalid(f"after names {after!r}, which is not in this list.", "after")
        start = places[0] + 1
    return Page(items[start : start + limit], start + limit < len(items))


def _limit(query: QueryParams, usual: int) -> int:
    text = query.get("limit", str(usual))
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= LARGEST_PAGE):
        raise invalid(f"limit must be a whole number from 1 to {LARGEST_PAGE}.", "limit")
    return int(text)
