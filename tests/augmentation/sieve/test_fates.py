"""What the sieve says of a child: one reason after the other, and who decides."""

from __future__ import annotations

import pytest

from dashboard.augmentation.sieve.children import normalized_child
from dashboard.augmentation.sieve.message_sieve import MessageSieve
from dashboard.domain.augmentation import Fate, Neighborhood, Parent, Reason, Route
from dashboard.domain.examples import NewExample
from dashboard.domain.studies import Study
from tests.augmentation.sieve.conftest import Sift

GOOD = (
    "Isak, tabel pengamatanmu udah terisi semua. PR IPAS tambahan resmi dihapus, "
    "sore ini kamu bisa istirahat 🌱"
)
"""A paraphrase of aff-021: angry, negative, satisfaction."""


def test_a_good_paraphrase_is_kept_and_measured(sift: Sift) -> None:
    sifting = sift("aff-021", GOOD)
    assert sifting.fate is Fate.KEPT
    assert not sifting.reasons
    assert {"parent_ratio", "stem_overlap", "news", "neighbor_cosine"} <= set(sifting.scores)


@pytest.mark.parametrize(
    ("child", "reason"),
    [
        ("", Reason.MALFORMED),
        (GOOD.replace(". ", ".\n"), Reason.MALFORMED),
        ("Isak, beres 🌱", Reason.TOO_SHORT),
        (f"{GOOD} Kamu dapat jeda juga, dan nanti kita lihat lagi bareng-bareng.", Reason.TOO_LONG),
        (GOOD.replace("🌱", ""), Reason.NO_EMOJI),
        (GOOD.replace("🌱", "🌱🌿🍃"), Reason.TOO_MANY_EMOJI),
        (GOOD.replace("🌱", "🎉"), Reason.EMOJI_VALENCE),
        (GOOD.replace("🌱", "😡"), Reason.EMOJI_VALENCE),
        (GOOD.replace("Isak,", "Isak, anjiiing,"), Reason.PROFANITY),
        (GOOD.replace("Isak,", "Isak, g0blok,"), Reason.PROFANITY),
        (GOOD.replace("Isak,", "Isak, jangan maless,"), Reason.SHAMING),
        (GOOD.replace("PR IPAS tambahan", "Kerja rumah IPAS awak"), Reason.NOT_INDONESIAN),
        (GOOD.replace("udah terisi", "belum terisi"), Reason.NEGATOR_MISMATCH),
        (GOOD.replace("terisi semua", "kosong semua"), Reason.ANTONYM),
        (GOOD.replace("resmi dihapus", "resmi dibagikan"), Reason.REINFORCEMENT_LOST),
        (GOOD.replace("semua.", "semua karena marah."), Reason.NEW_CAUSE),
        (GOOD.replace("Isak", "Budi"), Reason.INPUT_LOST),
        (GOOD.replace("IPAS ", ""), Reason.INPUT_LOST),
        (GOOD.replace("Isak", "[nama] Isak"), Reason.LEFTOVER),
        (GOOD.replace("PR", "**PR**"), Reason.LEFTOVER),
        (f"Parafrase: {GOOD}", Reason.LEFTOVER),
        (f'"{GOOD}"', Reason.LEFTOVER),
        (GOOD.replace("sore ini", "sore ini ini"), Reason.BROKEN),
        (GOOD.replace("sore ini kamu bisa istirahat", "kamu bisa istirahat di"), Reason.BROKEN),
        (GOOD.replace("istirahat", "istirahat deh dong"), Reason.BROKEN),
        (GOOD.replace(", sore", " , sore"), Reason.BROKEN),
    ],
)
def test_each_fault_is_dropped_by_its_own_name(sift: Sift, child: str, reason: Reason) -> None:
    sifting = sift("aff-021", child)
    assert sifting.fate is Fate.DROPPED
    assert sifting.reasons[0] is reason


def test_the_parent_said_again_is_unchanged(sift: Sift, parents: dict[str, Parent]) -> None:
    message = parents["aff-021"].message
    assert sift("aff-021", message.replace("🌱", "🌿")).reasons == (Reason.UNCHANGED,)


def test_a_neighbor_said_again_is_a_near_duplicate_but_the_parent_is_no_neighbor(
    sift: Sift, parents: dict[str, Parent]
) -> None:
    turned = (
        "Tabel pengamatanmu udah terisi semua, jadi sore ini waktunya kamu istirahat. "
        "PR IPAS tambahan resmi dihapus, Isak 🌱"
    )
    assert sift("aff-021", turned, beside=[parents["aff-021"].message]).fate is Fate.KEPT
    assert sift("aff-021", turned, beside=[turned]).reasons == (Reason.NEAR_DUPLICATE,)


def test_a_lost_negator_drops_what_a_rule_made_and_holds_what_a_model_made(sift: Sift) -> None:
    child = GOOD.replace("udah terisi", "belum terisi")
    assert sift("aff-021", child, Route.OFFLINE).fate is Fate.DROPPED
    held = sift("aff-021", child, Route.MODEL)
    assert (held.fate, held.reasons) == (Fate.HELD, (Reason.NEGATOR_MISMATCH,))


