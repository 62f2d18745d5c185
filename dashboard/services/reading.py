"""Reading: which facts about an example a person may read yet."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.domain.examples import Example
from dashboard.domain.ids import RevisionId
from dashboard.domain.ledger import Fact
from dashboard.domain.responses import Response
from dashboard.domain.verdicts import Ruling, Verdict
from dashboard.services.recording import blind_ids
from dashboard.services.stores import Stores


@dataclass(frozen=True)
class Reader:
    """A person before an example: `visible` answers, and the text whose standing is hidden."""

    name: str
    visible: tuple[Response, ...]
    hidden: RevisionId | None

    def may_read(self, fact: Fact) -> bool:
        """Whether this fact says nothing that stays hidden until one's own answer is in."""
        if isinstance(fact, Response):
            return fact.expert == self.name or fact.subject in {one.subject for one in self.visible}
        return not (isinstance(fact, Ruling) and fact.revision_id == self.hidden)


def reader_of(stores: Stores, example: Example, viewer: str) -> Reader:
    """What this viewer may read about an example."""
    blind = blind_ids(stores.records.rounds(example.study))
    visible = stores.responses.visible(example.id, viewer, blind)
    answered = any(
        one.expert == viewer and one.is_submitted and one.revision_id == example.revision_id
        for one in visible
    )
    waits = example.verdict is Verdict.UNREVIEWED and not answered
    return Reader(viewer, visible, example.revision_id if waits or example.id in blind else None)
