"""Reads what a browser sent. A browser is not trusted: whatever does not fit is left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from dashboard.components.review_form.values import Event, Form, FormAnswer, Kind

MAX_NUMBER = 2**53
MAX_EVENTS = 500
MAX_ID = 200
MAX_TEXT = 5_000
RATINGS = range(1, 6)


@dataclass(frozen=True)
class Outbox:
    """The events of one mount of the form that it has no receipt for, in the order they happened.

    `last` is the number of the last one, also where that one could not be read.
    """

    session: str
    last: int
    events: tuple[Event, ...]


def read_outbox(sent: object, expert: str, form: Form) -> Outbox | None:
    """The outbox of this person; None if what was sent is none, or another person's."""
    if not isinstance(sent, Mapping) or sent.get("expert") != expert:
        return None
    session, events = sent.get("session"), sent.get("events")
    if not _is_id(session) or not isinstance(events, list):
        return None
    slips = [one for one in events[:MAX_EVENTS] if isinstance(one, Mapping)]
    read = sorted(filter(None, (_event(slip, form) for slip in slips)), key=lambda one: one.number)
    last = max((_number(slip.get("number")) or 0 for slip in slips), default=0)
    return Outbox(str(session), last, tuple(read))


def _event(slip: Mapping[object, object], form: Form) -> Event | None:
    number, seen = _number(slip.get("number")), _number(slip.get("seen_version"))
    kind, identity, card = slip.get("kind"), slip.get("id"), slip.get("card")
    if not number or seen is None or not _is_id(identity) or not isinstance(kind, str):
        return None
    if kind not in tuple(Kind) or not (card == "" or _is_id(card)):
        return None
    event = Event(
        number,
        str(identity),
        Kind(kind),
        str(card),
        seen,
        reason=_text(slip.get("reason"))[:MAX_ID],
        note=_text(slip.get("note")),
    )
    return _with_answer(event, slip.get("answer"), form)


def _with_answer(event: Event, written: object, form: Form) -> Event | None:
    """The event with its answer; None where it needs one, or a card, and has none."""
    if event.kind in (Kind.DRAFT, Kind.SUBMIT):
        answer = read_answer(written, form)
        return replace(event, answer=answer) if answer and event.card else None
    if event.kind in (Kind.SKIP, Kind.REOPEN) and not event.card:
        return None
    if event.kind is Kind.SKIP:
        known = (one.value for one in form.skip_reasons)
        return replace(event, reason=_known(event.reason, known))
    return event


def read_answer(written: object, form: Form) -> FormAnswer | None:
    """An answer with only the values that the form knows; None if it has no readable shape."""
    if not isinstance(written, Mapping):
        return None
    texts = [written.get(name) for name in ("decision", "confidence", "reason", "message")]
    ratings, flags = written.get("ratings"), written.get("flags")
    if not all(isinstance(text, str) and len(text) <= MAX_TEXT for text in texts):
        return None
    if not isinstance(ratings, Mapping) or not isinstance(flags, list):
        return None
    decision, confidence, reason, message = (_text(text) for text in texts)
    return FormAnswer(
        decision=_known(decision, (one.value for one in form.decisions)),
        ratings=_ratings(ratings, form),
        flags=tuple(one.value for one in form.flags if one.value in flags),
        confidence=_known(confidence, (one.value for one in form.confidences)),
        reason=reason,
        message=message,
    )


def _ratings(written: Mapping[object, object], form: Form) -> dict[str, int]:
    rated = {scale.value: _number(written.get(scale.value)) for scale in form.scales}
    return {name: rating for name, rating in rated.items() if rating in RATINGS and rating}


def _known(value: str, values: Iterable[str]) -> str:
    return value if value in tuple(values) else ""


def _number(value: object) -> int | None:
    whole = isinstance(value, int) and not isinstance(value, bool)
    return value if whole and isinstance(value, int) and 0 <= value <= MAX_NUMBER else None


def _is_id(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= MAX_ID and value == _text(value)


def _text(value: object) -> str:
    """A text that every database takes: no NUL, no half of an emoji."""
    if not isinstance(value, str):
        return ""
    return value[:MAX_TEXT].replace("\0", "").encode("utf-8", "replace").decode("utf-8")
