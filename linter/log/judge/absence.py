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
    verdicts = ", ".join(
        f"{_verdict(task, constraints[number])} as v{number}" for number, task in tasks.items()
    )
    judged = f"(select *, {tables.TIME} as t, {verdicts} from events)"
    _count_passes(con, list(tasks), judged)
    some = " or ".join(f"v{number} > {tables.PASS}" for number in tasks)
    listed = ", ".join(f"{{'task': {number}, 'verdict': v{number}}}" for number in tasks)
    reasons = " ".join(
        f"when {number} then {conditions.reason(counted)}"
        for number, counted in (
            (number, tables.counted_condition(each.event, each.unless))
            for number, each in constraints.items()
        )
    )
    con.execute(
        f"""create or replace temp table judge_judged as
        select id, t, each.task as task, each.verdict as verdict,
            case when each.verdict = {tables.CANNOT_TELL} then case each.task {reasons} end end
                as reason
        from (select *, unnest([{listed}]) as each from {judged} where {some})
        where each.verdict > {tables.PASS}"""
    )
    con.execute(
        f"""insert into judge_found
        select task, id, null, null, null, null from judge_judged
        where verdict = {tables.VIOLATION}"""
    )
    con.execute(
        f"""insert into judge_counted
        select task, verdict, reason, count(*), {tables.firsts("t", "id")}
        from judge_judged group by task, verdict, reason"""
    )
    con.execute("drop table judge_judged")


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


def _verdict(task: Task, constraint: Absence) -> str:
    judged = tables.verdict(
        tables.truth(constraint.event), tables.truth(constraint.unless), "false"
    )
    return f"case when {tables.in_force(task)} then {judged} end"
