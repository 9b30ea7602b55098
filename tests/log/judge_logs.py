"""Generated event logs, and what the judge says of them, for the tests of `linter.log.judge`.

They must pass with both majors of DuckDB, also in an environment with `duckdb==1.5.*`:

    JUDGE_EXAMPLES=200 python -m pytest tests/log/test_judge_*.py
"""

from __future__ import annotations

import atexit
import json
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from random import Random
from typing import Any

from hypothesis import strategies as st

from linter.log.columns import COLUMNS, quoted
from linter.log.database import connect
from linter.log.judge.plan import Plan, Task
from linter.log.judge.run import judge
from linter.logic.conditions import Comparison, Condition, Not
from linter.logic.constraints import Calendar, Constraint
from tests.log import oracle
from tests.log.oracle import Judged

EXAMPLES = int(os.environ.get("JUDGE_EXAMPLES", "15"))
"""How many logs a property is tried on: few in the whole suite, more by hand."""

SECOND = 1_000_000
HOUR = 3_600 * SECOND
DAY = 24 * HOUR
FRIDAY = 1_774_569_600 * SECOND
"""Midnight of 27 March 2026 in UTC: on that Sunday clocks go forward in Europe."""


@lru_cache
def connection() -> Any:
    con = connect(threads=1)
    atexit.register(connection.cache_clear)
    return con


def moment(microseconds: int) -> datetime:
    return datetime(1970, 1, 1) + timedelta(microseconds=microseconds)


def load(con: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    """Makes the table `events` of rows as the oracle reads them."""
    columns = ", ".join(f"{quoted(name)} {kind}" for name, kind in COLUMNS.items())
    con.execute(f"create or replace table events ({columns})")
    values = []
    for number, row in enumerate(rows, 1):
        cells = {**row, "file": "log", "row": number}
        for name in ("time", "time.end"):
            cells[name] = moment(cells[name])
        if "fields" in cells:
            cells["fields"] = json.dumps(cells["fields"], ensure_ascii=False)
        values.append([cells.get(name) for name in COLUMNS])
    marks = ", ".join(f"?::{kind}" for kind in COLUMNS.values())
    if values:
        con.execute(
            f"insert into events values {', '.join(f'({marks})' for _ in values)}",
            [value for row in values for value in row],
        )


def verdicts(
    rows: Sequence[Mapping[str, Any]],
    constraints: Sequence[Constraint],
    log_end: int,
    start: int | None = None,
    end: int | None = None,
) -> tuple[list[Counter[Judged]], list[Counter[str]]]:
    """The violations of each constraint, and how many verdicts of each sort."""
    con = connection()
    load(con, rows)
    bounds = [None if bound is None else moment(bound) for bound in (start, end)]
    tasks = tuple(
        Task(str(number), "policy", "rule", "error", constraint, (), *bounds)
        for number, constraint in enumerate(constraints)
    )
    judge(con, Plan(tasks, moment(log_end)))
    found: list[Counter[Judged]] = [Counter() for _ in tasks]
    counts: list[Counter[str]] = [Counter() for _ in tasks]
    for task, verdict, event, other in con.execute(
        "select task, verdict, event, other from verdicts"
    ).fetchall():
        found[int(task)][Judged(verdict, event, other)] += 1
    for task, verdict, count in con.execute(
        "select task, verdict, sum(count)::bigint from tallies group by all"
    ).fetchall():
        counts[int(task)][verdict] += count
    return found, counts


def check(
    rows: Sequence[Mapping[str, Any]],
    constraints: Sequence[Constraint],
    log_end: int,
    start: int | None = None,
    end: int | None = None,
) -> None:
    """Asserts that the judge says what the oracle says."""
    found, counts = verdicts(rows, constraints, log_end, start, end)
    for constraint, violations, tally in zip(constraints, found, counts, strict=True):
        expected = oracle.judged(constraint, rows, log_end, start, end)
        wanted = Counter(each for each in expected if each.verdict == "violation")
        assert violations == wanted, constraint
        assert tally == Counter(each.verdict for each in expected), constraint


# --- strategies ----------------------------------------------------------------------------------

TEXTS = {
    "conversation": ("k1", "k2"),
    "channel": ("web", "İ"),
    "actor": ("ann", "bob", "cyd"),
    "actor.role": ("team", "bot"),
    "kind": ("complaint", "praise"),
}
EVENTS = ("comment", "reply", "action")


def interval(chance: Random, spread: int, rough: float) -> tuple[int, int]:
    """An instant of a few hours, so that many tie; now and then a whole day, or some hours."""
    if chance.random() < rough / 2:
        start = FRIDAY + DAY * chance.randint(0, max(1, spread // DAY))
        return start, start + DAY - 1
    start = FRIDAY + spread * chance.randint(0, 12) // 12 + chance.choice((0, 0, 0, 1, HOUR))
    return start, start + (chance.randint(1, 2) * HOUR if chance.random() < rough else 0)


@st.composite
def logs(draw: st.DrawFn, spread: int = DAY, size: int = 24) -> list[dict[str, Any]]:
    """Rows of a log, of which some lack fields or an exact time.

    They are drawn by a seed, not one by one: Hypothesis would make most of them alike."""
    chance = Random(draw(st.integers(0, 2**32)))
    lacking, rough = draw(st.sampled_from((0.0, 0.1, 0.3))), draw(st.sampled_from((0.0, 0.1, 0.4)))
    rows = []
    for number in range(draw(st.integers(0, size))):
        start, end = interval(chance, spread, rough)
        row: dict[str, Any] = {
            "id": f"e{number}",
            "event": chance.choice(EVENTS),
            "time": start,
            "time.end": end,
        }
        for name, values in TEXTS.items():
            if chance.random() >= lacking:
                row[name] = chance.choice(values)
        rows.append(row)
    chance.shuffle(rows)
    return rows


OFFICE = Calendar("office", (0, 1, 2, 3, 4), ((8 * 60, 12 * 60), (13 * 60, 16 * 60)), "Europe/Oslo")
ROUND_THE_CLOCK = Calendar("all", tuple(range(7)), ((0, 1440),), "Europe/Berlin", ("DE-BY",))
NIGHT = Calendar("night", (5, 6), ((90, 150), (1380, 1440)), "Europe/Berlin", ("US",))


def is_(field: str, *values: str) -> Condition:
    return Comparison(field, "in", values)


CONDITIONS = st.sampled_from(
    (
        is_("event", "comment"),
        is_("event", "reply"),
        is_("event", "comment", "action"),
        is_("kind", "complaint"),
        is_("actor.role", "team"),
        Not(is_("channel", "web")),
    )
)
UNLESS = st.one_of(st.none(), st.just(is_("kind", "praise")), st.just(is_("channel", "İ")))
LENGTHS = st.sampled_from((0, 1, HOUR, 2 * HOUR, 2 * HOUR + 1, 5 * HOUR, DAY))
CALENDARS = st.sampled_from((OFFICE, ROUND_THE_CLOCK, NIGHT))
