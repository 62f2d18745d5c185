"""Every message a person may read exists in Indonesian, with the same places to fill."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from dashboard.locales.catalogs import FOLDER, LANGUAGES, catalog, translated, translations
from tests.locales.messages import messages_of, shown_messages

MESSAGES = shown_messages()
INDONESIAN = {str(one.id): str(one.string) for one in catalog("id") if one.id}


def places(message: str) -> set[str]:
    """The names of a message's places."""
    return {name for _text, name, _spec, _conversion in Formatter().parse(message) if name}


def test_the_scan_finds_messages_everywhere() -> None:
    files = set(MESSAGES.values())
    assert len(MESSAGES) > 200
    for room in ("pages/", "dashboard/components/", "dashboard/services/", "storage/"):
        assert any(place.startswith(room) for place in files), room


def test_every_message_is_translated() -> None:
    missing = {one: place for one, place in MESSAGES.items() if not INDONESIAN.get(one)}
    assert not missing


def test_no_translation_is_left_over() -> None:
    assert not set(INDONESIAN) - set(MESSAGES)


def test_no_message_stands_twice() -> None:
    text = (FOLDER / "id" / "LC_MESSAGES" / "afektif.po").read_text(encoding="utf-8")
    ids = [block.partition("msgstr")[0].partition("msgid")[2] for block in text.split("\n\n")]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    ("word", "ours"),
    [
        ("setuju", "terima"),
        ("siswa", "pelajar"),
        ("pensiun|istirahatkan", "arsipkan"),
        ("putusannya", "keputusannya"),
    ],
)
def test_one_thing_has_one_word(word: str, ours: str) -> None:
    strays = [one for one in INDONESIAN.values() if re.search(word, one.replace(ours, ""), re.I)]
    assert not strays, f"say “{ours}”"


def test_no_translation_is_uncertain() -> None:
    assert not [one.id for one in catalog("id") if one.fuzzy]


@pytest.mark.parametrize("message", INDONESIAN)
def test_a_translation_has_the_same_places(message: str) -> None:
    assert places(INDONESIAN[message]) == places(message)


@pytest.mark.parametrize("message", INDONESIAN)
def test_a_translation_has_the_same_markup_and_commands(message: str) -> None:
    for mark in (r"\*\*", r"`[^`]*`", r"“", r"\{\{|\}\}"):
        assert len(re.findall(mark, message)) == len(re.findall(mark, INDONESIAN[message]))


def test_english_is_what_the_code_says() -> None:
    assert translated("en", "{count} examples", count=3) == "3 examples"
    assert translated("id", "{count} examples", count=3) == "3 contoh"


def test_an_unknown_message_and_an_empty_one_stay_as_they_are() -> None:
    assert translated("id", "never seen") == "never seen"
    assert translated("id", "") == ""


def test_translators_are_kept_and_nothing_is_installed() -> None:
    import builtins

    assert all(translations(one) is translations(one) for one in LANGUAGES)
    assert not hasattr(builtins, "_") or builtins._ is None


def test_messages_are_found_behind_names_and_tables() -> None:
    source = 'A = "one"\nT = {"x": "two"}\nNotFound(A)\nFinding("c", s, T[code])\n_("three")'
    assert sorted(messages_of(source)) == ["one", "three", "two"]
