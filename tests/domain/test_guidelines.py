"""The guideline as text: what of it bears on one example."""

from __future__ import annotations

import pytest

from dashboard.domain.guidelines import bearing_on, sections
from dashboard.domain.studies import Study
from storage.study_folders import load_study
from tests.conftest import STUDY_FOLDER

INPUTS = {
    "username": "Nia",
    "emotion": "sad",
    "reinforcement": "negative",
    "arcsmodel": "confidence",
    "classname": "Kelas 8A",
    "subject": "IPA",
}


@pytest.fixture
def study() -> Study:
    """The default study, whose guideline is the one experts read."""
    return load_study(STUDY_FOLDER)


@pytest.mark.parametrize("language", ["id", "en"])
def test_only_what_names_the_condition_is_shown(study: Study, language: str) -> None:
    shown = bearing_on(study.guideline[language], study, INPUTS)
    assert "**Confidence**" in shown
    assert "**Satisfaction**" not in shown
    assert "ancaman" in shown or "a threat" in shown  # stands under the negative kind
    assert "bintang" not in shown and "a star" not in shown
    assert "| sad" in shown or "| sedih" in shown
    assert "| angry" not in shown and "| marah" not in shown
    assert "3–25" not in shown


def test_every_condition_finds_its_component_and_its_kind(study: Study) -> None:
    for cell in study.all_cells():
        inputs = INPUTS | dict(zip(study.cell_keys, cell, strict=True))
        shown = bearing_on(study.guideline["en"], study, inputs).casefold()
        for value in cell:
            assert value in shown


def test_a_table_keeps_its_head(study: Study) -> None:
    shown = bearing_on(study.guideline["en"], study, INPUTS).splitlines()
    assert shown[2:5] == [
        "| emotion | a tone that helps |",
        "|---|---|",
        "| sad (*sedih*) | warm; no hurry |",
    ]


def test_a_text_that_names_no_condition_shows_nothing(study: Study) -> None:
    assert bearing_on("# Panduan\n\nSadis. - negativeness", study, INPUTS) == ""


def test_a_text_is_cut_at_its_headings() -> None:
    cut = sections("before\n# One\n#tag is no heading\n## Two")
    assert [one.heading for one in cut] == ["", "# One", "## Two"]
    assert cut[1].lines == ("#tag is no heading",)
