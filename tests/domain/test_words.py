"""Words of a search: how they are cut, and where they are found in what people wrote."""

from __future__ import annotations

import pytest

from dashboard.domain.words import LONGEST, is_found, stretches, words


def shown(text: str, sought: str) -> str:
    """The text with what was found in brackets."""
    return "".join(f"[{one.text}]" if one.is_found else one.text for one in stretches(text, sought))


def test_words_are_plain_and_an_emoji_is_one() -> None:
    assert words("Éa_b, 2x!🙂ok") == ["ea", "b", "2x", "u1f642", "ok"]


def test_an_endless_word_counts_by_its_beginning() -> None:
    assert words("a" * 5000) == ["a" * LONGEST]


@pytest.mark.parametrize(
    ("text", "sought", "expected"),
    [
        ("Semangat ya, kamu bisa", "kamu", "Semangat ya, [kamu] bisa"),
        ("Semangat ya, kamu bisa", "sem", "[Semangat] ya, kamu bisa"),
        ("Semangat ya, kamu bisa", "sem bisa", "Semangat ya, kamu [bisa]"),
        ("Semangat ya, kamu bisa", "bisa sem", "[Semangat] ya, kamu [bisa]"),
        ("KAMU, kamulah kamu", "kamu", "[KAMU], [kamulah] [kamu]"),
        ("bukamu", "kamu", "bukamu"),
        ("Café tenang", "cafe", "[Café] tenang"),
        ("Cafe\u0301 tenang", "cafe", "[Cafe\u0301] tenang"),
        ("Cafe\u0301 tenang", "café", "[Cafe\u0301] tenang"),
        ("Straße", "strass", "[Straße]"),
        ("ﬁsika", "fis", "[ﬁsika]"),
        ("siap😊kamu", "😊", "siap[😊]kamu"),
        ("bagus 👍🏽 ya", "👍", "bagus [👍🏽] ya"),
        ("hai 👩‍👩‍👧‍👦 ya", "👩‍👩‍👧‍👦", "hai [👩‍👩‍👧‍👦] ya"),
        ("dari 🇮🇩!", "🇮🇩", "dari [🇮🇩]!"),
        ("❤️ kamu", "❤", "[❤️] kamu"),
        ("kamu bisa", "", "kamu bisa"),
        ("kamu bisa", "  ?! ", "kamu bisa"),
        ("", "kamu", ""),
        ("a_b", "b", "a_[b]"),
        ("satu dua", "satu dua", "[satu] [dua]"),
        ("x-1 x1", "x", "[x]-1 [x1]"),
    ],
)
def test_what_a_search_finds_is_marked_in_the_text_itself(
    text: str, sought: str, expected: str
) -> None:
    assert shown(text, sought) == expected
    assert "".join(one.text for one in stretches(text, sought)) == text
    assert is_found(text, sought) == ("[" in expected)


def test_neighbors_are_never_of_one_kind() -> None:
    found = stretches("👍👍👍 ya", "👍")
    assert [one.is_found for one in found] == [True, False]
