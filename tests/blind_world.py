"""A team in the middle of its work: what one expert answered and nobody else may know yet.

Every hidden text holds the word `CANARY` and a tag of its own, which occur nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from dashboard.bootstrap import App
from dashboard.domain.calibration import Round
from dashboard.domain.examples import Example, ExampleFilter
from dashboard.domain.ids import ExampleId, now
from dashboard.domain.ledger import Change, Deed
from dashboard.domain.responses import Answer, Confidence, Decision, SkipReason
from dashboard.services.recording import Doing
from dashboard.services.reviewing import Judgment, Seen

STUDY = "affective-intervention"
ASRI, BANYU, CAHYA = "Bu Asri", "Pak Banyu", "Bu Cahya"
CANARY = "kenarikuning"
TAGS = tuple(f"zqx{number}qz" for number in range(10))
DRAFT, REJECTED, EDITED, DOUBTED, SKIPPED, REOPENED, UNDONE, ROUND, ROUND_TOO, FOREIGN = range(10)
"""The places of the hidden things, in the list of examples and of their tags."""


@dataclass(frozen=True)
class BlindWorld:
    """Examples that Asri has not answered, and the words she must not find."""

    app: App
    examples: tuple[Example, ...]

    @property
    def ids(self) -> tuple[ExampleId, ...]:
        """The examples by id."""
        return tuple(one.id for one in self.examples)


def blind_world(app: App, *, mirrored: bool = False) -> BlindWorld:
    """Let Banyu, and Cahya in a round without Asri, do their hidden work.

    Mirrored, they decide the other way round: whatever Asri sees must be the same.
    """
    examples = app.curation.browse(ExampleFilter(STUDY)).examples[: len(TAGS)]
    _begin_rounds(app, examples)
    hand = _Hand(app, mirrored)
    hand.draft(examples[DRAFT], DRAFT)
    hand.submit(examples[REJECTED], REJECTED, Decision.REJECT)
    hand.submit(examples[EDITED], EDITED, Decision.EDIT)
    hand.submit(examples[DOUBTED], DOUBTED, Decision.UNSURE)
    app.reviewing.skip(
        Seen(examples[SKIPPED].id, examples[SKIPPED].revision_id, BANYU),
        SkipReason.OTHER,
        hidden(SKIPPED),
    )
    hand.submit(examples[REOPENED], REOPENED, Decision.REJECT)
    app.reviewing.reopen(Seen(examples[REOPENED].id, examples[REOPENED].revision_id, BANYU))
    hand.submit(examples[UNDONE], UNDONE, Decision.EDIT)
    app.history.undo(STUDY, BANYU)
    hand.submit(examples[ROUND], ROUND, Decision.REJECT)
    hand.submit(examples[ROUND_TOO], ROUND_TOO, Decision.EDIT)
    hand.submit(examples[FOREIGN], FOREIGN, Decision.REJECT)
    hand.submit(examples[FOREIGN], FOREIGN, Decision.REJECT, CAHYA)
    return BlindWorld(app, examples)


def hidden(place: int) -> str:
    """The words that stand in what is hidden at this place."""
    return f"{CANARY} {TAGS[place]}"


@dataclass(frozen=True)
class _Hand:
    """How Banyu answers."""

    app: App
    mirrored: bool

    def draft(self, example: Example, place: int) -> None:
        answer = self._answer(example, place, Decision.EDIT)
        self.app.reviewing.save_draft(_judgment(example, BANYU, answer), 0)

    def submit(self, example: Example, place: int, decision: Decision, expert: str = BANYU) -> None:
        answer = self._answer(example, place, decision)
        self.app.reviewing.submit(_judgment(example, expert, answer))

    def _answer(self, example: Example, place: int, decision: Decision) -> Answer:
        rated = 5 if self.mirrored else 1
        answer = Answer(
            decision=Decision.ACCEPT if self.mirrored else decision,
            ratings={one.key: rated for one in self.app.study.form.ratings},
            flags=() if self.mirrored else ("shaming", "sarcasm"),
            confidence=Confidence.HIGH,
            reason=hidden(place),
        )
        if answer.decision is not Decision.EDIT:
            return answer
        better = f"Pelan-pelan aja ya {example.inputs['username']}, {hidden(place)} dulu yuk 🌱"
        return replace(answer, message=better)


def _judgment(example: Example, expert: str, answer: Answer) -> Judgment:
    return Judgment(example.id, example.revision_id, expert, answer)


def _begin_rounds(app: App, examples: tuple[Example, ...]) -> None:
    ours = tuple(one.id for one in examples[ROUND : ROUND_TOO + 1])
    _begin(app, Round("round-1", STUDY, "pertama", ours, (ASRI, BANYU), now()))
    _begin(app, Round("round-2", STUDY, "kedua", (examples[FOREIGN].id,), (BANYU, CAHYA), now()))


def _begin(app: App, begun: Round) -> None:
    with app.history.database.transaction() as stores:
        doing = Doing(STUDY, CAHYA, Deed.CALIBRATE)
        app.history.recorder.record(stores, doing, [Change(None, begun)])
        app.history.recorder.settle(stores, STUDY, begun.example_ids)
