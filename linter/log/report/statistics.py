"""The figures of a report, from the tables of an audit.

`events` holds the log (`log.columns`), `verdicts` the violations, `findings` the same with all that
`finding.Maker` needs, `tallies` how often each verdict was given, `rejects` the rows that could not
be read. All work is done in SQL, so that a log larger than the memory can be reported; only counts
and the findings that are shown reach Python.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from linter.log.finding import Maker
from linter.log.judge.values import time_text
from linter.log.report import answers
from linter.log.report.model import (
    About,
    Count,
    Ground,
    Moderator,
    PeriodFigures,
    Rejected,
    Report,
    RuleFigures,
    Scope,
    Shown,
    Turn,
    Unclear,
)
from linter.log.report.share import Share
from linter.log.versions import Entry
from linter.model import LEVELS
from linter.reporters import RuleInfo

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SHOWN = 2_000
"""How many findings a report lists; the formats for programs hold all."""
PEOPLE = 100
"""How many moderators it names."""
_LISTED = 40
"""How many names a list of grounds, reasons or ignored rows holds."""
_BEFORE, _AFTER = 4, 3
"""How many events of a conversation stand before and behind the one that a finding is about."""
_TEXT = 600
"""How many characters of a text are shown."""
_PERIODS = 80
"""Charts have at most so many periods: the smallest unit of time that gives no more is taken."""
_UNITS = ("week", "month", "quarter", "year", "decade", "century", "millennium")


def statistics(
    con: DuckDBPyConnection,
    entries: Sequence[Entry],
    rules: Mapping[str, RuleInfo],
    about: About,
) -> Report:
    """All figures. `entries` are all that were applied; `rules` gives what a reader is told of a
    rule by its id."""
    unit = _unit(con)
    _entries(con, entries)
    _choose(con)
    findings = _findings(con, unit)
    people, unnamed = _moderators(con)
    return Report(
        about=about,
        entries=tuple(entries),
        scope=_scope(con),
        rules=_rules(con, entries, rules),
        total=_one(con, "select count(*) from verdicts"),
        unclear=_unclear(con),
        rejected=_one(con, "select count(*) from rejects"),
        rejects=_rejects(con),
        period=unit,
        periods=_periods(con, unit),
        moderators=people,
        unnamed=unnamed,
        answers=answers.read(con, unit),
        grounds=_grounds(con),
        actions=_counts(con, _ACTIONS),
        findings=findings,
        names=_names(con),
    )


# --- what the log holds --------------------------------------------------------------------------

_SCOPE = """
select count(distinct file), count(*), count(distinct conversation),
    strftime(min(time), '%Y-%m-%dT%H:%M:%SZ'), strftime(max("time.end"), '%Y-%m-%dT%H:%M:%SZ')
from events
"""
_KINDS = "select event, count(*) from events group by event order by event"
_ACTIONS = """
select action, count(*) from events where event = 'action' group by action
order by count(*) desc, action nulls last
"""


def _unit(con: DuckDBPyConnection) -> str:
    """The smallest period that gives a readable number of periods."""
    spans = con.execute("select min(time), max(time) from events").fetchone()
    if spans is None or spans[0] is None:
        return _UNITS[0]
    for unit in _UNITS:
        count = "select date_diff($unit, min(time), max(time)) from events"
        if _one(con, count, unit=unit) < _PERIODS:
            return unit
    return _UNITS[-1]


def _scope(con: DuckDBPyConnection) -> Scope:
    files, events, conversations, first, last = _rows(con, _SCOPE)[0]
    return Scope(files, events, conversations, _counts(con, _KINDS), first, last)


_PERIODS_SQL = """
with units as (
    select unnest(generate_series(
        date_trunc($unit, min(time))::timestamp, date_trunc($unit, max(time))::timestamp,
        case $unit when 'week' then interval 1 week when 'month' then interval 1 month
            when 'quarter' then interval 3 month when 'year' then interval 1 year
            when 'decade' then interval 10 year when 'century' then interval 100 year
            else interval 1000 year end
    )) as start
    from events
),
counted as (
    select date_trunc($unit, time)::timestamp as start, count(*) as events, count(v.id) as broken
    from events e left join (select distinct event as id from verdicts) v on v.id = e.id
    group by 1
),
found as (
    select date_trunc($unit, v.time)::timestamp as start,
        count(*) filter (t.level = 'note') as note,
        count(*) filter (t.level = 'warning') as warning,
        count(*) filter (t.level = 'error') as error
    from verdicts v join report_tasks t using (task)
    where v.time is not null
    group by 1
)
select strftime(start, '%Y-%m-%d'), coalesce(broken, 0), coalesce(events, 0),
    coalesce(note, 0), coalesce(warning, 0), coalesce(error, 0)
