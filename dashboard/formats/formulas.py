"""Keeps text from running as a formula in a spreadsheet (OWASP ASVS 5.0, 1.2.10)."""

from __future__ import annotations

import re

_RISKY = re.compile(r"^[\s'＇]*[=+\-@＝＋－＠\t\r\x00]|\n[ ]*[=+\-@＝]")

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")


def _is_risky(cell: str) -> bool:
    return bool(_RISKY.search(cell)) and not _NUMBER.fullmatch(cell)


def neutralized(cell: str) -> str:
    """The cell with a leading apostrophe where a spreadsheet might read a formula."""
    return f"'{cell}" if _is_risky(cell) else cell


def restored(cell: str) -> str:
    """The cell as it was before `neutralized`."""
    return cell[1:] if cell.startswith("'") and _is_risky(cell[1:]) else cell
