"""Agreement: how far experts who judged alone agree, from what everybody may read."""

from __future__ import annotations

from dashboard.domain.ids import ExampleId
from dashboard.domain.responses import Response
from dashboard.services.agreement_file import agreement_file
from dashboard.services.evidence import Evidence, Judged
from dashboard.services.recording import Recorder, blind_ids
from dashboard.services.stores import Database


class Agreement:
    """Reads what agreement is computed from.

    Only answers that everybody may read count: to examples that take no more and belong to no
    blind round. Only independent ones count: whoever could have read the others is left out, and
    so is an answer to a text of one's own. A ruling is no answer, so no adjudicator is ever a
    rater; what somebody answered alone, before they decided the example, stays, since leaving it
    out would leave out disagreement.
    """

    def __init__(self, database: Database, recorder: Recorder) -> None:
        self.database = database
        self.recorder = recorder

    def evidence(self, study: str) -> Evidence:
        """Closed examples with their independent answers."""
        given: dict[ExampleId, list[Response]] = {}
        with self.database.reading() as stores:
            blind = blind_ids(stores.records.rounds(study))
            for one in stores.responses.closed(study, blind):
                if one.independent:
                    given.setdefault(one.example_id, []).append(one)
            examples = stores.examples.some(tuple(given))
        judged = (
            Judged(one, tuple(r for r in given[one.id] if r.expert != one.author))
            for one in examples
        )
        found = tuple(one for one in judged if one.responses)
        return Evidence(self.recorder.study(study), found)

    def file(self, study: str) -> bytes:
        """Every figure, of all examples and slice by slice, as CSV."""
        return agreement_file(self.evidence(study))
