"""Random sequences of what people do: no illegal state, nothing unreachable, nothing lost."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from dashboard.bootstrap import build
from dashboard.domain.errors import UserError
from dashboard.domain.examples import Example, NewExample
from dashboard.domain.ids import RevisionId, now
from dashboard.domain.queues import Seeker
from dashboard.domain.responses import Answer, Decision, SkipReason
from dashboard.domain.verdicts import Cause, Verdict
from dashboard.services.adding import Edit
from dashboard.services.adjudication import Decided
from dashboard.services.reviewing import Judgment, Seen
from dashboard.settings import Settings
from storage.database import Database
from storage.migrating import migrate
from tests.fakes import RecordingQueue, ScriptedEngine
from tests.reviewers import STUDY, answer_of

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
EXPERTS = ("Bu Rani", "Pak Budi", "Bu Sari", "Pak Tono")
STEPS = 50
RUNS = 40
COUNT = 4
NAMES = st.sampled_from(EXPERTS)
PLACES = st.integers(0, COUNT - 1)


@pytest.fixture(scope="module", autouse=True)
def _template(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A migrated database with four examples, copied for every run."""
    folder = tmp_path_factory.mktemp("template")
    settings_here = Settings(data_dir=folder, cache_dir=folder)
    migrate(settings_here.database)
    app = build(settings_here, ScriptedEngine(), RecordingQueue())
    rows = [
        NewExample(
            f"k{number}",
            {
                "username": "Raka",
                "emotion": "sad",
                "reinforcement": "positive",
                "arcsmodel": "relevance",
                "classname": "8A",
                "subject": "IPA",
            },
            f"Raka, {word} aja ya, satu soal dulu 🌱",
        )
        for number, word in enumerate(("pelan", "santai", "sedikit", "tenang"))
    ]
    app.curation.seed(STUDY, tuple(rows))
    database = app.curation.database
    assert isinstance(database, Database)
    database.dispose()
    Reviews.template = folder


