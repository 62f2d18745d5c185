"""Near-duplicates: found among what a search finds, and shown as they stand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.bootstrap import App
from dashboard.domain.errors import InvalidInput
from dashboard.domain.examples import Example, ExampleFilter
from dashboard.services.curation import Edit
from dashboard.services.duplicates import PAIRS_SHOWN, Duplicates
from tests.services.worlds import new_row

STUDY = "affective-intervention"
ALL = ExampleFilter(STUDY)
TEXT = "Tiara, pelan-pelan aja ya, satu soal selesai itu udah kemajuan 🌱"


@pytest.fixture
def twins(empty_app: App) -> tuple[Example, Example, Example]:
    rows = [
        new_row(empty_app, "a", TEXT),
        new_row(empty_app, "b", "Tiara, coba tebak kenapa kapal besi bisa ngapung di laut 🌊"),
        new_row(empty_app, "c", TEXT.replace("kemajuan", "kemajuann")),
    ]
    first, second, third = (empty_app.curation.write_one(STUDY, one, "Bu Rani") for one in rows)
    return first, second, third


def test_a_pair_is_found_with_the_earlier_one_first(
    empty_app: App, twins: tuple[Example, Example, Example]
) -> None:
    found = empty_app.duplicates.among(ALL)
    assert (found.total, found.compared) == (1, 3)
    [(first, second, similarity)] = empty_app.duplicates.shown(found)
    assert (first, second) == (twins[0], twins[2])
    assert 0.9 < similarity < 1


def test_only_what_the_search_finds_is_compared(
    empty_app: App, twins: tuple[Example, Example, Example]
) -> None:
    found = empty_app.duplicates.among(ExampleFilter(STUDY, text="kemajuann"))
    assert (found.twins, found.compared) == ((), 1)


def test_a_pair_is_gone_once_one_of_it_is_retired(
    empty_app: App, twins: tuple[Example, Example, Example]
) -> None:
    found = empty_app.duplicates.among(ALL)
    empty_app.curation.retire([twins[2].id], "Bu Rani", "kembar")
    assert empty_app.duplicates.shown(found) == ()
    empty_app.history.undo(STUDY, "Bu Rani")
    assert len(empty_app.duplicates.shown(found)) == 1


def test_the_texts_are_shown_as_they_stand_now(
    empty_app: App, twins: tuple[Example, Example, Example]
) -> None:
    found = empty_app.duplicates.among(ALL)
    changed = TEXT.replace("kemajuan", "langkah maju")
    empty_app.curation.edit(Edit(twins[2].id, 1, twins[2].inputs, changed, "Pak Budi", ""))
    [(_first, second, _similarity)] = empty_app.duplicates.shown(found)
    assert second.message == changed


def test_too_many_to_compare_is_said(app: App) -> None:
    few = replace(app.duplicates, most=159)
    with pytest.raises(InvalidInput, match="More than 159 examples match, too many to compare"):
        few.among(ALL)


def test_no_more_pairs_are_kept_than_anybody_reads(app: App) -> None:
    class Alike:
        first, second, similarity = 0, 1, 0.95

    found = Duplicates(app.curation.database, lambda texts: [Alike()] * len(texts)).among(ALL)
    assert (len(found.twins), found.total) == (PAIRS_SHOWN, 160)


def test_an_empty_study_has_no_pairs(empty_app: App) -> None:
    found = empty_app.duplicates.among(ALL)
    assert (found.total, found.compared, empty_app.duplicates.shown(found)) == (0, 0, ())
