"""Judges response, precedence and not-response by windows over the events of a key.

An event has an interval of time. Precedence is response with time turned round, so below `begin`
and `finish` are the interval's ends in the direction in which a related event is looked for, and a
limit is counted on a clock (`begin_work`, `finish_work`), which is the same without a calendar.

Among the events that begin certainly after the activation, the one that finishes first decides
whether one is certainly in time; among those that finish possibly after it, the one that begins
first decides whether one is possibly in time. So two windows are enough, each over all that
follows, and no event is ever compared with each other one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.log.columns import quoted
from linter.log.judge import clocks, conditions, tables
from linter.log.judge.plan import Plan, Task
from linter.logic.conditions import Condition
from linter.logic.constraints import NotResponse, Precedence, Response

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Relation = Response | Precedence | NotResponse

# What of a related event decides. The order of the parts matters: the first is compared first.
_SURE = "{'point': finish, 'id': id, 'work': finish_work, 'd': d}"
_MAYBE = "{'point': begin, 'id': id, 'work': begin_work, 'd': d, 'why': why_other}"


def judge(con: DuckDBPyConnection, plan: Plan, number: int, task: Task) -> None:
    """Writes down the verdicts of one task."""
    constraint = task.constraint
    if not isinstance(constraint, Relation):
        raise TypeError(constraint)
    if len(constraint.different) > 1:
        raise ValueError("only one field may have to differ")
    con.execute(f"create or replace temp table judge_base as {_base(plan, task, constraint)}")
    if constraint.different:
        related = _different_related(constraint)
    else:
        related = _related(constraint)
        con.execute(
            f"""create or replace temp table judge_unclear as
            select distinct {_keys(constraint)} from judge_base
            where (begin <> finish or b is null) and not lacks"""
        )
    tables.record(con, number, _verdicts(plan, constraint, related))
    con.execute("drop table judge_base")
    con.execute("drop table if exists judge_unclear")


def wanted(constraint: Relation) -> Condition:
    """What is looked for around an activation."""
    return constraint.before if isinstance(constraint, Precedence) else constraint.then


def _base(plan: Plan, task: Task, constraint: Relation) -> str:
    """The rows that matter: activations (a), what excuses them (u) and related events (b)."""
    group = [constraint.key, *constraint.same]
    keys = ", ".join(f"{quoted(name)} as k{index}" for index, name in enumerate(group))
    lacks = " or ".join(f"{quoted(name)} is null" for name in group)
    different = quoted(constraint.different[0]) if constraint.different else "null::varchar"
    counted = tables.counted_condition(constraint.event, constraint.unless)
    other = wanted(constraint)
    of = " of an earlier event" if isinstance(constraint, Precedence) else " of a later event"
    first_work, last_work, joins = clocks.worked(plan, constraint.within)
    ends = f"{tables.TIME} as begin, {tables.TIME_END} as finish"
    work = f"{first_work} as begin_work, {last_work} as finish_work"
    if isinstance(constraint, Precedence):
        ends = f"-{tables.TIME_END} as begin, -{tables.TIME} as finish"
        work = f"-({last_work}) as begin_work, -({first_work}) as finish_work"
    return f"""
        select id, {tables.TIME} as t, {ends}, {work}, {keys}, {different} as d, a, u, b, lacks,
            case when a is null or u is null then {conditions.reason(counted)}
                when lacks then {conditions.worded(conditions.missing_of(group))} end as why,
            case when b is null then {conditions.worded(conditions.missing(other), of)}
                end as why_other
        from (
            select *, {lacks} as lacks,
                case when {tables.in_force(task)} then {tables.truth(constraint.event)}
                    else false end as a,
                {tables.truth(constraint.unless)} as u,
                case when {lacks} then false else {tables.truth(other)} end as b
            from events
        ){joins}
        where coalesce(a, true) or coalesce(b, true)"""


def _keys(constraint: Relation) -> str:
    return ", ".join(f"k{index}" for index in range(1 + len(constraint.same)))


def _strict(constraint: Relation) -> int:
    """By how much a related event must be later: ties never make a violation."""
    return 1 if isinstance(constraint, NotResponse) else 0


def _related(constraint: Relation) -> str:
    """The rows with the related events that decide: `sure` and `maybe`, NULL where there is none.

    Where all times of a key are exact and every related event is certain, which is the rule, one
    window finds all: `maybe` can add nothing."""
    keys, later = _keys(constraint), _strict(constraint)
    sure = f"min(case when b then {_SURE} end)"
    maybe = f"min(case when coalesce(b, true) then {_MAYBE} end)"
    start = f"{later} following" if later else "current row"
    at_once = f"order by begin range between {start} and unbounded following"
    after = f"order by begin range between (finish - begin + {later}) following"
    return f"""
        select *, {sure} over (partition by {keys} {at_once} {_OTHERS}) as sure,
            null::{_MAYBE_TYPE} as maybe
        from judge_base anti join judge_unclear using ({keys})
        union all
        select *, {sure} over (partition by {keys} {after} and unbounded following {_OTHERS})
                as sure,
            {_maybe_window(constraint, maybe)} as maybe
        from judge_base semi join judge_unclear using ({keys})"""


_OTHERS = "exclude current row"
_MAYBE_TYPE = "STRUCT(point BIGINT, id VARCHAR, work BIGINT, d VARCHAR, why VARCHAR)"


def _maybe_window(constraint: Relation, found: str) -> str:
    """An aggregate over the other events that finish possibly after an activation's beginning."""

    def over(start: str) -> str:
        return (
            f"{found} over (partition by {_keys(constraint)} order by finish"
            f" range between {start} and unbounded following {_OTHERS})"
        )

    if not _strict(constraint):
        return over("(finish - begin) preceding")
    # A frame cannot be offset by less than nothing.
    exact, spread = over("1 following"), over("greatest(finish - begin - 1, 0) preceding")
    return f"case when begin = finish then {exact} else {spread} end"


