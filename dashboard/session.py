"""The only module that touches st.session_state, st.cache_resource and query parameters.

Session state holds selections, and words waiting to be shown; everything else is read anew from
the services on every run.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import streamlit as st

from dashboard import bootstrap
from dashboard.bootstrap import App
from dashboard.domain.engines import LOCAL, OPENAI_URL
from dashboard.domain.errors import UserError
from dashboard.domain.exchange import Problem, Said
from dashboard.domain.findings import Finding
from dashboard.domain.study_runs import StudyPlan
from dashboard.formats.reading import READABLE
from dashboard.locales.catalogs import LANGUAGES, translated
from dashboard.locales.markup import escaped
from dashboard.locales.recognition import retold
from dashboard.services import quality_frames
from dashboard.services.adding import Edit
from dashboard.services.adjudication import Decided
from dashboard.services.augmentation_quality import Quality
from dashboard.services.broods import BROODS_SHOWN, Brood, BroodPage, Census
from dashboard.services.calibration import SideBySide
from dashboard.services.concord import DECISION, Compared, Concord
from dashboard.services.coverage import CoverageMap, Covered
from dashboard.services.curation import PAGE_SIZE, ExampleDetail
from dashboard.services.datasets import Draft, Supply
from dashboard.services.disputes import Dispute
from dashboard.services.duplicates import Search
from dashboard.services.evidence import GUIDELINE, Asked, Disagreement, Evidence, Question
from dashboard.services.fidelity import Fate
from dashboard.services.finetuning import RunDetail
from dashboard.services.guidelines import Rewriting
from dashboard.services.history import LogLine, Proof
from dashboard.services.holding import HELD_SHOWN, HeldOne, HeldPage, first_reason
from dashboard.services.importing import Incoming, Preview
from dashboard.services.judging import Judged
from dashboard.services.mapping import UnknownValue
from dashboard.services.queueing import Card as ReviewCard
from dashboard.services.reporting import FILES as REPORT_FILES
from dashboard.services.reviewing import Judgment, Seen, TypedElsewhere
from dashboard.services.tracing import Reasons
from dashboard.services.varying import Trial
from dashboard.services.views import MAX_VIEW_NAME
from dashboard.settings import Settings
from dashboard.statistics.agreement.figures import SMALL, Figure, Undefined
from dashboard.statistics.agreement.measures import FITTING, Coefficient

__all__ = [
    "BROODS_SHOWN",
    "DECISION",
    "FITTING",
    "GUIDELINE",
    "HELD_SHOWN",
    "LANGUAGES",
    "MAX_VIEW_NAME",
    "PAGE_SIZE",
    "READABLE",
    "REPORT_FILES",
    "SMALL",
    "App",
    "Asked",
    "Brood",
    "BroodPage",
    "Census",
    "Coefficient",
    "Compared",
    "Concord",
    "CoverageMap",
    "Covered",
    "Decided",
    "Disagreement",
    "Dispute",
    "Draft",
    "Edit",
    "Evidence",
    "ExampleDetail",
    "Fate",
    "Figure",
    "HeldOne",
    "HeldPage",
    "Incoming",
    "Judged",
    "Judgment",
    "LogLine",
    "Preview",
    "Proof",
    "Quality",
    "Question",
    "Reasons",
    "ReviewCard",
    "Rewriting",
    "RunDetail",
    "Search",
    "Seen",
    "SideBySide",
    "Supply",
    "Trial",
    "TypedElsewhere",
    "Undefined",
    "UnknownValue",
    "_",
    "acting",
    "choose",
    "chosen",
    "engine_urls",
    "escaped",
    "first_reason",
    "forget",
    "forget_person",
    "freeze_imports",
    "is_forgotten",
    "is_linked",
    "language",
    "linked",
    "outcome",
    "person",
    "problems_shown",
    "publish",
    "quality_frames",
    "quick_plan",
    "recall",
    "remember_person",
    "sentence",
    "services",
    "stored_sentence",
    "team_names",
    "usual_language",
    "write",
    "written",
]

build: Callable[[Settings], App] = bootstrap.build
"""Joins the services; a test puts its own world here."""


def services() -> App:
    """Every service of this installation, joined once per process and settings."""
    return _joined(Settings.from_env())


@st.cache_resource(show_spinner=False, hash_funcs={Settings: hash})
def _joined(settings: Settings) -> App:
    return build(settings)


@st.cache_resource(show_spinner=False)
def freeze_imports() -> None:
    """Put the imported modules out of the collector's sight: reruns get several times faster."""
    import pandas  # noqa: F401  the last heavy ones; the services brought the others
    import pyarrow  # noqa: F401

    gc.collect()
    gc.freeze()


def language() -> str:
    """The language this session reads: `id` or `en`."""
    wanted = st.session_state.get("lang")
    return wanted if wanted in LANGUAGES else usual_language()


def usual_language() -> str:
    """The language of a session that has not chosen one."""
    return Settings.from_env().language


def _(message: str, **values: object) -> str:
    """A message in the session's language; values fill its named places."""
    return translated(language(), message, **values)


