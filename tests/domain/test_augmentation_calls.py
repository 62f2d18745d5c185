"""What calls cost at most and in fact, and how many are made at once."""

from __future__ import annotations

from decimal import Decimal

from dashboard.domain.augmentation_calls import (
    MOST_AT_ONCE,
    CallState,
    Price,
    at_once,
)
from dashboard.domain.studies import Decoding, Message

GOOD, BAD = (CallState.ANSWERED,), (CallState.ANSWERED, CallState.UNAVAILABLE)
PRICE = Price(Decimal("0.15"), Decimal("0.60"))


def test_a_call_costs_what_was_read_and_written() -> None:
    assert PRICE.of(1_000_000, 500_000) == Decimal("0.45")


def test_the_most_a_call_can_cost_is_known_before_it_is_made() -> None:
    chat = (Message("user", "Halo 🌱"),)
    most = PRICE.at_most(chat, Decoding(max_tokens=100))
    assert most == PRICE.of(len("Halo 🌱".encode()) + 16, 100)


def test_good_batches_let_one_more_in_up_to_a_limit() -> None:
    assert [at_once([GOOD] * count) for count in (0, 1, 2)] == [4, 5, 6]
    assert at_once([GOOD] * 100) == MOST_AT_ONCE


def test_a_bad_batch_halves_and_one_call_always_remains() -> None:
    assert at_once([GOOD, GOOD, BAD]) == 3
    assert at_once([BAD] * 10) == 1


def test_a_malformed_answer_says_nothing_about_the_load() -> None:
    assert at_once([(CallState.MALFORMED,)]) == 5
