"""Settings: the only reader of the environment."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, Self
from urllib.parse import quote

from platformdirs import user_cache_path
from pydantic import AliasChoices, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from dashboard.domain.errors import UserError

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Everything that may differ between two installations; each has an `AFEKTIF_` variable."""

    model_config = SettingsConfigDict(env_prefix="AFEKTIF_", extra="ignore", frozen=True)

    data_dir: Path = ROOT / "data" / "var"
    database_url: str = ""
    studies_dir: Path = ROOT / "data" / "studies"
    study: str = "affective-intervention"
    catalog: Path = ROOT / "data" / "models.toml"
    cache_dir: Path = Field(default_factory=lambda: user_cache_path("afektif"))
    model: str = "gemma-3-270m"
    encoder: str = ""
    language: Literal["id", "en"] = "id"
    first_study: Literal["on", "off"] = "on"
    port: int = 8501
    engine_port: int = 8642
    engine_url: str = "http://127.0.0.1:8642/v1"
    engine_token: SecretStr = SecretStr("")
    engine_key: SecretStr = SecretStr("")
    other_engine_url: str = ""
    openai_key: SecretStr = Field(
        default=SecretStr(""),
        validation_alias=AliasChoices("OPENAI_API_KEY", "AFEKTIF_OPENAI_KEY"),
    )

    @classmethod
    def from_env(cls) -> Self:
        """Settings as the environment gives them; raises UserError naming a wrong variable."""
        try:
            return cls()
        except ValidationError as error:
            first = error.errors()[0]
            raise UserError(
                "The setting AFEKTIF_{name} is not usable: {why}.",
                name=str(first["loc"][0]).upper(),
                why=first["msg"],
            ) from None

    @property
    def database(self) -> str:
        """The database's URL: PostgreSQL when given, else a SQLite file in `data_dir`."""
        return self.database_url or _sqlite(self.data_dir / "afektif.db")

    @property
    def work_database(self) -> str:
        """Where the work queue lives: beside the data, or in the same PostgreSQL."""
        return self.database_url or _sqlite(self.data_dir / "work.db")

    @property
    def engine_dir(self) -> Path:
        """The local engine's own folder."""
        return self.data_dir / "engine"

    @property
    def reports_dir(self) -> Path:
        """Where the worker writes reports, one folder per study run."""
        return self.data_dir / "reports"

    @property
    def models_dir(self) -> Path:
        """Weights, shared by checkouts."""
        return self.cache_dir / "models"


def _sqlite(path: Path) -> str:
    """A SQLite URL; a folder's name may hold spaces, question marks or percent signs."""
    return f"sqlite:///{quote(str(path.absolute()))}"
