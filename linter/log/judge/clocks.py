"""The clocks of a plan as tables, and the columns by which an event reads them."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from linter.log.judge import tables
from linter.log.judge.plan import Plan, microseconds
from linter.logic.constraints import Calendar, Limit

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ROUGH = "the time between two events is not known exactly"
_NOTHING = (0, 0)


def create(con: DuckDBPyConnection, plan: Plan) -> None:
    """Makes a table of each clock: a row a day in UTC, with its spans of working time."""
    for clock in plan.clocks:
        before = [worked for worked, _ in clock.days]
        spans = list(zip_longest(*(spans for _, spans in clock.days), fillvalue=_NOTHING))
        columns = {"number": list(range(len(before))), "before": before}
        for index, each in enumerate(spans):
            columns[f"s{index}"] = [start for start, _ in each]
            columns[f"e{index}"] = [end for _, end in each]
        # As one text each: DuckDB 1.5 is slow to take long lists of numbers.
        listed = ", ".join(
            f"cast(unnest(string_split(?, ' ')) as bigint) as {name}" for name in columns
        )
        con.execute(
            f"""create or replace temp table {_table(plan, clock.calendar)} as
            select *, date '{clock.first}' + number::integer as day from (select {listed})""",
            [" ".join(map(str, values)) for values in columns.values()],
        )


def drop(con: DuckDBPyConnection, plan: Plan) -> None:
    """Drops these tables."""
    for clock in plan.clocks:
        con.execute(f"drop table if exists {_table(plan, clock.calendar)}")


def worked(plan: Plan, limit: Limit | None) -> tuple[str, str, str]:
    """SQL for what the clock of a limit says at an event's first and at its last instant, and the
    joins to `events` that this needs."""
    if limit is None or limit.calendar is None:
        return tables.TIME, tables.TIME_END, ""
    table, clock = _table(plan, limit.calendar), plan.clock(limit.calendar)
    low, high = clock.bounds
    first, last = (f"least({high}, greatest({low}, {at}))" for at in (tables.TIME, tables.TIME_END))
    joins = (
        f" left join {table} first on first.day = cast(make_timestamp({first}) as date)"
        f" left join {table} last on last.day = cast(make_timestamp({last}) as date)"
    )
    count = max((len(spans) for _, spans in clock.days), default=0)
    return _at("first", first, count), _at("last", last, count), joins


def not_run_out(plan: Plan, limit: Limit | None, worked_from: str) -> str:
    """Whether a limit that runs from a reading of the clock ends behind the log's end."""
    if limit is None:
        return "false"
    if plan.log_end is None:
        raise LookupError("the plan is not prepared")
    # Just behind the end: at the end itself, a limit that ends there has run out.
    behind = microseconds(plan.log_end) + 1
    reading = behind if limit.calendar is None else plan.clock(limit.calendar).at(behind)
    return f"({reading} - {worked_from} <= {limit.length})"


def _at(table: str, instant: str, count: int) -> str:
    spans = (
        f"greatest(0, least({instant}, {table}.e{index}) - {table}.s{index})"
        for index in range(count)
    )
    return " + ".join((f"{table}.before", *spans))


def _table(plan: Plan, calendar: Calendar) -> str:
    number = [clock.calendar for clock in plan.clocks].index(calendar)
    return f"judge_clock{number}"
