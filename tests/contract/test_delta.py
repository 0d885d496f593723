"""The delta law: a snapshot and the deltas after it lead to the same rows as any later snapshot."""

from __future__ import annotations

import random
from functools import reduce
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pipelines.contract.delta import Delta, apply, diff

Rows = dict[str, str]
rows = st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from(["1", "2", "3"]))


def shuffled(values: Rows, seed: int) -> Rows:
    keys = sorted(values)
    random.Random(seed).shuffle(keys)
    return {key: values[key] for key in keys}


@given(rows, rows)
def test_old_rows_and_the_difference_give_the_new_rows(old: Rows, new: Rows) -> None:
    before = dict(old)
    assert apply(old, diff(old, new)) == new
    assert old == before


@given(rows, st.integers(0, 99))
def test_equal_rows_have_no_difference(same: Rows, seed: int) -> None:
    assert diff(same, shuffled(same, seed)) == Delta({}, ())


@given(rows, rows)
def test_a_difference_holds_only_what_changed(old: Rows, new: Rows) -> None:
    delta = diff(old, new)
    assert all(old.get(key) != row for key, row in delta.set.items())
    assert set(delta.drop) == old.keys() - new.keys()


@given(st.lists(rows, min_size=1, max_size=8))
def test_from_any_snapshot_the_deltas_after_it_lead_to_the_same_rows(states: list[Rows]) -> None:
    deltas = [diff(old, new) for old, new in pairwise(states)]
    for seq, snapshot in enumerate(states):
        assert reduce(apply, deltas[seq:], snapshot) == states[-1]


@given(rows, rows, st.integers(0, 99))
def test_the_order_of_keys_does_not_matter(old: Rows, new: Rows, seed: int) -> None:
    assert diff(shuffled(old, seed), shuffled(new, seed + 1)) == diff(old, new)


@given(rows, rows)
def test_a_delta_that_comes_twice_does_no_harm(old: Rows, new: Rows) -> None:
    delta = diff(old, new)
    assert apply(apply(old, delta), delta) == new
