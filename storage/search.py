"""Finding examples by their words, by what was said about them, and by their values and state.

Text becomes plain words, the same way when kept and when sought: both databases index nothing but
letters and digits, so no query can break their syntax. A value or state is one such word as well.
What an expert answered stands in a column of its own, every word behind a mark of that expert:
nobody's search reaches it but their own, until it lies open to everybody.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, column, func, literal_column, select, table
from sqlalchemy.orm import Session

from dashboard.domain.examples import Entry, ExampleFilter, Revision
from dashboard.domain.responses import Response
from dashboard.domain.verdicts import Standing, Verdict
from dashboard.domain.words import words
from storage.tables.examples import ExampleRow

MAX_WORDS = 40
"""Different words of one search that count."""
INDEX = table("examples_fts", column("rowid"))


def searchable(key: str, inputs: Mapping[str, str], message: str) -> str:
    """What an example is found by."""
    return " ".join(words(" ".join((key, *inputs.values(), message))))


def facets(entry: Entry, revision: Revision) -> str:
    """What an example is filtered by: a word for each thing that is settled about it."""
    facts = [("study", entry.study), ("origin", entry.origin), ("author", revision.author)]
    facts += [("retired", str(entry.retired))]
    facts += [("tag", tag) for tag in entry.tags]
    facts += [(f"inputs.{name}", value) for name, value in revision.inputs.items()]
    return _facets(facts)


def first_state() -> str:
    """What an example is found by before it is settled for the first time."""
    return _facets([("verdict", str(Verdict.UNREVIEWED)), ("basis", str(None))])


def standing_words(standing: Standing) -> dict[str, str]:
    """What an example is found by besides, which follows from its answers."""
    facts = [("verdict", str(standing.verdict)), ("basis", str(standing.basis))]
    is_open = standing.priority is not None and standing.answered < standing.needed
    facts += [("open", "")] if is_open else []
    facts += [(one.state.value, one.expert) for one in standing.responses]
    said = (word for one in standing.open_answers for word in _said(one))
    own = (
        _mark(one.expert) + word
        for one in standing.responses
        if one.is_submitted
        for word in _said(one)
    )
    return {"state": _facets(facts), "said": " ".join(said), "own": " ".join(own)}


def sequences(session: Session, wanted: ExampleFilter) -> Select[int]:
    """The numbers of all matching examples, in order.

    Both indexes hand out matches by number, so the first page costs the same however many there
    are.
    """
    sought = _sought(wanted)
    if sought.is_everything:
        conditions = ExampleRow.study == wanted.study, ExampleRow.retired.is_(wanted.retired)
        return select(ExampleRow.sequence).where(*conditions).order_by(ExampleRow.sequence)
    if session.get_bind().dialect.name == "postgresql":
        query = func.to_tsquery(literal_column("'simple'"), _in_postgresql(sought))
        found = literal_column("terms").bool_op("@@")(query)
        return select(ExampleRow.sequence).where(found).order_by(ExampleRow.sequence)
    matches = literal_column("examples_fts").bool_op("MATCH")(_in_sqlite(sought))
    number: Any = INDEX.c.rowid
    return select(number).where(matches).order_by(number)


@dataclass
class _Sought:
    """A search in words of the index: facets and states it has or has not, and words of texts."""

    has: list[str] = field(default_factory=list)
    state: list[str] = field(default_factory=list)
    neither: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    viewer: str = ""
    is_everything: bool = False


def _sought(wanted: ExampleFilter) -> _Sought:
    sought = _Sought(viewer=_mark(wanted.viewer) if wanted.viewer else "")
    sought.has = [facet("study", wanted.study), facet("retired", str(wanted.retired))]
    sought.has += [facet(f"inputs.{name}", value) for name, value in wanted.inputs]
    sought.has += [facet("origin", wanted.origin)] if wanted.origin else []
    sought.has += [facet("tag", wanted.tag)] if wanted.tag else []
    sought.state += [facet("verdict", wanted.verdict)] if wanted.verdict else []
    sought.state += [facet("basis", wanted.basis)] if wanted.basis else []
    sought.state += [facet("submitted", wanted.answered_by)] if wanted.answered_by else []
    if wanted.open_to:
        sought.state.append(facet("open", ""))
        sought.neither = [facet(way, wanted.open_to) for way in ("author", "submitted", "skipped")]
    sought.texts = _distinct(words(wanted.text))
    sought.is_everything = len(sought.has) == 2 and not (sought.state or sought.texts)
    return sought


def _in_sqlite(sought: _Sought) -> str:
    terms = [f"facets : {one}" for one in sought.has] + [f"state : {one}" for one in sought.state]
    for word, star in _starred(sought.texts):
        anywhere = f'{{search said}} : "{word}"{star}'
        own = f' OR own : "{sought.viewer}{word}"{star}' if sought.viewer else ""
        terms.append(f"({anywhere}{own})")
    query = " AND ".join(terms)
    without = " OR ".join(f"{{facets state}} : {one}" for one in sought.neither)
    return f"({query}) NOT ({without})" if without else query


def _in_postgresql(sought: _Sought) -> str:
    """Weights name the columns: A the example, B what lies open, C one's own, D all facets."""
    terms = [f"{one}:D" for one in (*sought.has, *sought.state)]
    terms += [f"!{one}:D" for one in sought.neither]
    for word, star in _starred(sought.texts):
        own = f" | {sought.viewer}{word}:C{star}" if sought.viewer else ""
        terms.append(f"({word}:AB{star}{own})")
    return " & ".join(terms)


def _starred(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each word, the last one as a beginning."""
    for position, word in enumerate(texts, start=1):
        yield word, "*" if position == len(texts) else ""


def _distinct(sought: Sequence[str]) -> list[str]:
    """Every word once; the last one, which is a beginning, stays the last."""
    *whole, beginning = sought or [""]
    kept = list(dict.fromkeys(whole))[: MAX_WORDS - 1]
    return [*kept, beginning] if beginning else []


def _said(response: Response) -> list[str]:
    return words(f"{response.answer.reason} {response.answer.message}")


def _facets(facts: Sequence[tuple[str, str]]) -> str:
    return " ".join(facet(name, value) for name, value in facts)


def facet(name: str, value: str) -> str:
    """One word for a field that has exactly this value."""
    return f"f{_digest(f'{name}={value}')}"


def _mark(expert: str) -> str:
    """What stands before every word of an expert's own answers; always of one length."""
    return f"o{_digest(expert)}"


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
