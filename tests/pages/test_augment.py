"""The Augment page: making variants, judging many at once, held ones, and their quality."""

from __future__ import annotations

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.bootstrap import App
from dashboard.domain.augmentation import Reason, Technique
from dashboard.domain.ledger import Deed
from dashboard.domain.responses import Answer, Decision
from dashboard.domain.training import RunStatus
from dashboard.domain.verdicts import Verdict
from dashboard.services.adding import Edit
from dashboard.services.reviewing import Judgment
from tests.augmenting import PLAN, STUDY, augmentation_over, children, finished
from tests.deciding import BUDI, better, judge
from tests.fakes import ScriptedRewriter
from tests.pages.conftest import Opener, texts, typed_name
from tests.pages.worlds import HOSTILE

VIEWS = ("make", "judge", "held", "quality")
NAME = "Ibu Ratna"


@pytest.fixture
def house(app: App) -> App:
    """The starters, and techniques that follow a script."""
    return replace(app, augmentation=augmentation_over(app))


@pytest.fixture
def grown(app: App) -> App:
    """The same after a run that made variants and held some."""
    house = replace(
        app, augmentation=augmentation_over(app, ScriptedRewriter(words=("tahan", "satu", "dua")))
    )
    finished(house.augmentation)
    return house


def shown(opened: Opener, app: App, view: str = "make", language: str = "en") -> AppTest:
    """The page at one of its views, with a name written."""
    screen = typed_name(opened(app, "augment", language), NAME)
    if view != "make":
        screen.segmented_control(key="augment.view").set_value(view).run()
    assert not screen.exception
    return screen


def boxes(screen: AppTest, place: str) -> list[str]:
    return [str(one.key) for one in screen.checkbox if str(one.key).startswith(f"{place}.pick")]


def values(screen: AppTest) -> list[str]:
    return [one.value for one in screen.metric]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("language", ["id", "en"])
def test_an_empty_study_says_what_is_missing(
    empty_app: App, opened: Opener, language: str, view: str
) -> None:
    house = replace(empty_app, augmentation=augmentation_over(empty_app))
    screen = shown(opened, house, view, language)
    assert values(screen)[:3] == ["0", "0", "0"]
    assert screen.info or view == "make"


def test_nothing_to_vary_is_one_sentence(empty_app: App, opened: Opener) -> None:
    house = replace(empty_app, augmentation=augmentation_over(empty_app))
    screen = shown(opened, house)
    screen.button(key="augment.form.launch").click().run()
    assert "There is nothing to vary" in screen.error[0].value


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_view_shows_a_run(grown: App, opened: Opener, language: str, view: str) -> None:
    screen = shown(opened, grown, view, language)
    assert not screen.error


def test_it_says_what_there_is_and_what_is_missing(grown: App, opened: Opener) -> None:
    screen = shown(opened, grown)
    made = len(children(grown))
    assert values(screen) == [
        str(160 + made),
        str(made),
        str(made),
        f"{56 * 25 - 160 - made:,}",
    ]
    assert "25 examples in every condition, 1,400 in all" in texts(screen)


def test_ten_can_be_looked_at_and_nothing_is_stored(house: App, opened: Opener) -> None:
    screen = shown(opened, house)
    screen.button(key="augment.form.look").click().run()
    first = texts(screen)
    assert first.count("Passes and goes to the experts") >= 5
    assert "pivot (dictionary)" in first and ":green-background[" in first
    screen.button(key="augment.preview.others").click().run()
    assert texts(screen) != first
    screen.button(key="augment.preview.close").click().run()
    assert "Ten to look at" not in texts(screen)
    assert (children(house), house.augmentation.runs(STUDY)) == ((), ())


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("tahan", ["Held until somebody decides", "It may suit another condition better"]),
        ("buang", ["Left out", "It has a rude word in it.", "It is longer than the study allows."]),
    ],
)
def test_the_preview_says_why_in_plain_words(
    app: App, opened: Opener, word: str, said: list[str]
) -> None:
    scripted = augmentation_over(app, ScriptedRewriter(words=(word,)))
    screen = shown(opened, replace(app, augmentation=scripted))
    screen.button(key="augment.form.look").click().run()
    for one in said:
        assert one in texts(screen)


