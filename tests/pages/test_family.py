"""Families on the Examples page: where a variant comes from, and what was made of an example."""

from __future__ import annotations

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.bootstrap import App
from dashboard.domain.augmentation import Technique
from tests.augmenting import PLAN, augmentation_over, children, examples, finished
from tests.fakes import ScriptedRewriter
from tests.pages.conftest import Opener, texts
from tests.pages.worlds import HOSTILE


def links(screen: AppTest) -> list[str]:
    """The labels of all links to a page."""
    return [one.proto.label for one in screen.get("page_link")]


def test_an_example_without_children_has_no_family(app: App, opened: Opener) -> None:
    screen = opened(app, "examples")
    assert not screen.exception
    assert not [one for one in screen.expander if "Family" in one.label]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["Made by pivot (dictionary) from", "The text in between:", "Seed "]),
        ("id", ["Dibuat dengan pivot (kamus) dari", "Teks perantara:", "Benih acak "]),
    ],
)
def test_a_variant_tells_its_parent_its_technique_and_its_changes(
    app: App, opened: Opener, language: str, said: list[str]
) -> None:
    plan = replace(PLAN, mix={Technique.BACK_TRANSLATION: 1})
    finished(augmentation_over(app), plan)
    child = children(app)[0]
    family = app.families.of(child.id)
    screen = opened(app, "examples", language, example=child.id)
    assert not screen.exception
    for sentence in said:
        assert sentence in texts(screen)
    assert ":green-background[" in texts(screen)
    assert {family.root.key.replace("-", "\\-"), family.root.key} & set(links(screen))
    assert sum(child.key[-3:].strip("-") in one for one in links(screen)) >= 1


def test_a_parent_shows_its_children_as_links(app: App, opened: Opener) -> None:
    finished(augmentation_over(app))
    parent = examples(app)[0]
    members = app.families.of(parent.id).members
    screen = opened(app, "examples", example=parent.id)
    [family] = [one for one in screen.expander if "Family" in one.label]
    assert family.label == f"Family: {len(members)} variants"
    shown = [one for one in links(screen) if "└" in one]
    assert len(shown) == len(members) > 0


def test_what_a_rewriter_wrote_is_shown_as_it_is(app: App, opened: Opener) -> None:
    rewriter = ScriptedRewriter(words=(HOSTILE,))
    finished(augmentation_over(app, rewriter), replace(PLAN, target=3))
    screen = opened(app, "examples", example=children(app)[0].id)
    assert not screen.exception
    shown = [str(one.value) for one in (*screen.markdown, *screen.caption)]
    assert "script" in "".join(shown)
    assert not [one for one in shown if "<script>" in one or "![x](" in one]