def sentence(said: UserError | Finding | Problem | Said) -> str:
    """What was said, in the session's language; harmless where Streamlit reads Markdown."""
    return _(said.template, **{name: escaped(value) for name, value in said.values.items()})


def stored_sentence(text: str) -> str:
    """A sentence the worker stored in English, in the session's language; plain text."""
    return retold(language(), text)


@contextmanager
def problems_shown() -> Iterator[None]:
    """Show what a person can act on as a sentence; anything else is a fault and goes up."""
    try:
        yield
    except UserError as error:
        st.error(sentence(error), icon=":material/error:")


@contextmanager
def acting(place: str, done: str = "") -> Iterator[None]:
    """Run a callback's write; `outcome(place)` then shows its success or its problem."""
    try:
        yield
    except UserError as error:
        st.session_state[f"outcome.{place}"] = ("problem", sentence(error))
    else:
        st.session_state[f"outcome.{place}"] = ("done", done)


def outcome(place: str) -> None:
    """Show once what the last action at this place came to."""
    kind, words = st.session_state.pop(f"outcome.{place}", ("", ""))
    if kind == "problem":
        st.error(words, icon=":material/error:")
    elif words:
        st.success(words, icon=":material/check:")


def person() -> str:
    """The name that stands under this session's judgments and edits; empty until given."""
    return str(st.session_state.get("person") or "").strip()


def remember_person(name: str) -> None:
    """Take a name that was chosen, or that this browser has kept; from a callback."""
    known = {one.casefold(): one for one in team_names()}
    st.session_state["person"] = known.get(" ".join(name.split()).casefold(), name)
    st.session_state["person.forgotten"] = not name.strip()


def forget_person() -> None:
    """Whoever sits here now is somebody else; the browser forgets the name, too."""
    remember_person("")


def is_forgotten() -> bool:
    """Whether the name was taken away on purpose, so that the browser must not bring it back."""
    return bool(st.session_state.get("person.forgotten"))


def team_names() -> tuple[str, ...]:
    """Names of the team to choose from; none while the database cannot be read."""
    try:
        app = services()
        return app.team.names(app.study.name)
    except UserError:
        return ()


def chosen(name: str) -> str | None:
    """What the address names, or what this session selected last on any page."""
    value = st.query_params.get(name) or st.session_state.get(f"chosen.{name}")
    return str(value) if value else None


def is_linked(name: str) -> bool:
    """Whether the address itself names a selection."""
    return bool(st.query_params.get(name))


def choose(name: str, value: str | None) -> None:
    """Select, and put the selection into the address for a colleague; None selects nothing."""
    if value is None:
        st.session_state.pop(f"chosen.{name}", None)
        st.query_params.pop(name, None)
        return
    st.session_state[f"chosen.{name}"] = value
    st.query_params[name] = value


def recall(key: str, words: Mapping[str, str] | None, usual: str, *, linked: bool = True) -> None:
    """Before a widget is drawn: give it what it held, what the address names, or the usual.

    `words` are its options as they are shown now. The browser knows a choice by its words only,
    so a choice whose words have changed with the language is handed to it anew.
    """
    held = _linked(key) if linked else st.session_state.get(key)
    is_known = isinstance(held, str) and (words is None or held in words)
    wanted = str(held) if is_known else usual
    shown = words.get(wanted) if words else None
    if st.session_state.get(key) != wanted or st.session_state.get(f"shown.{key}") != shown:
        st.session_state[key] = wanted
        st.session_state[f"shown.{key}"] = shown


def linked(key: str) -> str:
    """What a linked widget holds or its address names, even before it is drawn."""
    held = _linked(key)
    return held if isinstance(held, str) else ""


def publish(key: str, usual: str) -> None:
    """After a widget is drawn: put what it holds into the address, unless it is the usual."""
    name, value = _name(key), st.session_state.get(key)
    if not isinstance(value, str) or value == usual:
        st.query_params.pop(name, None)
    elif st.query_params.get(name) != value:
        st.query_params[name] = value


def _linked(key: str) -> object:
    return st.session_state.get(key, st.query_params.get(_name(key)))


def _name(key: str) -> str:
    return key.rsplit(".", 1)[-1]


def written(key: str) -> object:
    """What a widget holds now, or None while it has never been drawn."""
    return st.session_state.get(key)


def write(key: str, value: object) -> None:
    """Set a widget from a callback, before it is drawn."""
    st.session_state[key] = value


def forget(*keys: str) -> None:
    """Let widgets start anew."""
    for key in keys:
        st.session_state.pop(key, None)


def engine_urls() -> tuple[str, ...]:
    """Engines a run may use: our own, OpenAI where a key is set, and another that is set up.

    No page takes an address that somebody types: the key would follow it anywhere.
    """
    settings = services().settings
    has_key = bool(settings.openai_key.get_secret_value())
    other = settings.other_engine_url
    return (LOCAL, *([OPENAI_URL] if has_key else ()), *([other] if other else ()))


def quick_plan() -> StudyPlan:
    """The study that runs on any machine in minutes."""
    app = services()
    return StudyPlan(
        study=app.study.name, engine_url=LOCAL, base_model=app.settings.model, quick=True
    )
