"""Bytes to text: UTF-8, with a byte order mark or without; every line that is not is told."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dashboard.domain.errors import InvalidInput
from dashboard.domain.exchange import Problem, Said

BYTE_ORDER_MARK = "\ufeff"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
SHOWN = 80
_ESCAPED = re.compile("[\udc80-\udcff]")


def decoded(content: bytes) -> tuple[str, list[Said]]:
    """The text and what was skipped in it; a byte that is no UTF-8 stands as a lone surrogate."""
    if content.startswith(UTF_16):
        raise InvalidInput(
            "The file is not UTF-8 text but UTF-16; save it as UTF-8 and import it again."
        )
    text = content.decode("utf-8", "surrogateescape")
    notes = []
    if text.startswith(BYTE_ORDER_MARK):
        text = text[1:]
        notes.append(Said("The file starts with a byte order mark (BOM); it was skipped."))
    count = text[len(text.rstrip()) :].count("\n") - 1
    if count > 0:
        notes.append(Said("{count} blank lines at the end were skipped.", {"count": count}))
    return text, notes


def is_foreign(text: str) -> bool:
    """Whether the text holds bytes that are no UTF-8."""
    return bool(_ESCAPED.search(text))


def not_utf8(line: int, text: str) -> Problem:
    """The line is in another encoding; the remedy shows what its author probably wrote."""
    guess = text.encode("utf-8", "surrogateescape").decode("cp1252", "replace").strip()
    return Problem(
        line,
        "This line is not UTF-8 text.",
        Said(
            "Save the file as UTF-8 and import it again; the line should then read “{text}”.",
            {"text": guess[:SHOWN]},
        ),
        value=_ESCAPED.sub("\ufffd", text).strip()[:SHOWN],
    )


def unstorable(line: int, values: Mapping[str, str]) -> Problem | None:
    """What no database keeps: bytes that are no text, NUL, half of a surrogate pair."""
    text = "".join([*values, *values.values()])
    if is_foreign(text):
        return not_utf8(line, " ".join(values.values()))
    if "\x00" in text:
        remedy = Said("Take it out and save the file as plain text.")
        return Problem(line, "This line holds a NUL character.", remedy)
    try:
        text.encode()
    except UnicodeEncodeError:
        return Problem(line, "This line holds half of a character.", Said("Type its emoji again."))
    return None
