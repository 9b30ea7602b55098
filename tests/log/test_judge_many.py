"""Bursts and rates say what a loop over all events says."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from linter.logic.conditions import All
from linter.logic.constraints import Burst, Limit, Nearby, RateBy
from tests.log.judge_logs import CONDITIONS, DAY, EXAMPLES, FRIDAY, HOUR, check, is_, logs

FEW = settings(max_examples=EXAMPLES, deadline=None)
LIMITS = st.builds(Limit, st.sampled_from((0, HOUR, 3 * HOUR, DAY)))
NEARBY = st.one_of(st.none(), st.builds(Nearby, CONDITIONS, LIMITS))
BURSTS = st.builds(
    Burst,
    CONDITIONS,
    st.integers(2, 4),
    LIMITS,
    st.sampled_from((None, None, "conversation", "actor")),
    NEARBY,
    NEARBY,
    NEARBY,
)


@FEW
@given(
    logs(size=20),
    st.lists(BURSTS, min_size=1, max_size=4),
    st.integers(0, 30),
    st.one_of(st.none(), st.integers(0, 24)),
)
def test_bursts_are_found_one_after_the_other(
    rows: list[dict[str, Any]], constraints: list[Burst], hours: int, start: int | None
) -> None:
    since = None if start is None else FRIDAY + start * HOUR
    check(rows, constraints, FRIDAY + hours * HOUR, since)


@st.composite
def rates(draw: st.DrawFn) -> RateBy:
    beside = (draw(CONDITIONS), draw(CONDITIONS)) if draw(st.booleans()) else (None, None)
    return RateBy(
        draw(CONDITIONS),
        draw(st.one_of(CONDITIONS, st.just(All(())))),
        draw(st.sampled_from(((), (), ("actor",), ("actor", "channel")))),
        draw(st.sampled_from((None, None, "day", "week", "month", "quarter", "year"))),
        draw(st.sampled_from((0.0, 0.1, 0.3))),
        draw(st.integers(1, 4)),
        *beside,
    )


@FEW
@given(logs(spread=90 * DAY, size=40), st.lists(rates(), min_size=1, max_size=4))
def test_a_rate_violates_only_where_it_is_certainly_above(
    rows: list[dict[str, Any]], constraints: list[RateBy]
) -> None:
    check(rows, constraints, FRIDAY + DAY)


def test_many_of_a_conversation_make_a_rate_certain() -> None:
    """20 of 20 are certainly more than half; 12 of 20 may be chance."""
    rate = RateBy(is_("kind", "complaint"), is_("event", "comment"), at_most=0.5)
    for complaints in (12, 20):
        rows = [
            {
                "id": f"c{number}",
                "event": "comment",
                "kind": "complaint" if number < complaints else "praise",
                "time": FRIDAY,
                "time.end": FRIDAY,
            }
            for number in range(20)
        ]
        check(rows, [rate], FRIDAY)
