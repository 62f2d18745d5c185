"""Reads training files by the rules of OpenAI's cookbook, naming the line and the remedy.

Each line is one JSON object with a list of `messages`. Tools are newer than the cookbook and not
offered here: `tool_calls` and the role `tool` are refused like any other unknown key or role.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from .messages import Message

LEAST_ROWS: Final = 10
KEYS: Final = frozenset({"role", "content", "name", "function_call", "weight"})
ROLES: Final = frozenset({"system", "user", "assistant", "function"})


@dataclass(frozen=True)
class Row:
    """One conversation to learn from and the line it stands on."""

    line: int
    messages: tuple[Message, ...]


class UnusableRow(Exception):
    """A line that cannot be trained on; its text names the line and the remedy."""

    def __init__(self, line: int, advice: str) -> None:
        super().__init__(f"Line {line}: {advice}")


class TooFewRows(Exception):
    """A file with too little to learn from."""


def read_rows(path: Path, least: int = LEAST_ROWS) -> list[Row]:
    """All rows of a file, or the first thing that is wrong with it."""
    rows = list(_rows(path))
    if len(rows) < least:
        advice = f"{least - len(rows)} more, because training needs at least {least}"
        raise TooFewRows(f"The file has {len(rows)} examples: add {advice}.")
    return rows


def _rows(path: Path) -> Iterator[Row]:
    with path.open("rb") as stream:
        for number, raw in enumerate(stream, start=1):
            if raw.strip():
                yield Row(number, tuple(_messages(number, _parsed(number, raw))))


def _parsed(number: int, raw: bytes) -> Any:
    try:
        return json.loads(raw.decode("utf-8-sig" if number == 1 else "utf-8"))
    except UnicodeDecodeError as error:
        raise UnusableRow(number, "this is not UTF-8; save the file as UTF-8.") from error
    except (ValueError, RecursionError) as error:
        raise UnusableRow(
            number, "this is not JSON; write one JSON object on each line."
        ) from error


def _messages(number: int, record: Any) -> Iterator[Message]:
    if not isinstance(record, dict):
        raise UnusableRow(number, 'write an object such as {"messages": […]} (data_type).')
    listed = record.get("messages")
    if not isinstance(listed, list) or not listed:
        raise UnusableRow(number, "give it a list of messages (missing_messages_list).")
    messages = [_message(number, item) for item in listed]
    if not any(message.role == "assistant" for message in messages):
        advice = "add the assistant's answer (example_missing_assistant_message)."
        raise UnusableRow(number, advice)
    if not any(message.is_learned for message in messages):
        advice = "give at least one assistant message the weight 1, or nothing would be learned."
        raise UnusableRow(number, advice)
    yield from messages


def _message(number: int, item: Any) -> Message:
    if not isinstance(item, dict) or "role" not in item or "content" not in item:
        raise UnusableRow(number, "give each message a role and a content (message_missing_key).")
    for key in item:
        if key not in KEYS:
            advice = f"remove the key {key!r} from the message (message_unrecognized_key)."
            raise UnusableRow(number, advice)
    role, content = item["role"], item["content"]
    if role not in ROLES:
        advice = f"the role {role!r} is unknown; use system, user or assistant (unrecognized_role)."
        raise UnusableRow(number, advice)
    if role == "function" or item.get("function_call"):
        raise UnusableRow(number, "function calls are not trained here; remove them.")
    if not isinstance(content, str) or not content.strip():
        raise UnusableRow(number, "write the message's content as a text (missing_content).")
    return Message(role, content, _weight(number, role, item.get("weight")))


def _weight(number: int, role: str, weight: Any) -> int:
    if weight is None:
        return 1
    if isinstance(weight, bool) or weight not in (0, 1):
        raise UnusableRow(number, "a message's weight is 0 or 1.")
    if role != "assistant":
        raise UnusableRow(number, "only assistant messages have a weight; remove it.")
    return int(weight)
