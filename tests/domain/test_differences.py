"""Differences between two texts, word by word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.differences import Kept, differences


@given(st.text(alphabet="ab \n🌱", max_size=30), st.text(alphabet="ab \n🌱", max_size=30))
def test_the_pieces_give_both_texts_again(old: str, new: str) -> None:
    pieces = differences(old, new)
    assert "".join(one.text for one in pieces if one.kept is not Kept.NEW) == old
    assert "".join(one.text for one in pieces if one.kept is not Kept.GONE) == new


@pytest.mark.parametrize(
    ("old", "new", "marks"),
    [
        ("satu dua", "satu dua", ["=satu dua"]),
        ("satu dua tiga", "satu empat tiga", ["=satu ", "-dua ", "+empat ", "=tiga"]),
        ("", "satu", ["+satu"]),
        ("satu", "", ["-satu"]),
    ],
)
def test_whole_words_go_and_come(old: str, new: str, marks: list[str]) -> None:
    sign = {Kept.SAME: "=", Kept.GONE: "-", Kept.NEW: "+"}
    assert [sign[one.kept] + one.text for one in differences(old, new)] == marks
