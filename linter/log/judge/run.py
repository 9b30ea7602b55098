"""Judges a whole log in one connection."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from linter.log.judge import absence, bursts, clocks, groups, rates, relation, tables, values
from linter.log.judge.plan import Plan
from linter.logic.constraints import (
    Absence,
    AtMost,
    Burst,
    Existence,
    NotResponse,
    Precedence,
    RateBy,
    Response,
)

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


_NO_TIME = datetime(1970, 1, 1)


def judge(con: DuckDBPyConnection, plan: Plan) -> None:
    """Reads the relation `events` and makes the tables `verdicts` and `tallies`.

    `verdicts` has a row for each violation: task, verdict, event, other, conversation, time, actor,
    file, row, values (what a message may use, as a JSON object of text) and reason. `tallies` has
    one for each task, verdict and reason: how many, and the places ("file:row") of the first three
    (none for a pass).
    """
    judge_part(con, plan)
    values.merge_tallies(con, plan)


def judge_part(con: DuckDBPyConnection, plan: Plan) -> None:
    """Reads the relation `events`, which may be a part of a log, and makes the tables `verdicts`
    and `tally_parts`; `values.merge_tallies` makes `tallies` of them."""
    plan = prepared(con, plan)
    clocks.create(con, plan)
    tables.create(con)
    numbered = dict(enumerate(plan.tasks))
    absences = {n: task for n, task in numbered.items() if isinstance(task.constraint, Absence)}
    if absences:
        absence.judge(con, absences)
    for number, task in numbered.items():
        match task.constraint:
            case Response() | Precedence() | NotResponse():
                relation.judge(con, plan, number, task)
            case Existence() as constraint:
                groups.judge_existence(con, number, task, constraint)
            case AtMost() as constraint:
                groups.judge_at_most(con, plan, number, task, constraint)
            case Burst() as constraint:
                bursts.judge(con, plan, number, task, constraint)
            case RateBy() as constraint:
                rates.judge(con, number, task, constraint)
    values.write_verdicts(con, plan)
    values.write_tally_parts(con, plan)
    tables.drop(con)
    clocks.drop(con, plan)


def prepared(con: DuckDBPyConnection, plan: Plan) -> Plan:
    """The plan for the log in `events` (`Plan.prepared`), if it is not prepared already."""
    if plan.log_end is not None and len(plan.clocks) == len(plan.calendars):
        return plan
    found = con.execute('select min("time"), max("time.end") from events').fetchone()
    first, last = found or (None, None)
    if first is None:  # An empty log has no activation.
        first = last = _NO_TIME
    return plan.prepared(first, last)
