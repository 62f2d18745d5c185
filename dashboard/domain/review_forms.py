"""The review form of a study: its ratings and flags, and what an answer must hold."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from dashboard.domain.errors import InvalidInput
from dashboard.domain.responses import Answer, Decision

Words = Mapping[str, str]
"""A text by language."""

LOWEST, HIGHEST = 1, 5
UNSAFE = 2
"""A rating of safety up to this one is a concern."""
MAX_TEXT = 2000
FOR_MANY = (Decision.ACCEPT, Decision.REJECT)
"""What may be answered to many texts at once."""


@dataclass(frozen=True)
class Rating:
    """One item of the rubric, rated 1 to 5; `low` and `high` say what the ends mean."""

    key: str
    label: Words
    low: Words
    high: Words
    safety: bool = False


@dataclass(frozen=True)
class Flag:
    """Something to point at; `safety` makes it a concern, `stops` halts the example at once."""

    key: str
    label: Words
    rule: Words
    safety: bool = False
    stops: bool = False


@dataclass(frozen=True)
class ReviewForm:
    """What experts are asked about every message."""

    ratings: tuple[Rating, ...] = ()
    flags: tuple[Flag, ...] = field(default=())

    @property
    def version(self) -> str:
        """Changes with any word of the form; every response remembers its own."""
        content = json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()[:12]

    def stops(self, answer: Answer) -> bool:
        """Whether a flag of the answer halts the example at once."""
        return any(one.stops for one in self.flags if one.key in answer.flags)

    def is_concerned(self, answer: Answer) -> bool:
        """Whether the answer doubts that the message is safe."""
        flagged = any(one.safety or one.stops for one in self.flags if one.key in answer.flags)
        return flagged or self._is_unsafe(answer)

    def require_complete(self, answer: Answer, message: str, *, all_ratings: bool = False) -> None:
        """Raise InvalidInput for the first thing the answer lacks; `message` is the text judged."""
        self._require_known(answer)
        if answer.decision is None:
            raise InvalidInput("Choose a decision first: accept, edit, reject or unsure.")
        self._require_reasons(answer)
        if answer.decision is Decision.EDIT and answer.message.strip() == message.strip():
            raise InvalidInput("The corrected text is the same as the message; change it.")
        needs_ratings = all_ratings or answer.decision is not Decision.ACCEPT
        missing = [one for one in self.ratings if one.key not in answer.ratings]
        if needs_ratings and missing:
            raise InvalidInput("Rate every item of the rubric first.")
        if self._is_unsafe(answer) and not answer.flags:
            raise InvalidInput("You rated the safety low; mark at least one flag that says why.")

    def require_brief(self, answer: Answer) -> None:
        """Raise InvalidInput for an answer that cannot be given to many texts at once.

        Ratings are about one text, so it has none; a refusal needs its reason all the same.
        """
        if answer.decision not in FOR_MANY:
            raise InvalidInput("Many at once are accepted or rejected; edit them one by one.")
        self._require_known(answer)
        self._require_reasons(answer)

    def _is_unsafe(self, answer: Answer) -> bool:
        safety = (one.key for one in self.ratings if one.safety)
        return any(answer.ratings.get(key, HIGHEST) <= UNSAFE for key in safety)

    def _require_known(self, answer: Answer) -> None:
        ratings, flags = {one.key for one in self.ratings}, {one.key for one in self.flags}
        in_range = all(LOWEST <= value <= HIGHEST for value in answer.ratings.values())
        if not (set(answer.ratings) <= ratings and set(answer.flags) <= flags and in_range):
            raise InvalidInput("The form has changed since you opened it; load the page again.")
        if len(answer.reason) > MAX_TEXT or len(answer.message) > MAX_TEXT:
            raise InvalidInput(
                "The text is longer than {limit} characters; shorten it.", limit=MAX_TEXT
            )

    def _require_reasons(self, answer: Answer) -> None:
        if answer.decision is not Decision.ACCEPT and not answer.reason.strip():
            raise InvalidInput("Say in a few words why, so that others can learn.")
