"""Reads the fields of a JSON body one by one, refusing what is wrong with the field's name."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from typing import Any

from ..errors import ApiError, invalid


class Fields:
    """One JSON object; `null` counts as absent, as in OpenAI's own clients."""

    def __init__(self, body: object, path: str = "") -> None:
        if not isinstance(body, Mapping):
            raise invalid(f"Send a JSON object as {path or 'the body'}.", path or None)
        self._values = {key: value for key, value in body.items() if value is not None}
        self._path = path

    def path(self, name: str) -> str:
        """The name by which the client knows a field."""
        return f"{self._path}.{name}" if self._path else name

    def refuse(self, name: str, advice: str) -> ApiError:
        """The error for one field."""
        return invalid(f"{self.path(name)} is not usable: {advice}", self.path(name))

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def value(self, name: str) -> Any:
        """The field as it came."""
        return self._values.get(name)

    def only(self, known: Collection[str], advice: str) -> None:
        """Refuse a field that nothing here reads, instead of ignoring it."""
        for name in self._values:
            if name not in known:
                raise self.refuse(name, advice)

    def part(self, name: str) -> Fields:
        """An object inside this one, empty when absent."""
        return Fields(self._values.get(name, {}), self.path(name))

    def text(self, name: str, longest: int = 256) -> str:
        """A required string."""
        value = self._values.get(name)
        if not isinstance(value, str) or not 1 <= len(value) <= longest:
            raise self.refuse(name, f"it must be a text of 1 to {longest} characters.")
        return value

    def optional_text(self, name: str, longest: int = 256) -> str | None:
        """A string, or nothing."""
        return self.text(name, longest) if name in self._values else None

    def integer(self, name: str, low: int, high: int) -> int:
        """A required whole number within its limits."""
        value = self._values.get(name)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise self.refuse(name, f"it must be a whole number from {low} to {high}.")
        return value

    def number(self, name: str, low: float, high: float) -> float:
        """A required number within its limits."""
        value = self._values.get(name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.refuse(name, f"it must be a number from {low:g} to {high:g}.")
        if not math.isfinite(value) or not low <= value <= high:
            raise self.refuse(name, f"it must be a number from {low:g} to {high:g}.")
        return float(value)

    def flag(self, name: str) -> bool:
        """True or false, false when absent."""
        value = self._values.get(name, False)
        if not isinstance(value, bool):
            raise self.refuse(name, "it must be true or false.")
        return value
