"""Examples: round trips, filters, and where they stand."""

from __future__ import annotations

import pytest

from dashboard.domain.errors import Conflict, NotFound
from dashboard.domain.examples import ExampleFilter, Origin
from dashboard.domain.ids import ExampleId, new_id
from dashboard.domain.ledger import Change
from dashboard.domain.responses import Decision
from dashboard.domain.verdicts import Verdict
from storage.database import Database
from tests.storage.worlds import (
    STUDY,
    action,
    add_examples,
    added,
    all_examples,
    new_example,
    response_to,
    revised,
    standing,
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
        assert stores.examples.cases([unknown]) == ()


def test_a_key_is_used_once_in_a_study_and_a_doubled_one_adds_nothing(database: Database) -> None:
    add_examples(database, new_example("a"))
    with pytest.raises(Conflict):
        add_examples(database, new_example("b"), new_example("a"))
    with database.transaction() as stores:
        stores.ledger.record(action(study="another"), added(new_example("a"), "another"))
    with database.reading() as stores:
        assert stores.examples.keys(STUDY) == stores.examples.keys("another") == {"a"}
        assert stores.examples.with_key("another", "a").study == "another"


def test_the_messages_of_a_study_are_those_that_stand(database: Database) -> None:
    [first, second] = add_examples(database, new_example("a", "Satu"), new_example("b", "Dua"))
    with database.transaction() as stores:
        stores.ledger.record(action(study="another"), added(new_example("a", "Lain"), "another"))
        stores.ledger.record(action(), revised(first, "Satu lagi"))
        stores.examples.settle([standing(second, Verdict.REJECTED)])
    with database.reading() as stores:
        assert stores.examples.messages(STUDY) == {"Satu lagi", "Dua"}


def test_a_revision_becomes_current_and_the_earlier_ones_stay(database: Database) -> None:
    [example] = add_examples(database, new_example("a"))
    with database.transaction() as stores:
        stores.ledger.record(action(), revised(example, "Pelan-pelan saja"))
        inside = stores.examples.get(example.id)

    [now] = all_examples(database)
    assert now == inside
    assert (now.message, now.revision_number, now.author) == ("Pelan-pelan saja", 2, "Budi")
    with database.reading() as stores:
        numbers = [one.number for one in stores.examples.revisions(example.id)]
    assert numbers == [2, 1]


def test_a_stale_edit_is_refused_and_changes_nothing(database: Database) -> None:
    [example] = add_examples(database, new_example("a"))
    with database.transaction() as stores:
        stores.ledger.record(action(), revised(example, "theirs"))
    with pytest.raises(Conflict), database.transaction() as stores:
        stores.ledger.record(action(), revised(example, "mine"))

    [now] = all_examples(database)
    assert now.message == "theirs"
    with database.reading() as stores:
        assert len(stores.examples.revisions(example.id)) == 2


def test_filters_combine(database: Database) -> None:
    add_examples(
        database,
        new_example("a", "dua", emotion="sad"),
        new_example("b", "tiga", emotion="sad", topic="kerja"),
        new_example("c", "satu", emotion="angry"),
    )
    with database.transaction() as stores:
        imported = added(new_example("d"), origin=Origin.IMPORTED)
        stores.ledger.record(action(), imported)
        first = stores.examples.page(ExampleFilter(STUDY), 0, 1).examples[0]
        stores.examples.settle([standing(first, Verdict.REJECTED)])

    assert keys(database) == ["a", "b", "c", "d"]
    assert keys(database, verdict=Verdict.REJECTED) == ["a"]
    assert keys(database, origin=Origin.IMPORTED) == ["d"]
    assert keys(database, inputs=(("emotion", "sad"),)) == ["a", "b", "d"]
    assert keys(database, inputs=(("emotion", "sad"), ("topic", "kerja"))) == ["b"]
    assert keys(database, inputs=(("emotion", "sad"),), verdict=Verdict.UNREVIEWED) == ["b", "d"]
    assert keys(database, text="tiga", origin=Origin.IMPORTED) == []
    with database.reading() as stores:
        counts = stores.examples.counts(STUDY)
    assert counts == dict.fromkeys(Verdict, 0) | {Verdict.UNREVIEWED: 3, Verdict.REJECTED: 1}


def test_retired_examples_stand_apart(database: Database) -> None:
    [one, other] = add_examples(database, new_example("a"), new_example("b"))
    with database.transaction() as stores:
        retired = other.entry.__class__(**{**vars(other.entry), "retired": True})
        stores.ledger.record(action(), [Change(other.entry, retired)])
    assert keys(database) == [one.key]
    assert keys(database, retired=True) == ["b"]
    with database.reading() as stores:
        assert stores.examples.counts(STUDY)[Verdict.UNREVIEWED] == 1
        assert [row.key for row in stores.examples.candidates(STUDY)] == ["a"]


@pytest.mark.parametrize("key", ['a"b', "a.b", "$", "", "a'b", "a\\b", "😀", "[0]", "a b"])
def test_a_field_may_have_any_key_and_value(database: Database, key: str) -> None:
    add_examples(database, new_example("a", **{key: 'v"1'}), new_example("b"))
    assert keys(database, inputs=((key, 'v"1'),)) == ["a"]
    assert keys(database, inputs=((key, "v"),)) == []


def test_pages_follow_the_order_of_addition(database: Database) -> None:
    add_examples(database, *(new_example(key) for key in ("b", "B", "a", "é", "10", "2")))
    with database.reading() as stores:
        first = stores.examples.page(ExampleFilter(STUDY), 0, 4)
        second = stores.examples.page(ExampleFilter(STUDY), 4, 4)
        beyond = stores.examples.page(ExampleFilter(STUDY), 8, 4)
    assert [one.key for one in first.examples] == ["b", "B", "a", "é"]
    assert [one.key for one in second.examples] == ["10", "2"]
    assert (beyond.examples, first.total, beyond.total) == ((), 6, 6)
    assert not first.is_more


def test_matches_are_counted_up_to_a_thousand(database: Database) -> None:
    add_examples(database, *(new_example(f"k{number}") for number in range(1001)))
    with database.reading() as stores:
        page = stores.examples.page(ExampleFilter(STUDY), 0, 1)
    assert (page.total, page.is_more) == (1000, True)


@pytest.mark.parametrize(
    ("verdict", "usual", "strict"),
    [
        (Verdict.UNREVIEWED, True, False),
        (Verdict.ACCEPTED, True, True),
        (Verdict.REJECTED, False, False),
        (Verdict.DISPUTED, False, False),
    ],
)
def test_only_what_nobody_refuses_may_enter_a_version(
    database: Database, verdict: Verdict, usual: bool, strict: bool
) -> None:
    [example] = add_examples(database, new_example("a"))
    with database.transaction() as stores:
        stores.examples.settle([standing(example, verdict)])
    with database.reading() as stores:
        found = stores.examples.candidates(STUDY)
    assert bool(found) is usual
    assert any(one.accepted for one in found) is strict


def test_a_case_holds_the_answers_to_the_text_that_stands(database: Database) -> None:
    [example] = add_examples(database, new_example("a"))
    answer = response_to(example, Decision.ACCEPT)
    with database.transaction() as stores:
        stores.ledger.record(action(), [Change(None, answer)])
        [before] = stores.examples.cases([example.id])
        stores.ledger.record(action(), revised(example, "Pelan-pelan saja"))
        [after] = stores.examples.cases([example.id])
        assert stores.examples.touched(STUDY) == (example.id,)
    assert before.responses == (answer,)
    assert after.responses == ()
    assert after.author == "Budi"
