"""Every message a person may read, taken from the code itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from dashboard.domain import errors
from dashboard.settings import ROOT

ROOMS = ("pages", "dashboard", "storage")
NOT_SHOWN = (
    "dashboard/local_engine",  # speaks OpenAI's English
    "dashboard/charts",  # get their words from the pages
    "dashboard/commands",  # the terminal's English
    "dashboard/preparing.py",
    "dashboard/settings.py",
    "dashboard/supervisor.py",
)
SENTENCES = ("storage/failures.py",)
"""Files whose constants are sentences, chosen by a fault's code."""

SENTENCE_PLACE = {
    **{
        name: 0
        for name, one in vars(errors).items()
        if isinstance(one, type) and issubclass(one, errors.UserError)
    },
    "Finding": 2,
    "Problem": 1,
    "Said": 0,
    "_": 0,
    "__init__": 0,  # an error with a sentence of its own
}
"""Which argument of a call is the message."""


def shown_messages() -> dict[str, str]:
    """Each message with the file that says it."""
    return {
        message: str(path.relative_to(ROOT))
        for path in sources()
        for message in messages_of(path.read_text(encoding="utf-8"))
    } | {
        message: place
        for place in SENTENCES
        for message in constants_of((ROOT / place).read_text(encoding="utf-8"))
    }


def sources() -> list[Path]:
    """The files that speak to people."""
    return [
        path
        for room in ROOMS
        for path in sorted((ROOT / room).rglob("*.py"))
        if not str(path.relative_to(ROOT)).startswith(NOT_SHOWN)
    ]


def messages_of(source: str) -> Iterator[str]:
    """The messages of one file: literals, and names and tables of literals."""
    tree = ast.parse(source)
    literals = _literals(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            place = SENTENCE_PLACE.get(_name(node.func))
            if place is not None and len(node.args) > place:
                yield from _texts(node.args[place], literals)


def constants_of(source: str) -> Iterator[str]:
    """The texts of a file's own constants."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and _name(node.targets[0]).isupper():
            yield from _texts(node.value, {})


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _literals(tree: ast.AST) -> dict[str, list[str]]:
    """What each name of the file was given, as far as it is text."""
    found: dict[str, list[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                found.setdefault(_name(target), []).extend(_texts(node.value, {}))
    return found


def _texts(node: ast.expr, literals: dict[str, list[str]]) -> list[str]:
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.Name(id=name):
            return literals.get(name, [])
        case ast.Subscript(value=inner):
            return _texts(inner, literals)
        case ast.Dict(values=values):
            return [text for value in values for text in _texts(value, literals)]
        case ast.IfExp(body=one, orelse=other):
            return [*_texts(one, literals), *_texts(other, literals)]
    return []
