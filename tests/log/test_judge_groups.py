"""Existence and at-most say what a loop over all events says."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from linter.logic.constraints import AtMost, Existence, Limit
from tests.log.judge_logs import (
    CALENDARS,
    CONDITIONS,
    DAY,
    EXAMPLES,
    FRIDAY,
    HOUR,
    LENGTHS,
    UNLESS,
    check,
    logs,
)

KEYS = st.sampled_from(("conversation", "channel"))
FEW = settings(max_examples=EXAMPLES, deadline=None)
EXISTENCES = st.builds(
    Existence, CONDITIONS, KEYS, st.integers(1, 3), st.one_of(st.none(), CONDITIONS), UNLESS
)


@st.composite
def at_mosts(draw: st.DrawFn, working: bool) -> AtMost:
    calendar = draw(CALENDARS) if working else None
    length = draw(LENGTHS.filter(bool) if working else st.one_of(st.none(), LENGTHS.filter(bool)))
    limit = None if length is None else Limit(length, calendar)
    return AtMost(draw(CONDITIONS), draw(KEYS), draw(st.integers(1, 3)), limit, draw(UNLESS))


@FEW
@given(
    logs(),
    st.lists(EXISTENCES, min_size=1, max_size=4),
    st.one_of(st.none(), st.integers(0, 24)),
    st.one_of(st.none(), st.integers(0, 24)),
)
def test_a_group_is_judged_by_its_events(
    rows: list[dict[str, Any]], constraints: list[Existence], start: int | None, end: int | None
) -> None:
    bounds = [None if hours is None else FRIDAY + hours * HOUR for hours in (start, end)]
    check(rows, constraints, FRIDAY + DAY, *bounds)


@FEW
@given(logs(), st.lists(at_mosts(working=False), min_size=1, max_size=4))
def test_events_beyond_a_number_are_found(
    rows: list[dict[str, Any]], constraints: list[AtMost]
) -> None:
    check(rows, constraints, FRIDAY + DAY)


@FEW
@given(logs(spread=4 * DAY), st.lists(at_mosts(working=True), min_size=1, max_size=3))
def test_a_stretch_of_working_time_is_counted_minute_by_minute(
    rows: list[dict[str, Any]], constraints: list[AtMost]
) -> None:
    check(rows, constraints, FRIDAY + DAY)