from units left join counted using (start) left join found using (start)
order by start
"""


def _periods(con: DuckDBPyConnection, unit: str) -> tuple[PeriodFigures, ...]:
    return tuple(
        PeriodFigures(start, Share(broken, events), dict(zip(LEVELS, levels, strict=True)))
        for start, broken, events, *levels in _rows(con, _PERIODS_SQL, unit=unit)
    )


# --- verdicts ------------------------------------------------------------------------------------

_TALLIES = """
select task, verdict, sum(count)::bigint from tallies group by task, verdict
"""
_UNCLEAR = """
select coalesce(t.rule, y.task), coalesce(y.reason, ''), sum(y.count)::bigint,
    flatten(list(y.places order by y.task))[:3]
from tallies y left join report_tasks t using (task)
where y.verdict = 'cannot tell'
group by 1, 2
having sum(y.count) > 0
order by 1, 3 desc, 2
"""
_REJECTS = """
select reason, count(*), list(file || coalesce(':' || row::varchar, '') order by file, row, id)[:3]
from rejects group by reason order by count(*) desc, reason
"""


def _entries(con: DuckDBPyConnection, entries: Sequence[Entry]) -> None:
    con.execute(
        "create or replace temp table report_tasks"
        "(task varchar, rule varchar, level varchar, place bigint)"
    )
    rows = [
        (each.id, each.rule.id, each.rule.level, place)
        for place, each in enumerate(sorted(entries, key=_by_weight))
    ]
    if rows:
        con.executemany("insert into report_tasks values (?, ?, ?, ?)", rows)


def _by_weight(entry: Entry) -> tuple[int, str, str]:
    return (-LEVELS.index(entry.rule.level), entry.rule.id, entry.id)


def _rules(
    con: DuckDBPyConnection, entries: Sequence[Entry], rules: Mapping[str, RuleInfo]
) -> tuple[RuleFigures, ...]:
    counts = {(task, verdict): count for task, verdict, count in _rows(con, _TALLIES)}
    return tuple(
        _figures(entry, rules.get(entry.rule.id), counts)
        for entry in sorted(entries, key=_by_weight)
    )


def _figures(
    entry: Entry, info: RuleInfo | None, counts: Mapping[tuple[str, str], int]
) -> RuleFigures:
    return RuleFigures(
        entry=entry.id,
        policy=entry.policy.name,
        rule=entry.rule.id,
        level=entry.rule.level,
        # Without a title of its own, a rule is given its message with the values' names in it.
        title=info.title if info and info.title != info.message else "",
        help=info.help if info else "",
        guidelines=dict(info.guidelines) if info else {},
        violations=counts.get((entry.id, "violation"), 0),
        passes=counts.get((entry.id, "pass"), 0),
        cannot_tell=counts.get((entry.id, "cannot tell"), 0),
        pending=counts.get((entry.id, "pending"), 0),
        start=None if entry.start is None else entry.start.date().isoformat(),
        end=None if entry.end is None else entry.end.date().isoformat(),
    )


def _unclear(con: DuckDBPyConnection) -> tuple[Unclear, ...]:
    return tuple(
        Unclear(rule, reason, count, tuple(places or ()))
        for rule, reason, count, places in _rows(con, _UNCLEAR)
    )


def _rejects(con: DuckDBPyConnection) -> tuple[Rejected, ...]:
    rows = [
        Rejected(reason or "", count, tuple(place for place in places or () if place))
        for reason, count, places in _rows(con, _REJECTS)
    ]
    more = rows[_LISTED:]
    if len(more) > 1:
        rest = Rejected(f"{len(more)} further reasons", sum(each.count for each in more), ())
        return (*rows[:_LISTED], rest)
    return tuple(rows)


# --- people and decisions ------------------------------------------------------------------------

_MODERATORS = """
with acts as (
    select actor, "actor.role" as role, id, event
    from events
    where actor is not null
        and event in ('reply', 'private_message', 'action', 'resolution', 'announcement', 'release')
        and coalesce("actor.role", 'team') not in ('customer', 'other')
        and coalesce(action, '') <> 'appeal_open'
),
roles as (
    select actor, list_sort(list({'fewer': -n, 'role': role}))[1]['role'] as role
    from (
        select actor, role, count(*) as n from acts where role is not null group by actor, role
    )
    group by actor
),
found as (select distinct event as id from verdicts where event is not null)
select actor, any_value(roles.role), count(*) filter (event = 'reply'),
    count(*) filter (event = 'action'), count(found.id), count(*)
