"""Facts as rows: how each kind is added, replaced, taken away and found again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import Session

from dashboard.domain.augmentation import Lineage
from dashboard.domain.calibration import Round
from dashboard.domain.examples import Entry, Revision
from dashboard.domain.ledger import Fact
from dashboard.domain.responses import Response
from dashboard.domain.team import Guideline, Person, Policy, SavedView
from dashboard.domain.verdicts import Ruling
from storage.fact_values import noun_of, value_of
from storage.field_values import Counted, count, values_of
from storage.search import facets, first_state, searchable
from storage.tables.augmentation import LineageRow, lineage_values
from storage.tables.examples import ExampleRow, RevisionRow
from storage.tables.ledger import RecordRow
from storage.tables.review import ResponseRow, RulingRow, answer_values
from storage.writing import insert_into, write


def standing_fact(session: Session, like: Fact) -> Fact | None:
    """The fact about the same subject as it stands now."""
    wanted: Select[Any]
    match like:
        case Entry():
            wanted = select(ExampleRow).where(ExampleRow.id == like.id)
        case Revision():
            wanted = select(RevisionRow).where(RevisionRow.id == like.id)
        case Lineage():
            wanted = select(LineageRow).where(LineageRow.example_id == like.example_id)
        case Response():
            wanted = select(ResponseRow).where(
                ResponseRow.revision_id == like.revision_id, ResponseRow.expert == like.expert
            )
        case Ruling():
            wanted = select(RulingRow).where(RulingRow.revision_id == like.revision_id)
        case _:
            wanted = select(RecordRow).filter_by(**_record_key(like))
    # On PostgreSQL nobody else may change it before this transaction ends.
    row = session.scalars(wanted.with_for_update()).one_or_none()
    return row.as_fact() if row else None


def add_all(session: Session, new: Sequence[Fact]) -> None:
    """Write facts that did not exist; revisions first, whose texts the entries show.

    Raises IntegrityError where one exists after all: what stands is never written over.
    """
    revisions = {one.id: one for one in new if isinstance(one, Revision)}
    # An example must exist before its revisions can point at it.
    entries = [_first_values(one, revisions) for one in new if isinstance(one, Entry)]
    write(session, insert_into(session, ExampleRow), entries)
    held: Counter[Counted] = Counter()
    for one in new:
        if isinstance(one, Entry):
            held.update(values_of(one, revisions[one.revision_id].inputs))
    count(session, Counter(), held)
    written = [{**vars(one), "inputs": dict(one.inputs)} for one in revisions.values()]
    write(session, insert_into(session, RevisionRow), written)
    descents = [lineage_values(one) for one in new if isinstance(one, Lineage)]
    write(session, insert_into(session, LineageRow), descents)
    answered = [_answered(one) for one in new if isinstance(one, Response)]
    write(session, insert_into(session, ResponseRow), answered)
    for fact in new:
        if not isinstance(fact, Entry | Revision | Lineage | Response):
            _insert(session, fact)


def put(session: Session, fact: Fact) -> None:
    """Write a fact in the place of whatever stood about its subject."""
    if isinstance(fact, Entry):
        _point(session, fact)
        return
    take_away(session, fact)
    _insert(session, fact)


def take_away(session: Session, fact: Fact) -> None:
    """Remove what stands about a fact's subject; the ledger keeps what it was."""
    match fact:
        case Response():
            gone = delete(ResponseRow).where(
                ResponseRow.revision_id == fact.revision_id, ResponseRow.expert == fact.expert
            )
        case Ruling():
            gone = delete(RulingRow).where(RulingRow.revision_id == fact.revision_id)
        case Entry() | Revision() | Lineage():
            raise TypeError(f"A {noun_of(fact)} stays; retire its example instead.")
        case _:
            gone = delete(RecordRow).filter_by(**_record_key(fact))
    session.execute(gone)


def _insert(session: Session, fact: Fact) -> None:
    row: type[ResponseRow | RulingRow | RecordRow]
    match fact:
        case Response():
            row, values = ResponseRow, _answered(fact)
        case Ruling():
            row, values = RulingRow, dict(vars(fact))
        case Person() | Policy() | Guideline() | Round() | SavedView():
            row, values = RecordRow, _record_key(fact) | {"value": value_of(fact)}
        case _:
            raise TypeError(f"{noun_of(fact)} is written once and never replaced.")
    write(session, insert_into(session, row), [values])


def _record_key(fact: Person | Policy | Guideline | Round | SavedView) -> dict[str, str]:
    return {"study": fact.study, "noun": noun_of(fact), "subject": fact.subject}


def _point(session: Session, entry: Entry) -> None:
    """Let an example show the revision, tags and place its entry names."""
    text = select(RevisionRow).where(RevisionRow.id == entry.revision_id)
    revision = session.scalars(text).one().as_fact()
    before = session.scalars(select(ExampleRow).where(ExampleRow.id == entry.id)).one()
    count(
        session,
        gone=values_of(before.as_fact(), before.inputs),
        came=values_of(entry, revision.inputs),
    )
    shown = _shown(entry, revision)
    session.execute(update(ExampleRow).where(ExampleRow.id == entry.id).values(shown))


def _answered(response: Response) -> dict[str, Any]:
    values = {**vars(response), **answer_values(response.answer)}
    del values["answer"]
    return values


def _first_values(entry: Entry, revisions: dict[Any, Revision]) -> dict[str, Any]:
    """A new example; where it stands is settled next."""
    first = revisions[entry.revision_id]
    return {
        "id": entry.id,
        "study": entry.study,
        "key": entry.key,
        "origin": entry.origin,
        "created_at": first.created_at,
        "cell": "",
        "verdict": "unreviewed",
        "basis": None,
        "answered": 0,
        "needed": 0,
        "priority": None,
        "state": first_state(),
        "said": "",
        "own": "",
        **_shown(entry, first),
    }


def _shown(entry: Entry, revision: Revision) -> dict[str, Any]:
    return {
        "revision_id": revision.id,
        "revision_number": revision.number,
        "tags": list(entry.tags),
        "retired": entry.retired,
        "inputs": dict(revision.inputs),
        "message": revision.message,
        "author": revision.author,
        "search": searchable(entry.key, revision.inputs, revision.message),
        "facets": facets(entry, revision),
        "updated_at": revision.created_at,
    }
