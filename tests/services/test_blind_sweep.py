"""Whatever any service tells an expert, it holds nothing of answers that are hidden from them."""

from __future__ import annotations

import pytest

from dashboard.domain.responses import Answer, Decision
from dashboard.services.reviewing import Judgment
from tests.blind_world import ASRI, REJECTED, TAGS, hidden
from tests.services.sweeping import READERS, World, asked, made_worlds, methods, said, stable

BY_HAND = {
    "adjudication.decide",
    "augmentation.begin",
    "augmentation.launch",
    "augmentation.take",
    "augmentation.take_back",
    "adjudication.may_decide",  # about a dispute that was handed out already
    "bulk.judge",
    "calibration.start",
    "holding.leave",
    "holding.take",
    "intake.import_rows",
    "curation.write_one",
    "queueing.card_of",  # the inside of `card`
    "views.remove",
}
"""Methods that name a person and take a whole piece of work; they give back only that."""

OPENING = {"team.agree"}
"""What opens answers to everybody: with fewer answers wanted, open examples are complete."""


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> tuple[World, World]:
    return made_worlds(tmp_path_factory.mktemp("blind"))


@pytest.fixture(scope="module")
def world(worlds: tuple[World, World]) -> World:
    return worlds[0]


@pytest.fixture(scope="module")
def told(world: World) -> dict[str, str]:
    """What the services say where Banyu decided as he did."""
    return sayings(world)


def sayings(world: World) -> dict[str, str]:
    """What every method that can be called says to Asri, each over data of its own."""
    spoken = {name: said(world.fresh(), name, world.ids) for name, _ in methods(world.fresh())}
    return {name: one for name, one in spoken.items() if one is not None}


def test_no_service_tells_a_hidden_word(told: dict[str, str]) -> None:
    assert len(told) > 50, "the sweep calls most of what there is"
    found = {name: [one for one in TAGS if one in text] for name, text in told.items()}
    assert {name: words for name, words in found.items() if words} == {}


def test_nothing_told_depends_on_what_the_others_decided(
    told: dict[str, str], worlds: tuple[World, World]
) -> None:
    other = sayings(worlds[1])
    different = {name for name in told if stable(told[name]) != stable(other[name])}
    assert different == OPENING


def test_no_method_that_names_a_person_is_left_out(world: World) -> None:
    app = world.fresh()
    left_out = {
        name
        for name, method in methods(app)
        if READERS & set(asked(method)) and said(world.fresh(), name, world.ids) is None
    }
    assert left_out == BY_HAND


def test_the_sweep_finds_what_may_be_read(world: World) -> None:
    app, example_id = world.fresh(), world.ids[REJECTED]
    assert TAGS[REJECTED] not in str(said(app, "queueing.card", world.ids))
    example = app.curation.one(example_id).example
    app.reviewing.submit(Judgment(example_id, example.revision_id, ASRI, Answer(Decision.ACCEPT)))
    found = str(said(app, "queueing.card", world.ids))
    assert hidden(REJECTED) in found
    assert [one for one in TAGS if one in found] == [TAGS[REJECTED]]
