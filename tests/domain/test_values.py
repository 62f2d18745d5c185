from __future__ import annotations

import time
import uuid
from datetime import UTC

import pytest

from dashboard.domain.datasets import Row, Split
from dashboard.domain.errors import InvalidInput, UserError
from dashboard.domain.examples import normalized
from dashboard.domain.few_shot import nearest
from dashboard.domain.findings import Finding, Severity
from dashboard.domain.generation import Usage
from dashboard.domain.ids import ExampleId, RevisionId, new_id, now
from dashboard.domain.studies import Message, Study
from dashboard.domain.training import RunStatus

ASKED = {"username": "Raka", "emotion": "sad", "reinforcement": "positive"}


def _row(key: str, emotion: str, reinforcement: str) -> Row:
    inputs = {"username": key, "emotion": emotion, "reinforcement": reinforcement}
    return Row(0, Split.TRAIN, ExampleId(key), RevisionId(key), key, inputs, "Pesan")


def test_worked_examples_share_as_much_of_the_cell_as_there_is(study: Study) -> None:
    train = [
        _row("far", "happy", "negative"),
        _row("half", "sad", "negative"),
        _row("same", "sad", "positive"),
    ]
    assert [row.key for row in nearest(study, ASKED, train, 3)] == ["same", "half", "far"]
    assert [row.key for row in nearest(study, ASKED, train, 1)] == ["same"]
    assert len(nearest(study, ASKED, train, 10)) == 3
    assert nearest(study, ASKED, [], 3) == nearest(study, ASKED, train, 0) == ()


def test_ties_are_broken_the_same_way_in_any_order_but_differently_for_other_rows(
    study: Study,
) -> None:
    train = [_row(f"k{number}", "sad", "positive") for number in range(30)]
    assert nearest(study, ASKED, train, 3) == nearest(study, ASKED, train[::-1], 3)
    chosen = {
        nearest(study, {**ASKED, "username": name}, train, 1)[0].key
        for name in ("Raka", "Dinda", "Togar", "Ayu", "Beni", "Citra")
    }
    assert len(chosen) > 2


@pytest.mark.parametrize(
    "same",
    ["  Halo,\n RAKA  é 😊 ", "halo, raka e\u0301 😊", "HALO,\u00a0Raka\tE\u0301 😊"],
)
def test_a_message_is_the_same_text_whatever_its_case_spaces_and_accents_code(same: str) -> None:
    assert normalized(same) == normalized("Halo, Raka é 😊") == "halo, raka é 😊"


def test_other_words_and_other_emoji_are_another_text() -> None:
    assert len({normalized(one) for one in ("Halo 😊", "Halo 🌱", "Halo, 😊", "")}) == 4


def test_ids_are_uuids_of_version_7_that_sort_by_time() -> None:
    first = new_id()
    time.sleep(0.003)
    second = new_id()
    parsed = uuid.UUID(first)
    assert (parsed.version, parsed.variant) == (7, uuid.RFC_4122)
    assert first < second
    assert abs((parsed.int >> 80) / 1000 - time.time()) < 60
    assert len({new_id() for _ in range(1000)}) == 1000


def test_the_present_has_its_zone() -> None:
    assert now().tzinfo is UTC


def test_a_chat_is_prompt_worked_examples_and_the_input(study: Study) -> None:
    shot = {"username": "Dinda", "emotion": "happy", "reinforcement": "negative"}
    assert study.chat("P", ASKED, ((shot, "Mantap 😊"),)) == (
        Message("system", "P"),
        Message("user", "Username: Dinda\nEmotion: happy\nReinforcement: negative"),
        Message("assistant", "Mantap 😊"),
        Message("user", "Username: Raka\nEmotion: sad\nReinforcement: positive"),
    )
    assert [turn.role for turn in study.chat("P", ASKED)] == ["system", "user"]


def test_a_value_has_a_label_or_is_its_own(study: Study) -> None:
    emotion = study.field("emotion")
    assert emotion.label_of("sad", "id") == "sedih"
    assert emotion.label_of("sad", "en") == "sad"
    assert study.field("username").label_of("Raka", "id") == "Raka"


@pytest.mark.parametrize("status", RunStatus)
def test_only_the_last_three_states_are_final(status: RunStatus) -> None:
    assert status.is_final == (status in list(RunStatus)[-3:])


def test_tokens_add_up() -> None:
    assert Usage(100, 20).total_tokens == 120


def test_an_error_is_its_sentence_with_the_values_in_place() -> None:
    assert str(InvalidInput("Line {line} is {what}.", line=3, what="{odd}")) == "Line 3 is {odd}."
    assert str(UserError("Braces {} stay without values.")) == "Braces {} stay without values."


def test_a_finding_reads_as_a_sentence() -> None:
    finding = Finding("too_long", Severity.ERROR, "{count} words.", {"count": 30})
    assert str(finding) == "30 words."
