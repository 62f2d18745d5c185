"""What curation and review need from storage: one store per noun."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from dashboard.domain.calibration import Round
from dashboard.domain.datasets import Candidate
from dashboard.domain.examples import (
    CellCount,
    Example,
    ExampleFilter,
    ExamplePage,
    Revision,
    ValueCount,
)
from dashboard.domain.ids import ActionId, ExampleId, RevisionId
from dashboard.domain.ledger import Action, Change, Deed, Logged, Touched
from dashboard.domain.queues import Claim, Seeker, Tally
from dashboard.domain.responses import Draft, Response
from dashboard.domain.studies import Cell
from dashboard.domain.team import Guideline, Person, Policy, SavedView
from dashboard.domain.verdicts import Case, Ruling, Standing, Verdict


class LedgerStore(Protocol):
    """Everything people did, append-only."""

    def record(self, action: Action, changes: Sequence[Change]) -> None:
        """Make the changes and write them down; raises Conflict where `old` no longer stands."""
        ...

    def recent(
        self, study: str, person: str | None, limit: int, deed: Deed | None = None
    ) -> tuple[Action, ...]:
        """The latest actions of a study, of one person or one deed in it, newest first."""
        ...

    def by_hand(self, study: str, person: str, limit: int) -> tuple[Action, ...]:
        """A person's latest actions but those a run did in their name, newest first."""
        ...

    def requested(self, study: str, person: str, request: str) -> Action | None:
        """What this request of a person has led to; None for one that is new or has no name."""
        ...

    def get(self, action_id: ActionId) -> Action:
        """One action; raises NotFound."""
        ...

    def some(self, action_ids: Sequence[ActionId]) -> tuple[Action, ...]:
        """These actions, newest first."""
        ...

    def touched(self, action_ids: Sequence[ActionId]) -> Mapping[ActionId, Touched]:
        """The examples each action changed; actions about something else are no keys."""
        ...

    def undone(self, action_ids: Sequence[ActionId]) -> frozenset[ActionId]:
        """Those of the actions that another one has taken back."""
        ...

    def changes(self, action_id: ActionId) -> tuple[Change, ...]:
        """What an action changed, in order."""
        ...

    def of_example(self, example_id: ExampleId) -> tuple[Logged, ...]:
        """Everything that happened to an example, newest first; it knows no viewer."""
        ...

    def of_noun(self, study: str, noun: str) -> tuple[Logged, ...]:
        """Every change of one kind of fact in a study, newest first."""
        ...

    def replayed(self) -> str:
        """The fingerprint of what all changes add up to, from nothing."""
        ...

    def state(self) -> str:
        """The fingerprint of the facts as the tables hold them."""
        ...


class RecordStore(Protocol):
    """Small facts of a team."""

    def people(self, study: str) -> tuple[Person, ...]:
        """The team by name, those who left included."""
        ...

    def policy(self, study: str) -> Policy:
        """How the study is reviewed: as the team decided, else as usual."""
        ...

    def guidelines(self, study: str) -> tuple[Guideline, ...]:
        """Versions of the guideline that were written here, newest first."""
        ...

    def rounds(self, study: str) -> tuple[Round, ...]:
        """Calibration rounds, newest first."""
        ...

    def views(self, study: str) -> tuple[SavedView, ...]:
        """Saved views by name."""
        ...


class ExampleStore(Protocol):
    """Examples as they stand."""

    def get(self, example_id: ExampleId) -> Example:
        """The example as it stands; raises NotFound."""
        ...

    def with_key(self, study: str, key: str) -> Example:
        """The example with this key; raises NotFound."""
        ...

    def some(self, ids: Sequence[ExampleId]) -> tuple[Example, ...]:
        """These examples, in the order they were added."""
        ...

    def page(self, wanted: ExampleFilter, offset: int, limit: int) -> ExamplePage:
        """Matching examples in the order they were added."""
        ...

    def ids(self, wanted: ExampleFilter, limit: int) -> tuple[ExampleId, ...]:
        """The first matching examples by id, in the order they were added."""
        ...

    def revisions(self, example_id: ExampleId) -> tuple[Revision, ...]:
        """Every text the example has had, newest first."""
        ...

    def candidates(self, study: str) -> tuple[Candidate, ...]:
        """Current revisions that may enter a version, in key order: nothing refused or disputed,
        and no child of such a one."""
        ...

    def counts(self, study: str) -> Mapping[Verdict, int]:
        """Examples that are not retired, by verdict; every verdict is a key."""
        ...

    def cells(self, study: str) -> tuple[CellCount, ...]:
        """Examples that are not retired, by cell and verdict."""
        ...

    def coverage(self, study: str) -> Mapping[int, int]:
        """How many examples that are not retired have so many answers, fewest answers first."""
        ...

    def keys(self, study: str) -> frozenset[str]:
        """The keys in use."""
        ...

    def messages(self, study: str) -> frozenset[str]:
        """The texts that stand, whatever their verdict."""
        ...

    def tags(self, study: str) -> tuple[str, ...]:
        """The tags in use, in alphabetical order."""
        ...

    def values(self, wanted: ExampleFilter, name: str, limit: int) -> tuple[ValueCount, ...]:
        """The values of a field that listed or retired examples have, the most frequent first."""
        ...

    def unsettled(self, study: str) -> tuple[ExampleId, ...]:
        """Examples whose standing an upgrade has left to be derived."""
        ...

    def touched(self, study: str) -> tuple[ExampleId, ...]:
        """Every example of the study that somebody has answered or ruled on."""
        ...

    def cases(self, ids: Sequence[ExampleId]) -> tuple[Case, ...]:
        """What the verdicts of these examples are derived from."""
        ...

    def settle(self, standings: Sequence[Standing]) -> None:
        """Store where examples stand."""
        ...

    def need(self, policy: Policy) -> None:
        """Every example that nobody has touched needs as many answers as the policy says."""
        ...


