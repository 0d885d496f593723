"""The scope law: a viewer sees what lies under their areas, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.contract.areas import AreaTree
from pipelines.contract.scope import Scope
from pipelines.errors import AreaError

from .trees import trees


@st.composite
def views(draw: st.DrawFn) -> tuple[AreaTree, frozenset[str]]:
    tree = draw(trees)
    return tree, frozenset(draw(st.sets(st.sampled_from(sorted(tree.areas)), max_size=4)))


def below(tree: AreaTree, area_id: str) -> set[str]:
    """All areas under one, found downwards: the law is checked from the other end than the code decides it."""
    return {area_id}.union(*(below(tree, child) for child in tree.children.get(area_id, ())))


@given(views())
def test_a_scope_covers_exactly_what_lies_under_its_areas(view: tuple[AreaTree, frozenset[str]]) -> None:
    tree, areas = view
    covered = {area_id for area_id in tree.areas if Scope(areas).covers(tree, area_id)}
    assert covered == set().union(*(below(tree, area_id) for area_id in areas))


@given(views())
def test_an_unknown_place_belongs_to_the_city_alone(view: tuple[AreaTree, frozenset[str]]) -> None:
    tree, areas = view
    inner = areas - {tree.root.id, tree.unknown.id}
    assert not Scope(inner).covers(tree, tree.unknown.id)
    assert Scope(inner | {tree.root.id}).covers(tree, tree.unknown.id)


@given(trees)
def test_no_areas_see_nothing_and_areas_of_another_city_see_nothing(tree: AreaTree) -> None:
    strangers = Scope(frozenset({"elsewhere"}))
    assert not any(strangers.covers(tree, area) or Scope(frozenset()).covers(tree, area) for area in tree.areas)


@given(trees)
def test_an_area_that_is_not_there_is_an_error_not_an_answer(tree: AreaTree) -> None:
    with pytest.raises(AreaError, match="'elsewhere'"):
        Scope(frozenset({tree.root.id, "elsewhere"})).covers(tree, "elsewhere")
