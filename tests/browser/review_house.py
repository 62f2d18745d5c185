"""The pages over a real database with the starters: no engine, no worker."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from dashboard.bootstrap import App, build
from dashboard.preparing import prepare_storage
from dashboard.settings import ROOT, Settings
from tests.browser.served import Served


@dataclass
class ReviewHouse(Served):
    """One Streamlit over one data folder; `app` reads and writes what the pages do."""

    @property
    def script(self) -> Path:
        """The real entry."""
        return ROOT / "dashboard" / "app.py"

    @property
    def settings(self) -> Settings:
        """The installation."""
        return Settings(data_dir=self.folder / "var", cache_dir=self.folder / "cache")

    @property
    def environment(self) -> Mapping[str, str]:
        """The same installation for the server, and nothing of this machine's."""
        ours = {name: "" for name in os.environ if name == "OPENAI_API_KEY"}
        data, cache = self.settings.data_dir, self.settings.cache_dir
        return {**ours, "AFEKTIF_DATA_DIR": str(data), "AFEKTIF_CACHE_DIR": str(cache)}

    @cached_property
    def app(self) -> App:
        """Services of our own over the same files."""
        return build(self.settings)

    def prepare(self) -> None:
        """Migrate, and bring the starters in."""
        prepare_storage(self.settings)
