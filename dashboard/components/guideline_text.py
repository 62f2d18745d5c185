"""The guideline's text on a page: headings, lists, tables and emphasis, and nothing else.

Everything is escaped first; then only the marks named here are put back, so that no link, image,
formula, directive or HTML of a text ever reaches the page as one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import streamlit as st

from dashboard.components.plain import escaped, unlinked

_HEADING = re.compile(r"(#{1,6})\s+(.*)")
_ITEM = re.compile(r"(\s*)(?:([-*+])|(\d{1,3})[.)])\s+(.*)")
_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_BOLD = re.compile(r"\\\*\\\*(?=\S)(.+?)(?<=\S)\\\*\\\*")
_ITALIC = re.compile(r"\\\*(?=[^\s\\*])(.+?)(?<=[^\s*])\\\*")
_DEEPEST = 3
_SMALLEST_HEADING = 6


def show_guideline_text(text: str, top: int = 2) -> None:
    """Show the text; its largest headings get the level `top`."""
    st.markdown(guideline_markdown(text, top))


def guideline_markdown(text: str, top: int = 2) -> str:
    """The text as Markdown that holds no marks but the allowed ones."""
    lines, shown, depth = text.splitlines(), list[str](), -1
    while lines:
        if _starts_table(lines):
            rows = _table(lines)
            shown += ["", *rows, ""]
            lines, depth = lines[len(rows) :], -1
            continue
        line = lines.pop(0)
        if heading := _HEADING.match(line):
            level = min(len(heading[1]) + top - 1, _SMALLEST_HEADING)
            shown += ["", f"{'#' * level} {_inline(heading[2])}", ""]
            depth = -1
        elif item := _ITEM.match(line):
            depth = min(len(item[1].expandtabs(4)) // 2, depth + 1, _DEEPEST)
            mark = f"{item[3]}." if item[3] else "-"
            shown.append(f"{' ' * 4 * depth}{mark} {_inline(item[4])}")
        else:
            depth = depth if not line.strip() else -1
            shown += [_inline(line)] if depth == -1 else [""]
    return "\n".join(shown).strip()


def _inline(text: str) -> str:
    """One line with its emphasis; the rest stands as it was written."""
    line = escaped(unlinked(text))
    return _ITALIC.sub(r"*\1*", _BOLD.sub(r"**\1**", line))


def _starts_table(lines: Sequence[str]) -> bool:
    return len(lines) > 1 and "|" in lines[0] and "|" in lines[1] and bool(_RULE.match(lines[1]))


def _table(lines: Sequence[str]) -> list[str]:
    """The rows from here on, all as wide as the first."""
    rows = []
    for line in lines:
        if "|" not in line:
            break
        rows.append([_inline(cell) for cell in line.strip().strip("|").split("|")])
    width = len(rows[0])
    rows[1] = ["---"] * width
    return [f"| {' | '.join((row + [''] * width)[:width])} |" for row in rows]