def test_a_run_gets_what_the_form_holds(house: App, opened: Opener) -> None:
    screen = shown(opened, house)
    screen.number_input(key="augment.form.weight.swap").set_value(0)
    screen.number_input(key="augment.form.weight.paraphrase").set_value(3)
    screen.number_input(key="augment.form.target").set_value(4)
    screen.number_input(key="augment.form.edits").set_value(1)
    screen.number_input(key="augment.form.seed").set_value(7)
    screen.button(key="augment.form.launch").click().run()
    [run] = house.augmentation.runs(STUDY)
    assert (run.person, run.status) == (NAME, RunStatus.WAITING)
    plan = run.plan
    assert (plan.target, plan.max_edits, plan.seed) == (4, 1, 7)
    assert (plan.mix[Technique.SWAP], plan.mix[Technique.PARAPHRASE]) == (0, 3)
    assert "0 of 64 variants" in [one.text for one in screen.get("progress")] or screen.button(
        key="augment.stop"
    )


def test_nobody_starts_a_run_without_a_name(house: App, opened: Opener) -> None:
    screen = opened(house, "augment")
    assert screen.button(key="augment.form.launch").disabled
    assert not screen.button(key="augment.form.look").disabled


def test_no_technique_at_all_is_one_sentence(house: App, opened: Opener) -> None:
    screen = shown(opened, house)
    for technique in Technique:
        screen.number_input(key=f"augment.form.weight.{technique.value}").set_value(0)
    screen.button(key="augment.form.look").click().run()
    assert "at least one technique" in screen.error[0].value
    screen.button(key="augment.form.launch").click().run()
    assert house.augmentation.runs(STUDY) == ()


def test_a_run_rests_and_goes_on(house: App, opened: Opener) -> None:
    run = house.augmentation.launch(PLAN, NAME)
    house.augmentation.advance(run.id)
    screen = shown(opened, house)
    assert not [one for one in screen.button if one.key == "augment.form.launch"]
    screen.button(key="augment.stop").click().run()
    assert house.augmentation.run(run.id).status is RunStatus.PAUSED
    screen.button(key="augment.resume").click().run()
    assert house.augmentation.run(run.id).status is RunStatus.WAITING


def test_a_run_that_failed_says_why(house: App, opened: Opener) -> None:
    run = house.augmentation.launch(PLAN, NAME)
    house.augmentation.fail(run.id, f"Broken: {HOSTILE}")
    screen = shown(opened, house)
    assert "Broken" in texts(screen)
    assert HOSTILE not in texts(screen)


def test_a_finished_run_counts_its_attempts_and_leads_to_judging(
    grown: App, opened: Opener
) -> None:
    screen = shown(opened, grown)
    table = screen.dataframe[0].value
    assert len(table) == 56 and table["Made"].sum() == len(children(grown))
    assert "It may suit another condition better than its own." in texts(screen)
    screen.button(key="augment.next").click().run()
    assert boxes(screen, "augment.judge")


def test_what_a_run_made_can_be_taken_back(grown: App, opened: Opener) -> None:
    kept = children(grown)[0]
    judge(grown, kept, BUDI, Decision.ACCEPT)
    screen = shown(opened, grown)
    screen.button(key="augment.back.do").click().run()
    assert [one.id for one in children(grown)] == [kept.id]


def test_nobody_judges_without_a_name(grown: App, opened: Opener) -> None:
    screen = opened(grown, "augment")
    screen.segmented_control(key="augment.view").set_value("judge").run()
    assert screen.text_input(key="augment.name")
    assert not boxes(screen, "augment.judge")


def test_many_are_accepted_at_once_and_taken_back_at_once(grown: App, opened: Opener) -> None:
    screen = shown(opened, grown, "judge")
    keys = boxes(screen, "augment.judge")
    for key in keys[:3]:
        screen.checkbox(key=key).check()
    screen.run()
    assert "One answer for 3 variants" in texts(screen)
    assert screen.button(key="augment.judge.do").disabled
    screen.segmented_control(key="augment.judge.decision").set_value("accept").run()
    screen.button(key="augment.judge.do").click().run()
    assert len(children(grown, verdict=Verdict.ACCEPTED)) == 3
    assert "3 variants have your answer." in texts(screen)
    assert not set(keys[:3]) & set(boxes(screen, "augment.judge"))
    screen.button(key="augment.judge.undo").click().run()
    assert not screen.exception
    assert children(grown, verdict=Verdict.ACCEPTED) == ()


def test_a_rejection_of_many_asks_why(grown: App, opened: Opener) -> None:
    screen = shown(opened, grown, "judge")
    [first, *_others] = [one for one in screen.button if "augment.judge.all." in str(one.key)]
    first.click().run()
    screen.segmented_control(key="augment.judge.decision").set_value("reject").run()
    screen.button(key="augment.judge.do").click().run()
    assert "Say in a few words why" in screen.error[0].value
    assert screen.button(key="augment.judge.do")
    screen.text_input(key="augment.judge.reason").input("kaku").run()
    screen.button(key="augment.judge.do").click().run()
    rejected = children(grown, verdict=Verdict.REJECTED)
    assert rejected
    answers = {one.answer.reason for one in grown.reviewing.answered(STUDY, NAME)}
    assert answers == {"kaku"}
    assert grown.history.undoable(STUDY, NAME)[0].action.deed is Deed.JUDGE


