"""Intake: files on their way in; looked at first, then stored as a whole or not at all."""

from __future__ import annotations

from dashboard.domain.errors import InvalidInput
from dashboard.domain.examples import Origin, normalized
from dashboard.domain.exchange import ColumnMapping
from dashboard.domain.findings import RuleChecker
from dashboard.domain.ledger import Deed
from dashboard.services.adding import added
from dashboard.services.importing import Incoming, Preview, Taken, preview_of, read_incoming
from dashboard.services.mapping import UnknownValue, unknown_values
from dashboard.services.recording import Doing, Recorder
from dashboard.services.stores import Database, Stores


class Intake:
    """What happens to a file before and when its rows become examples."""

    def __init__(self, database: Database, recorder: Recorder, checker: RuleChecker) -> None:
        self.database = database
        self.recorder = recorder
        self.checker = checker

    def read_file(self, study: str, filename: str, content: bytes) -> Incoming:
        """A file as a table, with a guess at its columns; raises InvalidInput."""
        return read_incoming(self.recorder.study(study), filename, content)

    def unknown_words(
        self, study: str, incoming: Incoming, mapping: ColumnMapping
    ) -> tuple[UnknownValue, ...]:
        """Words of the file that mean nothing in the study yet, most frequent first."""
        return unknown_values(self.recorder.study(study), incoming.table.rows, mapping)

    def look_at(self, study: str, incoming: Incoming, mapping: ColumnMapping) -> Preview:
        """What an import would bring, and every row that keeps it out; nothing is stored."""
        with self.database.reading() as stores:
            taken = _taken(stores, study)
        return preview_of(self.recorder.study(study), self.checker, taken, incoming, mapping)

    def preview(
        self, study: str, filename: str, content: bytes, mapping: ColumnMapping | None = None
    ) -> Preview:
        """What an import of a file would bring, by the guessed columns unless others are given."""
        incoming = self.read_file(study, filename, content)
        return self.look_at(study, incoming, mapping or incoming.guess)

    def import_rows(self, study: str, preview: Preview, author: str) -> int:
        """Store a preview without problems, all or nothing; returns how many were added."""
        if preview.problems:
            raise InvalidInput("The file still has problems; correct them and choose it again.")
        with self.database.transaction() as stores:
            taken = _taken(stores, study)
            if any(
                row.key in taken.keys or normalized(row.message) in taken.messages
                for row in preview.rows
            ):
                raise InvalidInput("These rows are in already; nothing was imported twice.")
            doing = Doing(study, author, Deed.IMPORT, preview.filename)
            self.recorder.record(stores, doing, added(doing, preview.rows, Origin.IMPORTED))
        return len(preview.rows)


def _taken(stores: Stores, study: str) -> Taken:
    """What no imported row may repeat."""
    messages = frozenset(normalized(one) for one in stores.examples.messages(study))
    return Taken(stores.examples.keys(study), messages)
