"""Views: searches that somebody named, so that the team finds the same examples again."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.domain.errors import InvalidInput, NotFound
from dashboard.domain.ids import new_id
from dashboard.domain.ledger import Change, Deed
from dashboard.domain.team import SavedView
from dashboard.services.recording import Doing, Recorder
from dashboard.services.stores import Database

MAX_VIEW_NAME = 60
MAX_ADDRESS = 1000


@dataclass(frozen=True)
class Views:
    """Naming searches, and letting them go."""

    database: Database
    recorder: Recorder

    def all(self, study: str) -> tuple[SavedView, ...]:
        """The team's views by name."""
        with self.database.reading() as stores:
            return stores.records.views(study)

    def save(self, study: str, name: str, address: str, author: str) -> SavedView:
        """Name a search; raises InvalidInput for an empty, long or taken name."""
        view = SavedView(new_id(), study, _name(name), _address(address), " ".join(author.split()))
        with self.database.transaction() as stores:
            taken = {one.name.casefold() for one in stores.records.views(study)}
            if view.name.casefold() in taken:
                raise InvalidInput("There is a view “{name}” already.", name=view.name)
            doing = Doing(study, author, Deed.VIEW, view.name)
            self.recorder.record(stores, doing, [Change(None, view)])
            return view

    def remove(self, study: str, view_id: str, person: str) -> SavedView:
        """Let a view go, which can be taken back; raises NotFound."""
        with self.database.transaction() as stores:
            found = next((one for one in stores.records.views(study) if one.id == view_id), None)
            if found is None:
                raise NotFound("This view does not exist, or no longer.")
            doing = Doing(study, person, Deed.VIEW, found.name)
            self.recorder.record(stores, doing, [Change(found, None)])
            return found


def _name(typed: str) -> str:
    name = " ".join(typed.split())
    if not name or len(name) > MAX_VIEW_NAME:
        raise InvalidInput(
            "Write a name of 1 to {limit} characters for the view.", limit=MAX_VIEW_NAME
        )
    return name


def _address(address: str) -> str:
    if not address:
        raise InvalidInput("Nothing is searched or filtered yet; choose something first.")
    if len(address) > MAX_ADDRESS:
        raise InvalidInput("This search is too long to be kept; shorten it.")
    return address
