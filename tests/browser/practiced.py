"""A practiced expert at the keyboard: how fast they press, and what they press for an answer."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field

from playwright.sync_api import Page

from dashboard.domain.responses import Decision

LETTER = 0.05
"""Seconds a letter of a text takes."""
PRESS = (0.08, 0.12)
"""Seconds between two keys of somebody who knows them."""


@dataclass
class Practiced:
    """Presses keys at a person's pace and counts what it costs."""

    page: Page
    chance: random.Random
    keys: int = 0
    letters: int = 0
    typing_seconds: float = 0.0
    next_key: float = field(default_factory=time.monotonic)

    def answer(self, decision: Decision, message: str = "", reason: str = "") -> None:
        """Judge the card on top without reading it, and submit."""
        if decision is Decision.ACCEPT:
            self.press("a", "s")
            return
        if decision is Decision.EDIT:
            self.press("e", "Control+a")
            self.type(message)
            self.press("Escape")
        else:
            self.press("x")
        self.press(*(str(self.chance.randint(3, 5)) for _ in range(6)), "s")
        self.type(reason)
        self.press("Control+Enter")

    def press(self, *keys: str) -> None:
        """Press keys one after the other, each at its moment."""
        for key in keys:
            self._wait()
            self.page.keyboard.press(key)
            self.keys += 1
            self.next_key = max(self.next_key, time.monotonic()) + self.chance.uniform(*PRESS)

    def type(self, text: str) -> None:
        """Type a text; the time it takes is counted apart."""
        self._wait()
        begun = time.monotonic()
        self.page.keyboard.type(text, delay=LETTER * 1000)
        self.letters += len(text)
        self.next_key = time.monotonic() + self.chance.uniform(*PRESS)
        self.typing_seconds += time.monotonic() - begun

    def _wait(self) -> None:
        left = self.next_key - time.monotonic()
        if left > 0:
            self.page.wait_for_timeout(left * 1000)
