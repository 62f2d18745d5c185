"""Examples: round trips, filters, search, and edits that meet."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from dashboard.domain.errors import Conflict, NotFound
from dashboard.domain.examples import Decision, ExampleFilter, Origin, Verdict
from dashboard.domain.ids import ExampleId, RevisionId, new_id
from storage.database import Database
from tests.storage.worlds import (
    STUDY,
    add_examples,
    all_examples,
    later,
    new_example,
    response_to,
    revision_of,
)

NESTED = "Jangan menyerah 👩‍👩‍👧 “kutipan” 'dan' \\ garis\nbaru 🌱"


def keys(database: Database, **wanted: object) -> list[str]:
    """The keys of what a filter finds."""
    with database.reading() as stores:
        page = stores.examples.page(ExampleFilter(STUDY, **wanted), 0, 100)  # type: ignore[arg-type]
    return [one.key for one in page.examples]


def test_an_example_comes_back_as_it_went_in(database: Database) -> None:
    [example] = add_examples(database, new_example("a/1", NESTED, note="😀 ok"))

    assert example.message == NESTED
    assert example.inputs == {"emotion": "sad", "topic": "ujian", "note": "😀 ok"}
    assert (example.origin, example.verdict) == (Origin.AUTHORED, Verdict.UNREVIEWED)
    assert example.revision_number == 1
    assert example.updated_at.utcoffset() is not None
    with database.reading() as stores:
        assert stores.examples.get(example.id) == example
        [first] = stores.examples.revisions(example.id)
    assert (first.id, first.author, first.reason) == (example.revision_id, "Ayu", "first text")
    assert first.created_at == example.updated_at


def test_nothing_to_add_adds_nothing(database: Database) -> None:
    assert add_examples(database) == ()


def test_an_unknown_example_is_not_found(database: Database) -> None:
    unknown = ExampleId(new_id())
    with database.reading() as stores, pytest.raises(NotFound):
        stores.examples.get(unknown)
    with database.reading() as stores:
        assert stores.examples.revisions(unknown) == ()
        assert stores.examples.responses(unknown) == ()


def test_a_key_is_used_once_in_a_study_and_a_doubled_one_adds_nothing(database: Database) -> None:
    add_examples(database, new_example("a"))
    with pytest.raises(Conflict, match="already used"):
        add_examples(database, new_example("b"), new_example("a"))
    with database.transaction() as stores:
        stores.examples.add("another", [new_example("a")], Origin.IMPORTED, "Ayu", "")
    with database.reading() as stores:
        assert stores.examples.keys(STUDY) == stores.examples.keys("another") == {"a"}


def test_the_messages_of_a_study_are_those_that_stand(database: Database) -> None:
    first, second = add_examples(database, new_example("a", "Satu"), new_example("b", "Dua"))
    with database.transaction() as stores:
        stores.examples.add("another", [new_example("a", "Lain")], Origin.IMPORTED, "Ayu", "")
        stores.examples.revise(revision_of(first, "Satu lagi"), seen_number=1)
        stores.examples.respond(response_to(second, Decision.REJECT), Verdict.REJECTED)
    with database.reading() as stores:
        assert stores.examples.messages(STUDY) == {"Satu lagi", "Dua"}


def test_a_revision_becomes_current_and_waits_for_review_again(database: Database) -> None:
    [example] = add_examples(database, new_example("a"))
    with database.transaction() as stores:
        stores.examples.respond(response_to(example, Decision.ACCEPT), Verdict.ACCEPTED)
        stores.examples.revise(revision_of(example, "Pelan-pelan saja"), seen_number=1)
        seen_inside = stores.examples.get(example.id)

    [revised] = all_examples(database)
    assert revised == seen_inside
    assert (revised.message, revised.revision_number) == ("Pelan-pelan saja", 2)
    assert (revised.verdict, revised.updated_at) == (Verdict.UNREVIEWED, later(5))
    with database.reading() as stores:
        numbers = [one.number for one in stores.examples.revisions(example.id)]
        [response] = stores.examples.responses(example.id)
    assert numbers == [2, 1]
    assert response.revision_id == example.revision_id


def test_a_stale_edit_is_refused_and_changes_nothing(database: Database) -> None:
    [example] = add_examples(database, new_example("a"))
    with database.transaction() as stores:
        stores.examples.revise(revision_of(example, "theirs"), seen_number=1)
    with database.transaction() as stores, pytest.raises(Conflict) as refused:
        stores.examples.revise(revision_of(example, "mine"), seen_number=1)

    assert refused.value.values == {"seen": 1, "current": 2}
    assert "version 1 is now version 2" in str(refused.value)
    [standing] = all_examples(database)
    assert standing.message == "theirs"
    with database.reading() as stores:
        assert len(stores.examples.revisions(example.id)) == 2


def test_an_edit_of_nothing_is_not_found(database: Database) -> None:
    [example] = add_examples(database, new_example("a"))
    gone = replace(revision_of(example, "x"), example_id=ExampleId(new_id()))
    with database.transaction() as stores, pytest.raises(NotFound):
        stores.examples.revise(gone, seen_number=1)


def test_responses_are_kept_newest_first_with_the_verdict(database: Database) -> None:
    [example] = add_examples(database, new_example("a"))
    first = response_to(example, Decision.REJECT, minutes=10)
    second = response_to(example, Decision.ACCEPT, minutes=11)
    with database.transaction() as stores:
        stores.examples.respond(first, Verdict.REJECTED)
        stores.examples.respond(second, Verdict.ACCEPTED)

    with database.reading() as stores:
        assert stores.examples.responses(example.id) == (second, first)
        assert stores.examples.get(example.id).verdict is Verdict.ACCEPTED
        assert stores.examples.get(example.id).updated_at == later(11)


def test_a_judgment_of_an_old_text_is_refused(database: Database) -> None:
    [example] = add_examples(database, new_example("a"))
    with database.transaction() as stores:
        stores.examples.revise(revision_of(example, "new"), seen_number=1)
    with database.transaction() as stores, pytest.raises(Conflict, match="now version 2"):
        stores.examples.respond(response_to(example, Decision.ACCEPT), Verdict.ACCEPTED)

    [standing] = all_examples(database)
    assert standing.verdict is Verdict.UNREVIEWED
    with database.reading() as stores:
        assert stores.examples.responses(example.id) == ()


def test_filters_combine(database: Database) -> None:
    add_examples(
        database,
        new_example("c", "satu", emotion="angry"),
        new_example("a", "dua", emotion="sad"),
        new_example("b", "tiga", emotion="sad", topic="kerja"),
    )
    with database.transaction() as stores:
        stores.examples.add(STUDY, [new_example("d")], Origin.IMPORTED, "Ayu", "")
        first = stores.examples.page(ExampleFilter(STUDY), 0, 1).examples[0]
        stores.examples.respond(response_to(first, Decision.REJECT), Verdict.REJECTED)

    assert keys(database) == ["a", "b", "c", "d"]
    assert keys(database, verdict=Verdict.REJECTED) == ["a"]
    assert keys(database, origin=Origin.IMPORTED) == ["d"]
    assert keys(database, inputs=(("emotion", "sad"),)) == ["a", "b", "d"]
    assert keys(database, inputs=(("emotion", "sad"), ("topic", "kerja"))) == ["b"]
    assert keys(database, inputs=(("emotion", "sad"),), verdict=Verdict.UNREVIEWED) == ["b", "d"]
    assert keys(database, text="tiga", origin=Origin.IMPORTED) == []
    with database.reading() as stores:
        counts = stores.examples.counts(STUDY)
    assert counts == {Verdict.UNREVIEWED: 3, Verdict.ACCEPTED: 0, Verdict.REJECTED: 1}


@pytest.mark.parametrize("key", ['a"b', "a.b", "$", "", "a'b", "a\\b", "😀", "[0]", "a b"])
def test_a_field_may_have_any_key_and_value(database: Database, key: str) -> None:
    add_examples(database, new_example("a", **{key: 'v"1'}), new_example("b"))
    assert keys(database, inputs=((key, 'v"1'),)) == ["a"]


def test_pages_follow_the_order_of_keys(database: Database) -> None:
    add_examples(database, *(new_example(key) for key in ("b", "B", "a", "é", "10", "2")))
    with database.reading() as stores:
        first = stores.examples.page(ExampleFilter(STUDY), 0, 4)
        second = stores.examples.page(ExampleFilter(STUDY), 4, 4)
        beyond = stores.examples.page(ExampleFilter(STUDY), 8, 4)
    assert [one.key for one in first.examples] == ["10", "2", "B", "a"]
    assert [one.key for one in second.examples] == ["b", "é"]
    assert (beyond.examples, first.total, beyond.total) == ((), 6, 6)


def test_candidates_leave_out_what_was_rejected(database: Database) -> None:
    examples = add_examples(database, *(new_example(key) for key in "abc"))
    with database.transaction() as stores:
        stores.examples.respond(response_to(examples[0], Decision.ACCEPT), Verdict.ACCEPTED)
        stores.examples.respond(response_to(examples[1], Decision.REJECT), Verdict.REJECTED)

    with database.reading() as stores:
        allowed = stores.examples.candidates(STUDY, accepted_only=False)
        accepted = stores.examples.candidates(STUDY, accepted_only=True)
    assert [one.key for one in allowed] == ["a", "c"]
    assert [one.revision_id for one in accepted] == [examples[0].revision_id]


@pytest.mark.parametrize("table", ["revisions", "responses"])
@pytest.mark.parametrize("change", ["UPDATE {} SET reason = 'other'", "DELETE FROM {}"])
def test_history_cannot_be_changed(database: Database, table: str, change: str) -> None:
    [example] = add_examples(database, new_example("a"))
    with database.transaction() as stores:
        stores.examples.respond(response_to(example, Decision.ACCEPT), Verdict.ACCEPTED)

    with pytest.raises(DBAPIError, match=f"{table} are append-only"), database.transaction() as s:
        s.examples.session.execute(text(change.format(table)))


def test_writers_that_meet_lose_nothing_and_hear_of_every_conflict(database: Database) -> None:
    examples = add_examples(database, *(new_example(f"k{number}") for number in range(3)))
    outcomes: list[bool] = []

    def edit_in_turn() -> None:
        for attempt in range(50):
            example_id = examples[attempt % 3].id
            with database.reading() as stores:
                seen = stores.examples.get(example_id)
            try:
                with database.transaction() as stores:
                    revision = revision_of(seen, f"attempt {attempt}")
                    stores.examples.revise(revision, seen.revision_number)
                outcomes.append(True)
            except Conflict:
                outcomes.append(False)

    threads = [threading.Thread(target=edit_in_turn) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(outcomes) == 200
    saved = 0
    with database.reading() as stores:
        for example in examples:
            history = stores.examples.revisions(example.id)
            standing = stores.examples.get(example.id)
            assert [one.number for one in history] == list(range(len(history), 0, -1))
            assert RevisionId(standing.revision_id) == history[0].id
            saved += len(history) - 1
    assert saved == outcomes.count(True)
