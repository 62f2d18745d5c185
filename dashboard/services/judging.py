"""Judging many variants with one answer: one action, one undo, and the rules of a single answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.domain.errors import InvalidInput, UserError
from dashboard.domain.examples import Example, Origin
from dashboard.domain.exchange import Said
from dashboard.domain.ids import ExampleId, RevisionId
from dashboard.domain.ledger import Change, Deed
from dashboard.domain.responses import Answer
from dashboard.services.answering import require_place, response_to
from dashboard.services.recording import Doing, Recorder, round_of
from dashboard.services.stores import Stores


@dataclass(frozen=True)
class Refusal:
    """Why some variants took no answer, and how many they are."""

    why: Said
    count: int


@dataclass(frozen=True)
class Judged:
    """What came of one answer to many: how many count it, and why the others do not."""

    answered: int
    refusals: tuple[Refusal, ...] = ()


def judge_many(
    stores: Stores,
    recorder: Recorder,
    shown: Mapping[ExampleId, RevisionId],
    expert: str,
    answer: Answer,
) -> Judged:
    """Count an answer to every text that was shown and takes it, in one action.

    Nothing is written where none takes it.
    """
    answers, refused = list[Change](), Counter[str]()
    said: dict[str, Said] = {}
    examples = stores.examples.some(tuple(shown))
    for example in examples:
        try:
            example.require_shown(shown[example.id])
            answers.append(_answer_to(stores, recorder, example, expert, answer))
        except UserError as error:
            refused[str(error)] += 1
            said[str(error)] = Said(error.template, error.values)
    if answers:
        doing = Doing(examples[0].study, expert, Deed.JUDGE)
        recorder.record(stores, doing, answers)
    refusals = tuple(Refusal(said[why], count) for why, count in refused.most_common())
    return Judged(len(answers), refusals)


def _answer_to(
    stores: Stores, recorder: Recorder, example: Example, expert: str, answer: Answer
) -> Change:
    """The answer to one of them; raises UserError where a single one would not count either."""
    study = recorder.study(example.study)
    standing = stores.responses.get(example.revision_id, expert)
    if example.origin is not Origin.AUGMENTED:
        raise InvalidInput("Only variants are judged many at once; judge this one by itself.")
    require_place(stores, example, expert, standing)
    if example.id in round_of(stores.records.rounds(example.study)):
        raise InvalidInput("A calibration round wants every rating; judge this one by itself.")
    draft = stores.work_in_hand.draft(example.revision_id, expert)
    if draft is not None and draft.answer != Answer():
        raise InvalidInput("You have begun an answer to this one; finish or clear it first.")
    response = response_to(stores, study, example, expert, answer)
    stores.work_in_hand.release(example.revision_id, expert)
    stores.work_in_hand.drop_draft(example.revision_id, expert)
    return Change(standing, response)
