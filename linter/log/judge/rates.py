"""Judges rates: whether a share is certainly above a bound, with its 95 % interval.

All is reckoned from whole numbers, in one order and rounded to nine digits, so that every runner
writes the same. Wilson: Probable inference, the law of succession, and statistical inference, JASA
22 (1927). Newcombe: Interval estimation for the difference between independent proportions, method
10, Statistics in Medicine 17 (1998).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.log.columns import quoted
from linter.log.judge import conditions, tables
from linter.log.judge.plan import Task
from linter.logic.conditions import All, Condition
from linter.logic.constraints import RateBy

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Z = 1.959963984540054
ALL, WHOLE = "all", "the whole log"
_PERIODS = {
    "day": "strftime(period, '%Y-%m-%d')",
    "week": "strftime(period, '%G-W%V')",
    "month": "strftime(period, '%Y-%m')",
    "quarter": "strftime(period, '%Y') || '-Q' || quarter(period)",
    "year": "strftime(period, '%Y')",
}


def judge(con: DuckDBPyConnection, number: int, task: Task, constraint: RateBy) -> None:
    """Writes down the verdicts of one task: one for each group, and that one cannot tell for each
    event that belongs to no group or may not count."""
    con.execute(f"create or replace temp table judge_base as {_base(task, constraint)}")
    tables.record(con, number, _verdicts(constraint))
    con.execute("drop table judge_base")


def _base(task: Task, constraint: RateBy) -> str:
    """The events that count: `s1` is 2 where they fulfil `event` too, else 1; `s2` for the share
    beside it. `why` says what is missing to count them."""
    by = "".join(f", {quoted(name)} as g{index}" for index, name in enumerate(constraint.by))
    period = "null::timestamp"
    if constraint.period is not None:
        period = f"""cast(date_trunc('{constraint.period}', "time") as timestamp)"""
    shares = [(constraint.event, constraint.of)]
    if constraint.beside_event is not None and constraint.beside_of is not None:
        shares.append((constraint.beside_event, constraint.beside_of))
    states = [_state(*share) for share in shares] + ["0"] * (2 - len(shares))
    why = " ".join(
        f"when s{number} is null then {conditions.reason(All((of, event)))}"
        for number, (event, of) in enumerate(shares, 1)
    )
    lacks = conditions.missing_of(constraint.by)
    return f"""
        select id, t, period, s1, s2{"".join(f", g{n}" for n in range(len(constraint.by)))},
            case {why} when len({lacks}) > 0 then {conditions.worded(lacks)} end as why
        from (
            select *, {tables.TIME} as t, {period} as period, {states[0]} as s1,
                {states[1]} as s2{by}
            from events where {tables.in_force(task)})
        where coalesce(s1, 1) > 0 or coalesce(s2, 1) > 0"""


def _state(event: Condition, of: Condition) -> str:
    is_of, is_event = conditions.sql(of), conditions.sql(event)
    return (
        f"case when not {is_of} then 0 when {is_of} is null or {is_event} is null then null"
        f" when {is_event} then 2 else 1 end"
    )


def _verdicts(constraint: RateBy) -> str:
    names = [f"g{index}" for index in range(len(constraint.by))]
    groups = ", ".join(("period", *names))
    known = " and ".join(f"{name} is not null" for name in names) or "true"
    beside = constraint.beside_of is not None
    enough = f"n >= {constraint.at_least}"
    low, high, rate = "low1", "high1", "rate1"
    intervals = _wilson("k", "n", "1")
    if beside:
        enough += f" and n2 >= {constraint.at_least}"
        intervals += ", " + _wilson("k2", "n2", "2")
        low, high = _difference("low1", "high2", "-"), _difference("low2", "high1", "+")
    group = f"concat_ws(', ', {', '.join(names)})" if names else f"'{ALL}'"
    period = _PERIODS[constraint.period] if constraint.period else f"'{WHOLE}'"
    told = {
        "group": group,
        "period": period,
        "n": "cast(n as varchar)",
        "rate": percent(rate),
        "low": percent("low", "points" if beside else "%"),
        "high": percent("high", "points" if beside else "%"),
    }
    if beside:
        told["beside"] = percent("rate2")
    more = ", ".join(f"'{name}', {value}" for name, value in told.items())
    few = f"fewer than {constraint.at_least} events"
    return f"""
        select first.id as id, first.t as t, verdict,
            case when verdict = {tables.CANNOT_TELL} then '{few}' end as reason,
            null::varchar as other, null::bigint as elapsed, k as "count",
            case when verdict = {tables.VIOLATION} then cast(json_object({more}) as varchar) end
                as more
        from (
            select *, case when not ({enough}) then {tables.CANNOT_TELL}
                when low > {constraint.at_most!r}::double then {tables.VIOLATION}
                else {tables.PASS} end::tinyint as verdict
            from (
                select *, {low} as low, {high} as high from (
                    select *, {intervals} from (
                        select {groups}, count(*) filter (s1 > 0) as n,
                            count(*) filter (s1 = 2) as k, count(*) filter (s2 > 0) as n2,
                            count(*) filter (s2 = 2) as k2,
                            min({{'t': t, 'id': id}}) filter (s1 > 0) as first
                        from judge_base where {known} group by {groups})
                    where n > 0)))
        union all
        select id, t, {tables.CANNOT_TELL}, why, null, null, null, null
        from judge_base where why is not null"""


def _wilson(count: str, total: str, suffix: str) -> str:
    """The columns rate, low and high of a share, with a suffix."""
    p, n, z = f"({count}::double / {total}::double)", f"{total}::double", f"{Z!r}::double"
    widen = f"(1.0::double + {z} * {z} / {n})"
    centre = f"({p} + {z} * {z} / (2.0::double * {n}))"
    spread = f"{p} * (1.0::double - {p}) / {n} + {z} * {z} / (4.0::double * {n} * {n})"
    half = f"({z} * sqrt({spread}))"
    low = f"round(greatest(0.0::double, ({centre} - {half}) / {widen}), 9)"
    high = f"round(least(1.0::double, ({centre} + {half}) / {widen}), 9)"
    whole = f"case when {total} > 0 then"
    return (
        f"{whole} {p} end as rate{suffix}, {whole} {low} end as low{suffix},"
        f" {whole} {high} end as high{suffix}"
    )


def _difference(near: str, far: str, side: str) -> str:
    """A bound of the difference of both rates, by Newcombe's method 10."""
    first = f"(rate{near[-1]} - {near})"
    second = f"({far} - rate{far[-1]})"
    return f"round(rate1 - rate2 {side} sqrt({first} * {first} + {second} * {second}), 9)"


def percent(share: str, unit: str = "%") -> str:
    """A share in percent, as text in SQL."""
    return f"format('{{:.1f}} {unit}', 100.0::double * {share})"
