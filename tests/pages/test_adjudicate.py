"""The Adjudicate page: answers side by side without names, one decision at a time."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.bootstrap import App
from dashboard.domain.examples import Example
from dashboard.domain.team import Policy
from dashboard.domain.verdicts import Basis, Cause, Verdict
from tests.deciding import (
    ACCEPT,
    ANI,
    BUDI,
    CITRA,
    DEWI,
    EDIT,
    REJECT,
    STUDY,
    again,
    agree_on,
    answer_of,
    better,
    decided,
    example_at,
    judge,
    judged,
)
from tests.pages.conftest import Opener, texts, typed_name
from tests.pages.worlds import HOSTILE


def key(example: Example, name: str) -> str:
    return f"adjudicate.{name}.{example.revision_id}"


def chosen(screen: AppTest, example: Example, choice: str) -> AppTest:
    """The page after somebody chose what becomes of the message, and why it was disputed."""
    screen.pills(key=key(example, "choice")).set_value(choice).run()
    return screen.selectbox(key=key(example, "cause")).select(Cause.SLIP).run()


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Nothing is disputed"), ("id", "Tidak ada yang diperdebatkan")]
)
def test_an_empty_list_says_so(app: App, opened: Opener, language: str, said: str) -> None:
    screen = opened(app, "adjudicate", language)
    assert not screen.exception
    assert said in texts(screen)


def test_names_are_hidden_until_somebody_asks(app: App, opened: Opener) -> None:
    judged(app, 0, ani=ACCEPT, budi=REJECT)
    screen = opened(app, "adjudicate")
    assert "Expert 1" in texts(screen) and "Expert 2" in texts(screen)
    assert ANI not in repr(screen.main) and BUDI not in repr(screen.main)
    screen.toggle(key="adjudicate.names").set_value(True).run()
    assert ANI in texts(screen) and BUDI in texts(screen)


def test_the_names_are_hidden_again_after_leaving_the_page(app: App, opened: Opener) -> None:
    judged(app, 0, ani=ACCEPT, budi=REJECT)
    screen = opened(app, "adjudicate")
    screen.toggle(key="adjudicate.names").set_value(True).run()
    screen.switch_page("../pages/home.py").run()
    screen.switch_page("../pages/adjudicate.py").run()
    assert not screen.toggle(key="adjudicate.names").value


def test_the_highest_and_lowest_ratings_are_marked(app: App, opened: Opener) -> None:
    example = example_at(app, 0)
    judge(app, example, ANI, ACCEPT, ratings={"empathy": 5})
    judge(app, example, BUDI, REJECT, ratings={"empathy": 2})
    [table] = [one.value for one in opened(app, "adjudicate").table]
    empathy, arcs = table.iloc[0], table.iloc[1]
    assert sorted(empathy[1:]) == ["2 ▽", "5 △"]
    assert list(arcs[1:]) == ["4", "4"]


def test_an_edit_is_shown_against_the_message(app: App, opened: Opener) -> None:
    example = judged(app, 0, ani=ACCEPT, budi=EDIT)
    shown = texts(opened(app, "adjudicate"))
    assert ":green-background[" in shown and ":red[~~" in shown
    assert "pelan" in shown
    assert example.message in shown


@pytest.mark.parametrize(
    ("choice", "verdict"), [("accept", Verdict.ACCEPTED), ("reject", Verdict.REJECTED)]
)
def test_a_decision_is_recorded_and_the_next_example_comes(
    app: App, opened: Opener, choice: str, verdict: Verdict
) -> None:
    first = judged(app, 0, ani=ACCEPT, budi=REJECT)
    second = judged(app, 1, ani=ACCEPT, budi=REJECT)
    screen = chosen(typed_name(opened(app, "adjudicate", example=first.id), DEWI), first, choice)
    screen.text_area(key=key(first, "reason")).input("sudah jelas").run()
    screen.button(key=key(first, "submit")).click().run()
    ruled = again(app, first)
    assert (ruled.verdict, ruled.basis) == (verdict, Basis.ADJUDICATED)
    [found] = app.adjudication.decided(STUDY)
    assert found.ruling is not None
    assert (found.ruling.cause, found.ruling.reason) == (Cause.SLIP, "sudah jelas")
    assert "is decided" in screen.success[0].value
    assert second.message in texts(screen)


def test_an_edit_is_taken_without_its_name_being_shown(app: App, opened: Opener) -> None:
    example = judged(app, 0, ani=ACCEPT, budi=EDIT)
    screen = chosen(typed_name(opened(app, "adjudicate"), DEWI), example, "adopt")
    assert BUDI not in repr(screen.main)
    screen.button(key=key(example, "submit")).click().run()
    gold = again(app, example)
    assert (gold.verdict, gold.author, gold.message) == (Verdict.ACCEPTED, BUDI, better(example))


def test_an_own_edit_waits_for_somebody_else(app: App, opened: Opener) -> None:
    example = judged(app, 0, ani=ACCEPT, budi=REJECT)
    screen = chosen(typed_name(opened(app, "adjudicate"), DEWI), example, "own")
    screen.text_area(key=key(example, "text")).input(better(example, "santai")).run()
    screen.text_area(key=key(example, "reason")).input("lebih hangat").run()
    screen.button(key=key(example, "submit")).click().run()
    assert again(app, example).verdict is Verdict.UNREVIEWED
    assert "another person has to accept it" in screen.success[0].value
    assert not screen.error


def test_who_has_answered_hears_it_before_typing(app: App, opened: Opener) -> None:
    example = judged(app, 0, ani=ACCEPT, budi=REJECT)
    screen = typed_name(opened(app, "adjudicate"), ANI)
    assert "You have answered this example" in screen.info[0].value
    assert not screen.pills
    agree_on(app, Policy(STUDY, adjudicate_own=True))
    screen = chosen(screen.run(), example, "accept")
    screen.button(key=key(example, "submit")).click().run()
    assert again(app, example).verdict is Verdict.ACCEPTED


def test_a_problem_keeps_what_was_typed(app: App, opened: Opener) -> None:
    example = judged(app, 0, ani=ACCEPT, budi=EDIT)
    screen = chosen(typed_name(opened(app, "adjudicate"), DEWI), example, "reject")
    screen.text_area(key=key(example, "reason")).input(" ").run()
    screen.button(key=key(example, "submit")).click().run()
    assert "Nobody answered like this" in screen.error[0].value
    assert screen.pills(key=key(example, "choice")).value == "reject"
    assert again(app, example).verdict is Verdict.DISPUTED


def test_nothing_is_decided_without_a_name_a_choice_and_a_cause(app: App, opened: Opener) -> None:
    example = judged(app, 0, ani=ACCEPT, budi=REJECT)
    screen = opened(app, "adjudicate")
    submit = key(example, "submit")
    assert screen.button(key=submit).disabled
    typed_name(screen, DEWI)
    assert screen.button(key=submit).disabled
    chosen(screen, example, "reject")
    assert not screen.button(key=submit).disabled


def test_danger_is_said_calmly_and_first(app: App, opened: Opener) -> None:
    judged(app, 0, ani=ACCEPT, budi=REJECT)
    judge(app, example_at(app, 1), ANI, REJECT, flags=("crisis",))
    screen = opened(app, "adjudicate", "id")
    assert "Seseorang perlu turun tangan" in screen.warning[0].value
    assert example_at(app, 1).message in texts(screen)


def test_a_decision_is_taken_back_with_a_reason(app: App, opened: Opener) -> None:
    example = judged(app, 0, ani=ACCEPT, budi=REJECT)
    app.adjudication.decide(decided(example, ACCEPT, reason="hangat"), DEWI)
    screen = typed_name(opened(app, "adjudicate", list="decided"), CITRA)
    assert DEWI in texts(screen) and "hangat" in texts(screen)
    screen.text_input(key=key(example, "revoke")).input("terlalu cepat")
    screen.button(key=f"adjudicate.revoke.{example.id}").click().run()
    assert again(app, example).verdict is Verdict.DISPUTED
    assert "taken back" in screen.success[0].value


def test_a_link_opens_any_example_whose_answers_are_in(app: App, opened: Opener) -> None:
    judged(app, 0, ani=ACCEPT, budi=REJECT)
    agreed = judged(app, 1, ani=ACCEPT, budi=ACCEPT)
    assert agreed.message in texts(opened(app, "adjudicate", example=agreed.id))


def test_a_link_to_an_open_example_shows_none_of_its_answers(app: App, opened: Opener) -> None:
    example = judged(app, 0, ani=REJECT)
    screen = opened(app, "adjudicate", example=example.id)
    assert "still takes answers" in screen.error[0].value
    assert "kurang hangat" not in texts(screen)


def test_another_list_begins_at_its_own_first_example(app: App, opened: Opener) -> None:
    first = judged(app, 0, ani=ACCEPT, budi=REJECT)
    other = judged(app, 1, ani=ACCEPT, budi=REJECT)
    app.adjudication.decide(decided(other, ACCEPT), DEWI)
    screen = opened(app, "adjudicate", example=first.id)
    screen.segmented_control(key="adjudicate.list").set_value("decided").run()
    assert other.message in texts(screen) and first.message not in texts(screen)


def test_hostile_words_stay_words(app: App, opened: Opener) -> None:
    example = example_at(app, 0)
    judge(app, example, ANI, ACCEPT)
    answer = answer_of(app, example, EDIT, message=f"{better(example)} **tebal** $x$")
    judge(app, example, f"*{BUDI}* <b>", EDIT, reason=HOSTILE, message=answer.message)
    screen = opened(app, "adjudicate")
    screen.toggle(key="adjudicate.names").set_value(True).run()
    assert not screen.exception
    assert HOSTILE in [one.value for one in screen.text]
    assert all("**tebal**" not in one.value for one in screen.markdown)
    assert all("<b>" not in one for one in screen.table[0].value.columns)
