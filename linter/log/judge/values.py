"""What the messages of violations may say, and the two tables that come out of judging."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from linter.log.columns import COLUMNS, quoted
from linter.log.judge import conditions, tables
from linter.log.judge.plan import Plan, Task, limit_of
from linter.logic import durations
from linter.logic.constraints import AtMost, Burst, Constraint, Existence, RateBy
from linter.logic.fields import OWN_PREFIX

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

UNKNOWN = "unknown"
_OF_RATES = ("group", "period", "n", "rate", "low", "high", "beside")
NONE, NEVER = "none", "never"
VERDICT_COLUMNS = """
    task VARCHAR, verdict VARCHAR, event VARCHAR, other VARCHAR, conversation VARCHAR,
    "time" TIMESTAMP, actor VARCHAR, file VARCHAR, "row" BIGINT, "values" VARCHAR, reason VARCHAR
"""
TALLY_COLUMNS = "task VARCHAR, verdict VARCHAR, reason VARCHAR, count BIGINT, places VARCHAR[]"


def write_verdicts(con: DuckDBPyConnection, plan: Plan) -> None:
    """Makes `verdicts` of what was found, with the columns of the events."""
    con.execute(f"create or replace table verdicts ({VERDICT_COLUMNS})")
    if not plan.tasks:
        return
    names = _cases(plan, lambda task: conditions.text(task.id))
    written = _cases(plan, _values)
    con.execute(
        f"""insert into verdicts
        select {names}, '{tables.VERDICTS[tables.VIOLATION]}', e.id, f.other, e.conversation,
            e."time", e.actor, e.file, e."row", {written}, null
        from judge_found f join events e on e.id = f.event"""
    )


PART_COLUMNS = """
    task VARCHAR, verdict VARCHAR, reason VARCHAR, count BIGINT,
    firsts STRUCT(t BIGINT, id VARCHAR, place VARCHAR)[]
"""


def write_tally_parts(con: DuckDBPyConnection, plan: Plan) -> None:
    """Makes `tally_parts` of what was counted: `tallies` in a form that `merge_tallies` can put
    together from several parts of a log."""
    con.execute(f"create or replace table tally_parts ({PART_COLUMNS})")
    if not plan.tasks:
        return
    names = _cases(plan, lambda task: conditions.text(task.id))
    verdicts = ", ".join(f"'{verdict}'" for verdict in tables.VERDICTS)
    con.execute(
        f"""create or replace temp table judge_merged as
        select task, verdict, reason, sum("count")::bigint as n,
            list_slice(list_sort(flatten(list(firsts))), 1, {tables.PLACES}) as firsts
        from judge_counted group by task, verdict, reason"""
    )
    # They are few: as a table of their own, they are looked for while the log is read.
    con.execute(
        """create or replace temp table judge_first as
        select distinct unnest(firsts).id as id from judge_merged"""
    )
    con.execute(
        """create or replace temp table judge_places as
        select id, {'t': epoch_us("time"), 'id': id, 'place': file || ':' || "row"} as first
        from events where id in (select id from judge_first)"""
    )
    con.execute(
        f"""insert into tally_parts
        with merged as (from judge_merged),
        places as (
            select f.task, f.verdict, f.reason, list(e.first) as firsts
            from (select task, verdict, reason, unnest(firsts) as first from merged) f
            join judge_places e on e.id = f.first.id
            group by f.task, f.verdict, f.reason)
        select {names}, [{verdicts}][f.verdict + 1], f.reason, f.n, coalesce(p.firsts, [])
        from merged f left join places p
            on p.task = f.task and p.verdict = f.verdict
            and p.reason is not distinct from f.reason"""
    )
    for table in ("judge_merged", "judge_first", "judge_places"):
        con.execute(f"drop table {table}")


def merge_tallies(con: DuckDBPyConnection, plan: Plan) -> None:
    """Makes `tallies` of all `tally_parts`, in the order of the plan's tasks."""
    tasks = ", ".join(conditions.text(task.id) for task in plan.tasks)
    verdicts = ", ".join(f"'{verdict}'" for verdict in tables.VERDICTS)
    con.execute(f"create or replace table tallies ({TALLY_COLUMNS})")
    con.execute(
        f"""insert into tallies
        select task, verdict, reason, n,
            [first.place for first in list_slice(list_sort(firsts), 1, {tables.PLACES})]
        from (
            select task, verdict, reason, sum(count)::bigint as n, flatten(list(firsts)) as firsts
            from tally_parts group by task, verdict, reason)
        order by list_position([{tasks}]::varchar[], task), list_position([{verdicts}], verdict),
            reason"""
    )
    con.execute("drop table tally_parts")


