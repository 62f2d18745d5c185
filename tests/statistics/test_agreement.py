from __future__ import annotations

import random
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.statistics.agreement.figures import Undefined, agreement, pairs
from dashboard.statistics.agreement.measures import OF_TWO_RATERS, Coefficient
from dashboard.statistics.agreement.tables import Answer, Scale
from tests.ratings import Rows, by_name, of_text, reference, value

PERCENT, AC1, FLEISS = Coefficient.PERCENT_AGREEMENT, Coefficient.AC1, Coefficient.FLEISS_KAPPA
KAPPA, ALPHA = Coefficient.COHEN_KAPPA, Coefficient.ALPHA_INTERVAL
PAIRS, VARIATION = Undefined.NO_PAIRS, Undefined.NO_VARIATION
MANY = Undefined.NEEDS_TWO_RATERS
ROWS = st.lists(st.dictionaries(st.sampled_from("abcde"), st.integers(1, 4)), max_size=12)


@given(ROWS, st.sampled_from(Scale))
def test_a_figure_has_a_value_or_a_reason_and_never_nan(rows: Rows, scale: Scale) -> None:
    for figure in agreement(rows, scale, resamples=20):
        assert (figure.value is None) != (figure.why_undefined is None)
        assert (figure.low is None) == (figure.high is None)
        if figure.value is not None:
            assert -20 < figure.value <= 1 + 1e-12
        if figure.low is not None and figure.high is not None:
            assert -20 < figure.low <= figure.high <= 1 + 1e-12


@given(ROWS, st.sampled_from(Scale), st.randoms(use_true_random=False))
def test_the_order_of_items_and_raters_changes_nothing(
    rows: Rows, scale: Scale, chance: random.Random
) -> None:
    shuffled = [dict(chance.sample(list(row.items()), len(row))) for row in rows]
    chance.shuffle(shuffled)
    assert agreement(shuffled, scale, resamples=20) == agreement(rows, scale, resamples=20)


def test_a_missing_answer_may_be_absent_or_none() -> None:
    absent: Rows = [{"a": "x", "b": "x"}, {"a": "x", "b": "y"}, {"a": "y"}]
    spelled: list[dict[str, Answer | None]] = [{**row} for row in absent[:2]]
    spelled.append({"a": "y", "b": None, "c": None})
    assert agreement(spelled, Scale.NOMINAL) == agreement(absent, Scale.NOMINAL)


@pytest.mark.parametrize(
    ("rows", "general", "of_two_raters"),
    [
        pytest.param([], PAIRS, PAIRS, id="no items"),
        pytest.param(of_text("...", "..."), PAIRS, PAIRS, id="nobody answered"),
        pytest.param(of_text("1", "2", "1"), PAIRS, PAIRS, id="one rater"),
        pytest.param(of_text("1.", ".2", "2."), PAIRS, PAIRS, id="two raters who never meet"),
        pytest.param(of_text("11"), VARIATION, VARIATION, id="one item, agreed"),
        pytest.param(of_text(*["11"] * 50), VARIATION, VARIATION, id="all identical"),
        pytest.param(of_text(*["1111"] * 50), VARIATION, VARIATION, id="four raters, identical"),
        pytest.param(of_text("11", "11", "2."), VARIATION, VARIATION, id="varies only alone"),
        pytest.param(of_text("12"), None, None, id="one item, disputed"),
        pytest.param(of_text("12", "11", "12"), None, None, id="a constant rater"),
        pytest.param(of_text("11", "22", "11"), None, None, id="agreed, with variation"),
        pytest.param(of_text("12", "21", "12"), None, None, id="never agreed"),
        pytest.param(of_text("112", "11.", "2.2"), None, MANY, id="three raters"),
        pytest.param(of_text("11.", "22.", "..1"), None, MANY, id="a third rater, alone"),
    ],
)
@pytest.mark.parametrize("scale", Scale)
def test_what_cannot_be_measured_says_why(
    rows: Rows, general: Undefined | None, of_two_raters: Undefined | None, scale: Scale
) -> None:
    numbers: Rows = [{rater: int(answer) for rater, answer in row.items()} for row in rows]
    for figure in agreement(numbers, scale, offered=[1, 2, 3]):
        expected = of_two_raters if figure.coefficient in OF_TWO_RATERS else general
        assert figure.why_undefined == expected, figure.coefficient
        assert (figure.value is None) == (expected is not None)


