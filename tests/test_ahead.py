from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from pipelines.ahead import ahead


def test_items_come_in_order() -> None:
    assert list(ahead(iter(range(100)))) == list(range(100))


def test_the_next_item_is_made_while_the_present_one_is_used() -> None:
    begun = threading.Event()

    def items() -> Iterator[int]:
        yield 1
        begun.set()
        yield 2

    stream = ahead(items())
    assert next(stream) == 1
    assert begun.wait(5)
    assert list(stream) == [2]


def test_no_more_is_made_than_was_allowed() -> None:
    made: list[int] = []

    def items() -> Iterator[int]:
        for number in range(10):
            made.append(number)
            yield number

    stream = ahead(items())
    assert next(stream) == 0
    stream.close()
    assert len(made) <= 3


def test_an_error_comes_after_what_came_before_it() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise ValueError("broken")

    stream = ahead(items())
    assert next(stream) == 1
    with pytest.raises(ValueError, match="broken"):
        next(stream)


def test_what_is_left_early_is_closed_on_its_own_thread() -> None:
    closed: list[str] = []

    def items() -> Iterator[int]:
        try:
            yield from range(100)
        finally:
            closed.append(threading.current_thread().name)

    stream = ahead(items())
    assert next(stream) == 0
    stream.close()
    assert closed == ["ahead"]
