"""Word lists that people may edit: one phrase a line, `#` starts a comment."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "data" / "lexicons"


@cache
def phrases(name: str) -> re.Pattern[str]:
    """A pattern that finds any phrase of the list as whole words, in any case."""
    lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    kept = {line.partition("#")[0].strip() for line in lines} - {""}
    longest_first = sorted(kept, key=lambda phrase: (-len(phrase), phrase))
    return whole_words("|".join(re.escape(phrase) for phrase in longest_first))


def whole_words(pattern: str) -> re.Pattern[str]:
    """The pattern between word boundaries, in any case."""
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)
