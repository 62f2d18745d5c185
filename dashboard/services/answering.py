"""Answering: what keeps an answer from counting, and the response that it becomes."""

from __future__ import annotations

from typing import TypeGuard

from dashboard.domain.errors import Conflict, InvalidInput
from dashboard.domain.examples import Example
from dashboard.domain.ids import now
from dashboard.domain.ledger import Fact
from dashboard.domain.responses import Answer, Response, ResponseState
from dashboard.domain.studies import Study
from dashboard.services.queueing import invited, seeker_of
from dashboard.services.recording import blind_ids
from dashboard.services.stores import Stores


def require_unanswered(standing: Response | None) -> None:
    """Raise InvalidInput where the expert's answer counts already."""
    if standing and standing.is_submitted:
        raise InvalidInput("You have answered this example; reopen your answer first.")


def require_place(stores: Stores, example: Example, expert: str, standing: Response | None) -> None:
    """Raise InvalidInput or Conflict where an example takes no answer of this expert."""
    require_unanswered(standing)
    if example.author == expert:
        raise InvalidInput("This text is yours; somebody else has to judge it.")
    if example.retired:
        raise InvalidInput("This example was retired meanwhile; your answer stays as a draft.")
    if not invited(stores, example, expert):
        raise InvalidInput("This example belongs to a calibration round of others.")
    if not stores.queue.has_room(example, seeker_of(example.study, expert)):
        raise Conflict(
            "Others have given, or are giving, all {needed} answers to this example. Yours "
            "stays as a draft.",
            needed=example.needed,
        )


def response_to(
    stores: Stores, study: Study, example: Example, expert: str, answer: Answer
) -> Response:
    """An answer as it counts from now on, with what the expert could know when they gave it."""
    guidelines = stores.records.guidelines(example.study)
    draft = stores.work_in_hand.draft(example.revision_id, expert)
    return Response(
        example_id=example.id,
        revision_id=example.revision_id,
        expert=expert,
        state=ResponseState.SUBMITTED,
        answer=answer,
        at=now(),
        independent=not _has_read_others(stores, example, expert),
        form_version=study.form.version,
        guideline_version=guidelines[0].number if guidelines else 1,
        version=draft.version if draft else 0,
    )


def _has_read_others(stores: Stores, example: Example, expert: str) -> bool:
    """Whether others' answers to this text could be read by this expert at some time.

    Everybody may read them while the text takes no more, and who has answered it may until they
    take their own back, unless it is blind.
    """
    logged = stores.ledger.of_example(example.id)
    given = [
        one.action.at
        for one in logged
        if _is_answer(one.change.new, example) and one.change.new.expert != expert
    ]
    read = [stores.responses.last_open(example.revision_id)]
    if example.id not in blind_ids(stores.records.rounds(example.study)):
        read += [
            one.action.at
            for one in logged
            if _is_answer(one.change.old, example) and one.change.old.expert == expert
        ]
    return any(at is not None and answered <= at for at in read for answered in given)


def _is_answer(fact: Fact | None, example: Example) -> TypeGuard[Response]:
    """Whether this is a submitted answer to the text that stands."""
    return (
        isinstance(fact, Response) and fact.is_submitted and fact.revision_id == example.revision_id
    )
