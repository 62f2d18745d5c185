"""Small pieces of HTML; every text that comes in is escaped here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from html import escape

import plotly.graph_objects as go

# JSON inside a script element must not be able to end it (HTML standard, 4.12.1.3).
_UNSAFE_IN_SCRIPT = str.maketrans(
    {character: f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}
)


def section(indonesian: str, english: str, *parts: str) -> str:
    """A chapter with its heading in both languages; `parts` are HTML."""
    heading = f'<span lang="id">{escape(indonesian)}</span> <small>{escape(english)}</small>'
    return f"<section><h2>{heading}</h2>{''.join(parts)}</section>"


def paragraph(text: str, style: str = "") -> str:
    """A paragraph of plain text."""
    return f'<p class="{escape(style)}">{escape(text)}</p>' if style else f"<p>{escape(text)}</p>"


def bullets(sentences: Iterable[str]) -> str:
    """A list of plain sentences."""
    return "<ul>" + "".join(f"<li>{escape(one)}</li>" for one in sentences) + "</ul>"


def table(header: Sequence[str], rows: Iterable[Sequence[str]], style: str = "") -> str:
    """A table of plain text whose first column names the row."""
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in header)
    body = "".join(f"<tr>{_cells(row)}</tr>" for row in rows)
    return (
        f'<div class="wide"><table class="{escape(style)}">'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _cells(row: Sequence[str]) -> str:
    first = "".join(f'<th scope="row">{escape(cell)}</th>' for cell in row[:1])
    return first + "".join(f"<td>{escape(cell)}</td>" for cell in row[1:])


def verbatim(title: str, text: str) -> str:
    """A text as it is, under a title that folds it away."""
    return f"<details open><summary>{escape(title)}</summary><pre>{escape(text)}</pre></details>"


def chart_place(name: str, description: str) -> str:
    """Where the script draws the chart of this name; the description is read aloud."""
    label = f'role="img" aria-label="{escape(description)}"'
    return f'<div id="{escape(name)}" class="chart" {label}></div>'


def chart_script(charts: dict[str, go.Figure]) -> str:
    """JavaScript that draws figures into their places once plotly.js is there."""
    figures = {name: json.loads(figure.to_json()) for name, figure in charts.items()}
    content = json.dumps(figures, ensure_ascii=False).translate(_UNSAFE_IN_SCRIPT)
    return (
        f"for (const [name, figure] of Object.entries({content})) "
        "Plotly.newPlot(name, figure.data, figure.layout, "
        "{displaylogo: false, responsive: true, modeBarButtonsToRemove: ['select2d', 'lasso2d']});"
    )
