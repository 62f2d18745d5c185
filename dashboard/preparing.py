"""What must be true before anything starts: a migrated database, starters, weights."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from dashboard.bootstrap import App, build
from dashboard.domain.errors import StorageUnavailable, WeightsUnreachable
from dashboard.engines.catalog import Entry, read_catalog
from dashboard.engines.weights import Tell, Weights
from dashboard.settings import Settings
from dashboard.work_queue import migrate_queue
from storage.migrating import migrate
from storage.study_folders import load_starters

log = logging.getLogger("afektif")
FALLBACK_MODEL = "smollm2-135m-instruct"
BUNDLED_ENCODER = "all-minilm-l6-v2"
Announce = Callable[[Entry], None]


def prepare_storage(settings: Settings) -> App:
    """Migrate both databases and load the starters into an empty study."""
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageUnavailable(
            "{folder} cannot be written: {why}. Make it writable or set AFEKTIF_DATA_DIR to "
            "another folder.",
            folder=settings.data_dir,
            why=error.strerror or "unknown fault",
        ) from error
    migrate(settings.database)
    migrate_queue(settings.work_database)
    app = build(settings)
    starters = load_starters(settings.studies_dir / settings.study)
    app.curation.seed(settings.study, starters)
    app.curation.settle(settings.study)
    return app


def weights_of(settings: Settings) -> Weights:
    """The catalog and the folder of weights."""
    return Weights(read_catalog(settings.catalog), settings.models_dir)


class Fetching:
    """Fetches what a first start needs, announcing each model before it comes."""

    def __init__(self, settings: Settings, announce: Announce, tell: Tell) -> None:
        self.settings = settings
        self.weights = weights_of(settings)
        self.announce = announce
        self.tell = tell

    def writers(self) -> dict[str, Path]:
        """The model that writes, by name; the fallback when its source does not answer.

        Raises WeightsUnavailable when neither can be had, or what came is not what was promised.
        """
        own = Path(self.settings.model)
        if own.is_dir():
            return {own.name: own.resolve()}
        try:
            return {self.settings.model: self.one(self.settings.model)}
        except WeightsUnreachable as error:
            if self.settings.model == FALLBACK_MODEL:
                raise
            log.warning("%s Trying %s instead.", error, FALLBACK_MODEL)
            return {FALLBACK_MODEL: self.one(FALLBACK_MODEL)}

    def encoder(self) -> Path:
        """BERTScore's encoder: the one named in the settings, else the bundled one."""
        own = self.settings.models_dir / self.settings.encoder
        if self.settings.encoder and own.is_dir():
            return own
        return self.one(self.settings.encoder or BUNDLED_ENCODER)

    def one(self, name: str) -> Path:
        """A model's folder, fetched if need be."""
        present = self.weights.folder(name)
        if present is not None:
            return present
        self.announce(self.weights.entry(name))
        return self.weights.fetch(name, self.tell)
