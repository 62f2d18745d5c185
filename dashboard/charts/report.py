"""The report: one HTML file that needs no network, reads well on paper and hides nothing."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from html import escape

import plotly.graph_objects as go

from dashboard.charts import report_numbers as numbers
from dashboard.charts import report_texts as texts
from dashboard.charts.labels import ENGLISH
from dashboard.charts.markup import chart_place, chart_script, paragraph, section
from dashboard.charts.report_style import CSS
from dashboard.charts.results import bertscore_bars, loss_curve, token_bars
from dashboard.domain.results import Results


def render_report(results: Results, record: Mapping[str, object]) -> str:
    """A self-contained page about one generation run; implements `Renderer`."""
    charts = _charts(results)
    sections = "".join(
        [
            section("Ringkasan", "Summary", numbers.summary(results)),
            _scores(results, charts),
            section("Token", "Tokens", _chart(charts, "token_bars"), _token_note()),
            section("Pelatihan", "Training", _chart(charts, "loss_curve")),
            section("Delapan angka", "Eight figures", numbers.figures_table(results)),
            section("Contoh berdampingan", "Side by side", _chosen(), texts.examples(results)),
            section("Prompt", "Prompts, verbatim", texts.prompts(results)),
            section("Studi terbitan", "Published study", numbers.published_table(results)),
            section("Metode dan asal-usul", "Method and provenance", texts.method(record)),
            section("Batasan", "Limits", texts.limits()),
        ]
    )
    return _page(results, sections, charts)


def _charts(results: Results) -> dict[str, go.Figure]:
    """Figures that have something to show."""
    run = {results.training.model or results.training.id: results.curve}
    figures = {
        "bertscore_bars": bertscore_bars(results, ENGLISH),
        "token_bars": token_bars(results, ENGLISH),
        "loss_curve": loss_curve(run, ENGLISH),
    }
    return {
        name: figure
        for name, figure in figures.items()
        if any(trace.x is not None and len(trace.x) for trace in figure.data)
    }


def _chart(charts: Mapping[str, go.Figure], name: str) -> str:
    if name not in charts:
        return paragraph("Nothing to draw yet.")
    return chart_place(name, f"{name.replace('_', ' ')}; the same figures stand in the tables")


def _scores(results: Results, charts: Mapping[str, go.Figure]) -> str:
    note = f"Whiskers: 95% t interval over rows. Signature: {results.signature or 'none'}"
    return section(
        "Kedekatan dengan rujukan",
        "Closeness to the reference",
        _chart(charts, "bertscore_bars"),
        paragraph(note, "soft"),
        numbers.difference_table(results),
    )


def _token_note() -> str:
    return paragraph("Counted by the engine, with its own tokenizer, once per output.", "soft")


def _chosen() -> str:
    return paragraph("Rows at even distances in the test split, chosen without scores.", "soft")


def _page(results: Results, sections: str, charts: dict[str, go.Figure]) -> str:
    from plotly.offline import get_plotlyjs

    # Plotly's `</script` cannot occur: its bundle is built to be inlined, and a test looks.
    scripts = [get_plotlyjs(), chart_script(charts)] if charts else []
    when = results.generation.created_at.isoformat(timespec="minutes")
    subtitle = (
        f"{results.version.study} · {results.version.name} · {when} · {results.generation.id}"
    )
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(scripts)}">'
        f"<title>Afektif · {escape(results.version.study)}</title><style>{CSS}</style></head>"
        '<body><main><h1><span lang="id">Laporan studi</span> · Study report</h1>'
        f"{paragraph(subtitle, 'soft')}{sections}</main>"
        + "".join(f"<script>{script}</script>" for script in scripts)
        + "</body></html>\n"
    )


def _policy(scripts: list[str]) -> str:
    """No network at all, and only the scripts written here may run (CSP Level 3)."""
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    allowed = " ".join(f"'sha256-{base64.b64encode(one).decode()}'" for one in digests)
    images_and_styles = "style-src 'unsafe-inline'; img-src data: blob:"
    return f"default-src 'none'; script-src {allowed}; {images_and_styles}"
