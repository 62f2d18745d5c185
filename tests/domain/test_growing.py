"""Children in dataset versions: who may enter, where, how many and in what proportions."""

from __future__ import annotations

import hashlib
import itertools
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.domain.cutting import cut
from dashboard.domain.datasets import Candidate, Children, HeldOut, Recipe, Row, Split, fingerprint
from dashboard.domain.errors import InvalidInput
from dashboard.domain.growing import cell_target
from dashboard.domain.ids import ExampleId, RevisionId
from dashboard.domain.studies import Study
from dashboard.metrics.similarity import same_words

EMOTIONS = ("angry", "happy", "sad")
CELLS = list(itertools.product(EMOTIONS, ("negative", "positive")))
TECHNIQUES = ("insertion", "paraphrase", "swap")
APART = (Split.VALIDATION, Split.TEST)
GROWTHS = (1.5, 2.0, 3.0)


def text_of(key: str) -> str:
    """Words that no other key has."""
    return hashlib.sha256(key.encode()).hexdigest()


def original(
    key: str, cell: tuple[str, str], message: str = "", accepted: bool = True
) -> Candidate:
    emotion, reinforcement = cell
    return Candidate(
        example_id=ExampleId(key),
        revision_id=RevisionId(key),
        key=key,
        inputs={"username": "Raka", "emotion": emotion, "reinforcement": reinforcement},
        message=message or f"Pesan {text_of(key)} 😊",
        family=key,
        accepted=accepted,
    )


