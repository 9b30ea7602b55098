"""What messages may say, why one cannot tell, and what judging costs."""

from __future__ import annotations

import json
import time
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from linter.log.columns import COLUMNS, quoted
from linter.log.database import connect
from linter.log.judge.calendars import clock_of
from linter.log.judge.plan import Plan, Task, microseconds
from linter.log.judge.run import judge
from linter.logic.conditions import All, Comparison
from linter.logic.constraints import (
    Absence,
    AtMost,
    Burst,
    Calendar,
    Constraint,
    Existence,
    Limit,
    Nearby,
    NotResponse,
    Precedence,
    RateBy,
    Response,
)
from tests.log.judge_logs import DAY, FRIDAY, HOUR, OFFICE, connection, is_, load, moment

COMMENT, REPLY, ACTION = is_("event", "comment"), is_("event", "reply"), is_("event", "action")
NIGHTS = Calendar("nights", (5, 6), ((60, 180),), "Europe/Oslo")
EASTER = replace(OFFICE, holidays=("NO",))
TEAM = All((REPLY, is_("actor.role", "team")))


def event(id_: str, kind: str, hours: float = 0, **fields: Any) -> dict[str, Any]:
    start = FRIDAY + int(hours * HOUR)
    row = {"id": id_, "event": kind, "time": start, "time.end": start, "conversation": "k1"}
    return row | {name.replace("_", "."): value for name, value in fields.items()}


def day(row: dict[str, Any]) -> dict[str, Any]:
    """The same event on a day, at an unknown hour."""
    start = row["time"] // DAY * DAY
    return row | {"time": start, "time.end": start + DAY - 1}


def result(
    rows: list[dict[str, Any]], constraint: Constraint, values: tuple[str, ...] = ()
) -> tuple[list[dict[str, str]], dict[tuple[str, str | None], int]]:
    """The values of each violation, and the verdicts that are none with their reasons."""
    con = connection()
    load(con, rows)
    judge(con, Plan((Task("t", "policy", "rule", "error", constraint, values),)))
    found = con.execute('select "values" from verdicts order by event').fetchall()
    tallies = con.execute("select verdict, reason, count from tallies where verdict <> 'violation'")
    return (
        [json.loads(each) for (each,) in found],
        {(verdict, reason): count for verdict, reason, count in tallies.fetchall()},
    )


def test_a_message_shows_fields_as_text() -> None:
    row = event(
        "c1",
        "comment",
        10,
        rating=4.0,
        ground=["spam", None, "hate"],
        notified=True,
        fields={"case": 7, "tags": ["a", 1.5, None], "none": None},
    )
    names = ("time", "rating", "ground", "notified", "actor", "until")
    values, _ = result(
        [row], Absence(COMMENT), (*names, "fields.case", "fields.tags", "fields.none")
    )
    assert values == [
        {
            "time": "2026-03-27T10:00:00Z",
            "rating": "4",
            "ground": "spam, hate",
            "notified": "true",
            "actor": "unknown",
            "until": "unknown",
            "fields.case": "7",
            "fields.tags": "a, 1.5",
            "fields.none": "unknown",
        }
    ]


def test_a_time_is_shown_as_exactly_as_it_is_known() -> None:
    rough = event("c2", "comment", 10)
    rough["time.end"] += HOUR
    rows = [day(event("c1", "comment", 10)), rough]
    values, _ = result(rows, Absence(COMMENT), ("time",))
    assert [each["time"] for each in values] == [
        "2026-03-27",
        "2026-03-27T10:00:00Z/2026-03-27T11:00:00Z",
    ]


def test_a_late_answer_is_named_with_its_delay_and_a_missing_one_is_not() -> None:
    rows = [
        event("c1", "comment", 0),
        event("r1", "reply", 30),
        event("r2", "reply", 31),
        event("c2", "comment", 40),
        event("c3", "comment", 99, conversation="k2"),
    ]
    within_a_day = Response(COMMENT, REPLY, "conversation", Limit(DAY))
    values, others = result(rows, within_a_day, ("other", "elapsed", "limit"))
    assert values == [{"other": "r1", "elapsed": "30 h", "limit": "24 h"}, NOTHING]
    assert others == {("pending", None): 1}, "c3's day had not passed when the log ended"


