"""Near-duplicates are found as the exact comparison finds them, and fast."""

from __future__ import annotations

import pytest

from dashboard.augmentation.sieve.challenge import load_pairs
from dashboard.augmentation.sieve.neighbors import BATCH, MessageNeighborhood
from dashboard.commands.augment import PAIRS
from dashboard.domain.examples import NewExample
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
