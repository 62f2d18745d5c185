from __future__ import annotations

import re
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.findings import Finding, Severity
from dashboard.domain.studies import Decoding, Field, Inputs, Rules, Study
from dashboard.metrics.counts import count_emoji, count_words, count_words_by_spaces
from dashboard.metrics.rules import ERRORS, HINTS, MessageRules

RULES = Rules(
    max_words=25,
    min_words=3,
    min_emoji=1,
    max_emoji=2,
    language="id",
    informal=True,
    no_assumed_cause=True,
)
STUDY = Study(
    name="sample",
    title={},
    description={},
    fields=(
        Field("Username", "username", {}),
        Field("Emotion", "emotion", {}, values=("sad", "happy")),
    ),
    cell_keys=("emotion",),
    rules=RULES,
    base_prompt="",
    tuned_prompt="",
    decoding=Decoding(),
    guideline={},
)
INPUTS: Inputs = {"username": "Raka", "emotion": "sad"}
GOOD = "Raka, pelan-pelan aja ya. Satu soal selesai itu udah kemajuan, nanti boleh istirahat 😊"


def _check(message: str, inputs: Inputs = INPUTS) -> tuple[Finding, ...]:
    return MessageRules().check(STUDY, inputs, message)


def _codes(message: str, inputs: Inputs = INPUTS) -> list[str]:
    return [one.code for one in _check(message, inputs)]


def test_a_good_message_has_no_findings() -> None:
    assert _check(GOOD) == ()


@pytest.mark.parametrize(
    ("inputs", "code", "told"),
    [
        ({"emotion": "sad"}, "missing_field", "Username"),
        ({"username": "  ", "emotion": "sad"}, "missing_field", "Username"),
        ({"username": "Raka", "emotion": "Sad"}, "unknown_value", "sad, happy"),
        ({"username": "Raka", "emotion": "bingung"}, "unknown_value", "bingung"),
    ],
)
def test_a_broken_field_is_named_with_what_it_may_be(inputs: Inputs, code: str, told: str) -> None:
    [finding] = [one for one in _check(GOOD, inputs) if one.severity is Severity.ERROR]
    assert finding.code == code
    assert told in str(finding)


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("", "empty"),
        (" \n\t", "empty"),
        ("Raka " + "kata " * 25 + "😊", "too_long"),
        ("Raka " + "kata " * 23 + "😊 😊", "too_long_at_spaces"),
        ("Raka, semangat! 😊", "too_short"),
        (GOOD.replace(" 😊", ""), "no_emoji"),
        ("Raka, kamu udah hebat banget {} 😊", "leftover"),
        ("Raka, kamu udah hebat {nama} 😊", "leftover"),
        ("Raka, kamu udah hebat {{ 😊", "leftover"),
        ("Halo [nama], Raka udah hebat banget 😊", "leftover"),
        ("Halo <nama>, Raka udah hebat banget 😊", "leftover"),
        ("Halo <…>, Raka udah hebat banget 😊", "leftover"),
        ("Raka, kamu udah hebat banget 😊<|im_end|>", "leftover"),
    ],
)
def test_a_message_that_breaks_a_rule_is_kept_out(message: str, code: str) -> None:
    errors = [one.code for one in _check(message) if one.severity is Severity.ERROR]
    assert errors == [code]


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (GOOD + "🌱🎧", "too_many_emoji"),
        ("Raka, you did a very good job with this exercise today 😊", "not_indonesian"),
        ("Raka well done 😊", "language_unsure"),
        (GOOD.replace("Raka", "Kamu"), "username_unused"),
        (GOOD.replace("Raka", "Rakawati"), "username_unused"),
        ("Raka, kamu sedih karena ulangan, ya? Yuk coba lagi satu soal 😊", "new_cause"),
        ("Raka, gara-gara ulangan kamu jadi sedih, ya? Yuk coba lagi 😊", "new_cause"),
        ("Raka, Anda sudah belajar dengan baik hari ini, lanjut ya 😊", "formal"),
        ("Raka, kalian semua sudah belajar dengan baik hari ini 😊", "formal"),
    ],
)
def test_a_doubt_is_a_hint_and_keeps_nothing_out(message: str, code: str) -> None:
    [finding] = _check(message)
    assert (finding.code, finding.severity) == (code, Severity.HINT)


@pytest.mark.parametrize("name", ["raka", "RAKA", "Raka-nya", "(Raka)"])
def test_a_username_is_found_in_any_case_between_word_boundaries(name: str) -> None:
    assert _codes(GOOD.replace("Raka", name)) == []


@pytest.mark.parametrize(
    "message",
    [
        "Raka, bandanamu bagus, kamu juga udah usaha banget 😊",
        "Raka, kamu udah usaha <3 banget hari ini, lanjut ya 😊",
    ],
)
def test_part_of_a_word_and_a_typed_heart_are_no_findings(message: str) -> None:
    assert _codes(message) == []


def test_errors_come_before_hints() -> None:
    severities = [one.severity for one in _check("Kalian semua {} karena " + "kata " * 30)]
    assert severities == sorted(severities, key=list(Severity).index)
    assert set(severities) == set(Severity)


def test_the_stricter_count_is_the_one_told() -> None:
    finding, *_ = _check("Raka " + "kata " * 23 + "😊 😊")
    assert str(finding) == "Split at spaces, the message has 26 parts; shorten it to 25 or fewer."


def test_every_sentence_stands_alone() -> None:
    for sentence in (*ERRORS.values(), *HINTS.values()):
        assert sentence[0].isupper()
        assert sentence.endswith(".")


def test_facts_are_the_counts_behind_the_findings() -> None:
    facts = MessageRules().facts(STUDY, INPUTS, "Raka, pelan-pelan aja 😊 😊")
    assert (facts.words, facts.words_by_spaces, facts.emoji) == (3, 5, 2)
    assert facts.username_used


@pytest.mark.parametrize(
    ("text", "words", "by_spaces", "emoji"),
    [
        ("", 0, 0, 0),
        ("pelan-pelan", 1, 1, 0),
        ("Jum’at apa-apa", 2, 2, 0),
        ("7A _ -- nomor 12", 3, 5, 0),
        ("keren🔧banget", 2, 1, 1),
        ("👨‍👩‍👧‍👦 🇮🇩 👍🏽", 0, 3, 3),
        ("1️⃣ soal", 1, 2, 1),
        ("cafe\u0301 enak", 2, 2, 0),
    ],
)
def test_words_and_emoji_are_counted_as_people_see_them(
    text: str, words: int, by_spaces: int, emoji: int
) -> None:
    counted = (count_words(text), count_words_by_spaces(text), count_emoji(text))
    assert counted == (words, by_spaces, emoji)


def test_the_word_pattern_is_letters_and_digits_of_every_script() -> None:
    pattern = re.compile(r"[^\W_]")
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        is_letter_or_digit = unicodedata.category(character)[0] in "LN"
        assert bool(pattern.match(character)) == is_letter_or_digit, hex(code)


@given(st.text(), st.text())
def test_no_text_makes_the_checker_stumble(message: str, username: str) -> None:
    for finding in _check(message, {"username": username, "emotion": "sad"}):
        assert str(finding)


@given(
    st.text(
        alphabet="\ud800\udfff\x00\x7f\ufffe{}[]<>😊👨‍👩‍👧🇮🇩'’-\u202e\u200b\U0010ffff", max_size=60
    )
)
def test_hostile_characters_do_not_either(message: str) -> None:
    assert isinstance(_check(message, INPUTS), tuple)
