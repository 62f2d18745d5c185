"""The review form on this installation: an expert's queue as cards, what they do as services."""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st

from dashboard.components.guideline_text import show_guideline_text
from dashboard.components.guideline_words import text_of
from dashboard.components.numbers import clock
from dashboard.components.review_end import end_word
from dashboard.components.review_form import (
    Card,
    Event,
    Fact,
    FormAnswer,
    Kind,
    Reply,
    Stack,
    review_form,
)
from dashboard.components.review_questions import form_of, form_words
from dashboard.domain.errors import NotFound
from dashboard.domain.findings import Finding, Severity
from dashboard.domain.ids import ExampleId, RevisionId
from dashboard.domain.ledger import Deed
from dashboard.domain.responses import Answer, Confidence, Decision, SkipReason
from dashboard.domain.studies import Study
from dashboard.navigation import page
from dashboard.session import (
    Judgment,
    ReviewCard,
    Seen,
    TypedElsewhere,
    _,
    choose,
    chosen,
    forget,
    language,
    sentence,
    services,
    write,
    written,
)

AHEAD = 5
"""Cards the browser gets in advance, so that it shows the next one at once."""
WANTED = "card"
"""Its own word: what was opened on other pages must not come before the queue."""
KEY = "review.form"
BY_KEY = frozenset({Deed.SUBMIT, Deed.SKIP, Deed.REOPEN})
"""What the form's key takes back; no single key undoes a deed on many examples or for a team."""


@dataclass(frozen=True)
class Desk:
    """What is on an expert's desk: an example of their choice on top, then their queue."""

    expert: str
    cards: tuple[ReviewCard, ...]

    @property
    def is_by_choice(self) -> bool:
        """Whether the card on top is one the expert asked for."""
        return chosen(WANTED) is not None

    @property
    def shown(self) -> ReviewCard | None:
        """The card on top, as the database knows it."""
        return self.cards[0] if self.cards else None


def desk_of(study: Study, expert: str) -> Desk:
    """The expert's cards, held for them; raises NotFound for an address that names nothing."""
    wanted = chosen(WANTED)
    queue = services().queueing.upcoming(study.name, expert, AHEAD)
    if wanted is None:
        return Desk(expert, queue)
    top = services().queueing.open(ExampleId(wanted), expert)
    return Desk(expert, (top, *(one for one in queue if one.example.id != top.example.id)))


def leave_if_asked() -> None:
    """Go to the list of examples when the form's key for it was pressed."""
    if written("review.leave"):
        forget("review.leave")
        st.switch_page(page("examples"))


def guideline_if_asked(study: Study) -> None:
    """Open the whole guideline over the page when the form's key for it was pressed."""
    if not written("review.guideline"):
        return
    forget("review.guideline")

    @st.dialog(_("Guideline"), width="large")
    def whole() -> None:
        show_guideline_text(text_of(services().guidelines.current(study.name)))

    whole()


def show_desk(study: Study, desk: Desk) -> None:
    """Draw the form over the desk's cards."""
    stack = Stack(desk.expert, tuple(_card(study, one) for one in desk.cards), done=not desk.cards)
    words = form_words()
    if stack.done:
        words = replace(words, done=end_word(study, desk.expert))
    review_form(
        stack,
        form_of(study, language()),
        words,
        lambda event: handle(study, desk.expert, event),
        key=KEY,
    )


def handle(study: Study, expert: str, event: Event) -> Reply:
    """Do what the expert asked for; says what the database then holds."""
    match event.kind:
        case Kind.DRAFT | Kind.SUBMIT:
            return _answered(expert, event)
        case Kind.SKIP:
            reason = SkipReason(event.reason) if event.reason else SkipReason.OTHER
            seen = Seen(*_named(event.card), expert, event.id)
            services().reviewing.skip(seen, reason, event.note)
            _leave(event)
        case Kind.REOPEN:
            seen = Seen(*_named(event.card), expert, event.id)
            services().reviewing.reopen(seen)
            return _at(seen.example_id, expert)
        case Kind.UNDO:
            return _undone(study, expert, event)
        case Kind.OPEN:
            return _opened(study, expert, event)
        case Kind.FIND:
            write("review.leave", True)
        case Kind.GUIDELINE:
            write("review.guideline", True)
    return Reply()


