"""Response, precedence, not-response and absence say what a loop over all pairs says."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from linter.logic.constraints import Absence, Limit, NotResponse, Precedence, Response
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


@st.composite
def relations(draw: st.DrawFn, working: bool = False) -> Any:
    template = draw(st.sampled_from((Response, Precedence, NotResponse)))
    calendar = draw(CALENDARS) if working else None
    length = draw(LENGTHS if calendar else st.one_of(st.none(), LENGTHS))
    return template(
        draw(CONDITIONS),
        draw(CONDITIONS),
        draw(st.sampled_from(("conversation", "channel"))),
        None if length is None else Limit(length, calendar),
        draw(st.sampled_from(((), (), ("actor",), ("actor.role", "kind")))),
        draw(st.sampled_from(((), (), ("actor",), ("channel",)))),
        draw(UNLESS),
    )


FEW = settings(max_examples=EXAMPLES, deadline=None)


@FEW
@given(logs(), st.lists(relations(), min_size=1, max_size=4), st.integers(0, 30))
def test_relations_are_judged_as_a_loop_judges_them(
    rows: list[dict[str, Any]], constraints: list[Any], hours: int
) -> None:
    check(rows, constraints, FRIDAY + hours * HOUR)


@FEW
@given(
    logs(spread=5 * DAY),
    st.lists(relations(working=True), min_size=1, max_size=3),
    st.integers(0, 6 * 24),
)
def test_limits_in_working_time_are_counted_minute_by_minute(
    rows: list[dict[str, Any]], constraints: list[Any], hours: int
) -> None:
    check(rows, constraints, FRIDAY + hours * HOUR)


@FEW
@given(
    logs(),
    st.lists(st.builds(Absence, CONDITIONS, UNLESS), min_size=1, max_size=5),
    st.one_of(st.none(), st.integers(0, 24)),
    st.one_of(st.none(), st.integers(0, 24)),
)
def test_absences_and_the_policy_in_force(
    rows: list[dict[str, Any]], constraints: list[Any], start: int | None, end: int | None
) -> None:
    bounds = [None if hours is None else FRIDAY + hours * HOUR for hours in (start, end)]
    check(rows, constraints, FRIDAY + DAY, *bounds)
