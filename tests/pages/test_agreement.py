"""The Agreement page: figures in tables and words, and the way to where experts differ."""

from __future__ import annotations

import pytest

from dashboard.bootstrap import App
from tests.deciding import (
    ACCEPT,
    ANI,
    BUDI,
    REJECT,
    answer_of,
    example_at,
    judge,
    judged,
)
from tests.pages.conftest import Opener, texts


@pytest.fixture
def compared(app: App) -> App:
    """Twelve examples that two experts judged."""
    for place in range(12):
        judged(app, place, ani=ACCEPT, budi=REJECT if place % 3 == 0 else ACCEPT)
    return app


@pytest.mark.parametrize(
    ("language", "said"), [("en", "No figures yet"), ("id", "Belum ada angka")]
)
def test_without_closed_examples_it_says_so(
    app: App, opened: Opener, language: str, said: str
) -> None:
    judged(app, 0, ani=REJECT)
    screen = opened(app, "agreement", language)
    assert not screen.exception
    assert said in texts(screen)
    assert not screen.table


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_question_stands_in_the_overview(
    compared: App, opened: Opener, language: str
) -> None:
    screen = opened(compared, "agreement", language)
    assert not screen.exception
    overview = screen.table[0].value
    ratings = [one.label[language] for one in compared.study.form.ratings]
    assert list(overview.iloc[1 : 1 + len(ratings), 0]) == ratings
    assert list(overview.iloc[:, 1]) == ["12"] * (1 + len(ratings))
    assert str(overview.iloc[0, 2]).startswith("67%")


def test_figures_say_how_far_to_trust_them(compared: App, opened: Opener) -> None:
    said = texts(opened(compared, "agreement"))
    assert "12 examples: below 30 the interval of alpha is too short" in said
    assert "chance brings some of that" in said


def test_identical_answers_are_undefined_and_no_perfect_score(app: App, opened: Opener) -> None:
    judged(app, 0, ani=ACCEPT, budi=ACCEPT)
    screen = opened(app, "agreement")
    assert set(screen.table[1].value.iloc[:, 1]) == {"undefined: no variation"}
    assert "this is no perfect score" in texts(screen)
    assert "Too few: 1 examples" in texts(screen)


def test_another_question_shows_its_own_figures(compared: App, opened: Opener) -> None:
    screen = opened(compared, "agreement")
    screen.selectbox(key="agreement.question").select("empathy").run()
    assert "ordinal" in "".join(screen.table[1].value.iloc[:, 0])
    assert "24 of 24 answers rate this" in texts(screen)


def test_slices_follow_the_chosen_field(compared: App, opened: Opener) -> None:
    screen = opened(compared, "agreement")
    screen.selectbox(key="agreement.by").select("guideline").run()
    assert list(screen.table[2].value.iloc[:, 0]) == ["version 1"]


def test_pairs_stand_in_a_table_beneath_the_picture(compared: App, opened: Opener) -> None:
    screen = opened(compared, "agreement")
    pairs = screen.table[3].value
    assert list(pairs.iloc[:, 0]) == [f"{ANI} – {BUDI}"]
    screen.selectbox(key="agreement.figure_nominal").select("percent_agreement").run()
    assert screen.table[3].value.iloc[0, 2] == "67%"


def test_what_experts_see_differently_leads_there(compared: App, opened: Opener) -> None:
    screen = opened(compared, "agreement")
    links = [one.proto for one in screen.get("page_link") if one.proto.label == "Decide it"]
    assert len(links) == 4
    assert example_at(compared, 0).message in texts(screen)


def test_hostile_names_stay_names(app: App, opened: Opener) -> None:
    name = "*Pak* <b>Budi</b> $x$"
    example = example_at(app, 0)
    judge(app, example, ANI, ACCEPT)
    judge(app, example, name, REJECT, reason=answer_of(app, example, REJECT).reason)
    screen = opened(app, "agreement")
    assert not screen.exception
    shown = [str(one) for one in screen.table[3].value.iloc[:, 0]]
    assert [one for one in shown if r"\*Pak\* \<b\>Budi" in one]
