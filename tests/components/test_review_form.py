"""The server side of the review form: what a browser may send, and what it is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.components.review_form import Choice, Event, Form, FormAnswer, Kind, Reply, Scale
from dashboard.components.review_form.desk import Desk, same_answer
from dashboard.components.review_form.outbox import Outbox, read_answer, read_outbox
from dashboard.domain.errors import InvalidInput, UserError

FORM = Form(
    decisions=(Choice("accept", "Accept", "A"), Choice("reject", "Reject", "X")),
    scales=(Scale("safety", "Safety", "could hurt", "safe"),),
    flags=(Choice("shaming", "Shaming"), Choice("sarcasm", "Sarcasm")),
    confidences=(Choice("high", "High"),),
    skip_reasons=(Choice("unclear", "Unclear"), Choice("other", "Other")),
)
ANSWER: dict[str, object] = {
    "decision": "reject",
    "ratings": {"safety": 2},
    "flags": ["shaming"],
    "confidence": "high",
    "reason": "Membandingkan.",
    "message": "",
}
SLIP: dict[str, object] = {
    "number": 1,
    "id": "s.1",
    "kind": "draft",
    "card": "c1",
    "seen_version": 0,
    "answer": ANSWER,
    "reason": "",
    "note": "",
}
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


def sent(*slips: object, session: object = "s", expert: object = "ani") -> dict[str, object]:
    return {"session": session, "expert": expert, "attempt": 1, "events": list(slips)}


def read(*slips: object) -> tuple[Event, ...]:
    outbox = read_outbox(sent(*slips), "ani", FORM)
    assert outbox is not None
    return outbox.events


def outbox_of(*events: Event, session: str = "s") -> Outbox:
    return Outbox(session, max(event.number for event in events), events)


def draft(number: int, text: str = "", card: str = "c1", seen: int = 0) -> Event:
    return Event(number, f"s.{number}", Kind.DRAFT, card, seen, FormAnswer(reason=text))


class Shelf:
    """Remembers what it was handed; answers with rising versions unless told otherwise."""

    def __init__(self) -> None:
        self.handed: list[Event] = []
        self.reply: Callable[[Event], Reply] = lambda _: Reply(len(self.handed), "14:03:22")

    def handle(self, event: Event) -> Reply:
        self.handed.append(event)
        return self.reply(event)


def receive(desk: Desk, shelf: Shelf, *events: Event, session: str = "s") -> None:
    desk.receive(outbox_of(*events, session=session), shelf.handle, sentence)


def sentence(error: UserError) -> str:
    return f"said: {error}"


def test_a_draft_is_read_as_it_was_written() -> None:
    (event,) = read(SLIP)
    answer = FormAnswer("reject", {"safety": 2}, ("shaming",), "high", "Membandingkan.")
    assert event == Event(1, "s.1", Kind.DRAFT, "c1", 0, answer)


def test_events_are_handled_in_the_order_they_happened() -> None:
    later = {**SLIP, "number": 2, "id": "s.2", "kind": "submit"}
    assert [event.number for event in read(later, SLIP)] == [1, 2]


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": 0},
        {"number": -1},
        {"number": 2**60},
        {"number": True},
        {"number": "1"},
        {"number": 1.5},
        {"number": None},
        {"id": ""},
        {"id": 7},
        {"id": "x" * 201},
        {"kind": "delete"},
        {"kind": None},
        {"kind": ["draft"]},
        {"card": None},
        {"card": ""},
        {"card": "x" * 201},
        {"card": "c\0"},
        {"card": "c\ud83c"},
        {"seen_version": None},
        {"seen_version": -1},
        {"answer": None},
        {"answer": "accept"},
        {"answer": {}},
        {"answer": {**ANSWER, "reason": 5}},
        {"answer": {**ANSWER, "reason": "x" * 5001}},
        {"answer": {**ANSWER, "ratings": [5]}},
        {"answer": {**ANSWER, "flags": "shaming"}},
    ],
)
def test_an_event_that_does_not_fit_is_left_out(wrong: dict[str, object]) -> None:
    assert read({**SLIP, **wrong}) == ()


@pytest.mark.parametrize("field", SLIP)
def test_a_missing_field_never_raises(field: str) -> None:
    events = read({name: value for name, value in SLIP.items() if name != field})
    assert len(events) == (field in ("reason", "note"))


@pytest.mark.parametrize(
    ("field", "written", "read_as"),
    [
        ("decision", "destroy", ""),
        ("confidence", "sky-high", ""),
        ("ratings", {"safety": 6}, {}),
        ("ratings", {"safety": 0}, {}),
        ("ratings", {"safety": True}, {}),
        ("ratings", {"safety": "5"}, {}),
        ("ratings", {"unknown": 3, "safety": 5}, {"safety": 5}),
        ("reason", "a\0b \ud83c", "ab ?"),
        ("flags", ["unknown", "sarcasm", 7, None, "sarcasm"], ("sarcasm",)),
        ("flags", [["sarcasm"], {}], ()),
    ],
)
def test_a_value_the_form_does_not_know_is_dropped(
    field: str, written: object, read_as: object
) -> None:
    answer = read_answer({**ANSWER, field: written}, FORM)
    assert getattr(answer, field) == read_as


@pytest.mark.parametrize("kind", ["undo", "open", "find", "guideline"])
def test_wishes_need_neither_card_nor_answer(kind: str) -> None:
    (event,) = read({**SLIP, "kind": kind, "card": "", "answer": None})
    assert (event.kind, event.card, event.answer) == (Kind(kind), "", None)


@pytest.mark.parametrize(
    "other",
    [
        None,
        "text",
        7,
        [],
        {},
        sent(SLIP, expert="budi"),
        sent(SLIP, expert=None),
        sent(SLIP, session=""),
        sent(SLIP, session=5),
        {**sent(), "events": "many"},
        {**sent(), "events": None},
    ],
)
def test_another_persons_outbox_or_none_at_all_is_not_read(other: object) -> None:
    assert read_outbox(other, "ani", FORM) is None


def test_no_more_than_500_events_are_read_at_once() -> None:
    slips = [{**SLIP, "number": number, "id": f"s.{number}"} for number in range(1, 700)]
    assert len(read(*slips)) == 500


@given(json_values)
def test_whatever_is_sent_nothing_is_raised(value: object) -> None:
    read_outbox(value, "ani", FORM)
    read_outbox(sent(value, {**SLIP, "answer": value}, {**SLIP, "ratings": value}), "ani", FORM)


@given(st.sampled_from(sorted(SLIP)), json_values)
def test_a_wrong_field_never_raises_either(field: str, value: object) -> None:
    for event in read({**SLIP, field: value}):
        json.dumps(event.card)


def test_a_number_is_handled_once() -> None:
    desk, shelf = Desk(), Shelf()
    receive(desk, shelf, draft(1), draft(2, card="c2"))
    receive(desk, shelf, draft(1), draft(2, card="c2"), draft(3, card="c3"))
    assert [event.number for event in shelf.handed] == [1, 2, 3]
    assert desk.receipt.number == 3


def test_a_new_mount_counts_anew_but_the_same_event_is_not_handled_again() -> None:
    desk, shelf = Desk(), Shelf()
    receive(desk, shelf, draft(7))
    receive(desk, shelf, replace(draft(1), id="s.7"), session="t")
    assert len(shelf.handed) == 1
    assert desk.receipt.session == "t"
    assert dict(desk.receipt.results)["c1"].reply.version == 1


def test_the_receipt_says_what_was_saved_and_when() -> None:
    desk, shelf = Desk(), Shelf()
    receive(desk, shelf, draft(4))
    result = dict(desk.receipt.results)["c1"]
    assert (result.number, result.reply.version, result.reply.at) == (4, 1, "14:03:22")


def test_an_unreadable_event_is_receipted_without_a_result() -> None:
    desk, shelf = Desk(), Shelf()
    outbox = read_outbox(sent({**SLIP, "answer": None, "number": 9}), "ani", FORM)
    assert outbox is not None
    desk.receive(outbox, shelf.handle, sentence)
    assert (desk.receipt.number, desk.receipt.results) == (9, ())


def test_a_refusal_is_told_in_its_sentence_and_the_next_event_is_handled() -> None:
    desk, shelf = Desk(), Shelf()

    def full(event: Event) -> Reply:
        if event.card == "c1":
            raise InvalidInput("The disk is full.")
        return Reply(1)

    shelf.reply = full
    receive(desk, shelf, draft(1), draft(2, card="c2"))
    results = dict(desk.receipt.results)
    assert results["c1"].refused == "said: The disk is full."
    assert results["c2"].refused == ""


def test_a_fault_goes_up_after_the_form_is_drawn_and_its_event_has_no_receipt() -> None:
    desk, shelf = Desk(), Shelf()

    def broken(event: Event) -> Reply:
        return Reply(1 // (2 - event.number))

    shelf.reply = broken
    receive(desk, shelf, draft(1), draft(2))
    with pytest.raises(ZeroDivisionError):
        desk.raise_fault()
    assert desk.receipt.number == 1
    desk.raise_fault()


def test_the_next_own_draft_is_no_conflict_with_the_last_one() -> None:
    desk, shelf = Desk(), Shelf()
    shelf.reply = lambda event: Reply(event.seen_version + 1)
    receive(desk, shelf, draft(1, "a", seen=3), draft(2, "ab", seen=3), draft(3, card="c2"))
    assert [event.seen_version for event in shelf.handed] == [3, 4, 0]


def test_their_answer_that_is_the_same_is_no_conflict() -> None:
    desk, shelf = Desk(), Shelf()
    shelf.reply = lambda event: Reply(8, "14:03", theirs=event.answer)
    receive(desk, shelf, draft(1, "sama"))
    assert dict(desk.receipt.results)["c1"].reply == Reply(8, "14:03")


def test_their_other_answer_is_shown_and_not_taken_for_our_own() -> None:
    desk, shelf = Desk(), Shelf()
    shelf.reply = lambda _: Reply(8, theirs=FormAnswer(reason="lain"))
    receive(desk, shelf, draft(1, "saya"), draft(2, "saya lagi"))
    assert dict(desk.receipt.results)["c1"].reply.theirs == FormAnswer(reason="lain")
    assert [event.seen_version for event in shelf.handed] == [0, 0]


def test_a_card_that_is_to_come_on_top_stays_told_until_the_next_one() -> None:
    desk, shelf = Desk(), Shelf()
    shelf.reply = lambda event: Reply(show="c9" if event.kind is Kind.UNDO else "")
    receive(desk, shelf, Event(1, "s.1", Kind.UNDO, "c1", 0))
    receive(desk, shelf, draft(2))
    assert (desk.receipt.show, desk.receipt.show_number) == ("c9", 1)


def test_a_reopened_card_comes_on_top_by_itself() -> None:
    desk, shelf = Desk(), Shelf()
    receive(desk, shelf, Event(1, "s.1", Kind.REOPEN, "c1", 2))
    assert desk.receipt.show == "c1"


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (FormAnswer("reject", {"safety": 2}, ("b", "a")), True),
        (FormAnswer("reject", {"safety": 3}, ("a", "b")), False),
        (FormAnswer("reject", {"safety": 2}, ("a",)), False),
        (FormAnswer("reject", {"safety": 2}, ("a", "b"), reason="x"), False),
        (None, False),
    ],
)
def test_the_order_of_flags_says_nothing(other: FormAnswer | None, same: bool) -> None:
    assert same_answer(FormAnswer("reject", {"safety": 2}, ("a", "b")), other) is same


@pytest.mark.parametrize(
    ("sent_reason", "kept"), [("unclear", "unclear"), ("bogus", ""), ("", ""), (3, "")]
)
def test_a_skip_keeps_only_a_reason_the_form_offers(sent_reason: object, kept: str) -> None:
    [event] = read({**SLIP, "kind": "skip", "reason": sent_reason})
    assert event.reason == kept
