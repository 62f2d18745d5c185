"""Guidelines: versions that say why, nobody's text lost, answers a change bears on marked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.bootstrap import App
from dashboard.domain.errors import InvalidInput, NotFound
from dashboard.domain.examples import ExampleFilter
from dashboard.domain.guidelines import MAX_LENGTH, Bearing
from dashboard.domain.responses import Decision
from dashboard.services.guidelines import Rewriting, Rewritten
from dashboard.services.reviewing import Judgment, Seen
from tests.services.teamwork import BUDI, RANI, STUDY, answer, examples, standing, submit

TEXTS = {"id": "# Panduan\n\nBaru.", "en": "# Guideline\n\nNew."}


def rewriting(app: App, bearing: Bearing | None = None, **texts: str) -> Rewriting:
    """A new text on top of the version that stands."""
    seen = app.guidelines.current(STUDY).number
    return Rewriting(STUDY, seen, TEXTS | texts, RANI, "lebih jelas", bearing or Bearing())


def flagged(app: App, expert: str, flag: str) -> None:
    """An answer to the first example that carries a flag."""
    [first] = examples(app, 1)
    given = replace(answer(app.study, Decision.REJECT), flags=(flag,))
    app.reviewing.submit(Judgment(first.id, first.revision_id, expert, given))


def test_the_first_version_is_the_studys_own(app: App) -> None:
    [first] = app.guidelines.versions(STUDY)
    assert (first.number, first.texts) == (1, dict(app.study.guideline))


def test_a_rewriting_is_the_next_version_and_answers_remember_theirs(app: App) -> None:
    first, second, *_rest = examples(app, 2)
    submit(app, first, RANI)
    written = app.guidelines.rewrite(rewriting(app))
    assert (written.number, written.author, written.reason) == (2, RANI, "lebih jelas")
    assert app.guidelines.current(STUDY) == written
    submit(app, second, RANI)
    answered = app.reviewing.answered(STUDY, RANI)
    assert [one.guideline_version for one in answered] == [2, 1]


def test_a_stale_rewriting_overwrites_nothing_and_keeps_both_texts(app: App) -> None:
    mine = rewriting(app, en="Mine.")
    theirs = app.guidelines.rewrite(rewriting(app, en="Theirs."))
    with pytest.raises(Rewritten) as late:
        app.guidelines.rewrite(mine)
    assert (late.value.mine, late.value.theirs) == (mine, theirs)
    assert app.guidelines.current(STUDY) == theirs


@pytest.mark.parametrize(
    "wrong", [{"reason": " "}, {"texts": TEXTS | {"en": " \n"}}, {"texts": {"id": "x" * 30_001}}]
)
def test_a_rewriting_says_why_and_holds_both_languages(app: App, wrong: dict[str, str]) -> None:
    assert MAX_LENGTH == 30_000
    with pytest.raises(InvalidInput):
        app.guidelines.rewrite(replace(rewriting(app), **wrong))  # type: ignore[arg-type]


def test_the_same_text_with_other_line_ends_is_no_version(app: App) -> None:
    same = {name: text.replace("\n", "\r\n") for name, text in app.study.guideline.items()}
    with pytest.raises(InvalidInput, match="Nothing was changed"):
        app.guidelines.rewrite(replace(rewriting(app), texts=same))


def test_an_earlier_version_comes_back_as_the_newest(app: App) -> None:
    app.guidelines.rewrite(rewriting(app))
    restored = app.guidelines.restore(STUDY, 1, 2, BUDI)
    assert restored.number == 3
    assert restored.texts["id"].strip() == app.study.guideline["id"].strip()
    with pytest.raises(NotFound):
        app.guidelines.restore(STUDY, 9, 3, BUDI)


def test_a_version_that_was_taken_back_gives_its_number_to_no_other_text(app: App) -> None:
    app.guidelines.rewrite(rewriting(app))
    app.history.undo(STUDY, RANI)
    assert app.guidelines.current(STUDY).number == 1
    assert app.guidelines.rewrite(rewriting(app, en="Another.")).number == 3


def test_answered_examples_a_version_bears_on_are_marked_in_the_same_action(app: App) -> None:
    sad = ExampleFilter(STUDY, inputs=(("emotion", "sad"),))
    answered = app.curation.browse(sad).examples[0]
    other = next(one for one in examples(app, 50) if one.inputs["emotion"] != "sad")
    for example in (answered, other):
        submit(app, example, BUDI)
    bearing = Bearing(inputs=(("emotion", ("sad", "fear")), ("reinforcement", ())))
    assert app.guidelines.touched(STUDY, bearing) == 1
    app.guidelines.rewrite(rewriting(app, bearing))
    found = app.curation.browse(ExampleFilter(STUDY, tag="guideline-v2")).examples
    assert [one.id for one in found] == [answered.id]
    assert app.progress.everyone(STUDY).flagged == {"guideline-v2": 1}
    mine = app.progress.mine(STUDY, BUDI)
    assert [one.id for one in mine.flagged] == [answered.id]
    assert [one.number for one in mine.news] == [2]
    app.history.undo(STUDY, RANI)
    assert app.curation.browse(ExampleFilter(STUDY, tag="guideline-v2")).total == 0
    assert app.history.proof().holds


def test_who_answers_again_under_the_new_version_is_no_longer_asked(app: App) -> None:
    [first] = examples(app, 1)
    submit(app, first, BUDI)
    emotion = first.inputs["emotion"]
    app.guidelines.rewrite(rewriting(app, Bearing(inputs=(("emotion", (emotion,)),))))
    assert len(app.progress.mine(STUDY, BUDI).flagged) == 1
    app.reviewing.reopen(Seen(first.id, first.revision_id, BUDI))
    submit(app, first, BUDI)
    assert app.progress.mine(STUDY, BUDI).flagged == ()
    assert app.progress.mine(STUDY, BUDI).news == ()


def test_naming_nothing_marks_nothing(app: App) -> None:
    submit(app, examples(app, 1)[0], BUDI)
    app.guidelines.rewrite(rewriting(app, Bearing(inputs=(("emotion", ()),))))
    assert app.progress.everyone(STUDY).flagged == {}


def test_a_flag_shows_through_no_mark_while_others_still_answer(app: App) -> None:
    flagged(app, RANI, "promise")
    bearing = Bearing(flags=("promise",))
    assert app.guidelines.touched(STUDY, bearing) == 0
    flagged(app, BUDI, "sarcasm")
    assert app.guidelines.touched(STUDY, bearing) == 1
    assert app.guidelines.touched(STUDY, Bearing(flags=("diagnosis",))) == 0
    assert standing(app, examples(app, 1)[0]).answered == 2


def test_an_answer_stands_as_it_was_given(app: App) -> None:
    [first] = examples(app, 1)
    submit(app, first, BUDI)
    before = app.reviewing.answered(STUDY, BUDI)
    bearing = Bearing(inputs=(("emotion", (first.inputs["emotion"],)),))
    app.guidelines.rewrite(rewriting(app, bearing))
    assert app.reviewing.answered(STUDY, BUDI) == before
