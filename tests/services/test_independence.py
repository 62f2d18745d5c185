"""Independence: whose answer counts for agreement, and what of earlier texts may be read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.bootstrap import App
from dashboard.domain.calibration import Invitation
from dashboard.domain.examples import Example
from dashboard.domain.ids import ExampleId
from dashboard.domain.ledger import Deed
from dashboard.domain.responses import Decision, Response
from dashboard.services.adding import Edit
from dashboard.services.reviewing import Seen
from tests.reviewers import STUDY, agreed, answer_of, first, judged

READER, ANI, BUDI = "Bu Rani", "Bu Ani", "Pak Budi"


@pytest.fixture
def example(app: App) -> Example:
    return first(app)[0]


def answered(app: App, example: Example, expert: str, decision: Decision) -> Response:
    return judged(app, example, expert, answer_of(app, decision))


def rewritten(app: App, example: Example, expert: str) -> Example:
    text = f"{example.inputs['username']}, pelan-pelan aja ya, satu langkah kecil dulu 🌱"
    return app.curation.edit(
        Edit(example.id, example.revision_number, example.inputs, text, expert, "")
    )


def read_by(app: App, example_id: ExampleId, viewer: str) -> list[str]:
    """Whose answers the history of an example tells this viewer."""
    facts = (one.change.fact for one in app.history.of_example(example_id, viewer))
    return sorted(one.expert for one in facts if isinstance(one, Response))


def round_with(app: App, *experts: str) -> Example:
    """The first example of a blind round of these experts."""
    for one in experts:
        app.team.add(STUDY, one, experts[0])
    started = app.calibration.start(Invitation(STUDY, "ronde", experts, 10, 1), experts[0])
    return app.curation.one(started.example_ids[0]).example


def need(app: App, overlap: int) -> None:
    policy = app.team.policy(STUDY)
    app.team.agree(replace(policy, overlap=overlap), policy, READER)


def give_back(app: App, example: Example, expert: str) -> None:
    """Take an answer back and leave its place to somebody else."""
    app.reviewing.reopen(Seen(example.id, example.revision_id, expert))
    app.progress.release(example.id, expert)


def test_who_judges_before_any_text_lay_open_judges_alone(app: App, example: Example) -> None:
    need(app, 3)
    for expert in (ANI, BUDI, READER):
        assert answered(app, example, expert, Decision.ACCEPT).independent


def test_more_answers_wanted_after_all_lay_open_are_not_independent(
    app: App, example: Example
) -> None:
    agreed(app, example, Decision.ACCEPT, (ANI, BUDI))
    need(app, 3)
    assert not answered(app, example, READER, Decision.ACCEPT).independent


def test_who_takes_a_place_given_back_after_all_lay_open_is_not_independent(
    app: App, example: Example
) -> None:
    agreed(app, example, Decision.ACCEPT, (ANI, BUDI))
    give_back(app, example, BUDI)
    assert not answered(app, example, READER, Decision.ACCEPT).independent


def test_only_ones_own_answer_lay_open_so_the_next_is_independent(
    app: App, example: Example
) -> None:
    need(app, 1)
    answered(app, example, READER, Decision.ACCEPT)
    app.reviewing.reopen(Seen(example.id, example.revision_id, READER))
    assert answered(app, example, READER, Decision.REJECT).independent


def test_a_crisis_in_a_blind_round_lays_answers_open(app: App) -> None:
    example = round_with(app, READER, ANI, BUDI)
    assert answered(app, example, ANI, Decision.REJECT).independent
    judged(app, example, BUDI, answer_of(app, Decision.UNSURE, flags=["crisis"]))
    give_back(app, example, BUDI)
    assert not answered(app, example, READER, Decision.REJECT).independent


def test_answers_to_an_open_text_stay_hidden_when_it_is_rewritten(
    app: App, example: Example
) -> None:
    answered(app, example, ANI, Decision.REJECT)
    rewritten(app, example, READER)
    assert read_by(app, example.id, READER) == []
    app.history.undo(STUDY, READER)
    assert answered(app, example, READER, Decision.REJECT).independent


def test_answers_to_an_earlier_text_are_read_by_those_who_answered_it(
    app: App, example: Example
) -> None:
    need(app, 3)
    answered(app, example, ANI, Decision.REJECT)
    answered(app, example, BUDI, Decision.REJECT)
    rewritten(app, example, READER)
    assert read_by(app, example.id, BUDI) == [ANI, BUDI]
    assert read_by(app, example.id, READER) == []


def test_answers_to_an_earlier_text_that_was_complete_are_open_to_everybody(
    app: App, example: Example
) -> None:
    agreed(app, example, Decision.REJECT, (ANI, BUDI))
    rewritten(app, example, READER)
    assert read_by(app, example.id, "Bu Sari") == [ANI, BUDI]


def test_a_round_called_off_shows_no_answers_to_a_text_rewritten_in_it(app: App) -> None:
    example = round_with(app, READER, ANI, BUDI)
    answered(app, example, ANI, Decision.REJECT)
    rewritten(app, example, READER)
    [of] = app.calibration.rounds(STUDY)
    app.calibration.close(of, BUDI, "batal")
    assert read_by(app, example.id, READER) == []
    [edit] = [o for o in app.history.undoable(STUDY, READER) if o.action.deed is Deed.EDIT]
    app.history.undo(STUDY, READER, edit.action.id)
    assert answered(app, example, READER, Decision.REJECT).independent
