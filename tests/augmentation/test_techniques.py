"""The five techniques by example: what each does, and what it leaves alone."""

from __future__ import annotations

import pytest

from dashboard.augmentation.offline import OfflineRewriter
from dashboard.domain.augmentation import Technique
from tests.augmentation.starters import parent_of

SEEDS = range(150)


def children(technique: Technique, message: str, max_edits: int = 1, **inputs: str) -> set[str]:
    """Everything a technique makes of a message with some seeds."""
    parent = parent_of(message, **inputs)
    made = (OfflineRewriter().rewrite(technique, parent, seed, max_edits) for seed in SEEDS)
    return {child.message for child in made if child}


@pytest.mark.parametrize(
    ("technique", "message", "child"),
    [
        (
            Technique.SYNONYM,
            "Tabelmu udah lengkap, Dinda 🙂",
            "Tabelmu udah komplet, Dinda 🙂",
        ),
        (
            Technique.SYNONYM,
            "Pendapatmu dihargai, Dinda 🙂",
            "Opinimu dihargai, Dinda 🙂",
        ),
        (
            Technique.INSERTION,
            "Tabelmu rapi, Dinda. PR tambahan dihapus 🙂",
            "Tabelmu rapi banget, Dinda. PR tambahan dihapus 🙂",
        ),
        (
            Technique.INSERTION,
            "Tulis satu contoh, nanti kamu dapat stiker, Dinda 🙂",
            "Yuk, tulis satu contoh, nanti kamu dapat stiker, Dinda 🙂",
        ),
        (
            Technique.SWAP,
            "Dinda, tabelmu udah rapi 🙂",
            "Tabelmu udah rapi, Dinda 🙂",
        ),
        (
            Technique.SWAP,
            "Begitu tabelmu masuk, timer dimatiin, Dinda 🙂",
            "Timer dimatiin begitu tabelmu masuk, Dinda 🙂",
        ),
        (
            Technique.SWAP,
            "Dua poin tambahan buat kamu, Dinda. Grafikmu rapi dan runtut 🙂",
            "Grafikmu rapi dan runtut, Dinda. Dua poin tambahan buat kamu 🙂",
        ),
        (
            Technique.BACK_TRANSLATION,
            "Kamu nggak perlu ikut kuis ulang, Dinda 🙂",
            "Kamu nggak usah ikut kuis ulang, Dinda 🙂",
        ),
    ],
)
def test_a_technique_makes_this_child(technique: Technique, message: str, child: str) -> None:
    assert child in children(technique, message)


@pytest.mark.parametrize(
    "message",
    [
        "Tabelmu rapi, jadi lembar tambahannya dicoret, Dinda 🙂",
        "Soal itu berat, tapi kamu beresin juga, Dinda 🙂",
        "Tulis satu contoh, lalu timer dimatiin, Dinda 🙂",
        "Pilih contoh favoritmu, biar terasa dekat, Dinda 🙂",
    ],
)
def test_a_clause_that_leans_on_another_never_comes_first(message: str) -> None:
    second = message.split(", ")[1].split(maxsplit=1)[0].capitalize()
    for child in children(Technique.SWAP, message, 3):
        assert not child.startswith((second, f"Dinda, {second.lower()}")), child


def test_a_pair_of_nouns_is_not_taken_for_two_clauses() -> None:
    message = "Sekarang nomor empat udah lancar, Dinda! Nomor lima dan enam dicoret 🙂"
    for child in children(Technique.PARAPHRASE, message, 3, reinforcement="negative"):
        assert "lima dan enam" in child, child


def test_a_swap_with_one_edit_moves_words_and_changes_none() -> None:
    message = "Kalau mau diam dulu, boleh. Dialogmu udah kelar sampai baris terakhir, Dinda 🙂"
    plain = sorted(message.lower().replace(",", "").replace(".", "").split())
    made = children(Technique.SWAP, message, 1)
    assert made
    for child in made:
        assert sorted(child.lower().replace(",", "").replace(".", "").split()) == plain


def test_a_paraphrase_does_two_or_three_things() -> None:
    message = "Dua kalimat udah tersusun rapi, Dinda. Lanjutnya santai aja, timer dimatiin 🙂"
    for seed in SEEDS:
        child = OfflineRewriter().rewrite(Technique.PARAPHRASE, parent_of(message), seed, 2)
        assert child is not None
        kinds = [edit.kind for edit in child.operations]
        assert 2 <= len([kind for kind in kinds if kind != "register"]) + ("register" in kinds) <= 3


def test_an_opener_takes_a_name_in_front_along() -> None:
    message = "Dinda, tabelmu udah lengkap 🙂"
    made = children(Technique.PARAPHRASE, message, 2, arcsmodel="satisfaction")
    assert any(child.startswith("Kerja bagus, Dinda. Tabelmu ") for child in made)


@pytest.mark.parametrize("emotion", ["sad", "angry", "fear", "disgust"])
def test_nobody_celebrates_with_somebody_who_suffers(emotion: str) -> None:
    message = "Dua kalimat udah tersusun rapi, Dinda. Kamu dapat stiker 🌱"
    for child in children(Technique.PARAPHRASE, message, 3, emotion=emotion):
        assert not {"🎉", "🥳", "😄", "🙌", "✨", "!"} & set(child), child


def test_capitals_follow_the_sentence_and_names_keep_theirs() -> None:
    message = "Dinda, PR tambahan dihapus. Kota Jayapura udah kamu temukan 🙂"
    for technique in Technique:
        for child in children(technique, message, 3):
            assert "PR tambahan" in child or "PR ekstra" in child
            assert "Jayapura" in child


def test_emoji_reduplication_and_quotes_come_through() -> None:
    message = 'Pelan-pelan aja, Dinda: "teka-teki" 8-1-9 itu seru, kan? 🕵️‍♀️🙂'
    for technique in Technique:
        for child in children(technique, message, 2):
            assert "8-1-9" in child
            assert "🕵️‍♀️" in child
