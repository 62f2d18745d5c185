"""Words are compared as people mean them, however they are spelled."""

from __future__ import annotations

import pytest

from dashboard.augmentation.sieve.phrase_lists import unsafe_list
from dashboard.augmentation.sieve.words import folded, stems, unmasked, words_of


@pytest.mark.parametrize("spelling", ["gak", "nggak", "nggaaak", "ga", "enggak", "tak", "tdk"])
def test_spellings_of_a_negator_are_one_word(spelling: str) -> None:
    assert folded(f"Kamu {spelling} perlu") == "kamu tidak perlu"


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("nulis", "tulis"),
        ("milih", "pilih"),
        ("nyimak", "simak"),
        ("usahamu", "usaha"),
        ("dibacain", "baca"),
        ("berbahagia", "bahagia"),
        ("timer-nya", "timer"),
    ],
)
def test_a_word_knows_what_it_may_come_from(word: str, stem: str) -> None:
    assert stem in stems(word)


@pytest.mark.parametrize("text", ["b0doh", "b o d o h", "bod*oh", "b.o.d.o.h", "BODOOOH", "b0d0h2"])
def test_a_disguised_word_is_read(text: str) -> None:
    assert "bodoh" in unmasked(f"kamu {text} ya")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("profanity", "Tanahnya kecoklatan dan bentuknya cokelat"),
        ("profanity", "Pantai di kelas 7A"),
        ("crisis", "Jangan putus asa, lampunya mati sebentar"),
        ("crisis", "Lihat bulan pakai mata telanjang"),
        ("shaming", "Usahamu nggak sia-sia, sampah plastiknya jadi pot"),
        ("shaming", "Coba yang lain aja dulu"),
    ],
)
def test_a_harmless_text_is_left_alone(name: str, text: str) -> None:
    assert not unsafe_list(name).found(text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("shaming", "Masa soal segini aja kamu gak bisa"),
        ("shaming", "Bodohnya kamu"),
        ("crisis", "Dia gak mauu hidup lagi"),
        ("profanity", "a n j i n g"),
    ],
)
def test_an_unsafe_text_is_found(name: str, text: str) -> None:
    assert unsafe_list(name).found(text)


def test_a_reduplication_is_one_word() -> None:
    assert words_of("Pelan-pelan aja, 8-1-9 🌱") == ("pelan-pelan", "aja", "8-1-9")
