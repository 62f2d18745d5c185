"""The default study, its starters and its sieve."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from dashboard.augmentation.sieve.challenge import parent_of
from dashboard.augmentation.sieve.limits import load_limits
from dashboard.augmentation.sieve.message_sieve import MessageSieve
from dashboard.domain.augmentation import Parent, Route, Sifting
from dashboard.domain.examples import NewExample
from dashboard.domain.studies import Study
from dashboard.settings import ROOT
from storage.study_folders import load_starters, load_study

FOLDER = ROOT / "data" / "studies" / "affective-intervention"
Sift = Callable[..., Sifting]


@pytest.fixture(scope="session")
def study_folder() -> Path:
    return FOLDER


@pytest.fixture(scope="session")
def study() -> Study:
    return load_study(FOLDER)


@pytest.fixture(scope="session")
def starters() -> tuple[NewExample, ...]:
    return load_starters(FOLDER)


@pytest.fixture(scope="session")
def sieve(starters: tuple[NewExample, ...]) -> MessageSieve:
    return MessageSieve(load_limits(FOLDER), starters)


@pytest.fixture(scope="session")
def parents(starters: tuple[NewExample, ...]) -> dict[str, Parent]:
    return {starter.key: parent_of(starter) for starter in starters}


@pytest.fixture
def sift(sieve: MessageSieve, study: Study, parents: dict[str, Parent]) -> Sift:
    """The sieve's word on a child of a starter, beside nobody unless said."""

    def sifting(
        key: str, child: str, route: Route = Route.OFFLINE, beside: Sequence[str] = ()
    ) -> Sifting:
        return sieve.sift(study, parents[key], child, route, sieve.beside(beside))

    return sifting
