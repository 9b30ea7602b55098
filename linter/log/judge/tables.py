"""What judging writes on the way: violations by their ids, and counts of all verdicts.

`judge_found` holds one row a violation; the events' own columns are joined to it once for all
rules. `judge_counted` holds what `tallies` is made of, in a form that parts of a log can be merged
in: `firsts` are the first three events by time, then id.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from linter.log.judge import conditions
from linter.log.judge.plan import Task, utc
from linter.logic.conditions import All, Condition, Not

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

PASS, CANNOT_TELL, PENDING, VIOLATION = range(4)
VERDICTS = ("pass", "cannot tell", "pending", "violation")
PLACES = 3
FOUND = """
    task INTEGER, event VARCHAR, other VARCHAR, elapsed BIGINT, "count" BIGINT, more VARCHAR
"""
COUNTED = """
    task INTEGER, verdict TINYINT, reason VARCHAR, "count" BIGINT,
    firsts STRUCT(t BIGINT, id VARCHAR)[]
"""
TIME = 'epoch_us("time")'
TIME_END = 'epoch_us("time.end")'


def create(con: DuckDBPyConnection) -> None:
    """Makes both tables, empty."""
    con.execute(f"create or replace temp table judge_found ({FOUND})")
    con.execute(f"create or replace temp table judge_counted ({COUNTED})")


def drop(con: DuckDBPyConnection) -> None:
    """Drops both tables, and what the templates left."""
    for table in ("judge_found", "judge_counted", "judge_judged", "judge_base"):
        con.execute(f"drop table if exists {table}")


def counted_condition(event: Condition, unless: Condition | None) -> Condition:
    """What makes an event an activation that is not excused."""
    return event if unless is None else All((event, Not(unless)))


def truth(condition: Condition | None) -> str:
    """A condition in SQL; an absent one never holds."""
    return "false" if condition is None else conditions.sql(condition)


def verdict(activation: str, unless: str, required: str, pending: str = "false") -> str:
    """The verdict of an activation by the rules of `logic.constraints`; NULL for no activation.

    All arguments are truth values in SQL, NULL for undecided; `pending` is never NULL."""
    return f"""(case
        when ({activation}) = false then null
        when ({unless}) or ({required}) then case when ({activation}) then {PASS} end
        when ({activation}) is null or ({unless}) is null or ({required}) is null
            then {CANNOT_TELL}
        when {pending} then {PENDING}
        else {VIOLATION} end)::tinyint"""


def in_force(task: Task, time: str = TIME) -> str:
    """Whether the policy was in force at a time, in SQL over microseconds."""
    bounds = []
    if task.start is not None:
        bounds.append(f"{time} >= {instant(task.start)}")
    if task.end is not None:
        bounds.append(f"{time} < {instant(task.end)}")
    return " and ".join(bounds) or "true"


def instant(time: datetime) -> str:
    """A time in SQL, in microseconds since 1970."""
    return f"epoch_us(timestamp '{utc(time).isoformat(' ')}')"


def record(con: DuckDBPyConnection, number: int, judged: str) -> None:
    """Writes down the verdicts of a task.

    `judged` is a query for (id, t, verdict, reason, other, elapsed, "count", more), one row an
    activation; rows without a verdict do not count."""
    con.execute(f"create or replace temp table judge_judged as {judged}")
    con.execute(
        f"""insert into judge_found
        select {number}, id, other, elapsed, "count", more from judge_judged
        where verdict = {VIOLATION}"""
    )
    con.execute(
        f"""insert into judge_counted
        select {number}, verdict, reason, sum("count")::bigint, flatten(list(firsts)) from (
            select verdict, reason, count(*) as "count", {firsts("t", "id")} as firsts
            from judge_judged where verdict > {PASS} group by verdict, reason
            union all
            select verdict, null, count(*), [] from judge_judged
            where verdict = {PASS} group by verdict)
        group by verdict, reason"""
    )
    con.execute("drop table judge_judged")


def firsts(t: str, id: str) -> str:  # noqa: A002
    """The first events of a group by time, then id: an aggregate in SQL."""
    return f"min({{'t': {t}, 'id': {id}}}, {PLACES})"
