"""What all tables share: the declarative base, and how Python types become columns."""

from __future__ import annotations

import enum
from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Enum, MetaData, Text
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from dashboard.domain import ids


class Moment(TypeDecorator[datetime]):
    """A time kept in UTC and returned with its zone; SQLite itself knows no zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment in UTC; a time without a zone could mean anything and is refused."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment with its zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _values(states: type[enum.Enum]) -> list[str]:
    """What is written for a state: its value, not its Python name."""
    return [state.value for state in states]


CELL_MARK = "\x1f"
"""Stands between the values of a cell in a column."""

# Byte order on both databases, so that a list has one order wherever it is kept.
KEY = Text().with_variant(Text(collation="C"), "postgresql")


class Base(DeclarativeBase):
    """The base of every table; constraints have names, so that a migration can change them."""

    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        int: BigInteger(),
        str: Text(),
        ids.ExampleId: Text(),
        ids.RevisionId: Text(),
        ids.ActionId: Text(),
        ids.VersionId: Text(),
        ids.TrainingRunId: Text(),
        ids.GenerationRunId: Text(),
        ids.OutputId: Text(),
        ids.StudyRunId: Text(),
        ids.AugmentationRunId: Text(),
        datetime: Moment(),
        dict[str, str]: JSON(),
        dict[str, int]: JSON(),
        dict[str, float]: JSON(),
        dict[str, Any]: JSON(none_as_null=True),
        list[str]: JSON(),
        list[dict[str, str]]: JSON(),
        enum.Enum: Enum(enum.Enum, native_enum=False, length=20, values_callable=_values),
    }