from acts left join found using (id) left join roles using (actor)
group by actor
order by count(*) desc, actor
"""
_GROUNDS = """
with decisions as (
    select action, unnest(case when len(ground) > 0 then ground else [null]::varchar[] end) as name
    from events where event = 'action' and action in ('remove', 'hide')
)
select name, count(*) filter (action = 'remove'), count(*) filter (action = 'hide')
from decisions group by name
order by name is null, count(*) desc, name
"""


def _moderators(con: DuckDBPyConnection) -> tuple[tuple[Moderator, ...], int]:
    """Those with the most acts, by name: the order says nothing of how well they do."""
    rows = con.execute(_MODERATORS)
    named = [
        Moderator(name, role, replies, actions, Share(found, acts))
        for name, role, replies, actions, found, acts in rows.fetchmany(PEOPLE)
    ]
    unnamed = 0
    while more := rows.fetchmany(10_000):
        unnamed += sum(row[-1] for row in more)
    return tuple(sorted(named, key=lambda each: (each.name.casefold(), each.name))), unnamed


def _grounds(con: DuckDBPyConnection) -> tuple[Ground, ...]:
    rows = [Ground(*row) for row in _rows(con, _GROUNDS)]
    named = [each for each in rows if each.name is not None]
    unstated = [each for each in rows if each.name is None]
    more = named[_LISTED:]
    if len(more) > 1:
        rest = Ground(
            f"{len(more)} further grounds",
            sum(each.removed for each in more),
            sum(each.hidden for each in more),
        )
        named = [*named[:_LISTED], rest]
    return (*named, *unstated)


# --- findings and their conversations ------------------------------------------------------------

_ORDER = 'f.time, f.event, f.task, f."start", f."end", f.other, f."values"'
_CHOOSE = f"""
create or replace temp table report_findings as
select *, row_number() over (order by turn, place, {_ORDER}) as rank
from (
    select f.*, t.rule, t.place,
        row_number() over (partition by t.place order by {_ORDER}) as turn
    from findings f join report_tasks t using (task)
    qualify turn <= $limit
) f
order by rank
limit $limit
"""
_CONVERSATIONS = f"""
create or replace temp table report_turns as
with asked as (
    select distinct conversation from report_findings where conversation is not null
),
placed as (
    select id, conversation, row_number() over (partition by conversation order by time, id) as pos
    from events semi join asked using (conversation)
),
marked as (
    select f.rank, f.conversation, f.event, f.other, mine.pos as pos, related.pos as other_pos
    from report_findings f
    left join placed mine on mine.id = f.event and mine.conversation = f.conversation
    left join placed related on related.id = f.other and related.conversation = f.conversation
),
wanted as (
    select distinct rank, conversation, unnest(list_concat(
        generate_series(pos - $before, pos + $after), [1, other_pos]
    )) as pos
    from marked where pos is not null
),
found as (
    select rank, id, pos from wanted join placed using (conversation, pos)
    union all
    select rank, event, null from marked where pos is null
    union all
    select f.rank, f.other, null from report_findings f join marked m using (rank)
    where f.other is not null and m.other_pos is null
),
sizes as (select conversation, count(*) as size from placed group by conversation)
select found.rank, found.pos, size, e.id, {time_text("e.time", 'e."time.end"')} as time,
    e.time as exact, e.event, e.actor, e.author, e."target.author" as target_author,
    e."actor.role" as role, e.action, e.ground, e.reason, e.target, e.kind,
    coalesce(e."kind.inferred", false) as inferred, e.language, left(e.text, $text) as text,
    greatest(length(e.text) - $text, 0) as cut