NOTHING = {"other": "none", "elapsed": "never", "limit": "24 h"}


def test_working_time_is_what_a_delay_in_working_time_shows() -> None:
    """From Friday 14:00 in Oslo to Monday 09:00 are three working hours."""
    rows = [event("c1", "comment", 13), event("r1", "reply", 79)]
    limit = Limit(2 * HOUR, OFFICE)
    values, _ = result(rows, Response(COMMENT, REPLY, "conversation", limit), ("elapsed", "limit"))
    assert values == [{"elapsed": "3 h", "limit": "2 h"}]


@pytest.mark.parametrize(
    ("constraint", "expected"),
    [
        (
            AtMost(REPLY, "conversation", 1),
            {"count": "2", "limit": "1"},
        ),
        (
            Existence(ACTION, "conversation", 1, COMMENT),
            {"count": "0", "limit": "1"},
        ),
        (
            Burst(REPLY, 2, Limit(HOUR)),
            {"count": "2", "limit": "1 h"},
        ),
        (
            NotResponse(COMMENT, REPLY, "conversation"),
            {"other": "r1", "elapsed": "5 h", "limit": "none"},
        ),
        (
            Precedence(REPLY, COMMENT, "conversation", Limit(HOUR)),
            {"other": "c1", "elapsed": "5 h", "limit": "1 h"},
        ),
        (
            RateBy(is_("actor", "ann"), REPLY, ("channel",), "week", 0.2, 2),
            {
                "group": "web",
                "period": "2026-W13",
                "count": "2",
                "n": "2",
                "rate": "100.0 %",
                "low": "34.2 %",
                "high": "100.0 %",
                "limit": "20 %",
                "beside": "none",
            },
        ),
        (
            RateBy(is_("actor", "ann"), REPLY, (), None, -1.0, 1, is_("actor", "ann"), COMMENT),
            {"group": "all", "period": "the whole log", "beside": "0.0 %", "low": "-3.1 points"},
        ),
    ],
    ids=lambda each: type(each).__name__,
)
def test_each_template_says_by_how_much(constraint: Constraint, expected: dict[str, str]) -> None:
    rows = [
        event("c1", "comment", 0, actor="eve"),
        event("r1", "reply", 5, actor="ann", channel="web"),
        event("r2", "reply", 5.5, actor="ann", channel="web"),
    ]
    values, _ = result(rows, constraint, tuple(expected))
    assert values[0] == expected


@pytest.mark.parametrize(
    ("rows", "constraint", "reason"),
    [
        (
            [event("c1", "comment")],
            Absence(All((COMMENT, is_("kind", "praise"))), is_("channel", "web")),
            "kind and channel are not known",
        ),
        (
            [event("c1", "comment", conversation=None)],
            Response(COMMENT, REPLY, "conversation"),
            "conversation is not known",
        ),
        (
            [event("c1", "comment", conversation=None)],
            Existence(REPLY, "conversation", 1, COMMENT),
            "conversation is not known",
        ),
        (
            [event("c1", "comment"), event("r1", "reply", 1)],
            Existence(TEAM, "conversation", 1, COMMENT),
            "actor.role is not known",
        ),
        (
            [event("c1", "comment"), event("r1", "reply", 1)],
            Response(COMMENT, TEAM, "conversation"),
            "actor.role of a later event is not known",
        ),
        (
            [event("c1", "comment", 2), event("r1", "reply", 1)],
            Precedence(COMMENT, TEAM, "conversation"),
            "actor.role of an earlier event is not known",
        ),
        (
            [event("c1", "comment"), event("r1", "reply", 1, actor="ann")],
            Response(COMMENT, REPLY, "conversation", different=("actor",)),
            "actor is not known",
        ),
        (
            [event("c1", "comment", actor="ann"), event("r1", "reply", 1)],
            Response(COMMENT, REPLY, "conversation", different=("actor",)),
            "actor of a later event is not known",
        ),
        (
            [event("c1", "comment", 9), day(event("r1", "reply", 10))],
            Response(COMMENT, REPLY, "conversation", Limit(HOUR)),
            "the time between two events is not known exactly",
        ),
        (
            [event("r1", "reply", 9), event("r2", "reply", 10, actor_role="team")],
            AtMost(TEAM, "conversation", 1),
            "actor.role of an earlier event is not known",
        ),
        (
            [event("r1", "reply", 9)],
            RateBy(TEAM, REPLY, ("channel",)),
            "actor.role is not known",
        ),
        (
            [event("r1", "reply", 9, actor_role="team")],
            RateBy(TEAM, REPLY),
            "fewer than 20 events",
        ),
        (
            [event("c1", "comment"), event("c2", "comment"), event("r1", "reply", 1)],
            Burst(COMMENT, 2, Limit(HOUR), then=Nearby(TEAM, Limit(HOUR))),
            "actor.role of an event near the burst is not known",
        ),
    ],
)
def test_one_learns_why_one_cannot_tell(
    rows: list[dict[str, Any]], constraint: Constraint, reason: str
) -> None:
    values, others = result(rows, constraint)
    assert values == []
    assert ("cannot tell", reason) in others


