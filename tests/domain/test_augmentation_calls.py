"""What calls cost at most and in fact, and how many are made at once."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from dashboard.domain.augmentation import Technique
from dashboard.domain.augmentation_calls import (
    MOST_AT_ONCE,
    MOST_TRIES,
    Call,
    CallState,
    Part,
    Price,
    Question,
    at_once,
    closed,
)
from dashboard.domain.ids import AugmentationRunId
from dashboard.domain.studies import Decoding, Message

GOOD, BAD = (CallState.ANSWERED,), (CallState.ANSWERED, CallState.UNAVAILABLE)
DOWN, ODD = (CallState.UNAVAILABLE,), (CallState.MALFORMED,)
PRICE = Price(Decimal("0.15"), Decimal("0.60"))


def asked(place: int) -> Question:
    return Question(("sad",), "aff-001", Technique.SYNONYM, place)


def calls(*batches: tuple[CallState, ...]) -> list[Call]:
    """A question per place in a batch: 0, 1 and so on."""
    run, at = AugmentationRunId("run"), datetime(2026, 11, 25, tzinfo=UTC)
    return [
        Call(run, number, asked(place), Part.VARIANTS, state, Decimal(0), at)
        for number, batch in enumerate(batches)
        for place, state in enumerate(batch)
    ]


def test_a_call_costs_what_was_read_and_written() -> None:
    assert PRICE.of(1_000_000, 500_000) == Decimal("0.45")


def test_the_most_a_call_can_cost_is_known_before_it_is_made() -> None:
    chat = (Message("user", "Halo 🌱"),)
    most = PRICE.at_most(chat, Decoding(max_tokens=100))
    assert most == PRICE.of(len("Halo 🌱".encode()) + 16, 100)


def test_good_batches_let_one_more_in_up_to_a_limit() -> None:
    assert [at_once(calls(*[GOOD] * count)) for count in (0, 1, 2)] == [4, 5, 6]
    assert at_once(calls(*[GOOD] * 100)) == MOST_AT_ONCE


def test_a_bad_batch_halves_and_one_call_always_remains() -> None:
    assert at_once(calls(GOOD, GOOD, BAD)) == 3
    assert at_once(calls(*[BAD] * 10)) == 1


def test_a_malformed_answer_says_nothing_about_the_load() -> None:
    assert at_once(calls(ODD)) == 5


def test_a_question_is_closed_by_an_answer_or_a_refusal() -> None:
    assert [*closed(calls(GOOD))] == [asked(0)]
    assert [*closed(calls((CallState.REFUSED, CallState.MALFORMED)))] == [asked(0)]


def test_a_question_that_keeps_failing_is_given_up() -> None:
    assert closed(calls(*[ODD] * (MOST_TRIES - 1))) == {}
    assert [*closed(calls(*[ODD] * MOST_TRIES))] == [asked(0)]
    assert set(closed(calls(*[BAD] * MOST_TRIES))) == {asked(0), asked(1)}


def test_an_engine_that_is_down_costs_no_question_a_try() -> None:
    assert closed(calls(*[DOWN] * 50)) == {}
