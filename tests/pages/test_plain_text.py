"""Nothing people or models wrote may reach Streamlit where it reads Markdown or HTML."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.settings import ROOT

FOLDERS = ("pages", "dashboard/components")
READ_AS_MARKDOWN = {
    "badge", "button", "caption", "checkbox", "download_button", "error", "expander",
    "file_uploader", "form_submit_button", "header", "info", "link_button", "markdown", "metric",
    "number_input", "page_link", "pills", "popover", "progress", "radio", "segmented_control",
    "selectbox", "status", "subheader", "success", "tabs", "text_area", "text_input", "title",
    "toast", "toggle", "warning",
}  # fmt: skip
"""What reads its first argument (the label) or its help as Markdown."""
SHOWN_KEYWORDS = {"text", "help", "title", "label", "delta"}
NEVER = {"write", "html", "write_stream", "latex", "iframe", "data_editor", "json"}
TAME = {
    "_", "clock", "engine_word", "escaped", "flagged_words", "len", "marked", "moment", "number",
    "decision_word", "sentence", "origin_word", "output_status_word", "status_word", "step_word",
    "verdict_word", "system_words",
    "_basis_sentence", "_marked", "cause_word", "caution_legend", "coefficient_word",
    "confidence_word", "deed_word", "empty_word", "line_word", "names_word", "reading",
    "rule_word", "share_word",
    "purpose", "left_out",
    "guideline_markdown", "move_words", "state_word", "version_word",
    "basis_word", "cell_words", "technique_word",
    "fate_word", "reason_sentence", "reason_sentences", "route_word", "technique_line",
    "children_sentence", "counted_techniques", "split_word", "times",
}  # fmt: skip
"""Calls whose result holds nothing a person or model wrote."""
TAME_NAMES = {
    "pages/datasets.py": {"made"},  # counted techniques
    "pages/examples.py": {"more"},  # made of `_(...)`
    "pages/home.py": {"label"},  # a table of literals beside the call
    "dashboard/components/augment_form.py": {"word"},  # the name of a technique
    "dashboard/components/augment_held.py": {"cell", "said", "word"},  # words of ours, numbers
    "dashboard/components/augment_judge.py": {"said", "word"},
    "dashboard/components/augment_judge_many.py": {"told"},  # a refusal's sentence, escaped
    "dashboard/components/augment_overview.py": {"said"},  # a table of `_(...)`
    "dashboard/components/augment_preview.py": {"cell", "said", "word"},
    "dashboard/components/augment_progress.py": {"said", "started"},
    "dashboard/components/augment_quality.py": {"meanings", "measures"},  # tables of `_(...)`
    "dashboard/components/augment_route.py": {"label"},  # `_(...)` beside the call
    "dashboard/components/review_end.py": {"label"},  # a table of literals beside the call
    "dashboard/components/sidebar.py": {"title"},  # a section of navigation.py
    "dashboard/components/agreement_figures.py": {"warning"},  # made by caution()
    "dashboard/components/agreement_pairs.py": {"counts", "items", "label"},  # words of ours
    "dashboard/components/dataset_shares.py": {"label", "word"},  # escaped where they are made
    "dashboard/components/dataset_versions.py": {"facts"},  # made of `_(...)`
    "dashboard/components/dispute_answers.py": {"HIGHEST", "LOWEST", "word"},  # escaped flags
    "dashboard/components/example_changes.py": {"after", "before", "said"},  # escaped where made
    "dashboard/components/verdict_reasons.py": {"decision", "versions"},
    "dashboard/components/coverage_form.py": {"label"},  # escaped where it is made
    "dashboard/components/coverage_grid.py": {"label"},  # the study's own words, and numbers
    "dashboard/components/example_answers.py": {"said"},  # a decision's word
    "dashboard/components/example_detail.py": {"verdict", "icon", "said"},
    "dashboard/components/example_family.py": {"after", "before", "label"},  # escaped there
    "dashboard/components/example_filters.py": {"label"},  # passed on; see linked.py
    "dashboard/components/example_list.py": {"label"},
    "dashboard/components/figures.py": {"note", "words", "name"},  # notes are made of `_(...)`
    "dashboard/components/calibration_round.py": {"label"},  # `_(...)` beside the call
    "dashboard/components/progress_mine.py": {"label"},  # a table of `_(...)` beside the call
    "dashboard/components/choices.py": {"label"},  # the study's own field labels, or `_(...)`
    "dashboard/components/live_writing.py": {"label"},  # escaped where it is made
    "dashboard/components/example_edit.py": {"label"},  # escaped where it is made
    "dashboard/components/example_transfer.py": {"kind", "label"},  # made of `_(...)`
    "dashboard/components/stored_outputs.py": {"label", "parts"},
    "dashboard/components/study_progress.py": {
        "icon", "position", "started", "state", "title",
    },
    "dashboard/components/training_run.py": {"steps", "tokens"},
}  # fmt: skip
"""Names a person has looked at: what they hold was made tame, or is ours."""


def sources() -> list[Path]:
    return [path for folder in FOLDERS for path in sorted((ROOT / folder).glob("*.py"))]


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Calls of `st.something`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            if isinstance(owner, ast.Name) and owner.id == "st":
                yield node.func.attr, node


def is_tame(node: ast.expr, names: set[str]) -> bool:  # noqa: PLR0911
    """Whether an expression can hold only words of ours."""
    match node:
        case ast.Constant():
            return True
        case ast.Name(id=name):
            return name in names
        case ast.JoinedStr(values=parts):
            return all(is_tame(part, names) for part in parts)
        case ast.FormattedValue(value=value) | ast.Subscript(value=value):
            return is_tame(value, names)
        case ast.IfExp(body=one, orelse=other):
            return is_tame(one, names) and is_tame(other, names)
        case ast.List(elts=elements):
            return all(is_tame(element, names) for element in elements)
        case ast.GeneratorExp(elt=element):
            return is_tame(element, names)
        case ast.Call(func=ast.Name(id="_"), keywords=values):
            return all(is_harmless(value.value, names) for value in values)
        case ast.Call(func=ast.Name(id=name)):
            return name in TAME
        case ast.Call(func=ast.Attribute(value=owner, attr="capitalize" | "upper")):
            return is_tame(owner, names)
        case ast.Call(func=ast.Attribute(attr="join"), args=[inner]):
            return is_tame(inner, names)
        case ast.Attribute(value=ast.Name(id=owner), attr=field):
            return (owner, field) in {("field", "label")} or field == "icon"
    return isinstance(node, ast.Call) and ast.unparse(node.func).endswith("label.get")


def is_harmless(node: ast.expr, names: set[str]) -> bool:
    """A value inside a sentence: tame, or a number of ours."""
    numeric = {"number", "revision_number", "count", "seed", "words_by_spaces"}
    if isinstance(node, ast.Attribute):
        return node.attr in numeric
    return is_tame(node, names) or (isinstance(node, ast.Name) and node.id in numeric)


def test_the_scan_sees_pages_and_components() -> None:
    assert len(sources()) > 15
    assert sum(1 for path in sources() for _call in calls(ast.parse(path.read_text()))) > 100


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.stem)
def test_markdown_gets_only_words_of_ours(path: Path) -> None:
    name = str(path.relative_to(ROOT))
    allowed = TAME_NAMES.get(name, set())
    for called, call in calls(ast.parse(path.read_text(encoding="utf-8"))):
        place = f"{name}:{call.lineno} st.{called}"
        assert called not in NEVER, f"{place} is not used: show text with plain()"
        assert all(one.arg != "unsafe_allow_html" for one in call.keywords), place
        if called in READ_AS_MARKDOWN:
            shown = call.args[: 0 if called in ("progress", "page_link") else 1]
            keywords = [one.value for one in call.keywords if one.arg in SHOWN_KEYWORDS]
            for one in (*shown, *keywords):
                assert is_tame(one, allowed), f"{place} shows {ast.unparse(one)}"


def test_tables_that_streamlit_reads_as_markdown_are_escaped() -> None:
    escaping = {
        "agreement_figures",
        "agreement_pairs",
        "augment_yields",
        "calibration_answers",
        "calibration_round",
        "dispute_answers",
        "example_transfer",
        "figures",
        "progress_team",
        "training_run",
    }
    for path in sources():
        for called, call in calls(ast.parse(path.read_text(encoding="utf-8"))):
            assert called != "table" or path.stem in escaping, f"look at {path}:{call.lineno}"


@pytest.mark.parametrize(
    ("line", "tame"),
    [
        ("st.caption(_('Saved'))", True),
        ("st.caption(_('{who}', who=escaped(example.author)))", True),
        ("st.caption(_('{who}', who=example.author))", False),
        ("st.caption(example.message)", False),
        ("st.markdown(f'**{output.text}**')", False),
        ("st.markdown('a' + output.text)", False),
    ],
)
def test_the_rule_tells_words_of_ours_from_others(line: str, tame: bool) -> None:
    ((_called, call),) = calls(ast.parse(line))
    assert is_tame(call.args[0], set()) is tame
