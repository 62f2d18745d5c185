"""Augmentation: cells are filled with children, always the same ones, and nothing else moves."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.bootstrap import App, build
from dashboard.domain.augmentation import Attempt, Fate, Lineage, Reason, Technique
from dashboard.domain.errors import Conflict, InvalidInput
from dashboard.domain.ledger import Deed
from dashboard.domain.responses import Decision
from dashboard.domain.studies import Cell
from dashboard.domain.team import HOUSE
from dashboard.domain.training import RunStatus
from dashboard.domain.verdicts import Verdict
from dashboard.services.adding import Edit
from dashboard.services.augmentation import Augmentation
from dashboard.services.ports import Work
from dashboard.settings import ROOT, Settings
from storage.study_folders import load_starters
from tests.augmenting import (
    PLAN,
    RESEARCHER,
    STUDY,
    augmentation_over,
    bytes_of,
    children,
    examples,
    finished,
)
from tests.conftest import STUDY_FOLDER
from tests.fakes import RecordingQueue, ScriptedEngine, ScriptedRewriter, ScriptedSieve
from tests.killing import killed_at
from tests.services.teamwork import BUDI, RANI, standing, submit


@pytest.fixture
def augmentation(app: App) -> Augmentation:
    """Augmentation of the starters, by script."""
    return augmentation_over(app)


def sizes(app: App) -> Counter[Cell]:
    return Counter(app.study.cell(one.inputs) for one in examples(app))


def lineages(app: App) -> tuple[Lineage, ...]:
    with app.curation.database.reading() as stores:
        found = [stores.lineages.of(one.id) for one in children(app)]
    return tuple(one for one in found if one is not None)


def a_held_one(augmentation: Augmentation) -> Attempt:
    [run] = augmentation.runs(STUDY)
    return augmentation.attempts(run.id, fate=Fate.HELD)[0]


def test_every_cell_reaches_the_target_and_no_more(app: App, augmentation: Augmentation) -> None:
    run = finished(augmentation)
    assert (run.status, run.error) == (RunStatus.SUCCEEDED, None)
    assert set(sizes(app).values()) == {5}
    assert len(children(app)) == len(lineages(app)) == 56 * 5 - 160
    assert app.history.proof().holds


def test_children_are_unreviewed_have_no_human_author_and_need_one_answer(
    app: App, augmentation: Augmentation
) -> None:
    finished(augmentation)
    assert {one.author for one in children(app)} == {HOUSE}
    assert {(one.verdict, one.needed) for one in children(app)} == {(Verdict.UNREVIEWED, 1)}
    child = children(app)[0]
    submit(app, child, RESEARCHER)
    assert standing(app, child).verdict is Verdict.ACCEPTED


def test_the_techniques_follow_the_mix(augmentation: Augmentation) -> None:
    mix = {Technique.PARAPHRASE: 3, Technique.SWAP: 1, Technique.SYNONYM: 0}
    run = finished(augmentation, replace(PLAN, target=11, mix=mix))
    kept = Counter(one.technique for one in augmentation.attempts(run.id, fate=Fate.KEPT))
    assert set(kept) == {Technique.PARAPHRASE, Technique.SWAP}
    assert kept[Technique.PARAPHRASE] / kept.total() == pytest.approx(0.75, abs=0.01)


@pytest.mark.slow
def test_when_a_technique_finds_nothing_the_others_fill_in(app: App) -> None:
    silent = (Technique.PARAPHRASE, Technique.SYNONYM, Technique.BACK_TRANSLATION)
    finished(augmentation_over(app, ScriptedRewriter(silent=silent)))
    assert set(sizes(app).values()) == {5}
    assert {one.key.split("-")[-1][0] for one in children(app)} == {"i", "w"}


@pytest.mark.slow
def test_where_nothing_more_is_found_a_cell_stays_short_and_the_run_ends(app: App) -> None:
    augmentation = augmentation_over(app, ScriptedRewriter(words=("satu",)))
    plan = replace(PLAN, target=25)
    run = finished(augmentation, plan)
    cells = augmentation.progress(run.id)
    assert run.status is RunStatus.SUCCEEDED and all(one.is_done for one in cells)
    assert {(one.wanted, one.kept) for one in cells} == {(22, 15), (23, 10)}
    before = bytes_of(app)
    finished(augmentation, plan)
    assert bytes_of(app) == before


def test_a_second_run_makes_only_what_is_missing_and_nothing_that_was_retired(
    app: App, augmentation: Augmentation
) -> None:
    finished(augmentation)
    before = set(bytes_of(app))
    with pytest.raises(InvalidInput, match="has 5 examples already"):
        augmentation.launch(PLAN, RESEARCHER)
    gone = children(app)[0]
    app.bulk.retire([gone.id], RANI, "kurang pas")
    finished(augmentation)
    added = set(bytes_of(app)) - before
    assert len(added) == 1
    assert gone.message not in {message for _key, message in added}
    assert set(sizes(app).values()) == {5}


def another_app(migrated: Path, settings: Settings, *, mirrored: bool) -> App:
    """The starters in a database of their own, added in another order if mirrored."""
    own = settings.model_copy(update={"data_dir": settings.data_dir / str(mirrored)})
    own.data_dir.mkdir(parents=True)
    shutil.copyfile(migrated, own.data_dir / "afektif.db")
    app = build(own, ScriptedEngine(), RecordingQueue())
    starters = load_starters(STUDY_FOLDER)
    app.curation.seed(STUDY, starters[::-1] if mirrored else starters)
    return app


@pytest.mark.slow
def test_the_same_seed_gives_the_same_bytes_whatever_the_ids_and_the_order(
    migrated_file: Path, settings: Settings
) -> None:
    apps = [another_app(migrated_file, settings, mirrored=one) for one in (False, True)]
    for one in apps:
        finished(augmentation_over(one))
    first, second = (bytes_of(one) for one in apps)
    assert first == second
    assert len({key for key, _message in first}) == len(first) == 120


@pytest.mark.slow
def test_another_seed_gives_other_children(migrated_file: Path, settings: Settings) -> None:
    apps = [another_app(migrated_file, settings, mirrored=one) for one in (False, True)]
    for seed, one in enumerate(apps):
        finished(augmentation_over(one), replace(PLAN, seed=seed))
    assert bytes_of(apps[0]) != bytes_of(apps[1])


@pytest.mark.slow
@pytest.mark.parametrize("tries", [1, 4])
def test_a_run_that_goes_on_in_another_process_after_every_unit_ends_the_same(
    migrated_file: Path, settings: Settings, tries: int
) -> None:
    undisturbed, disturbed = (
        another_app(migrated_file, settings, mirrored=one) for one in (False, True)
    )
    finished(augmentation_over(undisturbed, tries=tries))
    run = augmentation_over(disturbed, tries=tries).launch(PLAN, RESEARCHER)
    while augmentation_over(disturbed, tries=tries).advance(run.id):
        pass
    assert bytes_of(disturbed) == bytes_of(undisturbed)
    assert set(sizes(disturbed).values()) == {5}


def test_a_run_killed_in_the_middle_of_units_ends_the_same(app: App, settings: Settings) -> None:
    plan = replace(PLAN, target=3)
    run = augmentation_over(app).launch(plan, RESEARCHER)
    app.curation.database.dispose()  # type: ignore[attr-defined]

    def work() -> None:
        own = augmentation_over(build(settings, ScriptedEngine(), RecordingQueue()))
        while own.advance(run.id):
            pass

    kills = sum(killed_at(moment, work) for moment in range(1, 60, 7))
    work()
    assert kills > 3
    assert set(sizes(app).values()) == {3}
    assert [one.key for one in children(app)] == sorted(one.key for one in children(app))
    attempts = augmentation_over(app).attempts(run.id)
    assert len({(one.cell, one.number) for one in attempts}) == len(attempts)
    assert app.history.proof().holds


def test_what_somebody_adds_meanwhile_is_seen_before_anything_is_stored(app: App) -> None:
    class Hurried(ScriptedSieve):
        """Somebody retires an example while the first unit is sifted."""

        def beside(self, messages):  # type: ignore[no-untyped-def]
            if len(examples(app)) == 160:
                app.bulk.retire([examples(app)[0].id], RANI, "ganda")
            return super().beside(messages)

    augmentation = augmentation_over(app, sieve=Hurried())
    run = augmentation.launch(PLAN, RESEARCHER)
    assert augmentation.advance(run.id)
    assert (children(app), augmentation.attempts(run.id)) == ((), ())
    assert augmentation.advance(run.id)
    assert len(children(app)) == 4


def test_no_run_touches_parents(app: App, augmentation: Augmentation) -> None:
    before = examples(app)
    finished(augmentation)
    assert examples(app)[: len(before)] == before


def test_retired_rejected_and_disputed_examples_and_children_have_no_children(
    app: App, augmentation: Augmentation
) -> None:
    retired, rejected, disputed, *_others = examples(app)
    app.bulk.retire([retired.id], RANI, "ganda")
    for expert in (RANI, BUDI):
        submit(app, rejected, expert, Decision.REJECT)
    submit(app, disputed, RANI)
    submit(app, disputed, BUDI, Decision.REJECT)
    finished(augmentation)
    parents = {one.example_id for one in augmentation.parents(STUDY)}
    assert len(parents) == 157
    assert not parents & {retired.id, rejected.id, disputed.id}
    assert {one.parent_id for one in lineages(app)} <= parents


def test_a_child_inherits_inputs_and_tells_where_it_comes_from(
    app: App, augmentation: Augmentation
) -> None:
    run = finished(augmentation)
    child, lineage = children(app)[0], lineages(app)[0]
    with app.curation.database.reading() as stores:
        parent = stores.examples.get(lineage.parent_id)
    assert child.inputs == parent.inputs
    assert child.key.startswith(f"{parent.key}-")
    assert (lineage.parent_revision_id, lineage.family_id) == (parent.revision_id, parent.id)
    assert lineage.resources == {"sieve": "1", "words": "1"} == run.resources
    assert lineage.scores == {"likeness": 0.5}
    assert child.message == f"{parent.message} {lineage.operations[0].after}"


def test_children_keep_clear_of_texts_in_use_and_repeat_no_text_at_all(app: App) -> None:
    gone = examples(app)[5]
    app.bulk.retire([gone.id], RANI, "ganda")
    sieve = ScriptedSieve()
    finished(augmentation_over(app, sieve=sieve))
    assert gone.message not in sieve.beside_what
    assert {one.message for one in examples(app)} <= set(sieve.beside_what)
    assert len({one.message for one in examples(app)}) == len(examples(app))


def test_dropped_and_held_attempts_keep_their_reasons(augmentation: Augmentation) -> None:
    run = finished(augmentation)
    dropped = augmentation.attempts(run.id, fate=Fate.DROPPED)
    assert {one.reasons for one in dropped} == {(Reason.PROFANITY, Reason.TOO_LONG)}
    assert {one.example_id for one in dropped} == {None}
    assert {one.reasons for one in augmentation.attempts(run.id, fate=Fate.HELD)} == {
        (Reason.LABEL_DOUBT,)
    }
    cells = augmentation.progress(run.id)
    counted = Counter[Fate]()
    for one in augmentation.yields(run.id):
        counted[one.fate] += one.count
    assert counted[Fate.KEPT] == sum(one.kept for one in cells) == 120
    assert counted[Fate.DROPPED] == sum(one.dropped for one in cells) == len(dropped)


def test_a_preview_stores_nothing_and_shows_parents_from_everywhere(
    app: App, augmentation: Augmentation
) -> None:
    before = app.history.proof()
    trials = augmentation.preview(PLAN, count=10)
    assert len(trials) == 10
    assert len({one.parent.inputs["emotion"] for one in trials}) > 3
    assert {one.technique for one in trials} == set(Technique)
    assert (app.history.proof(), children(app), augmentation.runs(STUDY)) == (before, (), ())


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"target": 0}, "1 to 1000"),
        ({"target": 2}, "already; ask for more"),
        ({"max_edits": 4}, "between 1 and 3 edits"),
        ({"seed": -1}, "whole number"),
        ({"mix": {Technique.SWAP: 0}}, "above 0"),
        ({"mix": {Technique.SWAP: 101}}, "between 0 and 100"),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused_in_one_sentence(
    augmentation: Augmentation, changes: dict[str, object], why: str
) -> None:
    with pytest.raises(InvalidInput, match=why):
        augmentation.launch(replace(PLAN, **changes), RESEARCHER)  # type: ignore[arg-type]
    assert augmentation.runs(STUDY) == ()


def test_without_examples_and_without_a_name_nothing_begins(empty_app: App) -> None:
    with pytest.raises(InvalidInput, match="nothing to vary"):
        augmentation_over(empty_app).launch(PLAN, RESEARCHER)
    with pytest.raises(InvalidInput, match="your name"):
        augmentation_over(empty_app).launch(PLAN, " ")


def test_a_run_is_handed_over_once_and_only_one_is_under_way(app: App) -> None:
    queue = RecordingQueue()
    augmentation = augmentation_over(app, queue=queue)
    run = augmentation.launch(PLAN, RESEARCHER)
    assert augmentation.launch(PLAN, RESEARCHER, run.id).id == run.id
    assert queue.taken == [(Work.AUGMENT, run.id, ())]
    with pytest.raises(InvalidInput, match="under way"):
        augmentation.launch(replace(PLAN, target=9), RESEARCHER)
    assert augmentation.unfinished() == (run.id,)


def test_a_stopped_run_rests_until_it_is_resumed(app: App) -> None:
    queue = RecordingQueue()
    augmentation = augmentation_over(app, queue=queue)
    run = augmentation.launch(PLAN, RESEARCHER)
    augmentation.advance(run.id)
    augmentation.stop(run.id)
    made = bytes_of(app)
    assert not augmentation.advance(run.id)
    assert (bytes_of(app), augmentation.unfinished()) == (made, ())
    augmentation.resume(run.id)
    assert len(queue.taken) == 2
    while augmentation.advance(run.id):
        pass
    assert set(sizes(app).values()) == {5}
    with pytest.raises(InvalidInput, match="was stopped"):
        augmentation.resume(run.id)


def test_a_run_does_not_go_on_with_other_word_lists(app: App, augmentation: Augmentation) -> None:
    run = augmentation.launch(PLAN, RESEARCHER)
    changed = augmentation_over(app, ScriptedRewriter(resources={"words": "2"}))
    with pytest.raises(InvalidInput, match="have changed"):
        changed.advance(run.id)
    changed.fail(run.id, "why")
    assert (changed.run(run.id).status, changed.run(run.id).error) == (RunStatus.FAILED, "why")
    finished(changed)
    assert set(sizes(app).values()) == {5}


def test_a_held_attempt_is_taken_in_once_and_taken_back_like_any_deed(
    app: App, augmentation: Augmentation
) -> None:
    finished(augmentation)
    one = a_held_one(augmentation)
    example = augmentation.take(one.run_id, one.cell, one.number, RANI)
    assert (example.message, example.author) == (one.rewriting.message, HOUSE)
    assert app.families.of(example.id).descent is not None
    with pytest.raises(InvalidInput, match="held variant"):
        augmentation.take(one.run_id, one.cell, one.number, RANI)
    assert app.history.undo(STUDY, RANI).action.deed is Deed.TAKE
    assert standing(app, example).retired
    assert app.history.proof().holds


def test_what_was_dropped_is_not_taken_in(augmentation: Augmentation) -> None:
    run = finished(augmentation)
    one = augmentation.attempts(run.id, fate=Fate.DROPPED)[0]
    with pytest.raises(InvalidInput, match="held variant"):
        augmentation.take(run.id, one.cell, one.number, RANI)


def test_a_held_attempt_keeps_the_situation_it_was_written_for(
    app: App, augmentation: Augmentation
) -> None:
    finished(augmentation)
    one = a_held_one(augmentation)
    with app.curation.database.reading() as stores:
        parent = stores.examples.get(one.parent_id)
    renamed = {**parent.inputs, "username": "Sekar"}
    app.curation.edit(Edit(parent.id, 1, renamed, parent.message, RANI, "nama lain"))
    example = augmentation.take(one.run_id, one.cell, one.number, RANI)
    assert example.inputs == parent.inputs


def test_undoing_a_unit_retires_its_children_and_keeps_their_lineage(
    app: App, augmentation: Augmentation
) -> None:
    finished(augmentation)
    action = app.history.log(STUDY, deed=Deed.AUGMENT)[0].action
    app.history.undo(STUDY, RESEARCHER, action.id)
    retired = children(app, retired=True)
    assert 0 < len(retired) < 120
    assert app.families.of(retired[0].id).descent is not None
    assert app.history.proof().holds


def test_taking_a_run_back_retires_its_children_but_those_that_were_judged(
    app: App, augmentation: Augmentation
) -> None:
    run = finished(augmentation)
    judged = children(app)[0]
    submit(app, judged, RANI)
    assert augmentation.take_back(run.id, RESEARCHER) == 119
    assert children(app) == (standing(app, judged),)
    assert len(examples(app)) == 161
    with pytest.raises(InvalidInput, match="no variants left"):
        augmentation.take_back(run.id, RESEARCHER)
    app.history.undo(STUDY, RESEARCHER)
    assert len(children(app)) == 120
    assert app.history.proof().holds


def test_a_unit_whose_children_others_have_judged_is_not_undone(
    app: App, augmentation: Augmentation
) -> None:
    finished(augmentation)
    submit(app, children(app)[-1], RANI)
    last = app.history.log(STUDY, deed=Deed.AUGMENT)[0].action
    with pytest.raises(Conflict, match="Others have judged"):
        app.history.undo(STUDY, RESEARCHER, last.id)


def test_a_run_is_never_what_somebody_did_last(app: App, augmentation: Augmentation) -> None:
    tagged = examples(app)[0]
    app.bulk.tag([tagged.id], "mulai", RESEARCHER)
    finished(augmentation)
    assert app.history.undo(STUDY, RESEARCHER).action.deed is Deed.TAG


def test_a_family_is_told_from_every_member(app: App, augmentation: Augmentation) -> None:
    finished(augmentation)
    child, lineage = children(app)[0], lineages(app)[0]
    family = app.families.of(child.id)
    assert family.root.id == lineage.parent_id
    assert child.id in {one.example.id for one in family.members}
    assert [one.example.key for one in family.members] == sorted(
        one.example.key for one in family.members
    )
    descent = family.descent
    assert descent is not None
    assert (descent.before.message, descent.after.message) == (family.root.message, child.message)
    assert app.families.of(family.root.id).descent is None


HASHED = """
from hashlib import sha256
from pathlib import Path
from dashboard.bootstrap import build
from dashboard.settings import Settings
from tests.augmenting import augmentation_over, bytes_of, finished
from tests.fakes import RecordingQueue, ScriptedEngine
import sys
app = build(Settings(data_dir=Path(sys.argv[1])), ScriptedEngine(), RecordingQueue())
finished(augmentation_over(app))
print(sha256(repr(bytes_of(app)).encode()).hexdigest())
"""


@pytest.mark.slow
def test_the_order_of_sets_plays_no_part(starters_file: Path, tmp_path: Path) -> None:
    found = set()
    for seed in ("1", "2"):
        folder = tmp_path / seed
        folder.mkdir()
        shutil.copyfile(starters_file, folder / "afektif.db")
        ran = subprocess.run(
            [sys.executable, "-c", HASHED, str(folder)],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        )
        found.add(ran.stdout)
    assert len(found) == 1
