"""A message of a conversation, the unit of training rows and chat requests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

ROLES: Final = ("system", "user", "assistant")


@dataclass(frozen=True)
class Message:
    """What someone says; an assistant's message of weight 0 is read but not learned."""

    role: str
    content: str
    weight: int = 1

    @property
    def is_learned(self) -> bool:
        """Whether training imitates this message."""
        return self.role == "assistant" and self.weight == 1