def _cases(plan: Plan, of: Callable[[Task], str]) -> str:
    cases = " ".join(f"when {number} then {of(task)}" for number, task in enumerate(plan.tasks))
    return f"(case f.task {cases} end)"


def _values(task: Task) -> str:
    """A JSON object of text in SQL: the values that a task's message uses."""
    own = _own_values(task)
    pairs = (
        f"{conditions.text(name)}, {own[name] if name in own else field_text(name)}"
        for name in task.values
    )
    return f"cast(json_object({', '.join(pairs)}) as varchar)"


def _own_values(task: Task) -> Mapping[str, str]:
    """SQL for the values that the template itself gives."""
    constraint = task.constraint
    return {
        "other": f"coalesce(f.other, '{NONE}')",
        "elapsed": f"coalesce({duration_text('f.elapsed')}, '{NEVER}')",
        "count": 'cast(f."count" as varchar)',
        "limit": conditions.text(_limit(constraint)),
        **{
            name: f"coalesce(json_extract_string(f.more, '$.{name}'), '{NONE}')"
            for name in _OF_RATES
        },
    }


def _of_rate(name: str) -> str:
    return f"coalesce(json_extract_string(f.more, '$.{name}'), '{NONE}')"


def _limit(constraint: Constraint) -> str:
    """A length of time, or a number: what a violation went beyond."""
    match constraint:
        case Existence():
            return str(constraint.at_least)
        case AtMost():
            return str(constraint.at_most)
        case Burst():
            return durations.written(constraint.window.length)
        case RateBy():
            return f"{100 * constraint.at_most:.10g} %"
    limit = limit_of(constraint)
    return NONE if limit is None else durations.written(limit.length)


def duration_text(length: str) -> str:
    """A length of microseconds in words, as `durations.written` puts it, in SQL."""
    seconds = f"({length}::double / 1000000.0::double)"
    sizes = {"weeks": (2, 604_800), "d": (2, 86_400), "h": (1, 3_600), "min": (1, 60)}
    cases = "".join(
        f" when {seconds} >= {least * size}"
        f" then format('{{:.3g}} {unit}', {seconds} / {size}.0::double)"
        for unit, (least, size) in sizes.items()
    )
    return f"(case when {length} is null then null{cases} else format('{{:.3g}} s', {seconds}) end)"


def time_text(start: str, end: str) -> str:
    """A time in SQL: ISO 8601 in UTC, only the day where no more is known, else an interval."""
    exact = "'%Y-%m-%dT%H:%M:%SZ'"
    midnight = f"{start} = date_trunc('day', {start})"
    day = f"{midnight} and epoch_us({end}) - epoch_us({start}) = 86399999999"
    return (
        f"(case when {start} is null then null"
        f" when {day} then strftime({start}, '%Y-%m-%d')"
        f" when {start} = {end} then strftime({start}, {exact})"
        f" else strftime({start}, {exact}) || '/' || strftime({end}, {exact}) end)"
    )


def field_text(name: str) -> str:
    """A field of the event as a message shows it, in SQL; never NULL."""
    shown = _own_text(name) if name.startswith(OWN_PREFIX) else _column_text(name)
    return f"coalesce({shown}, '{UNKNOWN}')"


def _own_text(name: str) -> str:
    value = conditions.own(name)
    items = f"[{conditions.json_text('item')} for item in json_extract({value}, '$[*]')]"
    several = f"nullif(array_to_string({items}, ', '), '')"
    one = conditions.json_text(value)
    shown = f"case when json_type({value}) = 'ARRAY' then {several} else {one} end"
    return f"(case when {conditions.known(name)} then {shown} end)"


def _column_text(name: str) -> str:
    column = f"e.{quoted(name)}"
    match COLUMNS[name]:
        case "VARCHAR[]":
            return f"nullif(array_to_string({column}, ', '), '')"
        case "DOUBLE":
            return f"case when {column} is not null then {conditions.number_text(column)} end"
        case "TIMESTAMP":
            return time_text(column, 'e."time.end"' if name == "time" else column)
        case "BOOLEAN":
            return f"cast({column} as varchar)"
    return column
