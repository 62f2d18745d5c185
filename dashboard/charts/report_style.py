"""How the report looks on screen, in the dark and on paper."""

from __future__ import annotations

CSS = """
:root { color-scheme: light dark; --ink: #1d2733; --soft: #5b6675; --line: #d9dee5;
  --paper: #ffffff; --tint: #f4f6f9; --accent: #0b78b8; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e9ee; --soft: #a3acb9; --line: #333b47; --paper: #0e1117; --tint: #181d26;
    --accent: #5ab0e6; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .25rem; }
h2 { font-size: 1.3rem; margin: 0 0 .75rem; }
h3 { font-size: 1rem; margin: 0 0 .5rem; }
h2 small { color: var(--soft); font-weight: 400; font-size: .95rem; margin-left: .35rem; }
section { margin-top: 2.75rem; padding-top: 1.5rem; border-top: 1px solid var(--line); }
p { margin: 0 0 .75rem; max-width: 46rem; }
.lead { font-size: 1.1rem; }
.soft, .card dt { color: var(--soft); }
.soft { font-size: .9rem; overflow-wrap: anywhere; }
.wide { overflow-x: auto; margin: .5rem 0 1rem; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { padding: .4rem .6rem; text-align: left; border-bottom: 1px solid var(--line);
  vertical-align: top; }
thead th { color: var(--soft); font-weight: 600; white-space: nowrap; }
tbody th { font-weight: 500; }
.numbers td { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.numbers th + th { text-align: right; }
.figures td:nth-child(2), .figures th:nth-child(2) { text-align: left; }
.record th { white-space: nowrap; }
.record td { overflow-wrap: anywhere; white-space: pre-wrap; }
.chart { width: 100%; height: 23rem; }
.chart .plotly, .chart .plotly div { font-family: inherit !important; }
.chart .main-svg text { fill: currentColor !important; font-family: inherit !important; }
.chart .bars text { fill: #ffffff !important; }
.card { background: var(--tint); border-radius: .6rem; padding: 1rem 1.2rem; margin: 0 0 1rem; }
.card dl { display: grid; grid-template-columns: 9rem 1fr; gap: .35rem 1rem; margin: 0; }
.card dd { margin: 0; overflow-wrap: anywhere; white-space: pre-wrap; max-height: 11rem;
  overflow-y: auto; }
pre { background: var(--tint); border-radius: .6rem; padding: 1rem; white-space: pre-wrap;
  overflow-wrap: anywhere; font-size: .85rem; }
summary { cursor: pointer; font-weight: 600; }
@media (max-width: 40rem) { .card dl { grid-template-columns: 1fr; } }
@media print {
  .card dd { max-height: none; }
  :root { --ink: #000; --soft: #444; --line: #bbb; --paper: #fff; --tint: #f6f6f6; }
  body { font-size: 11pt; } main { max-width: none; padding: 0; }
  .card, .chart, tr, pre { break-inside: avoid; } h2, h3 { break-after: avoid; }
  .modebar { display: none !important; }
}
"""
