"""Judges existence (a count for each group of events) and at-most (a running count in it)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.log.columns import quoted
from linter.log.judge import clocks, conditions, tables
from linter.log.judge.plan import Plan, Task
from linter.logic.constraints import AtMost, Existence

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def judge_existence(
    con: DuckDBPyConnection, number: int, task: Task, constraint: Existence
) -> None:
    """Writes down the verdicts of one task: one for each group, and for each event in none."""
    key, least = quoted(constraint.key), constraint.at_least
    of = "true" if constraint.of is None else conditions.sql(constraint.of)
    asked = [constraint.of, constraint.unless, constraint.event]
    hanging = [conditions.hanging(each) if each else {} for each in asked]
    names = dict.fromkeys(name for each in hanging for name in each)
    marks = {
        f"h{part}_{index}": hanging[part][name]
        for index, name in enumerate(names)
        for part in range(len(asked))
        if name in hanging[part]
    }
    hang = "".join(f", {each} as {mark}" for mark, each in marks.items())
    hangs = "".join(f", bool_or({mark}) as {mark}" for mark in marks)
    unknown = [
        (
            name,
            " or ".join(
                f"({part} is null and h{number}_{index})"
                for number, part in enumerate(("a", "u", "r"))
                if f"h{number}_{index}" in marks
            ),
        )
        for index, name in enumerate(names)
    ]
    reason = conditions.worded(conditions.names_where(unknown))
    tables.record(
        con,
        number,
        f"""
        select shown.id as id, shown.t as t,
            case when {tables.in_force(task, "shown.t")} then verdict end as verdict,
            case when verdict = {tables.CANNOT_TELL} then case
                when lacks then {conditions.text(f"{constraint.key} is not known")}
                else {reason} end end as reason,
            null::varchar as other, null::bigint as elapsed, p as "count", null::varchar as more
        from (
            select *, {tables.verdict("a", "u", "r")} as verdict,
                case when a then sure else maybe end as shown
            from (
                select *, case when lacks then null when p >= {least} then true
                    when p + q >= {least} then null else false end as r
                from (
                    select key is null as lacks, {_some("o")} as a, {_some("u")} as u,
                        count(*) filter (b) as p, count(*) filter (b is null) as q,
                        min({{'t': t, 'id': id}}) filter (o) as sure,
                        min({{'t': t, 'id': id}}) filter (o is null) as maybe{hangs}
                    from (
                        select id, {tables.TIME} as t, {key} as key,
                            case when {key} is null then id end as alone,
                            {of} as o, {tables.truth(constraint.unless)} as u,
                            {tables.truth(constraint.event)} as b{hang}
                        from events)
                    where coalesce(o, true) or coalesce(u, true) or coalesce(b, true)
                    group by key, alone)))
        where verdict is not null""",
    )


def _some(column: str) -> str:
    """Whether one of a group's truth values holds, as Kleene has it."""
    return (
        f"case when bool_or({column}) then true when bool_or({column} is null) then null"
        " else false end"
    )


def judge_at_most(
    con: DuckDBPyConnection, plan: Plan, number: int, task: Task, constraint: AtMost
) -> None:
    """Writes down the verdicts of one task: one for each event that counts."""
    counted = tables.counted_condition(constraint.event, constraint.unless)
    first_work, last_work, joins = clocks.worked(plan, constraint.within)
    counts, possible = _counts(constraint)
    earlier = conditions.worded(conditions.missing(counted), " of an earlier event")
    con.execute(
        f"""create or replace temp table judge_base as
        select id, {tables.TIME} as t, {first_work} as begin_work, {last_work} as finish_work,
            key, force, a, u, c,
            case when c is null then {conditions.reason(counted)} end as why,
            case when c is null then {earlier} end as why_other
        from (
            select *, {quoted(constraint.key)} as key, {tables.in_force(task)} as force,
                {tables.truth(constraint.event)} as a, {tables.truth(constraint.unless)} as u,
                {conditions.sql(counted)} as c
            from events){joins}
        where coalesce(a, true)"""
    )
    no_key = conditions.text(f"{constraint.key} is not known")
    at_most = constraint.at_most
    tables.record(
        con,
        number,
        f"""
        select id, t, verdict,
            case when verdict = {tables.CANNOT_TELL}
                then coalesce(why, {_doubt(constraint)}, '{clocks.ROUGH}') end as reason,
            null::varchar as other, null::bigint as elapsed, n as "count", null::varchar as more
        from (
            select *, case when c and n > {at_most} then {tables.VIOLATION}
                    when m > {at_most} then {tables.CANNOT_TELL}
                    when c then {tables.PASS} end::tinyint as verdict
            from (
                select *, {counts} as n, {possible} as m,
                    max(case when c is null then {_DOUBTFUL} end) over {_ORDERED} as doubtful
                from judge_base where key is not null and coalesce(c, true)))
        where force and verdict is not null
        union all
        select id, t, {tables.PASS}, null, null, null, null, null
        from judge_base where force and a and u and key is not null
        union all
        select id, t, verdict, case when verdict = {tables.CANNOT_TELL}
            then coalesce(why, {no_key}) end, null, null, null, null
        from (
            select *, {tables.verdict("a", "u", "null::boolean")} as verdict
            from judge_base where key is null and force)
        where verdict is not null""",
    )
    con.execute("drop table judge_base")


_ORDERED = "(partition by key order by t, id rows unbounded preceding)"
_DOUBTFUL = "{'t': t, 'id': id, 'work': finish_work, 'why': why_other}"


def _counts(constraint: AtMost) -> tuple[str, str]:
    """How many events of a key count until an event, for certain and at the most.

    With a window, what lies before it is taken off: all that does comes earlier in the order."""
    sure = f"count(case when c then 1 end) over {_ORDERED}"
    maybe = f"count(*) over {_ORDERED}"
    if constraint.within is None:
        return sure, maybe
    window = max(constraint.within.length, 1)
    back = f"greatest({window} - (finish_work - begin_work), 0) preceding"
    gone = f"(partition by key order by begin_work range between unbounded preceding and {back})"
    far = f"{window} + (finish_work - begin_work) preceding"
    long_gone = (
        f"(partition by key order by finish_work range between unbounded preceding and {far})"
    )
    # An event that may itself take longer than the window is certainly only near itself.
    counted = f"{sure} - count(case when c then 1 end) over {gone}"
    return (
        f"case when finish_work - {window} >= begin_work then 1 else {counted} end",
        f"{maybe} - count(*) over {long_gone}",
    )


def _doubt(constraint: AtMost) -> str:
    """Why an earlier event may count: the latest one, if it lies in the window."""
    if constraint.within is None:
        return "doubtful.why"
    near = f"doubtful.work > begin_work - {max(constraint.within.length, 1)}"
    return f"case when {near} then doubtful.why end"
