"""The page about formats says what the code does."""

from __future__ import annotations

import pytest

from dashboard.domain.exchange import Form
from dashboard.domain.studies import Study
from dashboard.services.fidelity import Fate, fidelity_of, fidelity_page
from dashboard.settings import ROOT

PAGE = ROOT / "data" / "formats.md"


def test_the_committed_page_is_the_generated_one(study: Study) -> None:
    assert PAGE.read_text(encoding="utf-8") == fidelity_page(study), (
        "run: python -m dashboard examples formats data/formats.md"
    )


@pytest.mark.parametrize("form", Form)
def test_no_form_loses_an_input_or_the_message(study: Study, form: Form) -> None:
    fates = fidelity_of(study, form)
    for part in (*(one.key for one in study.fields), "message"):
        assert fates[part] is not Fate.LOST


@pytest.mark.parametrize("form", Form)
def test_no_judgment_ever_comes_back(study: Study, form: Form) -> None:
    fates = fidelity_of(study, form)
    for part in fates:
        if part.startswith("answers") or part in ("verdict", "basis", "deciders", "origin"):
            assert fates[part] is not Fate.KEPT


def test_plain_rows_hold_everything(study: Study) -> None:
    assert Fate.LOST not in fidelity_of(study, Form.JSONL).values()


def test_a_chat_holds_the_inputs_and_the_message_only(study: Study) -> None:
    kept = [part for part, fate in fidelity_of(study, Form.CHAT).items() if fate is not Fate.LOST]
    assert kept == [*(one.key for one in study.fields), "message"]
