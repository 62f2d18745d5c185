"""The datasets page: what there is to freeze, freezing it, and what was frozen."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.bootstrap import App
from dashboard.domain.augmentation import AugmentationPlan
from dashboard.domain.datasets import Children, HeldOut, Recipe
from tests.augmenting import augmentation_over, finished
from tests.pages.conftest import Opener, texts

STUDY = "affective-intervention"


@pytest.fixture
def grown_app(app: App) -> App:
    """The starters, with 14 examples in every condition."""
    finished(augmentation_over(app), AugmentationPlan(STUDY, target=14))
    return app


def form(opened: Opener, app: App, size: str, rule: str = "all", language: str = "en") -> AppTest:
    """The page with a size and a rule chosen."""
    screen = opened(app, "datasets", language)
    screen.selectbox(key="datasets.size").select(size).run()
    if size != "1":
        screen.selectbox(key="datasets.children").select(rule).run()
    return screen


def numbers(screen: AppTest) -> list[str]:
    return [one.value for one in screen.metric]


def frozen(screen: AppTest, button: str = "datasets.freeze") -> AppTest:
    return screen.button(key=button).click().run()


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("id", "Belum ada contoh yang bisa dibekukan."), ("en", "There are no examples to freeze")],
)
def test_without_examples_there_is_a_way_to_them(
    empty_app: App, opened: Opener, language: str, sentence: str
) -> None:
    screen = opened(empty_app, "datasets", language)
    assert not screen.exception
    assert sentence in texts(screen)


@pytest.mark.parametrize("language", ["id", "en"])
def test_originals_are_counted_before_and_frozen_by_one_click(
    app: App, opened: Opener, language: str
) -> None:
    screen = opened(app, "datasets", language)
    assert numbers(screen) == ["112", "16", "32", "0"]
    assert app.datasets.all(STUDY) == ()
    frozen(screen)
    [version] = app.datasets.all(STUDY)
    assert version.recipe == Recipe()
    assert version.sha256 in [one.value for one in screen.code]
    assert not screen.exception


def test_a_size_with_variants_counts_all_rows(grown_app: App, opened: Opener) -> None:
    screen = form(opened, grown_app, "3.0")
    assert numbers(screen) == ["432", "16", "32", "320"]
    frozen(screen)
    [version] = grown_app.datasets.all(STUDY)
    assert (version.rows, version.children) == (480, 320)
    assert "The rule was loosened: unreviewed variants came in, too" in texts(screen)
    assert "160 families" in texts(screen)


def test_what_was_frozen_last_is_shown(app: App, opened: Opener) -> None:
    screen = frozen(opened(app, "datasets"))
    screen.number_input(key="datasets.seed").set_value(7).run()
    frozen(screen)
    newest, _older = app.datasets.all(STUDY)
    assert screen.selectbox(key="version").value == newest.id
    assert newest.sha256 in [one.value for one in screen.code]


def test_an_impossible_wish_is_one_sentence_and_freezes_nothing(
    grown_app: App, opened: Opener
) -> None:
    screen = form(opened, grown_app, "8.75")
    assert "1400 rows are wanted, but there are" in texts(screen)
    assert "about 35 examples in every condition" in texts(screen)
    assert screen.button(key="datasets.freeze").disabled
    assert screen.button(key="datasets.freeze_sizes").disabled
    indonesian = form(opened, grown_app, "3.0", "reviewed", "id")
    assert "Yang diminta 480 baris, yang ada 160" in texts(indonesian)


@pytest.mark.slow
def test_three_sizes_are_frozen_together_or_not_at_all(app: App, opened: Opener) -> None:
    finished(augmentation_over(app), AugmentationPlan(STUDY, target=14))
    screen = frozen(form(opened, app, "3.0"), "datasets.freeze_sizes")
    assert "800 rows are wanted" in texts(screen)
    assert app.datasets.all(STUDY) == ()
    screen.selectbox(key="datasets.test_on").select(HeldOut.ALL).run()
    finished(augmentation_over(app), AugmentationPlan(STUDY, target=25, seed=7))
    frozen(screen.run(), "datasets.freeze_sizes")
    versions = app.datasets.all(STUDY)
    assert [one.rows for one in reversed(versions)] == [480, 800, 1400]
    assert "The three versions are below" in texts(screen)
    assert versions[0].counts["test"] + versions[0].counts["validation"] > 48
    keys = [{row.key for row in app.datasets.rows(one.id)} for one in versions]
    assert keys[2] < keys[1] < keys[0]


def test_variants_are_divided_by_technique_and_by_emotion(grown_app: App, opened: Opener) -> None:
    screen = form(opened, grown_app, "every")
    screen.toggle(key="datasets.technique").set_value(True).run()
    screen.number_input(key="datasets.technique.swap").set_value(3)
    for name in ("insertion", "back_translation", "synonym"):
        screen.number_input(key=f"datasets.technique.{name}").set_value(0)
    screen.toggle(key="datasets.value").set_value(True).run()
    frozen(screen)
    [version] = grown_app.datasets.all(STUDY)
    assert version.recipe.techniques["swap"] == 3
    assert set(version.recipe.values) == set(grown_app.study.field("emotion").values)
    swap, paraphrase = version.techniques["swap"], version.techniques["paraphrase"]
    assert set(version.techniques) == {"swap", "paraphrase"}
    assert abs(swap - 3 * paraphrase) <= 4


def test_the_shares_and_the_seed_are_ones_own(app: App, opened: Opener) -> None:
    screen = opened(app, "datasets")
    screen.number_input(key="datasets.test").set_value(30)
    screen.number_input(key="datasets.validation").set_value(0)
    screen.number_input(key="datasets.seed").set_value(7).run()
    assert numbers(screen) == ["112", "0", "48", "0"]


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_version_is_listed_and_one_is_shown(
    grown_app: App, opened: Opener, language: str
) -> None:
    first = grown_app.datasets.freeze(STUDY, Recipe())
    second = grown_app.datasets.freeze(STUDY, Recipe(children=Children.ALL, growth=2))
    screen = opened(grown_app, "datasets", language)
    assert screen.selectbox(key="version").value == second.id
    assert len(screen.dataframe[0].value) == 2
    screen.selectbox(key="version").select(first.id).run()
    assert first.sha256 in [one.value for one in screen.code]
    assert len(screen.get("download_button")) == 3


def test_a_frozen_version_can_be_trained_with(grown_app: App, opened: Opener) -> None:
    version = grown_app.datasets.freeze(STUDY, Recipe(children=Children.ALL, growth=2))
    screen = opened(grown_app, "fine_tune")
    box = screen.selectbox(key="fine_tune.version")
    assert any("loosened: unreviewed variants, too" in option for option in box.options)
    box.select(version.id)
    screen.button(key="fine_tune.launch").click().run()
    [run] = grown_app.finetuning.runs()
    assert run.plan.version_id == version.id
