"""The review form: judged in the browser at once, saved in the background, honest about it.

The browser side (`browser/*.js`, joined into one module) shows the cards from a local stack,
writes what a person does into a numbered outbox, mirrors it in the browser's storage and sends it
until a receipt comes back. "Saved" is said only of what a receipt covers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path

import streamlit as st

from dashboard.components.review_form.desk import Desk, Handle, Receipt, Result
from dashboard.components.review_form.outbox import read_outbox
from dashboard.components.review_form.values import (
    Card,
    Choice,
    Event,
    Fact,
    Form,
    FormAnswer,
    Keys,
    Kind,
    Reply,
    Rules,
    Scale,
    Stack,
)
from dashboard.components.review_form.words import FormWords
from dashboard.session import sentence, write, written

__all__ = [
    "Card",
    "Choice",
    "Event",
    "Fact",
    "Form",
    "FormAnswer",
    "FormWords",
    "Keys",
    "Kind",
    "Reply",
    "Rules",
    "Scale",
    "Stack",
    "review_form",
]

BROWSER = Path(__file__).parent / "browser"
# One module of several files, in the order in which they use each other.
SCRIPTS = ("texts", "answers", "stored", "outbox", "cards", "parts", "edit", "panels",
           "questions", "marks", "view", "moves", "keys", "form")  # fmt: skip

_mounted = st.components.v2.component(
    "afektif.review_form",
    css=(BROWSER / "form.css").read_text(encoding="utf-8"),
    js="\n".join((BROWSER / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS),
)


def review_form(stack: Stack, form: Form, words: FormWords, handle: Handle, key: str) -> None:
    """Show the top card with the form; `handle` gets every event once, in a callback.

    `handle` writes to the database and replies with what it wrote; the page then draws the stack
    anew. What a person can act on it raises as a UserError: the form says "not saved" with that
    sentence and keeps the text. It must check that the card is this person's, and be idempotent
    by `event.id`: after a restart of the server an event may come again.
    """
    desk = _desk(f"{key}.desk.{stack.expert}")

    def receive() -> None:
        state = written(key)
        sent = state.get("outbox") if isinstance(state, Mapping) else None
        outbox = read_outbox(sent, stack.expert, form)
        if outbox is not None:
            desk.receive(outbox, handle, sentence)

    shown = {
        "expert": stack.expert,
        "cards": [_card(card) for card in stack.cards],
        "done": stack.done,
        "form": _form(form),
        "words": asdict(words),
        "receipt": _receipt(desk.receipt),
    }
    _mounted(key=key, data=shown, on_outbox_change=receive)
    desk.raise_fault()


def _desk(key: str) -> Desk:
    kept = written(key)
    if isinstance(kept, Desk):
        return kept
    desk = Desk()
    write(key, desk)
    return desk


def _card(card: Card) -> dict[str, object]:
    return {**asdict(replace(card, draft=None)), "draft": _answer(card.draft)}


def _answer(answer: FormAnswer | None) -> dict[str, object] | None:
    return None if answer is None else {**vars(answer), "ratings": dict(answer.ratings)}


def _form(form: Form) -> dict[str, object]:
    rules = asdict(form.rules)
    rules["reason_for"] = sorted(form.rules.reason_for)
    rules["ratings_for"] = sorted(form.rules.ratings_for)
    return {**asdict(form), "rules": rules}


def _receipt(receipt: Receipt) -> dict[str, object]:
    results = {card: _result(result) for card, result in receipt.results}
    return {
        "session": receipt.session,
        "number": receipt.number,
        "results": results,
        "show": receipt.show,
        "show_number": receipt.show_number,
    }


def _result(result: Result) -> dict[str, object]:
    return {
        "number": result.number,
        "kind": result.kind,
        "version": result.reply.version,
        "at": result.reply.at,
        "theirs": _answer(result.reply.theirs),
        "refused": result.refused,
    }
