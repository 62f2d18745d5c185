"""The History page, and the history of one example on the Examples page."""

from __future__ import annotations

import pytest

from dashboard.bootstrap import App
from dashboard.domain.examples import Example
from dashboard.services.curation import Edit
from tests.deciding import (
    ACCEPT,
    ANI,
    BUDI,
    CITRA,
    REJECT,
    STUDY,
    again,
    better,
    decided,
    example_at,
    judged,
)
from tests.pages.conftest import Opener, texts, typed_name
from tests.pages.worlds import HOSTILE


def edited(app: App, example: Example, author: str = ANI, reason: str = "lebih hangat") -> Example:
    text = better(example)
    number = example.revision_number
    return app.curation.edit(Edit(example.id, number, example.inputs, text, author, reason))


@pytest.mark.parametrize("language", ["id", "en"])
def test_an_empty_house_has_no_history(empty_app: App, opened: Opener, language: str) -> None:
    screen = opened(empty_app, "history", language)
    assert not screen.exception
    assert len(screen.info) == 2


@pytest.mark.parametrize(("language", "did"), [("en", "edited the text"), ("id", "menyunting")])
def test_the_log_tells_who_did_what(app: App, opened: Opener, language: str, did: str) -> None:
    edited(app, example_at(app, 0))
    said = texts(opened(app, "history", language))
    assert f"**{ANI}**" in said and did in said and r"aff\-001" in said
    assert "lebih hangat" in said


def test_the_log_says_that_somebody_answered_and_never_what(app: App, opened: Opener) -> None:
    judged(app, 0, ani=REJECT)
    said = texts(opened(app, "history"))
    assert "answered" in said
    assert "kurang hangat" not in said and "rejected" not in said


def test_the_log_is_narrowed(app: App, opened: Opener) -> None:
    edited(app, example_at(app, 0))
    judged(app, 1, budi=ACCEPT)
    screen = opened(app, "history")
    screen.selectbox(key="history.by").select(BUDI).run()
    assert f"**{BUDI}**" in texts(screen) and f"**{ANI}**" not in texts(screen)
    screen.selectbox(key="history.deed").select("edit").run()
    assert "Nothing here yet" in texts(screen)


def test_own_deeds_are_taken_back_a_bulk_one_as_one(app: App, opened: Opener) -> None:
    ids = [example_at(app, place).id for place in range(7)]
    app.curation.tag(ids, "mulai", ANI)
    [line] = app.history.undoable(STUDY, ANI)
    screen = typed_name(opened(app, "history"), ANI)
    assert "7 examples" in texts(screen)
    screen.button(key=f"history.undo.{line.action.id}").click().run()
    assert app.curation.tags(STUDY) == ()
    assert "Taken back." in screen.success[0].value
    assert "taken back since" in texts(screen)


def test_a_conflict_is_said_plainly(app: App, opened: Opener) -> None:
    example = example_at(app, 0)
    edited(app, example)
    [line] = app.history.undoable(STUDY, ANI)
    screen = typed_name(opened(app, "history"), ANI)
    app.curation.tag([example.id], "mulai", BUDI)
    screen.button(key=f"history.undo.{line.action.id}").click().run()
    assert "nothing was overwritten" in screen.error[0].value
    assert again(app, example).revision_number == 2


def test_deeds_of_others_have_no_button(app: App, opened: Opener) -> None:
    edited(app, example_at(app, 0))
    screen = typed_name(opened(app, "history"), BUDI)
    assert not [one for one in screen.button if str(one.key).startswith("history.undo")]


def test_the_proof_shows_both_fingerprints(app: App, opened: Opener) -> None:
    edited(app, example_at(app, 0))
    screen = opened(app, "history")
    screen.button(key="history.prove").click().run()
    proof = app.history.proof()
    assert "State and replay agree" in screen.success[0].value
    assert texts(screen).count(proof.state[:12]) == 2


def test_hostile_notes_stay_words(app: App, opened: Opener) -> None:
    edited(app, example_at(app, 0), author="*Ani* <b>", reason=HOSTILE)
    screen = opened(app, "history")
    assert not screen.exception
    shown = [str(one.value) for one in (*screen.markdown, *screen.caption)]
    assert all("<script>" not in one and "<b>" not in one for one in shown)


# One example


def test_an_example_shows_its_texts_as_changes(app: App, opened: Opener) -> None:
    example = edited(app, example_at(app, 0))
    said = texts(opened(app, "examples", example=example.id))
    assert ":red[~~" in said and ":green-background[" in said
    assert "edited the text" in said and "lebih hangat" in said


def test_an_earlier_text_is_restored(app: App, opened: Opener) -> None:
    first = example_at(app, 0)
    edited(app, first)
    number_one = app.curation.one(first.id).revisions[-1]
    screen = typed_name(opened(app, "examples", example=first.id), BUDI)
    screen.button(key=f"examples.restore.{number_one.id}").click().run()
    restored = again(app, first)
    assert (restored.message, restored.revision_number) == (first.message, 3)
    assert "Version 1 stands again" in screen.success[0].value


def test_nothing_is_restored_without_a_name(app: App, opened: Opener) -> None:
    first = example_at(app, 0)
    edited(app, first)
    number_one = app.curation.one(first.id).revisions[-1]
    screen = opened(app, "examples", example=first.id)
    assert screen.button(key=f"examples.restore.{number_one.id}").disabled


def test_others_answers_stay_off_the_page_until_ones_own_is_in(app: App, opened: Opener) -> None:
    example = judged(app, 0, ani=REJECT)
    screen = typed_name(opened(app, "examples", example=example.id), BUDI)
    assert "kurang hangat" not in repr(screen.main)
    assert "stays hidden until your own answer is in" in texts(screen)
    typed_name(screen, ANI)
    assert "kurang hangat" in texts(screen)


def test_a_verdict_leads_to_who_decided_it(app: App, opened: Opener) -> None:
    example = judged(app, 0, ani=ACCEPT, budi=REJECT)
    app.adjudication.decide(decided(example, ACCEPT), CITRA)
    said = texts(opened(app, "examples", example=example.id))
    assert f"Decided by an adjudicator: {CITRA}" in said
    assert "Judged under the guideline in version 1" in said
    assert f"{ANI} answered: accepted" in said
