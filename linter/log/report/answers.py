"""How soon and how often customers were answered (`model.Answers` says what that means)."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from linter.log.report.model import Answers, AnswersIn, AnswersTo, Bin, Mark
from linter.log.report.share import Share
from linter.model import KINDS

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_MINUTE = 60_000_000
HOUR = 60 * _MINUTE
DAY = 24 * HOUR
MARKS = (
    5 * _MINUTE,
    15 * _MINUTE,
    30 * _MINUTE,
    HOUR,
    2 * HOUR,
    4 * HOUR,
    8 * HOUR,
    DAY,
    2 * DAY,
    7 * DAY,
)
"""The waits that the table of the distribution names."""
EDGES = tuple(round(HOUR * 2 ** (step / 2)) for step in range(-12, 20))
"""The bounds of the histogram's bars: evenly spaced on a logarithmic axis, from about a minute to
about a month, with one bound at an hour."""

_QUESTIONS = """
create or replace temp table report_questions as
with firsts as (
    select id, conversation, author, time, time = "time.end" as exact, kind,
        coalesce("kind.inferred", false) as inferred
    from events
    where event = 'comment' and conversation is not null
        and coalesce("actor.role", 'customer') = 'customer'
    qualify row_number() over (partition by conversation, author order by time, id) = 1
),
replies as (
    select conversation, author, time, time = "time.end" as exact
    from events
    where event = 'reply' and conversation is not null
        and coalesce("actor.role", 'team') in ('team', 'moderator')
),
own as (
    select f.id, r.time, r.exact
    from firsts f asof join (select * from replies where author is not null) r
    on f.conversation = r.conversation and f.author = r.author and f.time <= r.time
),
open as (
    select f.id, r.time, r.exact
    from firsts f asof join (select * from replies where author is null) r
    on f.conversation = r.conversation and f.time <= r.time
),
-- An author who is not known can be anyone to whom a reply is addressed.
unnamed as (
    select f.id, r.time, r.exact
    from (select * from firsts where author is null) f
    asof join (select * from replies where author is not null) r
    on f.conversation = r.conversation and f.time <= r.time
),
answers as (
    select id, min(time) as time, bool_and(exact) as exact
    from (from own union all from open union all from unnamed)
    group by id
),
removed as (
    select distinct subject as id from events
    where event = 'action' and action = 'remove' and subject is not null
)
select f.kind, f.inferred, date_trunc($unit, f.time)::timestamp as start,
    a.id is not null as answered,
    a.id is null and r.id is not null as removed,
    case when f.exact and a.exact then date_diff('microsecond', f.time, a.time) end as wait
from firsts f left join answers a using (id) left join removed r using (id)
"""
_WHOLE = """
select count(*), count(*) filter (removed), count(*) filter (answered), count(wait),
    quantile_disc(wait, 0.5), quantile_disc(wait, 0.9)
from report_questions
"""
_BY_PERIOD = """
select strftime(start, '%Y-%m-%d'), count(*) filter (answered), count(*) filter (not removed),
    count(wait), quantile_disc(wait, 0.5), quantile_disc(wait, 0.9)
from report_questions group by start order by start
"""
_BY_KIND = """
select kind, count(*) filter (answered), count(*) filter (not removed),
    count(*) filter (inferred and not removed)
from report_questions group by kind
"""
_UNTIL = """
select limits.wait, count(q.wait)
from (select unnest($limits::bigint[]) as wait) limits
left join (select wait from report_questions where wait is not null) q
    on q.wait < limits.wait
group by limits.wait
"""


def read(con: DuckDBPyConnection, unit: str) -> Answers:
    """The answers in the log, by periods of that unit."""
    con.execute(_QUESTIONS, {"unit": unit})
    rows: list[tuple[Any, ...]] = con.execute(_WHOLE).fetchall()
    questions, removed, answered, timed, median, p90 = rows[0]
    # At most a limit is less than the next microsecond.
    limits = sorted({*EDGES, *(mark + 1 for mark in MARKS)})
    below: dict[int, int] = dict(con.execute(_UNTIL, {"limits": limits}).fetchall())
    return Answers(
        questions=questions,
        removed=removed,
        answered=Share(answered, questions - removed),
        timed=timed,
        median=median,
        p90=p90,
        bins=_bins(below, timed),
        marks=tuple(Mark(mark, Share(below[mark + 1], timed)) for mark in MARKS),
        periods=tuple(
            AnswersIn(start, Share(part, whole), *waits)
            for start, part, whole, *waits in con.execute(_BY_PERIOD).fetchall()
        ),
        kinds=_kinds(con.execute(_BY_KIND).fetchall()),
    )


def _bins(below: dict[int, int], timed: int) -> tuple[Bin, ...]:
    inner = [Bin(low, high, below[high] - below[low]) for low, high in pairwise(EDGES)]
    return (
        Bin(None, EDGES[0], below[EDGES[0]]),
        *inner,
        Bin(EDGES[-1], None, timed - below[EDGES[-1]]),
    )


def _kinds(rows: list[tuple[Any, ...]]) -> tuple[AnswersTo, ...]:
    order = {kind: place for place, kind in enumerate(KINDS)}
    return tuple(
        AnswersTo(kind, Share(part, whole), inferred)
        for kind, part, whole, inferred in sorted(
            rows, key=lambda row: (order.get(row[0], len(order)), row[0] or "")
        )
        if whole
    )
