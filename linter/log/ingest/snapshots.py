"""States of a page's comments at several times become events: what differs is what was done.

A comment that is in one snapshot and not in the next was removed in between; one that is there
again was restored; one whose flag changed was hidden or shown again. Such an event has the span
between the two snapshots as its time. Who did it is not known: who writes a comment can remove it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import re2

from linter.documents import InvalidFile, Problem
from linter.log.columns import FIELDS, FILE, ROW, TIME_END, literal, quoted
from linter.log.ingest import values
from linter.log.ingest.build import STAGED
from linter.log.sources.model import STATE, STATES, Source

BRAND_OR_AUTHOR = "the brand or the comment's author"
_FILES, _STATES, _SEEN = "ingest_files", "ingest_states", "ingest_seen"
MADE = "ingest_made"
"""The table that `compare` makes, with the columns of staged rows."""
RELATIONS = (_FILES, _STATES, _SEEN, MADE)
_NAME = re2.compile(
    r"([12][0-9]{3})-?([01][0-9])-?([0-3][0-9])(?:[T_ -]?([0-2][0-9])[-:.h]?([0-5][0-9])"
    r"(?:[-:.m]?([0-5][0-9]))?)?"
)
_PREFIX = STATE.removeprefix(f"{FIELDS}.")


def compare(con: Any, staged: str, files: Sequence[str], source: Source) -> None:
    """Make the table MADE of the rows of `staged`, whose files are in the order of time.

    Raises InvalidFile where there is but one file, or it is not known when one was made.
    """
    if len(files) < 2:
        name = files[0] if files else "log"
        raise InvalidFile([Problem(name, 1, 1, "is one snapshot; give two or more, oldest first")])
    ways = {key: literal(f'$."{_PREFIX}{key}"') for key in STATES}
    state = ", ".join(
        f"json_extract_string({FIELDS}, {way}) as s_{key}" for key, way in ways.items()
    )
    con.execute(
        f"create or replace temp table {_SEEN} as select *, {state}, "
        f"row_number() over (partition by {quoted(FILE)}, id order by {quoted(ROW)}) as copy "
        f"from {staged} where fault is null and ignored is null"
    )
    _times(con, files, source)
    _states(con)
    con.execute(f"create or replace temp table {MADE} as {_events()}")


def _times(con: Any, files: Sequence[str], source: Source) -> None:
    """When each file was made: as its rows say, or else its name."""
    con.execute(f"create or replace temp table {_FILES} (nth BIGINT, name VARCHAR, said VARCHAR)")
    con.executemany(
        f"insert into {_FILES} values (?, ?, ?)",
        [[number, name, _time_in_name(name)] for number, name in enumerate(files)],
    )
    # A file's name is in the zone of its source.
    zone = source.timezone or "UTC"
    said = f"(select max(s_taken) from {_SEEN} where {quoted(FILE)} = name)"
    taken = f"coalesce({said}, said)"
    read = values.time("taken", zone)
    con.execute(
        f"create or replace temp table {_FILES} as select nth, name, {read} as since, "
        f"case when {values.is_day('taken')} then {read} + to_microseconds({86_400_000_000 - 1}) "
        f"else {read} end as till from (select *, {taken} as taken from {_FILES})"
    )
    unknown = con.execute(f"select name from {_FILES} where since is null order by nth").fetchall()
    if unknown:
        says = "does not say when it was made; put the time in its name: page-2026-03-01T0900.json"
        raise InvalidFile(Problem(name, 1, 1, says) for (name,) in unknown)
    disordered = con.execute(
        f"select a.name from {_FILES} a join {_FILES} b on a.nth = b.nth + 1 where a.till < b.since"
    ).fetchall()
    if disordered:
        says = "is older than the snapshot before it; give the oldest first"
        raise InvalidFile(Problem(name, 1, 1, says) for (name,) in disordered)


def _time_in_name(name: str) -> str | None:
    found = _NAME.search(Path(name).name)
    if found is None:
        return None
    year, month, day, hour, minute, second = found.groups()
    date = f"{year}-{month}-{day}"
    return f"{date}T{hour}:{minute}:{second or '00'}" if hour else date


def _states(con: Any) -> None:
    """For each comment and snapshot from its first on: whether it is there, and how."""
    first = f"select id, min(nth) as first from {_SEEN} join {_FILES} on name = {quoted(FILE)}"
    seen = (
        f"select nth, id, s_hidden = 'true' as hidden, s_private is not null as private, "
        f"s_removed is distinct from 'true' as there from {_SEEN} "
        f"join {_FILES} on name = {quoted(FILE)} where copy = 1"
    )
    con.execute(
        f"create or replace temp table {_STATES} as select *, "
        "lag(there) over run as was_there, "
        # What a snapshot does not say is as it was.
        "last_value(hidden ignore nulls) over before as was_hidden, "
        "bool_or(private) over before as was_private, "
        "lag(since) over run as last_since from ("
        "select f.nth, f.since, f.till, c.id, c.first, coalesce(s.there, false) as there, "
        "s.hidden, coalesce(s.private, false) as private "
        f"from {_FILES} f join ({first} group by id) c on f.nth >= c.first "
        f"left join ({seen}) s on s.nth = f.nth and s.id = c.id) "
        "window run as (partition by id order by nth), "
        "before as (partition by id order by nth rows between unbounded preceding "
        "and 1 preceding)"
    )


def _events() -> str:
    keys = "{" + ", ".join(f'"{_PREFIX}{key}": null' for key in STATES) + "}"
    rest = f"nullif(cast(json_merge_patch({FIELDS}, '{keys}') as VARCHAR), '{{}}')"
    columns = ", ".join(
        f"{rest} as {quoted(name)}" if name == FIELDS else f"x.{quoted(name)}" for name in STAGED
    )
    comments = (
        f"select {columns} from {_SEEN} x join {_FILES} f on x.{quoted(FILE)} = f.name "
        "where copy = 1 and not exists (select 1 "
        f"from {_SEEN} y join {_FILES} g on y.{quoted(FILE)} = g.name "
        "where y.id = x.id and g.nth < f.nth)"
    )
    twice = f"select {', '.join(_twice(name) for name in STAGED)} from {_SEEN} where copy > 1"
    made = [
        _made("removed", "remove", "was_there and not there", BRAND_OR_AUTHOR),
        _made("restored", "restore", "not was_there and there and nth > first"),
        _made("hidden", "hide", "hidden and not coalesce(was_hidden, false)"),
        _made("shown", "restore", "not hidden and was_hidden and there and was_there"),
        _made("private", None, "private and not coalesce(was_private, false)"),
    ]
    return "\nunion all by name\n".join([comments, twice, *made])


def _twice(name: str) -> str:
    if name == "fault":
        return "'the snapshot has this comment twice' as fault"
    return quoted(name)


def _made(what: str, action: str | None, where: str, by: str | None = None) -> str:
    """Events of one sort. One that was so in the comment's first snapshot can be as old as the
    comment is."""
    comment = f"(select min({quoted('time')}) from {_SEEN} c where c.id = s.id)"
    conversation = f"(select min(conversation) from {_SEEN} c where c.id = s.id)"
    end = "s.till"
    # What is gone stands only in the snapshot before.
    shown = "s.nth - 1" if action == "remove" else "s.nth"
    columns = {
        "event": literal("action" if action else "private_message"),
        "id": f"s.id || {literal(f'/{what}/')} || s.nth",
        "time": f"case when nth = first then least({comment}, {end}) else last_since end",
        TIME_END: end,
        "channel": f"(select min(channel) from {_SEEN} c where c.id = s.id)",
        "conversation": conversation,
        "action": literal(action) if action else "NULL",
        "actor.role": "NULL" if action else "'team'",
        "target": "s.id",
        "target.type": "'comment'",
        FIELDS: "NULL" if by is None else f"cast(json_object('by', {literal(by)}) as VARCHAR)",
        FILE: f"(select name from {_FILES} f where f.nth = {shown})",
        ROW: f"(select min({quoted(ROW)}) from {_SEEN} c join {_FILES} f "
        f"on f.name = c.{quoted(FILE)} where c.id = s.id and f.nth = {shown})",
    }
    listed = ", ".join(
        f"cast({columns.get(name, 'NULL')} as {type_}) as {quoted(name)}"
        for name, type_ in STAGED.items()
    )
    return f"select {listed} from {_STATES} s where {where}"
