"""Turns every fault of the `openai` client into one sentence with the next step."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from dashboard.domain.errors import AnswerLost, EngineRefused, EngineUnavailable, UserError

Answer = TypeVar("Answer")
OUT_OF_MONEY = frozenset(
    {
        "insufficient_quota",
        "credit_balance_exhausted",
        "project_spend_limit_exceeded",
        "organization_spend_limit_exceeded",
        "organization_usage_limit_exceeded",
    }
)


def in_json(answer: Answer) -> Answer:
    """The answer, unless the client handed a web page through as text."""
    if isinstance(answer, str):
        raise json.JSONDecodeError("not JSON", answer[:40], 0)
    return answer


@contextmanager
def speaking(url: str) -> Iterator[None]:
    """Raises EngineUnavailable for what may pass, EngineRefused for what will not.

    AnswerLost is an EngineUnavailable whose work may have been charged.
    """
    import httpx2
    import openai

    try:
        yield
    except openai.APIStatusError as error:
        raise _translated(url, error) from error
    except (openai.APIConnectionError, httpx2.TransportError) as error:
        cause = error.__cause__ or error
        if not isinstance(cause, httpx2.ConnectError | httpx2.ConnectTimeout):
            raise AnswerLost("{url} took too long or broke off; try again.", url=url) from error
        raise EngineUnavailable(
            "No engine answers at {url}. Start it with “make run”, or check the address.", url=url
        ) from error
    except (openai.APIError, json.JSONDecodeError, UnicodeDecodeError) as error:
        raise AnswerLost(
            "{url} gave an answer that is not in OpenAI's format; check the address.", url=url
        ) from error


def _translated(url: str, error: Exception) -> UserError:
    import openai

    assert isinstance(error, openai.APIStatusError)
    said = _message(error)
    if error.status_code == 401:
        return EngineRefused("{url} does not accept the key; set the right one.", url=url)
    if error.status_code == 429 and {error.code, error.type} & OUT_OF_MONEY:
        return EngineRefused("{url} says the budget is used up: {said}", url=url, said=said)
    if error.status_code in (403, 404) and "fine_tuning" in error.request.url.path:
        return EngineRefused(
            "{url} does not offer fine-tuning to this account ({said}). Use the local engine.",
            url=url,
            said=said,
        )
    if error.status_code == 404 and error.request.url.path.endswith("/chat/completions"):
        return EngineUnavailable("{url} does not know the model yet: {said}", url=url, said=said)
    if error.status_code in (408, 409, 429) or error.status_code >= 500:
        return EngineUnavailable("{url} is busy or at fault: {said}", url=url, said=said)
    return EngineRefused("{url} refused the request: {said}", url=url, said=said)


def _message(error: Exception) -> str:
    body = getattr(error, "body", None)
    if isinstance(body, dict) and isinstance(body.get("message"), str):
        return str(body["message"])[:500]
    return f"HTTP {getattr(error, 'status_code', '?')}"
