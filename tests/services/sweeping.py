"""Calls every method of every service that can be called with what a test knows."""

from __future__ import annotations

import inspect
import io
import itertools
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path

from dashboard.bootstrap import App, build
from dashboard.domain.errors import UserError
from dashboard.domain.examples import ExampleFilter
from dashboard.domain.exchange import Form
from dashboard.domain.ids import ExampleId
from dashboard.domain.responses import SkipReason
from dashboard.domain.team import Policy
from dashboard.domain.verdicts import Rule
from dashboard.settings import Settings
from storage.migrating import migrate
from storage.study_folders import load_starters
from tests.blind_world import ASRI, BANYU, CANARY, STUDY, blind_world
from tests.conftest import STUDY_FOLDER
from tests.fakes import RecordingQueue, ScriptedEngine

READERS = frozenset({"viewer", "expert", "person", "adjudicator", "author", "by"})
"""Parameters that say who asks."""
WORTH_ASKING = frozenset({"with_names"})
"""Parameters with a default that may open more than it does."""
UNSTABLE = re.compile(
    r"[0-9a-f]{8}-[0-9a-f-]{27}|\b[0-9a-f]{12,64}\b|datetime\.datetime\([^()]*(?:\([^()]*\))?\)|0x[0-9a-f]+"
    r"|\d{4}-\d\d-\d\d[T ]\d\d:\d\d[^'\",)]*"
)
"""What differs between two worlds in which the same things happened: ids, moments, hashes."""
Known = Mapping[str, Sequence[object]]


@dataclass(frozen=True)
class World:
    """A blind world in `folder` that can be had anew for every question."""

    folder: Path
    ids: tuple[ExampleId, ...]

    def fresh(self) -> App:
        """The services over a copy of their own."""
        copy = self.folder.with_name(f"{self.folder.name}-copy")
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self.folder, copy)
        return services_over(copy)


def made_worlds(folder: Path) -> tuple[World, World]:
    """Two blind worlds over the same starters, the second one mirrored."""
    app = services_over(folder / "starters")
    migrate(app.settings.database)
    app.curation.seed(STUDY, load_starters(STUDY_FOLDER))
    return _made(folder, mirrored=False), _made(folder, mirrored=True)


def _made(folder: Path, *, mirrored: bool) -> World:
    own = folder / ("mirrored" if mirrored else "plain")
    shutil.copytree(folder / "starters", own)
    return World(own, blind_world(services_over(own), mirrored=mirrored).ids)


def services_over(folder: Path) -> App:
    """Every service over a data folder."""
    folder.mkdir(exist_ok=True)
    settings = Settings(data_dir=folder, cache_dir=folder / "cache")
    return build(settings, ScriptedEngine(), RecordingQueue())


def known(app: App, ids: Sequence[ExampleId]) -> Known:
    """Values for every parameter that a test can name, by the parameter's name."""
    filters = [ExampleFilter(STUDY), ExampleFilter(STUDY, text=CANARY)]
    return {
        **{name: [ASRI] for name in READERS},
        "name": [ASRI, BANYU],
        "study": [STUDY],
        "example_id": ids,
        "ids": [tuple(ids)],
        "wanted": filters,
        "form": list(Form),
        "with_names": [False, True],
        "policy": [Policy(STUDY, overlap=1), Policy(STUDY, rule=Rule.MAJORITY)],
        "seen": [app.team.policy(STUDY)],
        "skip": [SkipReason.UNCLEAR],
        "address": ["search=kata"],
        "count": [20],
        "number": [1],
        "seen_number": [1],
        "tag": ["penting"],
        "reason": ["karena begitu"],
        "of": app.calibration.rounds(STUDY),
        "action_id": [one.action.id for one in app.history.log(STUDY)],
    }


def methods(app: App) -> Iterator[tuple[str, Callable[..., object]]]:
    """Every public method of every service, by a name such as `history.log`."""
    for one in fields(app):
        service = getattr(app, one.name)
        if type(service).__module__.startswith("dashboard.services."):
            for name, method in inspect.getmembers(service, inspect.ismethod):
                if not name.startswith("_"):
                    yield f"{one.name}.{name}", method


def asked(method: Callable[..., object]) -> list[str]:
    """Names of the parameters that a call fills in."""
    parameters = inspect.signature(method).parameters.values()
    empty = inspect.Parameter.empty
    return [one.name for one in parameters if one.default is empty or one.name in WORTH_ASKING]


def said(app: App, name: str, ids: Sequence[ExampleId]) -> str | None:
    """Everything a method says to Asri; None where its arguments are not known."""
    method, values = dict(methods(app))[name], known(app, ids)
    names = asked(method)
    if not set(names) <= set(values):
        return None
    calls = itertools.product(*(values[one] for one in names))
    return "\n".join(_answer(method, arguments) for arguments in calls)


def _answer(method: Callable[..., object], arguments: Sequence[object]) -> str:
    try:
        return legible(method(*arguments))
    except UserError as error:
        return str(error)


def legible(value: object) -> str:
    """A value as text; files inside an archive are unpacked, iterators run to their end."""
    if isinstance(value, bytes):
        if not zipfile.is_zipfile(io.BytesIO(value)):
            return value.decode("utf-8", "replace")
        with zipfile.ZipFile(io.BytesIO(value)) as archive:
            return "\n".join(legible(archive.read(one)) for one in archive.namelist())
    if isinstance(value, Iterator):
        return "\n".join(legible(one) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return " ".join(legible(getattr(value, one.name)) for one in fields(value))
    if isinstance(value, Sequence | frozenset | set) and not isinstance(value, str):
        return " ".join(legible(one) for one in value)
    return repr(value)


def stable(text: str) -> str:
    """The text without ids, moments and hashes."""
    return UNSTABLE.sub("…", text)
