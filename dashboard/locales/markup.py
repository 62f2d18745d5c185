"""Text of people and models, made harmless where Streamlit would read Markdown."""

from __future__ import annotations

import re

_MARKS = re.compile(r"([!-/:-@\[-`{-~])")


def escaped(text: object) -> str:
    """The text as Markdown that shows it unchanged, on one line.

    CommonMark lets every ASCII punctuation mark be escaped; that also disarms Streamlit's own
    `$formula$`, `:color[...]` and `:emoji:`.
    """
    return _MARKS.sub(r"\\\1", " ".join(str(text).split()))