def test_a_later_fault_that_drops_decides_over_one_that_holds(sift: Sift) -> None:
    child = GOOD.replace("udah terisi", "belum terisi").replace("ini kamu", "ini ini kamu")
    sifting = sift("aff-021", child, Route.MODEL)
    assert sifting.fate is Fate.DROPPED
    assert sifting.reasons == (Reason.BROKEN, Reason.NEGATOR_MISMATCH)


def test_a_sign_of_danger_goes_to_a_person_whatever_else_is_true(sift: Sift) -> None:
    sifting = sift("aff-021", "pengen matiii")
    assert (sifting.fate, sifting.reasons) == (Fate.HELD, (Reason.CRISIS,))


def test_what_says_something_else_is_held(sift: Sift) -> None:
    child = "Isak, PR IPAS tambahan dihapus. Pamanmu titip salam lewat tetangga kemarin sore 🌱"
    sifting = sift("aff-021", child, Route.MODEL)
    assert (sifting.fate, sifting.reasons[0]) == (Fate.HELD, Reason.DRIFT)


def test_a_word_for_another_emotion_is_held(sift: Sift) -> None:
    sifting = sift("aff-021", GOOD.replace("Isak,", "Isak, gembira banget ya,"))
    assert (sifting.fate, sifting.reasons) == (Fate.HELD, (Reason.LABEL_DOUBT,))


@pytest.mark.parametrize(
    ("key", "child"),
    [
        # Relief may be said with a negator or without.
        (
            "aff-023",
            "Umbu, mau diam dulu juga boleh. Dialogmu udah selesai sampai baris terakhir, jadi "
            "giliran baca nyaring nggak perlu kamu ikuti 😌",
        ),
        # Soothing words bring a negator that denies nothing.
        (
            "aff-021",
            "Isak, nggak usah buru-buru. Tabel pengamatanmu udah terisi semua, PR IPAS tambahan "
            "resmi dihapus, sore ini kamu istirahat 🌱",
        ),
        # After a word, `soalnya` is the exercise.
        (
            "aff-110",
            "Barce, tiga dari empat soalnya IPAS udah benar, tinggal cek satu lagi. Begitu dicek, "
            "lembar perbaikan dicoret ✏️",
        ),
        ("aff-021", GOOD.replace("tabel", "tabel kecoklatan")),
    ],
)
def test_what_only_looks_like_a_fault_is_kept(sift: Sift, key: str, child: str) -> None:
    assert sift(key, child).fate is Fate.KEPT


def test_every_reason_can_be_asked_for(
    sieve: MessageSieve, study: Study, parents: dict[str, Parent]
) -> None:
    child = GOOD.replace("🌱", "🎉").replace("Isak", "Budi").replace("ini kamu", "ini ini kamu")
    sifting = sieve.sift_all(study, parents["aff-021"], child, Route.OFFLINE, sieve.beside([]))
    assert sifting.reasons == (Reason.EMOJI_VALENCE, Reason.INPUT_LOST, Reason.BROKEN)


def test_a_foreign_neighborhood_is_refused(
    sieve: MessageSieve, study: Study, parents: dict[str, Parent]
) -> None:
    class Deaf:
        def add(self, message: str) -> None:
            """Forgets it."""

    deaf: Neighborhood = Deaf()
    with pytest.raises(TypeError, match="beside"):
        sieve.sift(study, parents["aff-021"], GOOD, Route.OFFLINE, deaf)


def test_the_sieve_names_everything_it_depends_on(sieve: MessageSieve) -> None:
    names = set(sieve.resources)
    assert {"sieve.toml", "starters", "shaming.txt", "crisis.txt", "py3langid"} <= names
    assert all(sieve.resources.values())


def test_no_starter_is_faulty_by_itself(
    sieve: MessageSieve,
    study: Study,
    parents: dict[str, Parent],
    starters: tuple[NewExample, ...],
) -> None:
    beside = sieve.beside([])
    for starter in starters:
        parent = parents[starter.key]
        sifting = sieve.sift_all(study, parent, starter.message, Route.OFFLINE, beside)
        assert set(sifting.reasons) <= {Reason.UNCHANGED}, starter.message


@pytest.mark.parametrize(
    ("text", "normalized"),
    [
        ("  Halo,\u00a0 Isak  🌱 ", "Halo, Isak 🌱"),
        ("“Halo”, ‘Isak’", "\"Halo\", 'Isak'"),
        ("cafe\u0301 Isak", "café Isak"),
        ("Ha\u200blo Isak", "Halo Isak"),
        ("Halo 👩\u200d🏫", "Halo 👩\u200d🏫"),
    ],
)
def test_a_child_is_normalized_and_an_emoji_stays_whole(text: str, normalized: str) -> None:
    assert normalized_child(text) == normalized
