"""Results: every figure, its recipe, and the files."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from dashboard.bootstrap import App
from dashboard.services.ports import PairScorer, Work
from dashboard.services.scoring import Scoring
from tests.fakes import RecordingQueue
from tests.pages.conftest import Opener, texts
from tests.pages.worlds import score_by_hand


@dataclass
class TwoEncoders:
    """A machine with two encoders; nothing is scored here."""

    def available(self) -> tuple[str, ...]:
        """The preferred one first."""
        return ("usual", "other")

    def get(self, encoder: str | None = None) -> PairScorer:
        """Only the worker scores."""
        raise AssertionError("a page must not score")


@pytest.mark.parametrize(
    ("language", "sentence"), [("id", "Belum ada hasil."), ("en", "No results yet.")]
)
def test_without_results_the_page_says_where_they_come_from(
    empty_app: App, opened: Opener, language: str, sentence: str
) -> None:
    screen = opened(empty_app, "results", language)
    assert not screen.exception
    assert sentence in texts(screen)


@pytest.mark.parametrize(
    ("language", "heading"), [("id", "Simpangan baku"), ("en", "Std. deviation")]
)
def test_the_figures_are_shown(full_app: App, opened: Opener, language: str, heading: str) -> None:
    screen = opened(full_app, "results", language)
    assert not screen.exception
    assert len(screen.get("plotly_chart")) == 3
    table = screen.table[0].value
    assert heading in table.columns
    assert len(table) == 18
    assert full_app.study.base_prompt in [one.value for one in screen.code]


def test_every_file_can_be_downloaded(full_app: App, opened: Opener) -> None:
    screen = opened(full_app, "results")
    labels = [one.proto.label for one in screen.get("download_button")]
    assert labels == ["report.html", "results.json", "outputs.csv", "training.csv"]
    run = full_app.generation.runs()[0]
    for name in labels:
        assert full_app.reporting.file(run.id, name)


def test_scores_of_another_encoder_are_chosen_not_mixed(full_app: App, opened: Opener) -> None:
    study_run = full_app.studies.runs(full_app.study.name)[0]
    score_by_hand(full_app, study_run.id, "bertscore:other|layer:9|idf:no")
    run = full_app.generation.runs()[0]
    screen = opened(full_app, "results")
    choice = screen.selectbox(key=f"results.signature.{run.id}")
    assert len(choice.options) == 2
    choice.select(choice.options[1]).run()
    assert choice.options[1].split("|")[0].split(":")[1] in texts(screen).replace("\\", "")


def test_scoring_again_is_handed_to_the_worker(
    full_app: App, queue: RecordingQueue, opened: Opener
) -> None:
    old = full_app.scoring
    scoring = Scoring(old.database, old.generation, TwoEncoders(), queue)
    screen = opened(replace(full_app, scoring=scoring), "results")
    assert screen.selectbox(key="results.encoder").value == "other"
    screen.button(key="results.score_again").click().run()
    run = full_app.generation.runs()[0]
    work, subject, (encoder, _attempt) = queue.taken[-1]
    assert (work, subject, encoder) == (Work.SCORE, run.id, "other")
    assert "The scoring is handed over." in texts(screen)


def test_without_another_encoder_nothing_is_offered(full_app: App, opened: Opener) -> None:
    screen = opened(full_app, "results")
    assert not [one for one in screen.selectbox if one.key == "results.encoder"]


@pytest.mark.parametrize(
    ("language", "told"),
    [("id", "Isinya contoh asli saja, tanpa variasi."), ("en", "It holds originals only")],
)
def test_the_notes_say_which_rule_let_variants_in(
    full_app: App, opened: Opener, language: str, told: str
) -> None:
    assert told in texts(opened(full_app, "results", language))
