"""Held variants: people take them in or leave them, many at once, and nothing is lost."""

from __future__ import annotations

import pytest

from dashboard.bootstrap import App
from dashboard.domain.augmentation import Attempt, Reason
from dashboard.domain.errors import InvalidInput
from dashboard.domain.ledger import Deed
from dashboard.domain.verdicts import Verdict
from dashboard.services.broods import Census
from tests.augmenting import STUDY, augmentation_over, children, finished
from tests.fakes import ScriptedRewriter
from tests.services.teamwork import RANI, submit


@pytest.fixture
def held(app: App) -> tuple[Attempt, ...]:
    """Variants the sieve was in doubt about."""
    finished(augmentation_over(app, ScriptedRewriter(words=("tahan", "satu"))))
    found = waiting(app)
    assert len(found) >= 10
    return found


def waiting(app: App) -> tuple[Attempt, ...]:
    with app.curation.database.reading() as stores:
        return stores.augmentation.held(STUDY)


def test_many_are_taken_in_by_one_action_and_start_unreviewed(
    app: App, held: tuple[Attempt, ...]
) -> None:
    before = {one.id for one in children(app)}
    assert app.holding.take(held[:4], RANI) == 4
    new = [one for one in children(app) if one.id not in before]
    assert {one.message for one in new} == {one.rewriting.message for one in held[:4]}
    assert {one.verdict for one in new} == {Verdict.UNREVIEWED}
    assert waiting(app) == held[4:]
    [line] = app.history.undoable(STUDY, RANI)
    assert (line.action.deed, line.count) == (Deed.TAKE, 4)
    app.history.undo(STUDY, RANI)
    assert {one.id for one in children(app)} == before


def test_those_of_several_runs_are_taken_in_together(app: App, held: tuple[Attempt, ...]) -> None:
    app.bulk.retire([one.id for one in children(app)], RANI, "ulang")
    finished(augmentation_over(app, ScriptedRewriter(words=("tahan", "tahan dua"))))
    every = waiting(app)
    assert len({one.run_id for one in every}) == 2
    took = app.holding.take([every[0], every[-1]], RANI)
    assert took == 2
    assert app.history.proof().holds


def test_what_is_left_out_leaves_the_list_and_comes_back_when_wanted(
    app: App, held: tuple[Attempt, ...]
) -> None:
    assert app.holding.leave(held[:3], RANI) == 3
    assert waiting(app) == held[3:]
    assert app.holding.put_back(held[:3]) == 3
    assert waiting(app) == held


def test_who_comes_late_is_told(app: App, held: tuple[Attempt, ...]) -> None:
    app.holding.take(held[:2], RANI)
    app.holding.leave(held[2:3], RANI)
    for act in (app.holding.take, app.holding.leave):
        with pytest.raises(InvalidInput, match="somebody was faster"):
            act(held[:3], "Pak Budi")


def test_a_page_counts_the_reasons_and_shows_the_text_it_was_made_from(
    app: App, held: tuple[Attempt, ...]
) -> None:
    page = app.holding.waiting(STUDY, Reason.LABEL_DOUBT)
    assert (page.total, page.reasons) == (len(held), {Reason.LABEL_DOUBT: len(held)})
    assert [one.attempt for one in page.children] == list(held[:10])
    assert all(one.attempt.rewriting.message.startswith(one.before) for one in page.children)
    assert app.holding.waiting(STUDY, Reason.DRIFT).total == 0


def test_broods_show_what_waits_for_an_expert_under_its_parent(app: App) -> None:
    finished(augmentation_over(app))
    count = len(children(app))
    assert app.broods.census(STUDY) == Census(160 + count, count, count)
    page = app.broods.waiting(STUDY, RANI)
    assert (len(page.broods), page.children) == (3, count)
    for brood in page.broods:
        assert brood.children
        for one in brood.children:
            assert one.lineage.parent_id == brood.parent.id
            assert brood.before(one.lineage) == brood.parent.message
    submit(app, page.broods[0].children[0].example, RANI)
    assert app.broods.waiting(STUDY, RANI).children == count - 1
    assert app.broods.census(STUDY) == Census(160 + count, count, count - 1)


def test_every_brood_is_on_one_page_and_conditions_narrow_them(app: App) -> None:
    finished(augmentation_over(app))
    first = app.broods.waiting(STUDY, RANI)
    pages = -(-first.parents // 3)
    seen = [
        one.parent.id
        for number in range(1, pages + 1)
        for one in app.broods.waiting(STUDY, RANI, page=number).broods
    ]
    assert len(seen) == len(set(seen)) == first.parents
    sad = app.broods.waiting(STUDY, RANI, (("emotion", "sad"),))
    assert {one.parent.inputs["emotion"] for one in sad.broods} == {"sad"}
    assert 0 < sad.children < first.children