class QueueStore(Protocol):
    """Examples that wait for answers."""

    def held(self, seeker: Seeker) -> tuple[Example, ...]:
        """Examples this expert holds and may still answer, in the order they were claimed."""
        ...

    def first(self, seeker: Seeker) -> Example | None:
        """The example that needs this expert most."""
        ...

    def has_room(self, example: Example, seeker: Seeker) -> bool:
        """Whether the text takes an answer of this expert: places held by others are taken."""
        ...

    def waiting(self, seeker: Seeker) -> int:
        """How many examples this expert could be given now, those they hold included."""
        ...

    def elsewhere(self, seeker: Seeker) -> int:
        """How many examples would wait for this expert if others gave back the places they hold."""
        ...

    def waits_for(self, example: Example, seeker: Seeker) -> bool:
        """Whether there is room, and this expert has neither answered nor skipped it."""
        ...

    def accepted_in(self, study: str, cells: Sequence[Cell], most: int) -> tuple[int, ...]:
        """How many examples of each cell are accepted, counted up to `most`."""
        ...


class WorkInHandStore(Protocol):
    """Drafts and claims."""

    def draft(self, revision_id: RevisionId, expert: str) -> Draft | None:
        """What this expert has entered so far."""
        ...

    def drafts(self, study: str, expert: str) -> tuple[Draft, ...]:
        """Everything this expert has begun in a study, oldest first."""
        ...

    def save_draft(self, draft: Draft, seen_version: int) -> None:
        """Keep a draft if the one that was seen still stands; raises Conflict if not."""
        ...

    def drop_draft(self, revision_id: RevisionId, expert: str) -> None:
        """Forget a draft."""
        ...

    def claim(self, example: Example, expert: str, at: datetime, until: datetime) -> None:
        """Hold a place among an example's answers; a place held already is held longer."""
        ...

    def release(self, revision_id: RevisionId, expert: str) -> None:
        """Give a place back."""
        ...

    def release_all(self, study: str, expert: str) -> None:
        """Give back every place somebody holds."""
        ...

    def claims(self, study: str, at: datetime) -> tuple[Claim, ...]:
        """Who holds which example until when, soonest first."""
        ...


class ResponseStore(Protocol):
    """Answers of experts."""

    def get(self, revision_id: RevisionId, expert: str) -> Response | None:
        """What this expert has answered."""
        ...

    def visible(
        self, example_id: ExampleId, viewer: str, blind: Sequence[ExampleId] = ()
    ) -> tuple[Response, ...]:
        """Answers a person may read, newest first."""
        ...

    def last_open(self, revision_id: RevisionId) -> datetime | None:
        """When the answers to a text last lay open to everybody; None if they never did."""
        ...

    def closed(self, study: str, blind: Sequence[ExampleId]) -> tuple[Response, ...]:
        """Submitted answers to current texts that take no more and are not blind."""
        ...

    def finished(self, study: str, blind: Sequence[ExampleId]) -> tuple[Response, ...]:
        """The same, and those to earlier texts of these examples."""
        ...

    def own(self, study: str, expert: str, limit: int) -> tuple[Response, ...]:
        """This expert's answers, newest first."""
        ...

    def tallies(self, study: str) -> tuple[Tally, ...]:
        """How many answers of each kind every expert has given."""
        ...

    def ruling(self, revision_id: RevisionId) -> Ruling | None:
        """The adjudicator's decision on a revision."""
        ...
