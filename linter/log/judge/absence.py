"""Judges all rules of absence in two scans of the log: one counts, one finds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from linter.log.judge import conditions, tables
from linter.log.judge.plan import Task
from linter.logic.constraints import Absence

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def judge(con: DuckDBPyConnection, tasks: Mapping[int, Task]) -> None:
    """Writes down the verdicts of these tasks, by their numbers."""
    constraints = {number: _constraint(task) for number, task in tasks.items()}
    # Each condition is written once: a long expression that is written again is planned again.
    truths = ", ".join(
        f"{_activation(tasks[number], each)} as a{number}, {tables.truth(each.unless)} as u{number}"
        for number, each in constraints.items()
    )
    verdicts = ", ".join(
        f"{tables.verdict(f'a{number}', f'u{number}', 'false')} as v{number}" for number in tasks
    )
    judged = (
        f"(select id, t, {verdicts} from (select id, {tables.TIME} as t, {truths} from events))"
    )
    _count_passes(con, list(tasks), judged)
    some = " or ".join(f"v{number} > {tables.PASS}" for number in tasks)
    listed = ", ".join(f"{{'task': {number}, 'verdict': v{number}}}" for number in tasks)
    con.execute(
        f"""create or replace temp table judge_judged as
        select id, t, each.task as task, each.verdict as verdict
        from (select id, t, unnest([{listed}]) as each from {judged} where {some})
        where each.verdict > {tables.PASS}"""
    )
    con.execute(
        f"""insert into judge_found
        select task, id, null, null, null, null from judge_judged
        where verdict = {tables.VIOLATION}"""
    )
    con.execute(
        f"""insert into judge_counted
        select task, verdict, null, count(*), {tables.firsts("t", "id")}
        from judge_judged where verdict <> {tables.CANNOT_TELL} group by task, verdict"""
    )
    undecided = con.execute(
        f"select distinct task from judge_judged where verdict = {tables.CANNOT_TELL} order by task"
    ).fetchall()
    for (number,) in undecided:
        _count_undecided(con, number, constraints[number])
    con.execute("drop table judge_judged")


def _count_undecided(con: DuckDBPyConnection, number: int, constraint: Absence) -> None:
    """Counts why one cannot tell. Most tasks always can, so only the others are asked."""
    counted = tables.counted_condition(constraint.event, constraint.unless)
    con.execute(
        f"""insert into judge_counted
        select {number}, {tables.CANNOT_TELL}, reason, count(*), {tables.firsts("t", "id")}
        from (
            select id, {tables.TIME} as t, {conditions.reason(counted)} as reason from events
            where id in (
                select id from judge_judged
                where task = {number} and verdict = {tables.CANNOT_TELL}
            )
        )
        group by reason"""
    )


def _count_passes(con: DuckDBPyConnection, numbers: list[int], judged: str) -> None:
    counts = ", ".join(f"count(*) filter (v{number} = {tables.PASS})" for number in numbers)
    passes = con.execute(f"select {counts} from {judged}").fetchone() or ()
    for number, count in zip(numbers, passes, strict=True):
        if count:
            con.execute(
                "insert into judge_counted values (?, ?, null, ?, [])",
                [number, tables.PASS, count],
            )


def _constraint(task: Task) -> Absence:
    if not isinstance(task.constraint, Absence):
        raise TypeError(task.constraint)
    return task.constraint


def _activation(task: Task, constraint: Absence) -> str:
    event = tables.truth(constraint.event)
    force = tables.in_force(task)
    return event if force == "true" else f"case when {force} then {event} else false end"
