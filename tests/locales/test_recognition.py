"""Sentences that a worker stored in English are told in the reader's language."""

from __future__ import annotations

import pytest

from dashboard.locales.recognition import retold


@pytest.mark.parametrize(
    ("stored", "told"),
    [
        (
            "This example does not exist, or no longer.",
            "Contoh ini tidak ada, atau sudah tidak ada.",
        ),
        (
            "No engine answers at http://127.0.0.1:1/v1. Start it with “make run”, or check the "
            "address.",
            "Tidak ada mesin yang menjawab di http://127.0.0.1:1/v1. Nyalakan dengan “make run”, "
            "atau periksa alamatnya.",
        ),
        (
            "Training stopped: local is busy or at fault: out of memory",
            "Pelatihan berhenti: local sedang sibuk atau bermasalah: out of memory",
        ),
        ("Something nobody has foreseen.", "Something nobody has foreseen."),
        ("", ""),
    ],
)
def test_a_known_sentence_is_translated(stored: str, told: str) -> None:
    assert retold("id", stored) == told
    assert retold("en", stored) == stored
