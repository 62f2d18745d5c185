"""Near-duplicates are found as the exact comparison finds them, and fast."""

from __future__ import annotations

import time

import pytest

from dashboard.augmentation.sieve.challenge import GOOD, load_pairs
from dashboard.augmentation.sieve.message_sieve import MessageSieve
from dashboard.augmentation.sieve.neighbors import BATCH, MessageNeighborhood
from dashboard.commands.augment import PAIRS
from dashboard.domain.augmentation import Parent, Route
from dashboard.domain.examples import NewExample
from dashboard.domain.studies import Study
from dashboard.metrics.similarity import THRESHOLD, TOKEN_SORT, near_duplicates


@pytest.fixture(scope="module")
def messages(starters: tuple[NewExample, ...]) -> list[str]:
    return [starter.message for starter in starters]


def test_it_agrees_with_the_exact_comparison(messages: list[str]) -> None:
    children = [pair.child for pair in load_pairs(PAIRS)]
    neighborhood = MessageNeighborhood(messages, [])
    size = len(messages)
    exact = {
        pair.second - size
        for pair in near_duplicates([*messages, *children])
        if pair.first < size <= pair.second
    }
    found = set()
    for place, child in enumerate(children):
        order, cosine = neighborhood.closest(child, apart_from="")
        if order >= TOKEN_SORT or cosine >= THRESHOLD:
            found.add(place)
    assert len(exact) > 50
    # The weights of n-grams differ a little: there they come from all texts, here from the first.
    assert len(exact ^ found) <= 0.03 * len(exact)


def test_what_was_added_is_found_at_once_and_after_many_more(messages: list[str]) -> None:
    neighborhood = MessageNeighborhood(messages[:10], [])
    for message in messages[10 : 12 + BATCH]:
        neighborhood.add(message)
        assert neighborhood.closest(message, apart_from="")[1] == pytest.approx(1)
    assert neighborhood.closest(messages[10], apart_from="")[1] == pytest.approx(1)


def test_a_text_alone_and_a_text_of_emoji_are_like_nothing() -> None:
    assert MessageNeighborhood([], []).closest("Halo Isak", apart_from="") == (0.0, 0.0)
    assert MessageNeighborhood(["Halo", ""], []).closest("🌱", apart_from="")[1] == 0.0


def test_the_sieve_judges_two_hundred_children_a_second_beside_1400(
    sieve: MessageSieve, study: Study, parents: dict[str, Parent], messages: list[str]
) -> None:
    many = [f"{message} Bagian {number}." for number in range(9) for message in messages][:1400]
    beside = sieve.beside(many)
    # Paraphrases are the dearest: no filter stops them early.
    pairs = [pair for pair in load_pairs(PAIRS) if pair.kind == GOOD]
    sieve.sift(study, parents["aff-001"], pairs[0].child, Route.MODEL, beside)
    start = time.process_time()
    for pair in pairs:
        sieve.sift(study, parents[pair.parent], pair.child, Route.MODEL, beside)
    assert len(pairs) / (time.process_time() - start) >= 200
