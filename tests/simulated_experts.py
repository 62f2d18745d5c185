"""Experts who behave like people: more or less competent, severe, biased, slow and badly connected.

They use the real services as the pages do and keep a diary of what was acknowledged, so that a
test can compare it with the database.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from dashboard.bootstrap import App
from dashboard.domain.errors import Conflict
from dashboard.domain.examples import Example
from dashboard.domain.ids import ExampleId
from dashboard.domain.responses import Answer, Decision, SkipReason
from dashboard.services.queueing import Card
from dashboard.services.reviewing import Judgment, Seen
from tests.reviewers import STUDY


class ConnectionLost(Exception):
    """The network failed; whether the call got through is not known."""


@dataclass(frozen=True)
class Character:
    """How somebody judges and works; all are probabilities, but `pause_seconds`.

    `competence` is how often they see what is wrong; `severity` how often they refuse a good
    text; `bias` how often they accept whatever has a certain emotion.
    """

    competence: float = 0.9
    severity: float = 0.05
    bias: float = 0.0
    favorite: str = "happy"
    skips: float = 0.03
    changes_mind: float = 0.05
    fault: float = 0.1
    pause_seconds: float = 0.0


@dataclass
class SimulatedExpert:
    """One expert with their diary; `bad` are the examples that should be refused."""

    name: str
    character: Character
    bad: frozenset[ExampleId]
    seed: int
    acknowledged: dict[ExampleId, Answer] = field(default_factory=dict)
    refused: list[ExampleId] = field(default_factory=list)
    skipped: list[ExampleId] = field(default_factory=list)

    def work(self, app: App) -> None:
        """Answer until the queue is empty."""
        self.chance = random.Random(f"{self.seed}/{self.name}")
        while cards := app.queueing.upcoming(STUDY, self.name, 2):
            self._handle(app, cards[0])
            time.sleep(self.chance.random() * self.character.pause_seconds)

    def _handle(self, app: App, card: Card) -> None:
        example = card.example
        if self._happens(self.character.skips):
            app.reviewing.skip(
                Seen(example.id, example.revision_id, self.name), SkipReason.NOT_MY_FIELD
            )
            self.skipped.append(example.id)
            return
        judgment = Judgment(example.id, example.revision_id, self.name, self._answer(app, example))
        seen = card.draft.version if card.draft else 0
        app.reviewing.save_draft(judgment, seen)
        try:
            self._submit(app, judgment)
        except Conflict:
            self.refused.append(example.id)
            return
        self.acknowledged[example.id] = judgment.answer
        if self._happens(self.character.changes_mind):
            app.history.undo(STUDY, self.name)
            del self.acknowledged[example.id]

    def _submit(self, app: App, judgment: Judgment) -> None:
        """Press until it is acknowledged, as the form does over a bad connection."""
        while True:
            try:
                if self._happens(self.character.fault):
                    raise ConnectionLost
                app.reviewing.submit(judgment)
                if self._happens(self.character.fault):
                    raise ConnectionLost
                return
            except ConnectionLost:
                continue

    def _answer(self, app: App, example: Example) -> Answer:
        decision = self._decision(example)
        if decision is Decision.ACCEPT:
            return Answer(decision)
        ratings = {one.key: self.chance.randint(3, 5) for one in app.study.form.ratings}
        return Answer(decision, ratings=ratings, reason=f"menurut {self.name}")

    def _decision(self, example: Example) -> Decision:
        traits = self.character
        if example.inputs["emotion"] == traits.favorite and self._happens(traits.bias):
            return Decision.ACCEPT
        if example.id in self.bad:
            return Decision.REJECT if self._happens(traits.competence) else Decision.ACCEPT
        return Decision.REJECT if self._happens(traits.severity) else Decision.ACCEPT

    def _happens(self, probability: float) -> bool:
        return self.chance.random() < probability


def work_at_once(app: App, experts: Sequence[SimulatedExpert]) -> None:
    """All experts work at the same time, each in a thread; the first fault of any is raised."""
    faults: list[BaseException] = []

    def work(expert: SimulatedExpert) -> None:
        try:
            expert.work(app)
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=work, args=(one,)) for one in experts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