def child(parent: Candidate, number: int, technique: str = "", **changes: object) -> Candidate:
    key = f"{parent.key}.{number}"
    made = replace(
        parent,
        example_id=ExampleId(key),
        revision_id=RevisionId(key),
        key=key,
        message=f"Turunan {text_of(key)} 🌱",
        technique=technique or TECHNIQUES[number % len(TECHNIQUES)],
        parent_accepted=parent.accepted,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def world(parents: int = 8, each: int = 6) -> list[Candidate]:
    """So many originals in every cell, each with so many children; all of them accepted."""
    originals = [
        original(f"{cell[0]}-{cell[1]}-{number}", cell)
        for cell in CELLS
        for number in range(parents)
    ]
    children = [child(one, number) for one in originals for number in range(each)]
    return [*originals, *children]


def children_of(rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if row.technique]


def root(row: Row) -> str:
    return row.key.split(".")[0]


ALL = Recipe(children=Children.ALL)


def test_by_default_no_child_enters_and_the_bytes_are_those_without_children(study: Study) -> None:
    everything = world()
    alone = [one for one in everything if one.is_original]
    assert fingerprint(cut(study, everything, Recipe())) == fingerprint(cut(study, alone, Recipe()))


@pytest.mark.parametrize(
    ("accepted", "of_accepted", "rules"),
    [
        (True, True, {Children.REVIEWED, Children.OF_ACCEPTED, Children.ALL}),
        (False, True, {Children.OF_ACCEPTED, Children.ALL}),
        (True, False, {Children.ALL}),
        (False, False, {Children.ALL}),
    ],
)
def test_a_rule_lets_in_whom_it_says(
    study: Study, accepted: bool, of_accepted: bool, rules: set[Children]
) -> None:
    parents = [original(f"a{number}", CELLS[0], accepted=of_accepted) for number in range(9)]
    known = [child(one, 0, accepted=True, parent_accepted=True) for one in parents]
    asked = [child(one, 1, accepted=accepted) for one in parents]
    for rule in Children:
        rows = cut(study, [*parents, *known, *asked], Recipe(children=rule))
        assert any(row.key.endswith(".1") for row in rows) is (rule in rules)


@settings(deadline=None)
@given(st.integers(0, 2**31), st.sampled_from(list(HeldOut)), st.sampled_from([None, *GROWTHS]))
def test_a_family_is_never_on_two_sides(
    study: Study, seed: int, test_on: HeldOut, growth: float | None
) -> None:
    rows = cut(study, world(), replace(ALL, seed=seed, test_on=test_on, growth=growth))
    sides: dict[str, set[Split]] = {}
    for row in rows:
        sides.setdefault(root(row), set()).add(row.split)
    assert all(len(found) == 1 for found in sides.values())
    held_out = [row for row in children_of(rows) if row.split in APART]
    assert bool(held_out) is (test_on is HeldOut.ALL)


def test_every_rule_holds_out_the_same_originals(study: Study) -> None:
    def held_out(recipe: Recipe) -> set[str]:
        rows = cut(study, world(), recipe)
        return {row.key for row in rows if row.split in APART and not row.technique}

    expected = held_out(Recipe())
    for rule, test_on, growth in itertools.product(list(Children)[1:], HeldOut, GROWTHS):
        assert held_out(Recipe(children=rule, test_on=test_on, growth=growth)) == expected


def test_near_duplicate_originals_share_a_family_with_all_their_children(study: Study) -> None:
    twins = [
        original("t1", CELLS[0], "Raka, istirahat sebentar dulu ya, nanti kita coba soal ini lagi"),
        original("t2", CELLS[5], "ya Raka istirahat dulu sebentar, nanti kita coba lagi soal ini."),
    ]
    others = [one for one in world() if one.is_original]
    for seed in range(25):
        rows = cut(study, [*others, *twins], Recipe(seed=seed), same_words)
        assert len({row.split for row in rows if row.key in ("t1", "t2")}) == 1


def test_a_recipe_from_before_keeps_only_equal_messages_together(study: Study) -> None:
    twins = [original("t1", CELLS[0], "satu dua tiga"), original("t2", CELLS[5], "tiga dua satu")]
    others = [one for one in world() if one.is_original]
    parted = [
        len({r.split for r in cut(study, [*others, *twins], recipe, same_words) if r.key[0] == "t"})
        for recipe in (Recipe(seed=seed, alike=None) for seed in range(25))
    ]
    assert 2 in parted


def test_a_child_that_repeats_a_held_out_original_stays_out(study: Study) -> None:
    originals = [one for one in world() if one.is_original]
    held_out = next(row for row in cut(study, originals, Recipe()) if row.split is Split.TEST)
    words = held_out.message.split()
    copies = [
        child(one, 1, message=" ".join(reversed(words)))
        for one in originals
        if one.key != held_out.key
    ]
    rows = cut(study, [*originals, *copies, *(child(one, 2) for one in originals)], ALL, same_words)
    assert children_of(rows)
    assert not [row for row in rows if row.key.endswith(".1")]


def test_a_child_stays_out_when_its_original_does(study: Study) -> None:
    orphans = [replace(one, family="gone") for one in world() if not one.is_original]
    originals = [one for one in world() if one.is_original]
    with pytest.raises(InvalidInput, match="No variant may enter"):
        cut(study, [*originals, *orphans], ALL)
    some = [replace(one, accepted=one.key.endswith(("0", "1", "2"))) for one in world()]
    rows = cut(study, some, replace(ALL, accepted_only=True))
    assert {root(row) for row in rows} == {row.key for row in rows if not row.technique}


@pytest.mark.parametrize("test_on", HeldOut)
@pytest.mark.parametrize("growth", GROWTHS)
def test_growth_counts_all_rows_and_keeps_cells_even(
    study: Study, test_on: HeldOut, growth: float
) -> None:
    rows = cut(study, world(), replace(ALL, growth=growth, test_on=test_on))
    assert len(rows) == round(growth * 48)
    sizes = Counter(study.cell(row.inputs) for row in rows)
    assert max(sizes.values()) - min(sizes.values()) <= 1
    of_family = Counter(root(row) for row in children_of(rows))
    cell = {row.key: study.cell(row.inputs) for row in rows}
    for one in CELLS:
        counts = [count for key, count in of_family.items() if cell[key] == one]
        assert max(counts) - min(counts) <= 1


@settings(deadline=None)
@given(
    st.integers(0, 2**31),
    st.sampled_from([{}, {"swap": 1, "insertion": 2}, dict.fromkeys(TECHNIQUES, 1)]),
    st.sampled_from([{}, {"sad": 3, "happy": 2}]),
    st.sampled_from([None, 4]),
)
def test_a_smaller_version_is_part_of_a_larger_one(
    study: Study, seed: int, techniques: dict[str, int], values: dict[str, int], parents: int | None
) -> None:
    recipe = replace(ALL, seed=seed, techniques=techniques, values=values, parents=parents)
    versions = [cut(study, world(), replace(recipe, growth=one)) for one in (1.2, 1.5, 1.8)]
    for smaller, larger in itertools.pairwise(versions):
        assert {row.key for row in smaller} < {row.key for row in larger}
        parts = {row.key: row.split for row in larger}
        assert all(parts[row.key] is row.split for row in smaller)


def test_a_remainder_goes_to_cells_by_seed(study: Study) -> None:
    def fuller(seed: int) -> frozenset[object]:
        rows = cut(study, world(), replace(ALL, seed=seed, growth=50 / 48))
        return frozenset(study.cell(row.inputs) for row in children_of(rows))

    assert all(len(fuller(seed)) == 2 for seed in range(8))
    assert len({fuller(seed) for seed in range(8)}) > 1


@pytest.mark.parametrize(
    "techniques", [{"swap": 1}, {"swap": 1, "paraphrase": 2}, {"swap": 5, "insertion": 3}]
)
@pytest.mark.parametrize("values", [{}, {"sad": 1}, {"sad": 2, "happy": 1, "angry": 1}])
def test_children_come_in_the_proportions_one_asks_for(
    study: Study, techniques: dict[str, int], values: dict[str, int]
) -> None:
    rows = children_of(
        cut(study, world(), replace(ALL, growth=1.25, techniques=techniques, values=values))
    )
    assert len(rows) == 12
    for weights, counts in (
        (techniques, Counter(row.technique for row in rows)),
        (values, Counter(row.inputs["emotion"] for row in rows)),
    ):
        for name, weight in weights.items():
            assert abs(counts[name] - 12 * weight / sum(weights.values())) <= 1
        assert not weights or set(counts) == set(weights)


def test_without_a_size_proportions_take_as_many_as_they_allow(study: Study) -> None:
    rows = children_of(cut(study, world(), replace(ALL, techniques={"swap": 3, "insertion": 1})))
    counts = Counter(row.technique for row in rows)
    everything = Counter(row.technique for row in children_of(cut(study, world(), ALL)))
    assert counts["swap"] == everything["swap"]
    assert abs(counts["insertion"] - counts["swap"] / 3) <= 1


def test_children_of_few_parents_only(study: Study) -> None:
    rows = children_of(cut(study, world(), replace(ALL, parents=2)))
    families: dict[object, set[str]] = {}
    for row in rows:
        families.setdefault(study.cell(row.inputs), set()).add(root(row))
    assert {len(found) for found in families.values()} == {2}


@pytest.mark.parametrize(("test_on", "target"), [(HeldOut.ALL, 25), (HeldOut.ORIGINALS, 35)])
def test_the_studys_size_takes_25_in_a_cell_and_more_where_only_originals_are_held_out(
    test_on: HeldOut, target: int
) -> None:
    assert cell_target(Recipe(growth=8.75, test_on=test_on), 160, 56) == target


@pytest.mark.parametrize(
    ("recipe", "sentence"),
    [
        (replace(ALL, growth=8.75), r"420 rows are wanted, but there are \d+: 48 originals and"),
        (Recipe(growth=3), "144 rows are wanted, but there are 48"),
        (replace(ALL, growth=0.5), "at least its originals"),
        (
            replace(ALL, growth=3, techniques={"swap": 9, "insertion": 1}),
            r"96 cannot be chosen in these proportions; \d+ can",
        ),
        (replace(ALL, values={"calm": 1}), "No variant may enter"),
    ],
)
def test_what_cannot_be_had_is_one_sentence(study: Study, recipe: Recipe, sentence: str) -> None:
    with pytest.raises(InvalidInput, match=sentence):
        cut(study, world(), recipe)


@settings(deadline=None)
@given(st.randoms(use_true_random=False), st.sampled_from([None, 2.0]))
def test_neither_order_nor_ids_play_a_part(
    study: Study, chance: object, growth: float | None
) -> None:
    renamed: Sequence[Candidate] = [
        replace(one, example_id=ExampleId(f"x{one.key}"), revision_id=RevisionId(f"y{one.key}"))
        for one in world()
    ]
    shuffled = list(renamed)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    recipe = replace(ALL, growth=growth, techniques={"swap": 1, "insertion": 1})
    first, second = cut(study, world(), recipe), cut(study, shuffled, recipe)
    assert fingerprint(first) == fingerprint(second)


def test_another_seed_chooses_other_children(study: Study) -> None:
    chosen = {
        frozenset(
            row.key for row in children_of(cut(study, world(), replace(ALL, seed=s, growth=2)))
        )
        for s in range(4)
    }
    assert len(chosen) == 4