class Reviews(RuleBasedStateMachine):
    """A small team and four examples; every rule is something a person can do."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        shutil.copytree(self.template, self.folder, dirs_exist_ok=True)
        here = Settings(data_dir=self.folder, cache_dir=self.folder)
        self.app = build(here, ScriptedEngine(), RecordingQueue())
        self.texts = 0
        self.asked: dict[RevisionId, int] = {}
        self.typed: set[tuple[str, str]] = set()

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    def example(self, place: int) -> Example:
        with self.app.curation.database.reading() as stores:
            return stores.examples.with_key(STUDY, f"k{place}")

    def new_text(self) -> str:
        self.texts += 1
        return f"Raka, tarik napas dulu ya, langkah ke {self.texts} nanti bareng 🌱"

    @rule(name=NAMES, place=PLACES, decision=st.sampled_from(Decision), crisis=st.booleans())
    def submit(self, name: str, place: int, decision: Decision, crisis: bool) -> None:
        example = self.example(place)
        text = self.new_text() if decision is Decision.EDIT else ""
        flags = ["crisis"] if crisis and decision is Decision.UNSURE else []
        answer = answer_of(self.app, decision, text, flags)
        self.tried(
            lambda: self.app.reviewing.submit(
                Judgment(example.id, example.revision_id, name, answer)
            )
        )

    @rule(name=NAMES, place=PLACES)
    def draft(self, name: str, place: int) -> None:
        example = self.example(place)
        standing = self.app.queueing.card(example.id, name).draft
        judgment = Judgment(example.id, example.revision_id, name, Answer(reason="hmm"))
        version = standing.version if standing else 0
        self.tried(lambda: self.app.reviewing.save_draft(judgment, version))
        if self.app.queueing.card(example.id, name).draft is not None:
            self.typed.add((example.revision_id, name))

    @rule(name=NAMES, count=st.integers(1, 3))
    def look(self, name: str, count: int) -> None:
        for card in self.app.queueing.upcoming(STUDY, name, count):
            assert card.example.verdict is Verdict.UNREVIEWED
            assert card.own is None
            assert card.others == ()

    @rule(name=NAMES, place=PLACES)
    def skip(self, name: str, place: int) -> None:
        example = self.example(place)
        self.tried(
            lambda: self.app.reviewing.skip(
                Seen(example.id, example.revision_id, name), SkipReason.UNCLEAR
            )
        )

    @rule(name=NAMES, place=PLACES)
    def reopen(self, name: str, place: int) -> None:
        example = self.example(place)
        self.tried(lambda: self.app.reviewing.reopen(Seen(example.id, example.revision_id, name)))

    @rule(name=NAMES)
    def undo(self, name: str) -> None:
        self.tried(lambda: self.app.history.undo(STUDY, name))

    @rule(name=NAMES, place=PLACES)
    def edit(self, name: str, place: int) -> None:
        example = self.example(place)
        text = self.new_text()
        edit = Edit(example.id, example.revision_number, example.inputs, text, name, "")
        self.tried(lambda: self.app.curation.edit(edit))

    @rule(name=NAMES, place=PLACES, back=st.booleans())
    def retire(self, name: str, place: int, back: bool) -> None:
        ids = [self.example(place).id]
        if back:
            self.tried(lambda: self.app.bulk.bring_back(ids, name))
        else:
            self.tried(lambda: self.app.bulk.retire(ids, name, "ganda"))

    @rule(name=NAMES, place=PLACES, decision=st.sampled_from(Decision), adopted=st.booleans())
    def decide(self, name: str, place: int, decision: Decision, adopted: bool) -> None:
        example = self.example(place)
        whose = EXPERTS[place] if adopted else None
        decided = Decided(
            example.id,
            example.revision_id,
            decision,
            Cause.SLIP,
            "sudah dibahas",
            self.new_text(),
            whose,
        )
        self.tried(lambda: self.app.adjudication.decide(decided, name))

    @rule(name=NAMES, place=PLACES)
    def revoke(self, name: str, place: int) -> None:
        example = self.example(place)
        self.tried(lambda: self.app.adjudication.revoke(example.id, name, "keliru"))

    @rule(name=NAMES, overlap=st.integers(1, 3), own=st.booleans())
    def agree_on_rules(self, name: str, overlap: int, own: bool) -> None:
        seen = self.app.team.policy(STUDY)
        wanted = replace(seen, overlap=overlap, adjudicate_own=own)
        self.tried(lambda: self.app.team.agree(wanted, seen, name))

    @invariant()
    def every_example_is_in_a_legal_state(self) -> None:
        with self.app.curation.database.reading() as stores:
            examples = [stores.examples.with_key(STUDY, f"k{place}") for place in range(COUNT)]
            cases = stores.examples.cases([one.id for one in examples])
        for case, example in zip(cases, examples, strict=True):
            assert example.answered == len(case.counted)
            assert all(one.expert != example.author for one in case.counted)
            if example.verdict is Verdict.ACCEPTED:
                ruled = case.ruling is not None and case.ruling.adjudicator != example.author
                assert ruled or case.counted, "gold that nobody else has looked at"

    @invariant()
    def no_text_has_more_answers_than_were_asked_for_while_it_stood(self) -> None:
        for place in range(COUNT):
            example = self.example(place)
            asked = max(example.needed, self.asked.get(example.revision_id, 0))
            self.asked[example.revision_id] = asked
            assert example.answered <= asked

    @invariant()
    def every_open_example_can_be_answered_once_claims_have_run_out(self) -> None:
        newcomer = Seeker(STUDY, "Tamu", now() + timedelta(days=1))
        with self.app.curation.database.reading() as stores:
            for place in range(COUNT):
                example = stores.examples.with_key(STUDY, f"k{place}")
                waits = example.verdict is Verdict.UNREVIEWED and not example.retired
                assert stores.queue.has_room(example, newcomer) is waits

    @invariant()
    def a_draft_is_there_until_it_counts(self) -> None:
        with self.app.curation.database.reading() as stores:
            for one in list(self.typed):
                revision, name = RevisionId(one[0]), one[1]
                response = stores.responses.get(revision, name)
                if response is not None and response.is_submitted:
                    self.typed.discard(one)
                else:
                    assert stores.work_in_hand.draft(revision, name) is not None, "a draft is lost"

    @invariant()
    def the_ledger_adds_up_to_what_stands(self) -> None:
        assert self.app.history.proof().holds

    def tried(self, act: Callable[[], object]) -> None:
        """Do it, or be told in a sentence why not."""
        try:
            act()
        except UserError as refusal:
            assert str(refusal)


def test_whatever_people_do_the_review_stays_sound() -> None:
    run_state_machine_as_test(
        Reviews,
        settings=settings(
            max_examples=RUNS,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
        ),
    )