from found join events e on e.id = found.id
join report_findings f on f.rank = found.rank
left join sizes on sizes.conversation = f.conversation
"""
_FINDINGS = f"""
select f.rank, coalesce(strftime(date_trunc($unit, f.time), '%Y-%m-%d'), ''),
    case when e.event <> 'comment' and coalesce(e."actor.role", 'team') not in ('customer', 'other')
        then e.actor end,
    {", ".join(f"f.{name}" for name in Maker.COLUMNS)}
from report_findings f left join events e on e.id = f.event
order by {_ORDER}
"""
_ID, _OTHER = Maker.COLUMNS.index("event"), Maker.COLUMNS.index("other")
_TURNS = """
select rank, pos, size, id, time, event, actor, role, action, ground, reason, target, kind,
    inferred, language, text, cut
from report_turns order by rank, exact, id
"""
_NAMES = """
select distinct name from (
    select unnest([actor, author, target_author]) as name from report_turns
    union all select actor from report_findings
) where name is not null
"""


def _choose(con: DuckDBPyConnection) -> None:
    """The findings to show, in which the rules take turns, and the events around them."""
    con.execute(_CHOOSE, {"limit": SHOWN})
    con.execute(_CONVERSATIONS, {"before": _BEFORE, "after": _AFTER, "text": _TEXT})


def _findings(con: DuckDBPyConnection, unit: str) -> tuple[Shown, ...]:
    turns: dict[int, list[tuple[Any, ...]]] = {}
    for rank, *turn in _rows(con, _TURNS):
        turns.setdefault(rank, []).append(tuple(turn))
    return tuple(_finding(row, turns.get(row[0], [])) for row in _rows(con, _FINDINGS, unit=unit))


def _finding(row: tuple[Any, ...], turns: Sequence[tuple[Any, ...]]) -> Shown:
    rank, period, moderator, *values = row
    shown, place, size = [], 0, 0
    for pos, whole, id_, *rest in turns:
        gap = pos - place - 1 if pos is not None else 0
        place, size = (pos, whole) if pos is not None else (place, size)
        marked, other = id_ == values[_ID], id_ == values[_OTHER]
        shown.append(_turn(id_, rest, marked=marked, other=other, gap=gap))
    return Shown(rank, tuple(values), period, moderator, tuple(shown), size - place)


def _turn(id_: str, rest: Sequence[Any], *, marked: bool, other: bool, gap: int) -> Turn:
    time, event, actor, role, action, ground, reason, target, kind, inferred, *text = rest
    language, words, cut = text
    return Turn(
        id=id_,
        time=time,
        event=event,
        actor=actor,
        role=role,
        action=action,
        grounds=tuple(each for each in ground or () if each is not None),
        reason=reason,
        target=target,
        kind=kind,
        inferred=inferred,
        language=language,
        text=words,
        cut=cut or 0,
        marked=marked,
        other=other,
        gap=gap,
    )


def _names(con: DuckDBPyConnection) -> frozenset[str]:
    return frozenset(name for (name,) in _rows(con, _NAMES))


# --- asking --------------------------------------------------------------------------------------


def _rows(con: DuckDBPyConnection, query: str, **values: object) -> list[tuple[Any, ...]]:
    return con.execute(query, values).fetchall() if values else con.execute(query).fetchall()


def _one(con: DuckDBPyConnection, query: str, **values: object) -> Any:
    return _rows(con, query, **values)[0][0]


def _counts(con: DuckDBPyConnection, query: str) -> tuple[Count, ...]:
    return tuple(Count(name, count) for name, count in _rows(con, query))