def _different_related(constraint: Relation) -> str:
    """As `_related`, where a field `d` must differ in both events.

    For each place in time the two best related events with different values are kept: one of them
    differs from whatever the activation has. An event without a value may differ from any."""
    keys, later = _keys(constraint), _strict(constraint)
    of = " of an earlier event" if isinstance(constraint, Precedence) else " of a later event"
    unknown = conditions.text(f"{constraint.different[0]}{of} is not known")
    lacking = _MAYBE.replace("why_other", f"coalesce(why_other, {unknown})")
    possible = "coalesce(b, true)"
    any_other = _maybe_window(constraint, f"min(case when {possible} then {_MAYBE} end)")
    without = _maybe_window(
        constraint, f"min(case when {possible} and d is null then {lacking} end)"
    )
    return f"""
        with {_two_best("sure", keys, "begin", _SURE, "b and d is not null")},
        {_two_best("maybe", keys, "finish", _MAYBE, f"{possible} and d is not null")},
        {_looked_up("sure", keys, f"finish + {later}")},
        {_looked_up("maybe", keys, f"begin + {later}")},
        base as (select *, {any_other} as any_other, {without} as without from judge_base)
        select base.*, {_differing("sure_at.found")} as sure,
            case when d is null then any_other
                else {_lesser("without", f"({_differing('maybe_at.found')})")} end as maybe
        from base join sure_at using (id) join maybe_at using (id)"""


def _two_best(name: str, keys: str, order: str, value: str, candidates: str) -> str:
    """Common table expressions that end in NAME: the candidates in their order, each with the best
    value among those from it on (`best`) and the best among those that differ from it (`second`).

    `best` stays the same along runs, within which the second best is either a candidate of the run
    that differs or the best of the next run."""
    follow = "range between current row and unbounded following"
    return f"""
        {name}_1 as (
            select {keys}, id, {order} as place, d, {value} as this,
                min({value}) over (partition by {keys} order by {order} {follow}) as best
            from judge_base where {candidates}),
        {name}_2 as (
            select *, coalesce(best.d <> lag(best.d) over (
                partition by {keys} order by place, id), true)::int as fresh
            from {name}_1),
        {name}_3 as (
            select *, sum(fresh) over (
                partition by {keys} order by place, id rows unbounded preceding) as run
            from {name}_2),
        {name}_4 as (
            select *, min(case when d <> best.d then this end) over (
                    partition by {keys}, run order by place {follow}) as inside,
                min(best) over (
                    partition by {keys} order by run
                    range between 1 following and unbounded following) as behind
            from {name}_3),
        {name} as (
            select {keys}, place,
                {{'place': place, 'best': best, 'second': {_lesser("inside", "behind")}}} as found
            from {name}_4)"""


def _looked_up(name: str, keys: str, start: str) -> str:
    """A common table expression NAME_at: for each row by its id, what NAME has from `start` on."""
    return f"""
        {name}_at as (
            select id, found from (
                select id, min(found) over (
                    partition by {keys} order by place
                    range between current row and unbounded following) as found
                from (
                    select null as id, {keys}, place, found from {name}
                    union all
                    select id, {keys}, {start}, null from judge_base where coalesce(a, true)))
            where id is not null)"""


def _differing(found: str) -> str:
    best = f"{found}.best"
    return f"case when {best}.d <> d then {best} when d is not null then {found}.second end"


def _lesser(one: str, other: str) -> str:
    """The lesser of two values; a value rather than NULL."""
    return f"(case when {one} < {other} then {one} else coalesce({other}, {one}) end)"


def _verdicts(plan: Plan, constraint: Relation, related: str) -> str:
    """The verdicts of the activations among the rows."""
    limit = constraint.within
    sure = "coalesce(sure is not null, false)"
    maybe = "coalesce(maybe is not null, false)"
    pending = "false"
    if limit is not None:
        sure = f"coalesce(sure.work - begin_work <= {limit.length}, false)"
        maybe = f"coalesce(maybe.work - finish_work <= {limit.length}, false)"
        if limit.calendar is None and limit.length < _strict(constraint):
            sure = maybe = "false"
        if not isinstance(constraint, Precedence):
            pending = clocks.not_run_out(plan, limit, "finish_work")
    if isinstance(constraint, NotResponse):
        pending = f"(not {sure} and not {maybe} and {pending})"
        required = (
            f"case when lacks then null when {sure} then false when {maybe} then null"
            f" else not {pending} end"
        )
    else:
        required = (
            f"case when lacks then null when {sure} then true when {maybe} then null else false end"
        )
    verdict = tables.verdict("a", "u", required, pending)
    lacking = "null"
    if constraint.different:
        unknown = conditions.text(f"{constraint.different[0]} is not known")
        lacking = f"case when d is null then {unknown} end"
    return f"""
        select id, t, verdict,
            case when verdict = {tables.CANNOT_TELL}
                then coalesce(why, {lacking}, maybe.why, '{clocks.ROUGH}') end as reason,
            sure.id as other, sure.work - begin_work as elapsed,
            null::bigint as "count", null::varchar as more
        from (select *, {verdict} as verdict from ({related}) where coalesce(a, true))
        where verdict is not null"""
