"""Tracing: a verdict leads to its deciders, and tells nothing before it may."""

from __future__ import annotations

from dashboard.bootstrap import App
from dashboard.domain.ids import now
from dashboard.domain.ledger import Deed
from dashboard.domain.team import Guideline
from dashboard.domain.verdicts import Rule
from tests.deciding import (
    ACCEPT,
    ANI,
    BUDI,
    CITRA,
    DEWI,
    EDIT,
    REJECT,
    STUDY,
    adopting,
    agree_on,
    calibrate,
    decided,
    example_at,
    judged,
)


def test_agreed_gold_leads_to_everybody_who_accepted_it(app: App) -> None:
    example = judged(app, 0, ani=ACCEPT, budi=ACCEPT)
    reasons = app.tracing.reasons(example.id, CITRA)
    assert reasons.deciders == (ANI, BUDI)
    assert (reasons.rule, reasons.guideline_versions) == (Rule.UNANIMOUS, (1,))
    assert (reasons.ruling, reasons.hidden) == (None, 0)


def test_adjudicated_gold_leads_to_the_adjudicator_and_to_the_answers(app: App) -> None:
    example = judged(app, 0, ani=ACCEPT, budi=REJECT)
    app.adjudication.decide(decided(example, ACCEPT), DEWI)
    reasons = app.tracing.reasons(example.id, CITRA)
    assert reasons.deciders == (DEWI,)
    assert [one.expert for one in reasons.answers] == [ANI, BUDI]


def test_an_adopted_edit_leads_to_its_author_and_to_who_admitted_it(app: App) -> None:
    example = judged(app, 0, ani=ACCEPT, budi=EDIT)
    app.adjudication.decide(adopting(example, BUDI), DEWI)
    reasons = app.tracing.reasons(example.id, CITRA)
    assert (reasons.example.author, reasons.deciders) == (BUDI, (DEWI,))
    assert reasons.guideline_versions == (1,)


def test_a_ruling_names_the_guideline_that_stood_when_it_was_made(app: App) -> None:
    example = judged(app, 0, ani=ACCEPT, budi=REJECT)
    agree_on(app, Guideline(STUDY, 2, {"id": "Baru"}, DEWI, "jelas", now()), deed=Deed.GUIDELINE)
    app.adjudication.decide(decided(example, ACCEPT), DEWI)
    agree_on(app, Guideline(STUDY, 3, {"id": "Lagi"}, DEWI, "jelas", now()), deed=Deed.GUIDELINE)
    assert app.tracing.reasons(example.id, CITRA).guideline_versions == (1, 2)


def test_an_open_example_tells_how_many_and_not_what(app: App) -> None:
    example = judged(app, 0, ani=REJECT)
    reasons = app.tracing.reasons(example.id, BUDI)
    assert (reasons.answers, reasons.hidden, reasons.deciders) == ((), 1, ())
    assert REJECT not in repr(reasons)
    own = app.tracing.reasons(example.id, ANI)
    assert [one.expert for one in own.answers] == [ANI]


def test_a_blind_round_tells_everybody_only_their_own_answer(app: App) -> None:
    calibrate(app, example_at(app, 0), experts=(ANI, BUDI))
    example = judged(app, 0, ani=ACCEPT, budi=ACCEPT)
    assert [one.expert for one in app.tracing.reasons(example.id, ANI).answers] == [ANI]
    assert app.tracing.reasons(example.id, CITRA).hidden == 2
