"""Guidelines: the living text experts judge by; each change is a version that says why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from dashboard.domain.errors import Conflict, InvalidInput, NotFound
from dashboard.domain.examples import Example
from dashboard.domain.guidelines import FIRST, Bearing, require_readable, tag_of
from dashboard.domain.ids import now
from dashboard.domain.ledger import Change, Deed
from dashboard.domain.team import HOUSE, Guideline
from dashboard.domain.verdicts import Verdict
from dashboard.services.recording import Doing, Recorder, blind_ids
from dashboard.services.stores import Database, Stores

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
"""The time of version 1, which came with the study's folder; pages do not show it."""


@dataclass(frozen=True)
class Rewriting:
    """A new text by language; `seen_number` is the version the person started from."""

    study: str
    seen_number: int
    texts: Mapping[str, str]
    author: str
    reason: str
    bearing: Bearing = field(default_factory=Bearing)


class Guidelines:
    """What a team does with its guideline."""

    def __init__(self, database: Database, recorder: Recorder) -> None:
        self.database = database
        self.recorder = recorder

    def current(self, study: str) -> Guideline:
        """The version that counts now."""
        return self.versions(study)[0]

    def versions(self, study: str) -> tuple[Guideline, ...]:
        """Every version, newest first; the first one came with the study."""
        with self.database.reading() as stores:
            return self._versions(stores, study)

    def touched(self, study: str, bearing: Bearing) -> int:
        """How many answered examples a new version with this bearing would mark."""
        with self.database.reading() as stores:
            return len(_borne_on(stores, study, bearing))

    def rewrite(self, rewriting: Rewriting) -> Guideline:
        """Write the next version and mark the answered examples it bears on, in one action.

        Raises InvalidInput, and Conflict when somebody was faster; then both texts are kept.
        """
        _require_whole(rewriting)
        study = rewriting.study
        with self.database.transaction() as stores:
            current = self._versions(stores, study)[0]
            texts = {name: _tidy(text) for name, text in rewriting.texts.items()}
            if current.number != rewriting.seen_number:
                raise Rewritten(rewriting, current)
            if texts == {name: _tidy(text) for name, text in current.texts.items()}:
                raise InvalidInput("Nothing was changed, so nothing was saved.")
            written = Guideline(
                study=study,
                number=_next_number(stores, study),
                texts=texts,
                author=" ".join(rewriting.author.split()),
                reason=rewriting.reason.strip(),
                at=now(),
            )
            tag = tag_of(written.number)
            marked = [
                Change(one.entry, replace(one.entry, tags=(*one.tags, tag)))
                for one in _borne_on(stores, study, rewriting.bearing)
            ]
            doing = Doing(study, rewriting.author, Deed.GUIDELINE, written.reason)
            self.recorder.record(stores, doing, [Change(None, written), *marked])
            return written

    def restore(self, study: str, number: int, seen_number: int, author: str) -> Guideline:
        """Write an earlier version again as the newest; raises what `rewrite` raises."""
        earlier = next((one for one in self.versions(study) if one.number == number), None)
        if earlier is None:
            raise NotFound("This version of the guideline does not exist, or no longer.")
        return self.rewrite(Rewriting(study, seen_number, earlier.texts, author, f"v{number}"))

    def _versions(self, stores: Stores, study: str) -> tuple[Guideline, ...]:
        texts = dict(self.recorder.study(study).guideline)
        first = Guideline(study, FIRST, texts, HOUSE, "", BEGINNING)
        return (*stores.records.guidelines(study), first)


class Rewritten(Conflict):
    """Somebody wrote another version meanwhile; both texts are kept, nothing was overwritten."""

    def __init__(self, mine: Rewriting, theirs: Guideline) -> None:
        self.mine = mine
        self.theirs = theirs
        super().__init__(
            "Somebody changed the guideline while you were editing (version {seen} is now "
            "version {current}). Your text is still here: compare and save again.",
            seen=mine.seen_number,
            current=theirs.number,
        )


def _require_whole(rewriting: Rewriting) -> None:
    for text in rewriting.texts.values():
        require_readable(text)
    if not rewriting.reason.strip():
        raise InvalidInput("Say in a few words why, so that others can learn.")


def _tidy(text: str) -> str:
    """The text with the line ends of one kind, as a browser and a file may differ in them."""
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def _next_number(stores: Stores, study: str) -> int:
    """One more than any version ever had, so that no answer points at another text."""
    facts = [one.change.fact for one in stores.ledger.of_noun(study, "guideline")]
    numbers = [one.number for one in facts if isinstance(one, Guideline)]
    return max((FIRST, *numbers)) + 1


def _borne_on(stores: Stores, study: str, bearing: Bearing) -> list[Example]:
    """Answered examples the bearing fits.

    A flag somebody raised would show through the mark while others still answer, so flags count
    for examples that take no more answers only.
    """
    if bearing.is_empty:
        return []
    blind = set(blind_ids(stores.records.rounds(study)))
    ids = stores.examples.touched(study)
    cases = {one.example_id: one for one in stores.examples.cases(ids)}
    found = []
    for example in stores.examples.some(ids):
        closed = example.verdict is not Verdict.UNREVIEWED and example.id not in blind
        if example.retired or (bearing.flags and not closed):
            continue
        if bearing.fits(example, cases[example.id].counted):
            found.append(example)
    return found
