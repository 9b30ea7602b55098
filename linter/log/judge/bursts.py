"""Judges bursts: many events in a short time, and what came after or before them."""

from __future__ import annotations

from array import array
from itertools import islice
from typing import TYPE_CHECKING

from linter.log.columns import quoted
from linter.log.judge import clocks, conditions, tables
from linter.log.judge.plan import Plan, Task
from linter.logic.conditions import comparisons
from linter.logic.constraints import Burst, Nearby

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_ROWS = 50_000
_STARTS, _BURSTS = "judge_starts", "judge_bursts"


def judge(con: DuckDBPyConnection, plan: Plan, number: int, task: Task, constraint: Burst) -> None:
    """Writes down the verdicts of one task: one for each burst."""
    _find(con, constraint)
    after = f"asof left join {_events(constraint.after, 'max')} f on s.t >= f.t"
    then = f"asof left join {_events(constraint.then, 'min')} n on s.t <= n.t"
    maybe_then = f"asof left join {_events(constraint.then, 'min', maybe=True)} m on s.t <= m.t"
    before = f"asof left join {_events(constraint.before, 'max')} p on x.point >= p.t"
    maybe_before = (
        f"asof left join {_events(constraint.before, 'max', maybe=True)} q on x.point >= q.t"
    )
    point = "f.t" if constraint.after else "s.t"
    alone = constraint.then is None and constraint.before is None
    required = "false" if alone else "then_so and before_so"
    pending = "false"
    if constraint.then is not None:
        lasting = clocks.not_run_out(plan, constraint.then.within, "t")
        pending = f"(coalesce(before_so, true) and {lasting})"
    tables.record(
        con,
        number,
        f"""
        select id, t, verdict,
            case when verdict = {tables.CANNOT_TELL} then {_reason(constraint)} end as reason,
            other, null::bigint as elapsed, n as "count", null::varchar as more
        from (
            select *, {tables.verdict("active", "false", required, pending)}
                as verdict
            from (
                select x.*, {_near(constraint.before, "x.point - p.t", "x.point - q.t")}
                    as before_so
                from (
                    select s.id, s.t, s.n, {point} as point, f.id as other,
                        {_within(constraint.after, "s.t - f.t")} and {tables.in_force(task, "s.t")}
                            as active,
                        {_near(constraint.then, "n.t - s.t", "m.t - s.t")} as then_so
                    from {_BURSTS} s {after} {then} {maybe_then}) x
                {before} {maybe_before}
                where x.active))
        where verdict is not null""",
    )
    con.execute(f"drop table {_BURSTS}")


def _find(con: DuckDBPyConnection, constraint: Burst) -> None:
    """Makes a table of the bursts: their first event and how many there are."""
    by = quoted(constraint.by) if constraint.by else "''"
    con.execute(
        f"""create or replace temp table {_STARTS} as
        select row_number() over (order by by_value, t, id) as number, by_value, t, id, n
        from (
            select *, count(*) over (partition by by_value order by t range between current row
                and {constraint.window.length} following) as n
            from (select id, {tables.TIME} as t, {by} as by_value from events
                where {conditions.sql(constraint.event)})
            where by_value is not null)
        where n >= {constraint.at_least}"""
    )
    chosen = _first_of_each(con, constraint.window.length)
    con.execute(f"create or replace temp table {_BURSTS} (id VARCHAR, t BIGINT, n BIGINT)")
    numbers = iter(chosen)
    while some := list(islice(numbers, _ROWS)):
        con.execute(
            f"""insert into {_BURSTS} select id, t, n from {_STARTS}
            join (select unnest(?::bigint[]) as number) using (number)""",
            [some],
        )
    con.execute(f"drop table {_STARTS}")


def _first_of_each(con: DuckDBPyConnection, window: int) -> array[int]:
    """The numbers of the events at which bursts begin: of those with enough events behind them, the
    first, then the first behind its window, and so on. Each depends on the one before it."""
    chosen = array("q")
    inside_until: int | None = None
    rows = con.execute(
        f"""select number, t, coalesce(by_value <> lag(by_value) over (order by number), true)
        from {_STARTS} order by number"""
    )
    while some := rows.fetchmany(_ROWS):
        for number, t, is_other in some:
            if is_other or inside_until is None or t > inside_until:
                chosen.append(number)
                inside_until = t + window
    return chosen


def _events(nearby: Nearby | None, tie: str, *, maybe: bool = False) -> str:
    """The times at which an event comes, each once, with the first or last id."""
    if nearby is None:
        return "(select null::bigint as t, null::varchar as id where false)"
    wanted = conditions.sql(nearby.event)
    if maybe:
        wanted = f"({wanted}) is null"
    return f"(select {tables.TIME} as t, {tie}(id) as id from events where {wanted} group by 1)"


def _within(nearby: Nearby | None, distance: str) -> str:
    if nearby is None:
        return "true"
    return f"coalesce({distance} <= {nearby.within.length}, false)"


def _near(nearby: Nearby | None, sure: str, maybe: str) -> str:
    """Whether an event came within the limit; NULL if only an undecided one did."""
    if nearby is None:
        return "true"
    return (
        f"case when {_within(nearby, sure)} then true when {_within(nearby, maybe)} then null"
        " else false end"
    )


def _reason(constraint: Burst) -> str:
    """Which fields of an event near the burst are not known: all that its condition asks for."""
    cases = []
    for column, nearby in (("then_so", constraint.then), ("before_so", constraint.before)):
        if nearby is not None:
            names = dict.fromkeys(
                test.field for test in comparisons(nearby.event) if test.field != "event"
            )
            told = f"{' or '.join(names)} of an event near the burst is not known"
            cases.append(f"when {column} is null then {conditions.text(told)}")
    return f"case {' '.join(cases)} end" if cases else "null"