def _answered(expert: str, event: Event) -> Reply:
    example_id, revision_id = _named(event.card)
    answer = _answer(event.answer or FormAnswer())
    judgment = Judgment(example_id, revision_id, expert, answer, event.id)
    try:
        if event.kind is Kind.SUBMIT:
            services().reviewing.submit(judgment, event.seen_version)
            card = services().queueing.card(example_id, expert)
            # An answer that was taken back since is being worked on: stay with it.
            if card.own is not None:
                _leave(event)
            return Reply(_version(card), _saved_at(card))
        draft = services().reviewing.save_draft(judgment, event.seen_version)
    except TypedElsewhere as conflict:
        theirs = conflict.theirs
        return Reply(theirs.version, clock(theirs.saved_at), theirs=_filled(theirs.answer))
    return Reply(draft.version, clock(draft.saved_at))


def _undone(study: Study, expert: str, event: Event) -> Reply:
    undo = services().history.undo
    example_id = undo(study.name, expert, only=BY_KEY, request=event.id).example_id
    return _at(example_id, expert) if example_id else Reply()


def _opened(study: Study, expert: str, event: Event) -> Reply:
    if event.reason == "next":
        choose(WANTED, None)
        return Reply()
    if event.reason == "":
        example_id, _revision = _named(event.card)
        return _at(example_id, expert)
    answered = services().reviewing.answered(study.name, expert)
    ids = [one.example_id for one in answered]
    shown = _named(event.card)[0] if event.card else None
    place = ids.index(shown) + 1 if shown in ids else 0
    return _at(ids[place], expert) if place < len(ids) else Reply()


def _at(example_id: ExampleId, expert: str) -> Reply:
    """Show this example next, with the version its answer has now."""
    choose(WANTED, example_id)
    card = services().queueing.card(example_id, expert)
    return Reply(_version(card), _saved_at(card), show=_id(card))


def _leave(event: Event) -> None:
    """An example of one's choice is done: go on with the queue."""
    if chosen(WANTED) == _named(event.card)[0]:
        choose(WANTED, None)


def _named(card: str) -> tuple[ExampleId, RevisionId]:
    example_id, mark, revision_id = card.partition(":")
    if not mark:
        raise NotFound("This example does not exist, or no longer.")
    return ExampleId(example_id), RevisionId(revision_id)


def _id(card: ReviewCard) -> str:
    return f"{card.example.id}:{card.example.revision_id}"


def _version(card: ReviewCard) -> int:
    if card.draft is not None:
        return card.draft.version
    return card.own.version if card.own is not None else 0


def _saved_at(card: ReviewCard) -> str:
    if card.draft is not None:
        return clock(card.draft.saved_at)
    return clock(card.own.at) if card.own is not None else ""


def _card(study: Study, card: ReviewCard) -> Card:
    example = card.example
    held = card.draft.answer if card.draft else card.own.answer if card.own else None
    return Card(
        id=_id(card),
        title=_("{key} · version {number}", key=example.key, number=example.revision_number),
        message=example.message,
        chips=tuple(
            (
                field.label.get(language(), field.name),
                field.label_of(example.inputs[field.key], language()),
            )
            for field in study.fields
        ),
        facts=_facts(study, card),
        draft=_filled(held) if held else None,
        version=_version(card),
        saved_at=_saved_at(card),
        locked=card.own is not None and card.draft is None,
    )


def _facts(study: Study, card: ReviewCard) -> tuple[tuple[Fact, str], ...]:
    facts = card.facts
    counted = [
        (
            Fact.OK if facts.words_by_spaces <= study.rules.max_words else Fact.ERROR,
            _("{count}/{most} words", count=facts.words_by_spaces, most=study.rules.max_words),
        ),
        (Fact.OK if facts.emoji else Fact.ERROR, _("{count} emoji", count=facts.emoji)),
    ]
    return (*counted, *(_noticed(one) for one in card.findings))


def _noticed(finding: Finding) -> tuple[Fact, str]:
    mark = Fact.ERROR if finding.severity is Severity.ERROR else Fact.HINT
    return mark, sentence(finding)


def _filled(answer: Answer) -> FormAnswer:
    return FormAnswer(
        decision=answer.decision or "",
        ratings=answer.ratings,
        flags=answer.flags,
        confidence=answer.confidence or "",
        reason=answer.reason,
        message=answer.message,
    )


def _answer(filled: FormAnswer) -> Answer:
    return Answer(
        decision=Decision(filled.decision) if filled.decision else None,
        ratings=dict(filled.ratings),
        flags=filled.flags,
        confidence=Confidence(filled.confidence) if filled.confidence else None,
        reason=filled.reason.strip(),
        message=filled.message.strip(),
    )
