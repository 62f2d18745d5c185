"""Turns tokens into text as they come, without ever cutting a character or a stop text in two."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

BROKEN: Final = "\N{REPLACEMENT CHARACTER}"


class TextFlow:
    """The text of one answer; what streams out in pieces is what a whole answer holds."""

    def __init__(self, tokenizer: Any, stops: Sequence[str]) -> None:
        self._tokenizer = tokenizer
        self._stops = stops
        self._tokens: list[int] = []
        self._decoded_from = 0  # decoding begins some tokens back, since spaces depend on them
        self._decoded_to = 0
        self._held = ""
        self.stopped = False

    def add(self, token: int) -> str:
        """Take one token; give the text that is certain by now."""
        self._tokens.append(token)
        return self._release(self._new_text(final=False), final=False)

    def finish(self) -> str:
        """Give what was held back; a character that stayed incomplete is left out."""
        return self._release(self._new_text(final=True), final=True)

    def _new_text(self, final: bool) -> str:
        known = self._decode(self._tokens[self._decoded_from : self._decoded_to])
        text = self._decode(self._tokens[self._decoded_from :])
        if final:
            text = text.rstrip(BROKEN)
        elif text.endswith(BROKEN):
            return ""
        self._decoded_from, self._decoded_to = self._decoded_to, len(self._tokens)
        return text[len(known) :]

    def _decode(self, tokens: Sequence[int]) -> str:
        return str(self._tokenizer.decode(tokens, skip_special_tokens=True)) if tokens else ""

    def _release(self, text: str, final: bool) -> str:
        if self.stopped:
            return ""
        text = self._held + text
        found = [place for place in (text.find(stop) for stop in self._stops) if place >= 0]
        if found:
            self.stopped, self._held = True, ""
            return text[: min(found)]
        safe = len(text) if final else len(text) - self._open_stop(text)
        self._held = text[safe:]
        return text[:safe]

    def _open_stop(self, text: str) -> int:
        """How many last characters could be the beginning of a stop text."""
        ends = (
            length
            for stop in self._stops
            for length in range(min(len(stop) - 1, len(text)), 0, -1)
            if text.endswith(stop[:length])
        )
        return max(ends, default=0)
