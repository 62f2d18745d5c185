"""What the lexicons may hold, and what they must never make."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from dashboard.augmentation.drafts import draft_of
from dashboard.augmentation.keeping import negators
from dashboard.augmentation.lexicon import entry_of, lexicon, read
from dashboard.augmentation.offline import OfflineRewriter
from dashboard.domain.augmentation import Technique
from tests.augmentation.starters import parent_of, starters

# A raw thesaurus offers these: other senses of the same spelling.
UNSAFE = {
    "butuh": ("penis", "burung"),
    "pelan": ("alun-alun", "lapangan", "rencana"),
    "kesalahan": ("dosa", "kejahatan"),
    "mudah": ("barangkali", "semoga"),
    "coba": ("jika",),
    "hati": ("lever",),
    "selesai": ("lalu", "bubar"),
    "bantu": ("gadis",),
    "benar": ("kanan",),
}
LISTS = [("synonyms", "entries"), ("pivots", "entries"), ("phrases", "entries")]


@pytest.mark.parametrize(("name", "key"), LISTS)
@pytest.mark.parametrize("word", UNSAFE)
def test_no_unsafe_pair_is_in_a_lexicon(name: str, key: str, word: str) -> None:
    for row in read(name)[key]:
        if re.search(rf"\b{word}\b", row["phrase"]):
            said = " ".join(row["replacements"])
            assert not re.search(rf"\b({'|'.join(UNSAFE[word])})\b", said), row


@pytest.mark.parametrize("word", UNSAFE)
def test_no_technique_makes_an_unsafe_pair(word: str) -> None:
    parent = parent_of(f"Dinda, kamu {word} waktu, dan itu {word} juga, jadi kamu dapat stiker 🙂")
    unsafe = re.compile(rf"\b({'|'.join(UNSAFE[word])})\b")
    already = len(unsafe.findall(parent.message))
    for technique in Technique:
        for seed in range(20):
            child = OfflineRewriter().rewrite(technique, parent, seed, 3)
            assert child is None or len(unsafe.findall(child.message)) <= already, child


def test_the_synonyms_have_250_headwords_with_everything_a_reviewer_needs() -> None:
    rows = read("synonyms")["entries"]
    assert len({row["phrase"] for row in rows}) >= 250
    for row in rows:
        assert row["pos"] and row["register"] in ("netral", "santai"), row
        assert row["author"] == "Afektif"
        assert row["reviewer"] == "", "a reviewer's name belongs to a person who reviewed it"
        assert row["phrase"] not in row["replacements"], row


def test_no_synonym_crosses_a_pair_of_antonyms() -> None:
    pairs = [frozenset(pair) for pair in read("synonyms")["antonyms"]]
    for row in read("synonyms")["entries"]:
        for replacement in row["replacements"]:
            assert frozenset((row["phrase"], replacement)) not in pairs, row


def test_entries_of_one_headword_never_both_fit() -> None:
    by_word: dict[str, list[dict[str, object]]] = {}
    for row in read("synonyms")["entries"]:
        by_word.setdefault(row["phrase"], []).append(row)
    for rows in by_word.values():
        for one, other in combinations([entry_of(row) for row in rows], 2):
            assert one.only_after | one.only_before or one.not_after, one
            assert other.only_after | other.only_before or other.not_after, other


@pytest.mark.parametrize(("name", "key"), LISTS)
def test_replacements_keep_the_number_of_negators(name: str, key: str) -> None:
    for row in read(name)[key]:
        for replacement in row["replacements"]:
            assert negators(replacement) == negators(row["phrase"]), row


def test_templates_hold_no_negator_and_no_cause() -> None:
    for part in ("openers", "closers"):
        for row in read("templates")[part]:
            for text in row["texts"]:
                assert not negators(text), text
                assert not re.search(r"\b(karena|soalnya|gara-gara|sebab)\b", text), text


def test_emoji_stay_among_those_the_starters_use_for_an_emotion() -> None:
    used: dict[str, set[str]] = {}
    for parent in starters():
        tail = draft_of(parent.message, parent.inputs).tail.replace("️", "")
        used.setdefault(parent.inputs["emotion"], set()).update(tail.strip())
    for emotion, choices in read("templates")["emoji"].items():
        assert set(choices) <= used[emotion], emotion


def test_a_clitic_comes_back_and_names_stay() -> None:
    draft = draft_of("Dialogmu lengkap, Dinda 🙂", {"username": "Dinda"})
    options = [option for site in lexicon("synonyms").sites(draft) for option in site.options]
    assert "percakapanmu" in options
    draft = draft_of("Tugas Dialogmu lengkap 🙂", {"subject": "Dialog"})
    options = [option for site in lexicon("synonyms").sites(draft) for option in site.options]
    assert options == ["komplet"]


def test_the_words_beside_an_entry_decide() -> None:
    def options(message: str) -> list[str]:
        sites = lexicon("synonyms").sites(draft_of(message, {}))
        return [option for site in sites for option in site.options]

    assert "pas" in options("Caramu udah tepat 🙂")
    assert "pas" not in options("Kamu ngumpulin tepat waktu 🙂")
    assert "saat" in options("Itu berguna pas mau pulang 🙂")
    assert "saat" not in options("Nadamu udah pas 🙂")
