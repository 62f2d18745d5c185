"""Many at once: nothing lost, nothing doubled, never more answers than are needed."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from dashboard.bootstrap import App, build
from dashboard.domain.errors import Conflict
from dashboard.domain.examples import Example, ExampleFilter
from dashboard.domain.ledger import Change, Deed
from dashboard.domain.responses import Answer, Decision, Response
from dashboard.domain.team import Policy
from dashboard.domain.verdicts import Cause
from dashboard.services.adding import Edit
from dashboard.services.adjudication import Decided
from dashboard.services.curation import Overtaken
from dashboard.services.recording import Doing
from dashboard.services.reviewing import Judgment
from dashboard.settings import Settings
from storage.database import Database
from storage.migrating import migrate
from storage.study_folders import load_starters
from tests.conftest import STUDY_FOLDER
from tests.databases import KINDS, migrated_postgresql
from tests.fakes import RecordingQueue, ScriptedEngine
from tests.reviewers import STUDY, answer_of, first, judged
from tests.simulated_experts import Character, SimulatedExpert, work_at_once

PEOPLE = 12
SAVES = 200


@pytest.fixture(params=KINDS)
def small(request: pytest.FixtureRequest, settings: Settings) -> Iterator[App]:
    """Every service over twenty examples, on a database of each kind."""
    url = "" if request.param == "sqlite" else migrated_postgresql()
    here = settings.model_copy(update={"database_url": url})
    migrate(here.database)
    app = build(here, ScriptedEngine(), RecordingQueue())
    app.curation.seed(STUDY, load_starters(STUDY_FOLDER)[:20])
    yield app
    assert isinstance(app.curation.database, Database)
    app.curation.database.dispose()


def overlap(app: App, number: int) -> None:
    """The team wants so many answers for every example."""
    with app.curation.database.transaction() as stores:
        doing = Doing(STUDY, "Bu Sari", Deed.POLICY)
        app.curation.recorder.record(stores, doing, [Change(None, Policy(STUDY, overlap=number))])
        stores.examples.need(Policy(STUDY, overlap=number))


def everything(app: App) -> tuple[Example, ...]:
    """Every example as it stands."""
    with app.curation.database.reading() as stores:
        return stores.examples.page(ExampleFilter(STUDY), 0, 1000).examples


def answers(app: App) -> tuple[Response, ...]:
    """Every answer that counts."""
    with app.curation.database.reading() as stores:
        cases = stores.examples.cases([one.id for one in everything(app)])
    return tuple(one for case in cases for one in case.counted)


def at_once(work: Callable[[int], None]) -> None:
    """Twelve people do the same work at the same time."""
    threads = [threading.Thread(target=work, args=(number,)) for number in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def team(app: App) -> list[SimulatedExpert]:
    """Twelve people of different character, who agree on which tenth is bad."""
    bad = frozenset(one.id for number, one in enumerate(everything(app)) if number % 10 == 0)
    characters = [
        Character(competence=0.95, severity=0.02),
        Character(competence=0.8, severity=0.15, fault=0.3),
        Character(competence=0.6, bias=0.8, skips=0.1),
        Character(severity=0.3, changes_mind=0.2, pause_seconds=0.01),
    ]
    return [
        SimulatedExpert(f"Ahli {number:02}", characters[number % 4], bad, seed=7)
        for number in range(PEOPLE)
    ]


def test_six_experts_answer_all_three_times_on_every_database(small: App) -> None:
    overlap(small, 3)
    hurried = [replace(one, character=replace(one.character, skips=0.0)) for one in team(small)]
    work_at_once(small, hurried[:6])
    assert Counter(one.example_id for one in answers(small)) == {
        one.id: 3 for one in everything(small)
    }
    assert {one.answered for one in everything(small)} == {3}
    assert small.history.proof().holds


def test_of_adjudicators_who_decide_at_once_one_is_heard(small: App) -> None:
    for example in everything(small)[:5]:
        judged(small, example, "Bu Ani", answer_of(small, Decision.ACCEPT))
        judged(small, example, "Pak Budi", answer_of(small, Decision.REJECT))
        heard: list[int] = []

        def decide(number: int, example: Example = example, heard: list[int] = heard) -> None:
            decision = Decision.REJECT if number % 2 else Decision.ACCEPT
            wanted = Decided(example.id, example.revision_id, decision, Cause.SLIP, "jelas")
            try:
                small.adjudication.decide(wanted, f"Ahli {number}")
            except Conflict:
                return
            heard.append(number)

        at_once(decide)
        assert len(heard) == 1
        ruling = small.adjudication.dispute(example.id).ruling
        assert ruling is not None and ruling.adjudicator == f"Ahli {heard[0]}"


@pytest.mark.slow
def test_twelve_experts_answer_everything_three_times_and_no_more(app: App) -> None:
    overlap(app, 3)
    experts = team(app)
    work_at_once(app, experts)

    counted = answers(app)
    each = Counter(one.example_id for one in counted)
    assert set(each.values()) == {3}, "an example has more or fewer than three answers"
    assert len(each) == 160
    assert {one.answered for one in everything(app)} == {3}

    kept = {(one.expert, one.example_id): one.answer for one in counted}
    diary = {
        (one.name, example): said for one in experts for example, said in one.acknowledged.items()
    }
    assert kept == diary, "an acknowledged answer is lost, or one nobody gave is kept"
    for expert in experts:
        drafts = {one.example_id for one in app.reviewing.drafts(STUDY, expert.name)}
        assert set(expert.refused) - set(expert.acknowledged) <= drafts, "a refused answer is gone"

    acts = Counter(one.action.deed for one in app.history.log(STUDY, limit=10_000))
    undone = acts[Deed.UNDO]
    assert acts[Deed.SUBMIT] - undone == 480, "an answer was written down twice"
    assert app.history.proof().holds


@pytest.mark.slow
def test_writers_that_meet_lose_no_text_and_hear_of_every_conflict(app: App) -> None:
    examples = first(app, 3)
    saved: list[tuple[str, str]] = []
    conflicts: list[Overtaken] = []

    def write(number: int) -> None:
        for attempt in range(SAVES):
            example = app.curation.one(examples[attempt % 3].id).example
            text = f"Pelan-pelan aja ya, {example.inputs['username']} {number} {attempt} 🌱"
            edit = Edit(example.id, example.revision_number, example.inputs, text, f"A{number}", "")
            try:
                app.curation.edit(edit)
                saved.append((example.id, text))
            except Overtaken as conflict:
                conflicts.append(conflict)

    at_once(write)
    assert len(saved) + len(conflicts) == PEOPLE * SAVES
    assert conflicts, "nobody met; the test shows nothing"
    for example in examples:
        texts = [one.message for one in app.curation.one(example.id).revisions]
        mine = [text for example_id, text in saved if example_id == example.id]
        assert sorted(texts[:-1]) == sorted(mine), "a saved text is lost or doubled"
    for conflict in conflicts:
        assert conflict.mine.message != conflict.theirs.message
        assert conflict.theirs.revision_number > conflict.mine.seen_number
    assert app.history.proof().holds


@pytest.mark.slow
def test_twelve_windows_of_one_expert_overwrite_no_draft(app: App) -> None:
    [example] = first(app)
    saved: list[int] = []
    conflicts: list[str] = []

    def write(number: int) -> None:
        for attempt in range(SAVES):
            answer = Answer(Decision.ACCEPT, reason=f"jendela {number}, simpan {attempt}")
            draft = app.queueing.card(example.id, "Bu Rani").draft
            judgment = Judgment(example.id, example.revision_id, "Bu Rani", answer)
            try:
                kept = app.reviewing.save_draft(judgment, draft.version if draft else 0)
                saved.append(kept.version)
            except Conflict:
                conflicts.append(answer.reason)

    at_once(write)
    assert len(saved) + len(conflicts) == PEOPLE * SAVES
    assert sorted(saved) == list(range(1, len(saved) + 1)), "a draft was overwritten unseen"
    standing = app.queueing.card(example.id, "Bu Rani").draft
    assert standing is not None
    assert standing.version == len(saved)
    assert standing.answer.reason not in conflicts
