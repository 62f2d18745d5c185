"""Hands every event on once, in order, and remembers what became of it until the browser knows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from dashboard.components.review_form.outbox import Outbox
from dashboard.components.review_form.values import Event, FormAnswer, Kind, Reply
from dashboard.domain.errors import UserError

KEPT_RESULTS = 100
KEPT_IDS = 1_000

Handle = Callable[[Event], Reply]
Sentence = Callable[[UserError], str]


@dataclass(frozen=True)
class Result:
    """What became of the last event of one card; `refused` says why nothing was saved."""

    number: int
    kind: Kind
    reply: Reply = field(default_factory=Reply)
    refused: str = ""


@dataclass(frozen=True)
class Receipt:
    """What the browser is told: all events of `session` up to `number` have been handled."""

    session: str = ""
    number: int = 0
    results: tuple[tuple[str, Result], ...] = ()
    show: str = ""
    show_number: int = 0


class Desk:
    """The handled events of one Streamlit session.

    One mount of the form is one `session` here; a new one starts to count anew. Own versions are
    chained: a person who types on sends the next draft before the receipt of the last one
    arrives, and their own earlier save must not look like a conflict.
    """

    def __init__(self) -> None:
        self.receipt = Receipt()
        self._fault: Exception | None = None
        self._own: dict[str, int] = {}
        self._known: dict[str, Result] = {}

    def receive(self, outbox: Outbox, handle: Handle, sentence: Sentence) -> None:
        """Handle what has not been handled yet; what a fault stopped has no receipt."""
        try:
            self._receive(outbox, handle, sentence)
        # In a callback it would take the form, and the text in it, off the page.
        except Exception as fault:
            self._fault = fault

    def raise_fault(self) -> None:
        """Let a fault of `handle` go up, once the form has been drawn."""
        fault, self._fault = self._fault, None
        if fault is not None:
            raise fault

    def _receive(self, outbox: Outbox, handle: Handle, sentence: Sentence) -> None:
        if outbox.session != self.receipt.session:
            self.receipt = Receipt(session=outbox.session)
            self._own.clear()
        for event in outbox.events:
            if event.number > self.receipt.number:
                self._handle(event, handle, sentence)
        if outbox.last > self.receipt.number:
            self.receipt = replace(self.receipt, number=outbox.last)

    def _handle(self, event: Event, handle: Handle, sentence: Sentence) -> None:
        if event.id in self._known:
            self._note(event, replace(self._known[event.id], number=event.number))
            return
        seen = max(event.seen_version, self._own.get(event.card, 0))
        try:
            reply = _settled(event, handle(replace(event, seen_version=seen)))
        except UserError as error:
            self._note(event, Result(event.number, event.kind, refused=sentence(error)))
        else:
            self._note(event, Result(event.number, event.kind, reply))

    def _note(self, event: Event, result: Result) -> None:
        self._known[event.id] = result
        for old in list(self._known)[:-KEPT_IDS]:
            del self._known[old]
        if result.reply.version and result.reply.theirs is None:
            self._own[event.card] = result.reply.version
        others = [one for one in self.receipt.results if one[0] != event.card]
        shown = result.reply.show
        self.receipt = Receipt(
            self.receipt.session,
            event.number,
            (*others, (event.card, result))[-KEPT_RESULTS:],
            shown or self.receipt.show,
            event.number if shown else self.receipt.show_number,
        )


def _settled(event: Event, reply: Reply) -> Reply:
    """The reply, where "their" answer is the very one that was sent: then it has been saved."""
    if reply.theirs is not None and same_answer(reply.theirs, event.answer):
        reply = replace(reply, theirs=None)
    if event.kind is Kind.REOPEN and reply.theirs is None and not reply.show:
        reply = replace(reply, show=event.card)
    return reply


def same_answer(one: FormAnswer, other: FormAnswer | None) -> bool:
    """Whether two answers say the same; the order of flags and spaces around say nothing."""
    return other is not None and _plain(one) == _plain(other)


def _plain(answer: FormAnswer) -> FormAnswer:
    return replace(
        answer,
        ratings=dict(answer.ratings),
        flags=tuple(sorted(answer.flags)),
        reason=answer.reason.strip(),
        message=answer.message.strip(),
    )
