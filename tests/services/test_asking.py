"""The model route: every call is written down, faults cost nothing but time, no cap is passed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from functools import partial

import pytest

from dashboard.bootstrap import App
from dashboard.domain.augmentation import AugmentationPlan, Fate, Reason, Route, Technique
from dashboard.domain.augmentation_calls import Call, CallState, Part
from dashboard.domain.errors import EngineRefused, EngineUnavailable, InvalidInput, UserError
from dashboard.domain.generation import Completion
from dashboard.domain.ids import AugmentationRunId
from dashboard.domain.training import RunStatus
from dashboard.engines.openai_engine import EngineAddresses, OpenAIEngines
from dashboard.services.augmentation import Augmentation
from tests.augmenting import PLAN, RESEARCHER, STUDY, augmentation_over, children, examples
from tests.killing import killed_at
from tests.services.rewriting_stub import TIMEOUT_SECONDS, Rewriter, rewriting_model

pytestmark = pytest.mark.slow
FREE = {Technique.PARAPHRASE: 1, Technique.BACK_TRANSLATION: 1}
"""Techniques that may change everything, which is what the stub does."""
EVERY_FAULT = {
    "http_429": 0.2, "http_500": 0.2, "timeout": 0.15, "cut": 0.1, "malformed": 0.2,
    "refusal": 0.1, "filtered": 0.05, "page": 0.1,
}  # fmt: skip


def plan_for(server: Rewriter, **changes: object) -> AugmentationPlan:
    plan = replace(PLAN, target=4, mix=FREE, route=Route.MODEL, engine_url=server.url, model="m")
    return replace(plan, **changes)  # type: ignore[arg-type]


def asking(app: App) -> Augmentation:
    """Augmentation over real engines that wait for a short time only."""
    addresses = EngineAddresses("", "", read_timeout_seconds=TIMEOUT_SECONDS)
    app.generation.engines = OpenAIEngines(addresses)
    return augmentation_over(app)


def worked(augmentation: Augmentation, run_id: AugmentationRunId, patience: int = 400) -> str:
    """Advance as the worker does; returns the sentence a run stopped with, if it did."""
    for _ in range(patience):
        try:
            if not augmentation.advance(run_id):
                return ""
        except EngineUnavailable:
            continue
        except UserError as error:
            augmentation.fail(run_id, str(error))
            return str(error)
    raise AssertionError("the run does not come to an end")


def works(augmentation: Augmentation, run_id: AugmentationRunId) -> None:
    worked(augmentation, run_id)


def calls_of(app: App, run_id: AugmentationRunId) -> tuple[Call, ...]:
    with app.curation.database.reading() as stores:
        return stores.calls.of(run_id)


def assert_sound(app: App, augmentation: Augmentation, run_id: AugmentationRunId) -> None:
    """No row lost or doubled: every variant heard is one attempt, every kept one a child."""
    asker = augmentation.workshop.asker
    heard = [
        text
        for call in calls_of(app, run_id)
        if call.part is Part.VARIANTS and call.state is CallState.ANSWERED and call.is_used
        for text in asker.read(call.answer) or ()
    ]
    attempts = augmentation.attempts(run_id)
    told = [one.rewriting.message for one in attempts if one.reasons != (Reason.MALFORMED,)]
    assert Counter(told) == Counter(heard)
    kept = [one.rewriting.message for one in attempts if one.fate is Fate.KEPT]
    assert Counter(kept) == Counter(one.message for one in children(app))
    assert app.history.proof().holds


def test_a_model_fills_every_cell_to_the_target_exactly(app: App) -> None:
    with rewriting_model() as model:
        augmentation = asking(app)
        run = augmentation.launch(plan_for(model), RESEARCHER)
        assert worked(augmentation, run.id) == ""
    assert augmentation.run(run.id).status is RunStatus.SUCCEEDED
    assert set(Counter(app.study.cell(one.inputs) for one in examples(app)).values()) == {4}
    assert_sound(app, augmentation, run.id)


def test_a_child_remembers_model_prompt_and_pivot(app: App) -> None:
    with rewriting_model() as model:
        augmentation = asking(app)
        plan = plan_for(model, mix={Technique.BACK_TRANSLATION: 1})
        run = augmentation.launch(plan, RESEARCHER)
        worked(augmentation, run.id)
    with app.curation.database.reading() as stores:
        lineage = stores.lineages.of(children(app)[0].id)
    assert lineage is not None
    assert (lineage.model, lineage.route) == ("m", Route.MODEL)
    assert lineage.prompt == run.resources["prompt.back_translation"]
    assert "kata" in lineage.pivot


def test_every_fault_is_survived_and_nothing_is_lost_or_doubled(app: App) -> None:
    with rewriting_model(**EVERY_FAULT) as model:
        augmentation = asking(app)
        plan = plan_for(model, target=5, price_read="1", price_written="2", budget="2")
        run = augmentation.launch(plan, RESEARCHER)
        assert worked(augmentation, run.id) == ""
        assert set(model.served) == {"good", *(one.removeprefix("http_") for one in EVERY_FAULT)}
    assert_sound(app, augmentation, run.id)
    assert augmentation.spent(run.id) <= Decimal(2)
    states = Counter(one.state for one in calls_of(app, run.id))
    assert states[CallState.UNAVAILABLE] > 0
    assert states[CallState.MALFORMED] > 0
    assert states[CallState.REFUSED] > 0


@pytest.mark.parametrize("budget", ["0.0001", "0.05"])
def test_the_budget_is_never_passed_and_a_larger_one_lets_the_run_go_on(
    app: App, budget: str
) -> None:
    with rewriting_model(http_500=0.3, cut=0.3) as model:
        augmentation = asking(app)
        plan = plan_for(model, price_read="1", price_written="2", budget=budget)
        run = augmentation.launch(plan, RESEARCHER)
        assert "Raise the budget" in worked(augmentation, run.id)
        assert augmentation.run(run.id).status is RunStatus.PAUSED
        assert augmentation.spent(run.id) <= Decimal(budget)
        paid = model.served["good"] + model.served["cut"]
        assert Decimal(budget) >= paid * Decimal("0.0004")
        augmentation.resume(run.id, budget="5")
        assert worked(augmentation, run.id) == ""
    assert augmentation.run(run.id).status is RunStatus.SUCCEEDED
    assert augmentation.spent(run.id) <= Decimal(5)
    assert_sound(app, augmentation, run.id)


@pytest.mark.parametrize("moment", [1, 3, 6])
def test_a_kill_at_any_write_costs_no_row_and_no_cent_too_much(app: App, moment: int) -> None:
    with rewriting_model() as model:
        augmentation = asking(app)
        plan = plan_for(model, target=3, price_read="1", price_written="2", budget="9")
        run = augmentation.launch(plan, RESEARCHER)
        killed_at(moment, partial(works, augmentation, run.id))
        assert worked(augmentation, run.id) == ""
        answered = model.served["good"]
    spent = augmentation.spent(run.id)
    assert spent >= answered * Decimal("0.00052"), "a call that was made is never forgotten"
    assert_sound(app, augmentation, run.id)


def test_an_engine_that_is_down_is_waited_for_and_no_question_is_given_up(app: App) -> None:
    with rewriting_model() as model:
        gone = model.url
    augmentation = asking(app)
    run = augmentation.launch(replace(plan_for(model), engine_url=gone), RESEARCHER)
    for _ in range(12):
        with pytest.raises(EngineUnavailable):
            augmentation.advance(run.id)
    assert {one.state for one in calls_of(app, run.id)} == {CallState.UNAVAILABLE}
    assert len({one.question for one in calls_of(app, run.id)}) == 2
    assert augmentation.attempts(run.id) == ()


def test_a_key_that_is_refused_stops_the_run_until_it_is_mended(app: App) -> None:
    with rewriting_model(filtered=0.0) as model:
        augmentation = asking(app)
        run = augmentation.launch(plan_for(model), RESEARCHER)
        engine = augmentation.filling.asking.caller.engines.at(model.url)
        answers, engine.complete = engine.complete, refuse  # type: ignore[method-assign, assignment]
        assert "key" in worked(augmentation, run.id)
        assert augmentation.run(run.id).error
        engine.complete = answers  # type: ignore[method-assign]
        augmentation.resume(run.id)
        assert worked(augmentation, run.id) == ""
    assert set(Counter(app.study.cell(one.inputs) for one in examples(app)).values()) == {4}


def refuse(*_: object) -> Completion:
    raise EngineRefused("{url} does not accept the key; set the right one.", url="it")


def test_a_model_that_never_says_json_ends_the_run_without_children(app: App) -> None:
    with rewriting_model(refusal=1e9) as model:
        augmentation = asking(app)
        small = replace(plan_for(model), mix={Technique.PARAPHRASE: 1})
        run = augmentation.launch(small, RESEARCHER)
        for _ in range(40):
            augmentation.advance(run.id)
    assert children(app) == ()
    assert {one.reasons for one in augmentation.attempts(run.id)} == {(Reason.MALFORMED,)}


def test_a_model_is_asked_in_a_run_only(app: App) -> None:
    with pytest.raises(InvalidInput, match="small budget"), rewriting_model() as model:
        asking(app).preview(plan_for(model))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"engine_url": ""}, "address"),
        ({"model": ""}, "models"),
        ({"budget": "viel"}, "no amount"),
        ({"budget": "-1"}, "no amount"),
        ({"budget": "NaN"}, "no amount"),
        ({"price_read": "1", "budget": "0"}, "needs a budget"),
    ],
)
def test_a_plan_that_cannot_be_paid_or_asked_is_refused(
    app: App, changes: dict[str, object], said: str
) -> None:
    model = Rewriter(url="http://127.0.0.1:9/v1")
    with pytest.raises(InvalidInput, match=said):
        asking(app).launch(plan_for(model, **changes), RESEARCHER)


def test_offline_runs_make_no_calls(app: App) -> None:
    augmentation = augmentation_over(app)
    run = augmentation.launch(PLAN, RESEARCHER)
    while augmentation.advance(run.id):
        pass
    assert calls_of(app, run.id) == ()
    assert augmentation.spent(run.id) == 0
    assert run.plan.study == STUDY
