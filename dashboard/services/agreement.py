"""Agreement: how far experts who judged alone agree, from what everybody may read."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.domain.examples import Example
from dashboard.domain.ids import RevisionId
from dashboard.domain.responses import Response
from dashboard.services.agreement_file import agreement_file
from dashboard.services.evidence import Evidence, Judged
from dashboard.services.recording import Recorder, blind_ids
from dashboard.services.stores import Database


class Agreement:
    """Reads what agreement is computed from.

    Only answers that everybody may read count: to texts that take no more and belong to no blind
    round. Earlier texts count too: a disputed text often gives way to an edit, and without it
    agreement would look better than it was. Only independent answers count: whoever could have
    read the others is left out, and so is an answer to a text of one's own. A ruling is no answer,
    so no adjudicator is ever a rater; what somebody answered alone, before they decided the
    example, stays, since leaving it out would leave out disagreement.
    """

    def __init__(self, database: Database, recorder: Recorder) -> None:
        self.database = database
        self.recorder = recorder

    def evidence(self, study: str) -> Evidence:
        """Every text that takes no more answers, with the independent ones."""
        given: dict[RevisionId, list[Response]] = {}
        with self.database.reading() as stores:
            blind = blind_ids(stores.records.rounds(study))
            for one in stores.responses.finished(study, blind):
                if one.independent:
                    given.setdefault(one.revision_id, []).append(one)
            ids = dict.fromkeys(group[0].example_id for group in given.values())
            examples = {one.id: one for one in stores.examples.some(tuple(ids))}
        judged = (_judged(examples[group[0].example_id], group) for group in given.values())
        found = tuple(one for one in judged if one.responses)
        return Evidence(self.recorder.study(study), found)

    def file(self, study: str) -> bytes:
        """Every figure, of all examples and slice by slice, as CSV."""
        return agreement_file(self.evidence(study))


def _judged(example: Example, responses: Sequence[Response]) -> Judged:
    """Answers to one text; nobody's to a text of their own."""
    is_current = responses[0].revision_id == example.revision_id
    own = example.author if is_current else None
    return Judged(example, tuple(one for one in responses if one.expert != own), is_current)
