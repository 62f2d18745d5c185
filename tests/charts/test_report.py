from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, replace
from html.parser import HTMLParser

import pytest

from dashboard.charts.markup import chart_script, table
from dashboard.charts.report import render_report
from dashboard.charts.report_numbers import encoder_of
from dashboard.charts.results import loss_curve
from dashboard.domain.datasets import Children, HeldOut, Recipe
from dashboard.domain.results import Results

VOID = {"meta", "br", "img", "link", "hr"}


class Reader(HTMLParser):
    """What a browser sees: elements, attributes and text outside of scripts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] not in ("script", "style"):
            self.text += data


def _record(results: Results) -> Mapping[str, object]:
    return {
        "study": "affective-intervention",
        "dataset": {"sha256": results.version.sha256, "test_keys": ["aff-000", "<i>"]},
        "training": {"seed": 1, "job": None, "loss": [asdict(one) for one in results.curve]},
        "bertscore_signature": results.signature,
        "systems": [asdict(one) for one in results.systems],
        "environment": {"torch": "2.13.0 <script>"},
    }


@pytest.fixture
def page(results: Results) -> str:
    return render_report(results, _record(results))


def test_the_page_is_whole_and_every_element_is_closed(page: str) -> None:
    reader = Reader(page)
    assert reader.open == []
    assert page.startswith("<!doctype html>")


def test_the_page_asks_nothing_of_the_network(page: str) -> None:
    elements = Reader(page).elements
    asking = {"src", "href", "srcset", "data", "action", "poster"}
    assert not [found for found in elements if asking & found[1].keys()]
    assert "@import" not in page.partition("<script>")[0]
    assert "default-src 'none'" in page


def test_plotly_is_there_once_and_cannot_end_its_script(page: str) -> None:
    assert page.count("* plotly.js v") == 1
    assert [tag for tag, _ in Reader(page).elements].count("script") == 2


def test_hostile_texts_stay_texts(page: str) -> None:
    reader = Reader(page)
    assert not {"b", "img", "i"} & {tag for tag, _ in reader.elements}
    assert "tuned 0 </script><script>alert(1)</script> & <b>Halo</b> 😊" in reader.text
    assert "Raka<img src=x>" in reader.text
    assert "<script>alert" not in page


def test_a_hostile_name_cannot_leave_the_json_of_a_chart(results: Results) -> None:
    name = "</script><script>alert('x')</script>\u2028 \\u003c & <!--"
    figure = loss_curve({name: results.curve, "b": results.curve}, {})
    script = chart_script({"loss_curve": figure})
    content = script.partition("Object.entries(")[2].rpartition(")) Plotly")[0]
    assert not set("<>&\u2028") & set(content)
    drawn = json.loads(content)["loss_curve"]["data"][0]["name"]
    assert drawn == f"{name} · train_loss"


def test_the_summary_says_what_was_measured_and_what_was_not(page: str) -> None:
    text = Reader(page).text
    assert "0.740 (tuned, n = 20)" in text
    assert "closer to the references than the base by 0.100" in text
    assert "The encoder is all-minilm-l6-v2, layer 5" in text
    assert "Of 60 outputs on 20 held-out rows, 1 were cut off" in text
    assert "3 are missing" in text
    assert "authored starters, not the study's expert-verified set" in text
    assert "The base model is gemma-3-270m" in text


def test_systems_that_do_not_differ_are_not_called_better(results: Results) -> None:
    scores = {one: {"bertscore_f1": 0.5} for one in results.scores}
    text = Reader(render_report(replace(results, scores=scores), {})).text
    assert "cannot tell the tuned model from the base" in text
    assert "closer to" not in text


def test_eight_rows_stand_side_by_side_with_every_system(page: str) -> None:
    cards = re.findall(r'<article class="card">.*?</article>', page, re.DOTALL)
    assert len(cards) == 8
    assert all(card.count("<dt>") == 4 for card in cards)
    assert "[F1 0.620]" in cards[0]


def test_a_text_that_was_cut_off_says_so(results: Results) -> None:
    text = Reader(render_report(replace(results, comparisons=results.comparisons[3:4]), {})).text
    assert re.search(r"base 3 .*\[F1 0\.\d+, truncated\]", text)


def test_prompts_stand_verbatim(page: str) -> None:
    prompts = re.findall(r"<pre>(.*?)</pre>", page, re.DOTALL)
    assert len(prompts) == 3
    assert "Base, few-shot · gemma-3-270m · 3 worked examples" in Reader(page).text


@pytest.mark.parametrize("figure", ["125.51", "47.72", "173.23", "0.78", "0.8341"])
def test_the_published_figures_stand_beside_ours_as_theirs(page: str, figure: str) -> None:
    text = Reader(page).text
    assert "Published by the study (GPT-3.5)" in text
    assert figure in text


def test_settings_hashes_and_versions_are_all_there(page: str, results: Results) -> None:
    text = Reader(page).text
    assert results.version.sha256 in text
    assert str(results.signature) in text
    assert "environment › torch" in text
    assert "3 entries, in results.json" in text
    assert "Whether students feel better was not measured." in text


def test_before_anything_was_scored_the_page_says_so(empty_results: Results) -> None:
    page = render_report(empty_results, {"bertscore_signature": None})
    text = Reader(page).text
    assert "Nothing has been scored yet." in text
    assert "no encoder yet" in text
    assert "Nothing to draw yet." in text
    assert "<script>" not in page


@pytest.mark.parametrize(
    ("signature", "told"),
    [
        (None, "no encoder yet"),
        ("", "no encoder yet"),
        ("something else", "something else"),
        ("bertscore:a|layer:9|idf:no", "a, layer 9"),
    ],
)
def test_the_encoder_is_read_from_the_signature(signature: str | None, told: str) -> None:
    assert encoder_of(signature) == told


def test_cells_of_a_table_are_escaped() -> None:
    assert table(["<a>"], [["<b>", '"&']], '"') == (
        '<div class="wide"><table class="&quot;"><thead><tr><th scope="col">&lt;a&gt;</th></tr>'
        '</thead><tbody><tr><th scope="row">&lt;b&gt;</th><td>&quot;&amp;</td></tr></tbody>'
        "</table></div>"
    )


@pytest.mark.parametrize(
    ("recipe", "told"),
    [
        (Recipe(), "All rows are originals; no variants were let in."),
        (Recipe(children=Children.REVIEWED), "40 of 160 rows are variants; each was accepted"),
        (Recipe(children=Children.OF_ACCEPTED), "the rule was loosened: variants of accepted"),
        (
            Recipe(children=Children.ALL, test_on=HeldOut.ALL),
            "unreviewed variants came in, too; rejected and disputed ones did not; originals are "
            "held out together with their variants.",
        ),
    ],
)
def test_the_report_says_which_rule_let_variants_in(
    results: Results, recipe: Recipe, told: str
) -> None:
    version = replace(results.version, recipe=recipe, techniques={"swap": 30, "synonym": 10})
    page = render_report(replace(results, version=version), _record(results))
    assert told in Reader(page).text