def test_places_are_the_first_three() -> None:
    rows = [event(f"c{number}", "comment", 9 - number) for number in range(8)]
    con = connection()
    load(con, rows)
    judge(con, Plan((Task("t", "policy", "rule", "error", Absence(COMMENT)),)))
    found = con.execute("select count, places from tallies").fetchall()
    assert found == [(8, ["log:8", "log:7", "log:6"])]


def test_a_log_without_events_and_a_plan_without_tasks_say_nothing() -> None:
    con = connection()
    load(con, [])
    limit = Limit(HOUR, OFFICE)
    judge(con, Plan((Task("t", "p", "r", "error", Response(COMMENT, REPLY, "subject", limit)),)))
    assert con.execute("select count(*) from verdicts").fetchone() == (0,)
    load(con, [event("c1", "comment")])
    judge(con, Plan(()))
    assert con.execute("select count(*) from tallies").fetchone() == (0,)


def test_a_time_millennia_away_costs_nothing() -> None:
    far = event("c0", "comment")
    for name in ("time", "time.end"):
        far[name] = (datetime(9999, 12, 31) - datetime(1970, 1, 1)).days * DAY
    rows = [far, event("c1", "comment", 9), event("r1", "reply", 10)]
    limit = Limit(2 * HOUR, OFFICE)
    begun = time.process_time()
    _, others = result(rows, Response(COMMENT, REPLY, "conversation", limit))
    assert others[("pass", None)] == 1
    assert time.process_time() - begun < 20


def hot(con: Any, count: int) -> None:
    """A log of one conversation, in which two moderators write by turns, and few customers."""
    given = {
        "id": "'e' || i",
        "event": "case when i % 3 = 0 then 'comment' else 'reply' end",
        "conversation": "'k'",
        "actor": "case when i % 1000 = 0 then 'bob' else 'ann' end",
        "time": f"make_timestamp({FRIDAY} + i * 500000)",
        "time.end": f"make_timestamp({FRIDAY} + i * 500000)",
    }
    columns = ", ".join(
        f"{given.get(name, 'null')}::{kind} as {quoted(name)}" for name, kind in COLUMNS.items()
    )
    con.execute(f"create or replace table events as select {columns} from range({count}) r(i)")


HOT = (
    Response(COMMENT, REPLY, "conversation", Limit(HOUR), different=("actor",)),
    NotResponse(COMMENT, REPLY, "conversation", Limit(HOUR), different=("actor",)),
    Precedence(REPLY, COMMENT, "conversation", Limit(HOUR)),
    AtMost(REPLY, "conversation", 5, Limit(HOUR)),
    Burst(REPLY, 50, Limit(HOUR)),
)


@pytest.mark.parametrize("constraint", HOT, ids=lambda each: type(each).__name__)
def test_a_hot_conversation_costs_no_more_than_others(constraint: Constraint) -> None:
    """Four times the events of one conversation cost about four times as much, not 16 times."""
    con = connection()
    plan = Plan((Task("t", "p", "r", "error", constraint, ("id", "other")),))
    spent = []
    for count in (1_000, 20_000, 80_000):
        hot(con, count)
        begun = time.process_time()
        judge(con, plan)
        spent.append(time.process_time() - begun)
    planning, some, many = spent
    assert many < planning + 8 * some


