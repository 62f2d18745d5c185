"""Rows as an export is given them."""

from __future__ import annotations

import pytest

from dashboard.domain.exchange import ExchangedAnswer, ExchangedRow
from dashboard.domain.studies import Study

RISKY = '=HYPERLINK("http://evil.example")'


@pytest.fixture
def rows(study: Study) -> tuple[ExchangedRow, ...]:
    """One example that has everything, hostile texts included, and one that nobody reviewed."""
    inputs = {one.key: one.values[0] if one.values else RISKY for one in study.fields}
    answer = ExchangedAnswer(
        expert='@Ibu "Ratna"',
        decision="edit",
        ratings={one.key: 4 for one in study.form.ratings},
        flags=("promise", "too_long"),
        confidence="high",
        reason="-terlalu & <b>kaku</b>\n+1",
        message="Raka, napas dulu ya 😊",
    )
    return (
        ExchangedRow(
            id="=x-1",
            inputs=inputs,
            message="=Raka, kamu boleh\nnapas dulu 👩‍🏫",
            origin="augmented",
            verdict="accepted",
            basis="unanimous",
            tags=("=tag", "ujian, 7"),
            revision=3,
            deciders=('@Ibu "Ratna"',),
            answers=(answer,),
        ),
        ExchangedRow(
            "x-2", inputs | {"username": "Dinda"}, "Semangat 🌱", "authored", "unreviewed"
        ),
    )
