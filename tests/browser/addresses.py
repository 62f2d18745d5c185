"""The pages that are tested: those that the navigation lists, read from its source."""

from __future__ import annotations

import ast

from dashboard.settings import ROOT

LANGUAGES = ("id", "en")


def page_names() -> tuple[str, ...]:
    """Names of all pages in the order of the navigation.

    Read from the source, since Streamlit makes its pages only where a script runs; that the
    navigation shows just these is a test of its own.
    """
    tree = ast.parse((ROOT / "dashboard" / "navigation.py").read_text(encoding="utf-8"))
    [function] = [
        one for one in tree.body if isinstance(one, ast.FunctionDef) and one.name == "pages"
    ]
    lists = [one for one in ast.walk(function) if isinstance(one, ast.Tuple)]
    named = [one for each in lists for one in each.elts if isinstance(one, ast.Constant)]
    return tuple(str(one.value) for one in named)


def path_of(name: str) -> str:
    """Where a page lies; the home page is the root."""
    return "" if name == "home" else name
