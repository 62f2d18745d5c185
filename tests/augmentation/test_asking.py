"""Asking a language model: the chat, its answer, and whether it did only what was asked."""

from __future__ import annotations

import json

import pytest

from dashboard.augmentation.asking import (
    ModelAsker,
    is_the_technique,
    operations,
)
from dashboard.domain.augmentation import Parent, Technique
from dashboard.domain.ids import ExampleId, RevisionId
from dashboard.domain.studies import Study

TEXT = "Raka, kamu udah tuntasin latihan IPA, jadi PR tambahan hari ini dihapus ya 🌱"
INPUTS = {
    "username": "Raka",
    "emotion": "sad",
    "reinforcement": "negative",
    "arcsmodel": "satisfaction",
    "classname": "8A",
    "subject": "IPA",
}
PARENT = Parent(ExampleId("e"), RevisionId("r"), "aff-009", ExampleId("e"), INPUTS, TEXT)


ASKER = ModelAsker()


@pytest.mark.parametrize("technique", Technique)
def test_a_question_says_rules_task_condition_and_text(study: Study, technique: Technique) -> None:
    system, user = ASKER.chat(study, technique, PARENT, PARENT.message)
    assert study.augment_prompts["rules"] in system.content
    assert study.augment_prompts[technique.value] in system.content
    assert "Emotion: sad" in user.content
    assert TEXT in user.content
    assert user.content.endswith("variants: 3")


def test_back_translation_first_asks_for_english(study: Study) -> None:
    system, user = ASKER.chat_for_pivot(study, PARENT)
    assert "bahasa Inggris" in system.content
    assert user.content.endswith(TEXT)


def test_every_prompt_has_a_fingerprint_of_its_own(study: Study) -> None:
    prints = ASKER.resources(study)
    assert len(prints) == len(set(prints.values())) == len(Technique) + 2


@pytest.mark.parametrize(
    ("answer", "variants"),
    [
        (json.dumps({"variants": ["satu", " dua "]}), ("satu", "dua")),
        ('```json\n{"variants": ["satu"]}\n```', ("satu",)),
        (json.dumps({"variants": [str(number) for number in range(9)]}), tuple("012")),
        ('{"variants": ["satu", "du', None),
        ('{"variants": "satu"}', None),
        ('{"variants": [1, 2]}', None),
        ('{"variants": []}', None),
        ('{"variants": ["", " "]}', None),
        ('["satu"]', None),
        ("Maaf, saya tidak bisa membantu.", None),
        ("", None),
        ("[" * 100_000, None),
    ],
)
def test_an_answer_is_read_or_is_malformed(answer: str, variants: tuple[str, ...] | None) -> None:
    assert ASKER.read(answer) == variants


@pytest.mark.parametrize(
    ("technique", "after", "holds"),
    [
        (Technique.SYNONYM, TEXT.replace("tuntasin", "selesaiin"), True),
        (Technique.SYNONYM, TEXT, False),
        (Technique.SYNONYM, TEXT.replace("hari ini ", ""), False),
        (Technique.SYNONYM, "Raka, aku mau semua soal kita, lalu PR besok pagi batal ya 🌱", False),
        (Technique.INSERTION, TEXT.replace("dihapus ya", "dihapus aja ya"), True),
        (Technique.INSERTION, TEXT.replace("kamu udah", "kamu emang bener banget udah"), False),
        (Technique.INSERTION, TEXT.replace("tuntasin", "selesaiin aja"), False),
        (Technique.SWAP, "PR tambahan hari ini dihapus ya, jadi kamu udah tuntasin latihan IPA, "
                         "Raka 🌱", True),
        (Technique.SWAP, TEXT, False),
        (Technique.SWAP, TEXT.replace("Raka, ", ""), False),
        (Technique.PARAPHRASE, "apa saja", True),
        (Technique.BACK_TRANSLATION, "apa saja", True),
    ],
)  # fmt: skip
def test_a_technique_may_do_only_its_own(technique: Technique, after: str, holds: bool) -> None:
    assert is_the_technique(technique, TEXT, after) is holds


def test_what_was_changed_is_told_word_by_word() -> None:
    [one] = operations("kamu udah selesai", "kamu sudah selesai")
    assert (one.kind, one.before, one.after) == ("replace", "udah", "sudah")
