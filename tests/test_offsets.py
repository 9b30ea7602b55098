"""Offset maps, held against the plainest model: for each code point, the stretch it came from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.offsets import MapBuilder, OffsetMap, identity

Pieces = list[tuple[str, int, int, bool]]

pieces = st.lists(
    st.tuples(
        st.text("ab\n😀", max_size=4),
        st.integers(0, 3),  # code points of the source that are left out before the piece
        st.integers(0, 4),  # how many the piece covers, where it is not as long as its text
        st.booleans(),
    ),
    max_size=8,
)


def build(parts: Pieces) -> tuple[MapBuilder, list[tuple[int, int]], int]:
    """A map, the same as a list of stretches for each code point, and the source's length."""
    builder = MapBuilder()
    model: list[tuple[int, int]] = []
    at = 0
    for text, gap, length, as_it_is in parts:
        at += gap
        covered = len(text) if as_it_is else length
        builder.add(text, at, covered)
        if covered == len(text):
            model += [(at + number, at + number + 1) for number in range(len(text))]
        else:
            model += [(at, at + covered)] * len(text)
        at += covered if text else 0
    return builder, model, at


@given(pieces, st.data())
def test_a_stretch_reaches_from_its_first_to_its_last_code_point(
    parts: Pieces, data: st.DataObject
) -> None:
    builder, model, _ = build(parts)
    offsets = builder.map()
    assert builder.text() == "".join(text for text, *_ in parts)
    assert offsets.size == len(model)
    start = data.draw(st.integers(0, len(model)))
    end = data.draw(st.integers(start, len(model)))
    if start < end:
        assert offsets.span(start, end) == (model[start][0], model[end - 1][1])


@given(pieces)
def test_an_empty_stretch_is_a_point_where_the_next_code_point_came_from(parts: Pieces) -> None:
    builder, model, _ = build(parts)
    offsets = builder.map()
    for at, (first, _) in enumerate(model):
        assert offsets.span(at, at) == (first, first)
    if model:
        end = model[-1][1]
        assert offsets.span(len(model), len(model)) == (end, end)


@given(pieces)
def test_stretches_never_run_backwards(parts: Pieces) -> None:
    builder, model, size = build(parts)
    offsets = builder.map()
    places = [offsets.span(at, at + 1) for at in range(len(model))]
    assert places == sorted(places)
    assert all(0 <= first <= last <= size for first, last in places)


@given(pieces, st.integers(0, 9))
def test_a_shifted_map_tells_the_same_further_on(parts: Pieces, by: int) -> None:
    builder, model, _ = build(parts)
    offsets = builder.map()
    for at in range(len(model)):
        first, last = offsets.span(at, at + 1)
        assert offsets.shifted(by).span(at, at + 1) == (first + by, last + by)


@given(st.integers(0, 9), st.integers(0, 9), st.data())
def test_the_identity_adds_where_it_begins(size: int, at: int, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, size))
    end = data.draw(st.integers(start, size))
    if size:
        assert identity(size, at).span(start, end) == (start + at, end + at)


def test_neighbours_that_run_on_become_one_piece() -> None:
    # Else the map of a long text that is added line by line would grow with its lines.
    builder = MapBuilder()
    for line in range(100):
        builder.add("ab\n", 3 * line)
    assert builder.map() == identity(300)


def test_what_follows_an_escape_is_not_joined_with_it() -> None:
    builder = MapBuilder()
    builder.add("\n", 0, 2)
    builder.add("a", 2)
    assert builder.map() == OffsetMap((0, 1), (0, 2), (2, 1), 2)


@pytest.mark.parametrize(("start", "end"), [(-1, 0), (0, 4), (2, 1), (4, 4)])
def test_a_stretch_outside_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(IndexError, match="not inside a text of 3 code points"):
        identity(3).span(start, end)


def test_the_empty_text_has_one_place() -> None:
    assert identity(0).span(0, 0) == (0, 0)
    assert MapBuilder().map().span(0, 0) == (0, 0)