def test_raters_who_answer_the_same_items_with_other_values_do_not_agree() -> None:
    figures = by_name(agreement(of_text("xy", "yz", "zx") * 4, Scale.NOMINAL))
    assert figures[PERCENT].value == 0
    assert all((figure.value or 0) < 0 for name, figure in figures.items() if name != PERCENT)


def test_a_constant_rater_agrees_by_chance_only() -> None:
    assert value(of_text("xx", "xy", "xx", "xy"), Scale.NOMINAL, KAPPA) == 0


def test_one_answer_counts_for_gwet_and_fleiss_but_not_for_the_others() -> None:
    both = of_text("xx", "xy", "yy", "xx")
    before, after = (
        by_name(agreement(rows, Scale.NOMINAL)) for rows in (both, both + of_text("y."))
    )
    changed = {name for name in before if before[name].value != after[name].value}
    assert changed == {AC1, FLEISS}
    assert {figure.items for figure in after.values()} == {4}


def test_every_item_weighs_the_same_in_percent_agreement() -> None:
    assert value(of_text("xxxx", "xy.."), Scale.NOMINAL, PERCENT) == 0.5


def test_answers_nobody_gave_count_when_they_were_offered() -> None:
    rows = of_text("xx", "xy", "yy", "xx")
    given_only = by_name(agreement(rows, Scale.NOMINAL))
    offered = by_name(agreement(rows, Scale.NOMINAL, offered=["z", "x", "y"]))
    changed = {name for name in offered if offered[name].value != given_only[name].value}
    assert changed == {AC1}


def test_an_ordinal_scale_knows_only_the_order_and_an_interval_scale_the_distance() -> None:
    answers = [(1, 2), (2, 3), (3, 3), (1, 1)]
    near: Rows = [{"a": one, "b": other} for one, other in answers]
    far: Rows = [{"a": one**3, "b": other**3} for one, other in answers]
    by_order = [[figure.value for figure in agreement(rows, Scale.ORDINAL)] for rows in (near, far)]
    assert by_order[0] == by_order[1]
    by_distance = [value(rows, Scale.INTERVAL, ALPHA) for rows in (near, far)]
    assert by_distance[0] != by_distance[1]


@pytest.mark.parametrize(
    ("scale", "answer", "offered", "sentence"),
    [
        (Scale.NOMINAL, "maybe", ["yes", "no"], "not offered: .'maybe'"),
        (Scale.ORDINAL, 6, [1, 2, 3, 4, 5], "not offered: .'6'"),
        (Scale.ORDINAL, "good", None, "the ordinal scale needs numbers"),
        (Scale.INTERVAL, "4", None, "the interval scale needs numbers"),
    ],
)
def test_answers_that_do_not_fit_are_refused(
    scale: Scale, answer: Answer, offered: list[Answer] | None, sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        agreement([{"a": answer, "b": answer}], scale, offered)


def test_figures_count_their_evidence() -> None:
    for figure in agreement(reference(), Scale.NOMINAL):
        # Pairs: 8 units with 4 answers, 2 with 3 and 1 with 2; the last unit has a single answer.
        assert (figure.items, figure.raters, figure.pairs) == (11, 4, 8 * 6 + 2 * 3 + 1)


@pytest.mark.parametrize(("items", "small"), [(1, True), (9, True), (10, False)])
def test_fewer_than_ten_compared_items_are_too_few(items: int, small: bool) -> None:
    figures = agreement(of_text("xy", *["xx"] * (items - 1), "x."), Scale.NOMINAL)
    assert all(figure.is_small is small for figure in figures)
    assert all(figure.value is not None for figure in figures)


def test_every_two_raters_are_compared_on_the_items_both_answered() -> None:
    rows = reference()
    found = pairs(rows, Scale.NOMINAL)
    assert list(found) == list(combinations(["r0", "r1", "r2", "r3"], 2))
    for (one, other), figures in found.items():
        shared: Rows = [
            {rater: row[rater] for rater in (one, other)} for row in rows if {one, other} <= {*row}
        ]
        assert figures == agreement(shared, Scale.NOMINAL, offered=[1, 2, 3, 4, 5])
    assert by_name(found["r0", "r1"])[KAPPA].items == 9


def test_two_raters_who_never_meet_have_no_pairs() -> None:
    found = pairs(of_text("xx.", "yx.", "..x", "..y"), Scale.NOMINAL)
    assert {figure.why_undefined for figure in found["r0", "r2"]} == {Undefined.NO_PAIRS}
    assert {figure.why_undefined for figure in found["r0", "r1"]} == {None}
