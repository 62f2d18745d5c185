"""The harness as a process: the form alone, over a small store."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dashboard.settings import ROOT
from tests.browser.form_store import FormStore
from tests.browser.served import Served


@dataclass
class FormHouse(Served):
    """One server over one store in `folder`."""

    @property
    def script(self) -> Path:
        """The harness."""
        return Path(__file__).with_name("form_page.py")

    @property
    def environment(self) -> Mapping[str, str]:
        """Where the store is."""
        return {"FORM_STORE": str(self.store.path)}

    @property
    def store(self) -> FormStore:
        """The same file the server writes."""
        return FormStore(self.folder / "form.db")

    def start(self) -> None:
        """Start with Afektif's own settings of Streamlit."""
        settings = self.folder / ".streamlit"
        shutil.copytree(ROOT / "dashboard" / ".streamlit", settings, dirs_exist_ok=True)
        super().start()