def test_what_somebody_else_answered_meanwhile_leaves_the_choice(
    grown: App, opened: Opener
) -> None:
    screen = shown(opened, grown, "judge")
    keys = boxes(screen, "augment.judge")[:2]
    for key in keys:
        screen.checkbox(key=key).check()
    screen.run()
    taken = next(one for one in children(grown) if one.id in keys[0])
    judge(grown, taken, BUDI, Decision.ACCEPT)
    screen.run()
    assert "One answer for 1 variants" in texts(screen)


def test_what_takes_no_answer_is_counted_and_told(grown: App, opened: Opener) -> None:
    screen = shown(opened, grown, "judge")
    keys = boxes(screen, "augment.judge")[:2]
    for key in keys:
        screen.checkbox(key=key).check()
    screen.segmented_control(key="augment.view").run()
    screen.segmented_control(key="augment.judge.decision").set_value("accept").run()
    typed = next(one for one in children(grown) if one.id in keys[0])
    draft = Judgment(typed.id, typed.revision_id, NAME, Answer(reason="mungkin kaku"))
    grown.reviewing.save_draft(draft, 0)
    screen.button(key="augment.judge.do").click().run()
    assert "1 took no answer: You have begun an answer to this one" in texts(screen)
    assert "1 variants have your answer." in texts(screen)


def test_a_variant_leads_to_the_review_of_itself(grown: App, opened: Opener) -> None:
    screen = shown(opened, grown, "judge")
    links = [one.proto for one in screen.get("page_link")]
    assert sum(one.label == "Judge by itself, or edit" for one in links) == len(
        boxes(screen, "augment.judge")
    )


def test_conditions_narrow_what_is_judged(grown: App, opened: Opener) -> None:
    screen = shown(opened, grown, "judge")
    screen.selectbox(key="augment.judge.narrowed").set_value("sad").run()
    assert "sad · positive" in texts(screen)
    assert "angry · " not in texts(screen)


def test_held_ones_are_taken_in_and_taken_back(grown: App, opened: Opener) -> None:
    before = len(children(grown))
    screen = shown(opened, grown, "held")
    assert screen.button(key="augment.held.take").disabled
    for key in boxes(screen, "augment.held")[:2]:
        screen.checkbox(key=key).check()
    screen.run()
    screen.button(key="augment.held.take").click().run()
    assert len(children(grown)) == before + 2
    assert "2 variants are taken in" in texts(screen)
    screen.button(key="augment.held.undo").click().run()
    assert len(children(grown)) == before


def test_held_ones_are_left_out_and_put_back(grown: App, opened: Opener) -> None:
    before = grown.holding.count(STUDY)
    screen = shown(opened, grown, "held")
    screen.button(key="augment.held.all").click().run()
    screen.button(key="augment.held.leave").click().run()
    assert grown.holding.count(STUDY) == before - 10
    screen.button(key="augment.held.put_back").click().run()
    assert grown.holding.count(STUDY) == before


def test_held_ones_are_sorted_by_reason(grown: App, opened: Opener) -> None:
    screen = shown(opened, grown, "held")
    screen.selectbox(key="augment.held.reason").set_value(Reason.LABEL_DOUBT.value).run()
    assert len(boxes(screen, "augment.held")) == 10
    assert "It may suit another condition better than its own." in texts(screen)


def test_what_models_write_is_never_read_as_markdown(app: App, opened: Opener) -> None:
    hostile = augmentation_over(app, ScriptedRewriter(words=(HOSTILE, f"tahan {HOSTILE}")))
    house = replace(app, augmentation=hostile)
    finished(hostile)
    for view in VIEWS:
        screen = shown(opened, house, view)
        found = [*screen.markdown, *screen.caption]
        markdown = "\n".join(one.value for one in found)
        assert "<script>" not in markdown
        assert "![x](" not in markdown


def test_a_text_that_changed_since_has_another_box(grown: App, opened: Opener) -> None:
    screen = shown(opened, grown, "judge")
    [key, *_others] = boxes(screen, "augment.judge")
    example = next(one for one in children(grown) if one.id in key)
    screen.checkbox(key=key).check().run()
    edit = Edit(example.id, 1, example.inputs, better(example), BUDI, "lebih hangat")
    grown.curation.edit(edit)
    screen.run()
    assert "One answer for" not in texts(screen)
