"""The tree of areas: what it refuses, and that path, closure and within agree."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.contract.areas import Area, AreaTree
from pipelines.errors import AreaError

from .trees import CITY, area_lists, trees

COUNTY = Area("1", "county", "甲区", "First District", "0")
VILLAGE = Area("2", "village", "乙村", "Second Village", "1")


@pytest.mark.parametrize(
    ("areas", "words"),
    [
        ([], "one area without a parent"),
        ([CITY, replace(CITY, id="9")], r"one area without a parent.*'0', '9'"),
        ([CITY, replace(COUNTY, parent="7")], "area '1': parent '7' is not an area"),
        ([CITY, COUNTY, replace(COUNTY, name_zh="丙区")], "'1' is given twice: '甲区' and '丙区'"),
        ([CITY, replace(COUNTY, parent="1")], "area '1' is not in the city.*circle"),
        ([CITY, replace(COUNTY, parent="2"), VILLAGE], "area '1' is not in the city.*circle"),
    ],
)
def test_what_is_no_tree_is_refused(areas: list[Area], words: str) -> None:
    with pytest.raises(AreaError, match=words):
        AreaTree.of(areas)


@given(area_lists, st.data())
def test_a_circle_anywhere_is_found(areas: list[Area], data: st.DataObject) -> None:
    tree = AreaTree.of(areas)
    loop = data.draw(st.sampled_from(sorted(tree.areas.keys() - {tree.root.id, tree.unknown.id}) or ["none"]))
    below = [area.id for area in areas if loop in tree.areas and tree.within(area.id, loop)]
    if below:
        parent = data.draw(st.sampled_from(below))
        with pytest.raises(AreaError, match="circle"):
            AreaTree.of([replace(area, parent=parent) if area.id == loop else area for area in areas])


@given(trees)
def test_path_closure_and_within_agree(tree: AreaTree) -> None:
    pairs = list(tree.closure())
    assert len(set(pairs)) == len(pairs)
    assert set(pairs) == {(a, b) for a in tree.areas for b in tree.areas if tree.within(b, a)}
    for area_id in tree.areas:
        path = tree.path(area_id)
        assert (path[0], path[-1]) == (tree.root, tree.areas[area_id])
        assert [area.parent for area in path] == [None, *(area.id for area in path[:-1])]
        assert {area.id for area in path} == {ancestor for ancestor, inside in pairs if inside == area_id}


@given(area_lists)
def test_every_area_but_the_city_is_the_child_of_its_parent(areas: list[Area]) -> None:
    tree = AreaTree.of(areas)
    inside = sorted((child, parent) for parent, children in tree.children.items() for child in children)
    assert inside == sorted((area.id, area.parent) for area in tree.areas.values() if area.parent)
    assert tree.areas.keys() == {area.id for area in areas} | {tree.unknown.id}
    assert tree.unknown.parent == tree.root.id


def test_an_area_that_is_not_there_is_named() -> None:
    with pytest.raises(AreaError, match="'42' is not an area of Some City"):
        AreaTree.of([CITY, COUNTY]).path("42")
