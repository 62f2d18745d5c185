"""A small SQLite store behind the harness: one answer per card, and every event it was handed."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from dashboard.components.review_form import Card, Event, Fact, FormAnswer, Kind, Reply
from dashboard.domain.errors import InvalidInput

CARDS = 30
HOSTILE = '<img src=x onerror="window.hacked=1"> **tebal** [tautan](http://x) $x$ :red[merah]'
SCHEMA = """
CREATE TABLE IF NOT EXISTS answers (
    expert TEXT, card TEXT, version INTEGER, state TEXT, at TEXT, answer TEXT,
    PRIMARY KEY (expert, card));
CREATE TABLE IF NOT EXISTS events (
    at REAL, id TEXT PRIMARY KEY, expert TEXT, kind TEXT, card TEXT, answer TEXT, reason TEXT);
"""


@dataclass(frozen=True)
class FormStore:
    """The answers of all experts in one file; refuses to save while `refusing` exists."""

    path: Path

    @property
    def refusing(self) -> Path:
        """The file that cuts the store off."""
        return self.path.with_suffix(".refuse")

    @property
    def broken(self) -> Path:
        """The file that makes the store fail as nobody expects."""
        return self.path.with_suffix(".broken")

    @property
    def slow(self) -> Path:
        """The file that makes every answer take the seconds written in it."""
        return self.path.with_suffix(".slow")

    @property
    def tidy(self) -> Path:
        """The file that makes the store keep texts without spaces around them, as Afektif does."""
        return self.path.with_suffix(".tidy")

    @contextmanager
    def open(self) -> Iterator[sqlite3.Connection]:
        """One transaction."""
        with closing(sqlite3.connect(self.path, timeout=10)) as connection:
            connection.row_factory = sqlite3.Row
            connection.executescript(SCHEMA)
            with connection:
                yield connection

    def events(self, kind: str = "") -> list[sqlite3.Row]:
        """What was handled, in that order."""
        with self.open() as connection:
            rows = connection.execute("SELECT * FROM events ORDER BY rowid").fetchall()
        return [row for row in rows if not kind or row["kind"] == kind]

    def answer(self, card: str, expert: str = "ani") -> FormAnswer:
        """What is stored for a card; blank if nothing is."""
        with self.open() as connection:
            row = _row(connection, expert, card)
        return read(row["answer"]) if row else FormAnswer()

    def state(self, card: str, expert: str = "ani") -> str:
        """The state of a card: draft, submit, skip, or empty."""
        with self.open() as connection:
            row = _row(connection, expert, card)
        return str(row["state"]) if row else ""

    def cards(self, expert: str, wanted: str) -> tuple[Card, ...]:
        """The wanted card and the next ones this expert has not answered."""
        with self.open() as connection:
            rows = {
                row["card"]: row
                for row in connection.execute("SELECT * FROM answers WHERE expert = ?", [expert])
            }
        ids = [f"c{number:02}" for number in range(1, CARDS + 1)]
        waiting = [one for one in ids if one not in rows or rows[one]["state"] == "draft"][:6]
        on_top = [wanted] if wanted and wanted not in waiting else []
        return tuple(card(one, rows.get(one)) for one in on_top + waiting)

    def handle(self, expert: str, event: Event) -> Reply:
        """Save an event, then take the time to say so."""
        reply = self._save(expert, event)
        if self.slow.exists():
            time.sleep(float(self.slow.read_text()))
        return reply

    def _save(self, expert: str, event: Event) -> Reply:
        """Another tab's version is a conflict."""
        if self.refusing.exists():
            raise InvalidInput("The store is full; try again in a minute.")
        if self.broken.exists():
            raise RuntimeError("the store is broken")
        if self.tidy.exists() and event.answer:
            tidied = replace(event.answer, reason=event.answer.reason.strip())
            event = replace(event, answer=tidied)
        with self.open() as connection:
            known = connection.execute("SELECT 1 FROM events WHERE id = ?", [event.id]).fetchone()
            row = _row(connection, expert, event.card)
            if not known:
                if row and event.answer and row["version"] != event.seen_version:
                    return Reply(row["version"], theirs=read(row["answer"]))
                _log(connection, expert, event)
                row = _change(connection, expert, event, row)
            version, at = (row["version"], row["at"]) if row else (0, "")
            shown = str(row["card"]) if row and event.kind in (Kind.UNDO, Kind.REOPEN) else ""
            return Reply(version, at, show=shown)


def _change(
    connection: sqlite3.Connection, expert: str, event: Event, row: sqlite3.Row | None
) -> sqlite3.Row | None:
    if event.kind is Kind.UNDO:
        row = connection.execute(
            "SELECT * FROM answers WHERE expert = ? AND state != 'draft' ORDER BY rowid DESC",
            [expert],
        ).fetchone()
    if event.kind in (Kind.OPEN, Kind.FIND, Kind.GUIDELINE) or (
        row is None and not event.answer and event.kind is not Kind.SKIP
    ):
        return row
    card = str(row["card"]) if row else event.card
    state = event.kind.value if event.kind in (Kind.SUBMIT, Kind.SKIP) else "draft"
    written = json.dumps(vars(event.answer)) if event.answer else (row["answer"] if row else "{}")
    version = (row["version"] if row else 0) + 1
    at = datetime.now(UTC).strftime("%H:%M:%S")
    connection.execute("DELETE FROM answers WHERE expert = ? AND card = ?", [expert, card])
    connection.execute(
        "INSERT INTO answers VALUES (?, ?, ?, ?, ?, ?)", [expert, card, version, state, at, written]
    )
    return _row(connection, expert, card)


def _log(connection: sqlite3.Connection, expert: str, event: Event) -> None:
    written = json.dumps(vars(event.answer)) if event.answer else ""
    now = datetime.now(UTC).timestamp()
    said = f"{event.reason}|{event.note}"
    connection.execute(
        "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?)",
        [now, event.id, expert, event.kind, event.card, written, said],
    )


def _row(connection: sqlite3.Connection, expert: str, card: str) -> sqlite3.Row | None:
    found = connection.execute(
        "SELECT * FROM answers WHERE expert = ? AND card = ?", [expert, card]
    ).fetchone()
    return found if isinstance(found, sqlite3.Row) else None


def read(written: str) -> FormAnswer:
    """An answer as it was stored."""
    slip = json.loads(written)
    return FormAnswer(**{**slip, "flags": tuple(slip.get("flags", ()))})


def card(name: str, row: sqlite3.Row | None) -> Card:
    """A card of the harness; the last one is hostile."""
    number = int(name[1:])
    message = (
        "Ringkasanmu udah lengkap, Nia. Jadi, lembar latihan tambahannya nggak perlu dikerjain 🌿"
    )
    return Card(
        id=name,
        title=f"Contoh {number} dari {CARDS}",
        message=HOSTILE if number == CARDS else message,
        chips=(
            ("Emosi", "sedih"),
            ("Reinforcement", "negatif"),
            ("ARCS", "kepuasan"),
            ("Kelas", "8B"),
            ("Mapel", "IPA"),
            ("Nama", HOSTILE if number == CARDS else "Nia"),
        ),
        facts=(
            (Fact.OK, "12/25 kata"),
            (Fact.OK, "1 emoji"),
            (Fact.HINT, "Menyebut perilaku yang tidak ada di data."),
        ),
        draft=read(row["answer"]) if row else None,
        version=row["version"] if row else 0,
        saved_at=row["at"] if row else "",
        locked=bool(row) and row is not None and row["state"] != "draft",
    )
