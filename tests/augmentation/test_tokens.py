from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.augmentation.drafts import draft_of
from dashboard.augmentation.tokens import gaps, tokens


@given(st.text())
def test_words_and_gaps_together_are_the_text(text: str) -> None:
    found = tokens(text)
    between = gaps(text, found)
    woven = "".join(gap + token.text for gap, token in zip(between, found, strict=False))
    assert woven + between[-1] == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("pelan-pelan aja 🌱", ["pelan-pelan", "aja"]),
        ("timer-nya dimatiin!", ["timer-nya", "dimatiin"]),
        ("kode 8-1-9: Jum'at", ["kode", "8-1-9", "Jum'at"]),
        ("🎉", []),
    ],
)
def test_reduplication_and_clitics_are_one_word(text: str, words: list[str]) -> None:
    assert [token.text for token in tokens(text)] == words


@given(st.text())
def test_a_message_taken_apart_and_untouched_reads_the_same(text: str) -> None:
    draft = draft_of(text, {"username": "Dinda"})
    assert draft.message.casefold() == text.casefold()


@pytest.mark.parametrize(
    ("message", "body", "tail"),
    [
        ("Rapi, Dinda. Lanjut ya 😊", "rapi, Dinda. lanjut ya", " 😊"),
        ("Dinda, PR dihapus 🌱💛", "Dinda, PR dihapus", " 🌱💛"),
        ("Matematika seru! 🎲", "Matematika seru!", " 🎲"),
        ("Tanpa emoji", "tanpa emoji", ""),
    ],
)
def test_a_draft_lowers_openings_and_keeps_names(message: str, body: str, tail: str) -> None:
    draft = draft_of(message, {"username": "Dinda", "subject": "Matematika"})
    assert (draft.body, draft.tail) == (body, tail)
    assert draft.message == message
