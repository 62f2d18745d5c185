"""Errors as OpenAI's clients read them: one sentence for the person who can act, four keys."""

from __future__ import annotations

from dataclasses import dataclass
from errno import EDQUOT, EFBIG, ENOSPC
from typing import Final

FULL_DISK: Final = frozenset({ENOSPC, EDQUOT, EFBIG})


@dataclass(eq=False)
class ApiError(Exception):
    """A refusal that a client sees."""

    status: int
    message: str
    param: str | None = None
    code: str | None = None
    type: str = "invalid_request_error"
    retry_after: int | None = None

    def __str__(self) -> str:
        return self.message

    def body(self) -> dict[str, dict[str, str | None]]:
        """The JSON answer, always with all four keys."""
        return {
            "error": {
                "message": self.message,
                "type": self.type,
                "param": self.param,
                "code": self.code,
            }
        }

    def headers(self) -> dict[str, str]:
        """Tell the SDK whether another try can help, since it looks at the status alone."""
        if self.retry_after is not None:
            return {"retry-after": str(self.retry_after)}
        return {"x-should-retry": "false"}


def invalid(message: str, param: str | None, code: str | None = None) -> ApiError:
    """A request that has to be changed before it is sent again."""
    return ApiError(400, message, param, code)


def not_found(kind: str, name: str, param: str, code: str = "not_found") -> ApiError:
    """A name or id that is not known here."""
    advice = f"List what exists with GET /v1/{kind}."
    return ApiError(404, f"There is no {name!r} here. {advice}", param, code)


def disk_full() -> ApiError:
    """The one server error that the reader can repair alone."""
    message = "The engine's disk is full: free some space, then send the request again."
    return ApiError(507, message, None, "disk_full", "server_error")


def is_full_disk(error: BaseException) -> bool:
    """Whether an error means that nothing more fits on the disk, also as safetensors says it."""
    if isinstance(error, OSError) and error.errno in FULL_DISK:
        return True
    text = str(error)
    return "os error 28" in text or "os error 27" in text or "No space left" in text