def test_what_does_not_fit_is_spilled(tmp_path: Path) -> None:
    constraint = Response(COMMENT, REPLY, "conversation", Limit(1), unless=is_("kind", "praise"))
    plan = Plan((Task("t", "p", "r", "error", constraint, ("id", "other")),))
    found = []
    for memory in ("1GB", "64MB"):
        with closing(connect(tmp_path, memory, threads=1)) as con:
            hot(con, 400_000)
            judge(con, plan)
            query = "select verdict, count(*), min(event), max(other) from verdicts group by 1"
            found.append(con.execute(query).fetchall())
    assert found[0] == found[1]


def test_a_condition_of_a_policy_is_quoted() -> None:
    row = event("c1", "comment", actor="x'; drop table events; --")
    hostile = Comparison("actor", "in", ("x'; drop table events; --",))
    values, _ = result([row], Absence(hostile), ("actor", "fields.x'); drop table events; --"))
    assert values[0]["actor"] == "x'; drop table events; --"


@pytest.mark.parametrize(
    ("late", "expected"), [(0, {("pass", None): 1}), (1, {})], ids=["at it", "behind it"]
)
@pytest.mark.parametrize("template", [Response, Precedence])
def test_the_bound_of_a_limit_is_in_time(
    template: type[Response | Precedence], late: int, expected: dict[tuple[str, None], int]
) -> None:
    comment, reply = event("c1", "comment"), event("r1", "reply", 24)
    reply["time"] = reply["time.end"] = reply["time"] + late
    first, second = (COMMENT, REPLY) if template is Response else (REPLY, COMMENT)
    values, others = result([comment, reply], template(first, second, "conversation", Limit(DAY)))
    assert others == expected
    assert len(values) == late


@pytest.mark.parametrize(("early", "verdict"), [(0, "violation"), (1, "pending")])
def test_a_limit_is_pending_until_it_ends(early: int, verdict: str) -> None:
    con = connection()
    load(con, [event("c1", "comment")])
    task = Task("t", "p", "r", "error", Response(COMMENT, REPLY, "conversation", Limit(DAY)))
    judge(con, Plan((task,), moment(FRIDAY + DAY - early)))
    assert con.execute("select verdict from tallies").fetchall() == [(verdict,)]


def test_a_working_limit_that_ends_with_the_day_runs_on_over_the_weekend() -> None:
    """On Friday at 14:00 in Oslo, two hours are left; a reply on Sunday is as early as any."""
    con = connection()
    task = Task(
        "t", "p", "r", "error", Response(COMMENT, REPLY, "conversation", Limit(2 * HOUR, OFFICE))
    )
    verdicts = []
    for hours in (14.9, 48, 78.1):
        load(con, [event("c1", "comment", 13)])
        judge(con, Plan((task,), moment(FRIDAY + int(hours * HOUR))))
        verdicts += con.execute("select verdict from tallies").fetchall()
    assert verdicts == [("pending",), ("pending",), ("violation",)]


@pytest.mark.parametrize(
    ("calendar", "start", "end", "hours"),
    [
        (NIGHTS, "2026-03-28T00:00", "2026-03-28T12:00", 2),
        (NIGHTS, "2026-03-29T00:00", "2026-03-29T12:00", 1),  # 02:00 to 03:00 does not exist.
        (NIGHTS, "2026-10-24T12:00", "2026-10-25T12:00", 3),  # It comes twice.
        (OFFICE, "2026-03-27T00:00", "2026-03-31T00:00", 14),
        (EASTER, "2026-04-01T00:00", "2026-04-08T00:00", 14),  # Thursday to Monday are free.
    ],
)
def test_working_time_by_the_wall_clock(
    calendar: Calendar, start: str, end: str, hours: int
) -> None:
    instants = [microseconds(datetime.fromisoformat(each)) for each in (start, end)]
    clock = clock_of(calendar, date(2026, 1, 1), date(2026, 12, 31))
    assert clock.at(instants[1]) - clock.at(instants[0]) == hours * HOUR


def test_an_event_of_unknown_hour_is_certainly_near_itself_only() -> None:
    rows = [event("r1", "reply", 10), event("r2", "reply", 10), day(event("r3", "reply", 0))]
    values, others = result(rows, AtMost(REPLY, "conversation", 1, Limit(HOUR)), ("id",))
    assert values == [{"id": "r2"}]
    assert others == {
        ("pass", None): 1,
        ("cannot tell", "the time between two events is not known exactly"): 1,
    }
