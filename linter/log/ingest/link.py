"""Staged rows become the event log: each id once, nothing before what it is about, and what an
event lacks taken from its target.

All works on relations of one connection. `staged` (`build.STAGED`) is what it begins with;
`event_log` and `rejects` are the queries that it ends with.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from linter.log.columns import COLUMNS, FILE, INFERRED, ROW, TIME_END, literal, quoted
from linter.log.ingest import snapshots
from linter.log.ingest.build import EVENT_COLUMNS, UNKNOWN, amendments
from linter.log.ingest.files import SHOWN
from linter.log.sources.model import OF_COMMENT, Amendment, Reversal, Source
from linter.log.sources.schema import vocabulary

STAGED, BASE = "ingest_staged", "ingest_base"
_REPEATED, _CHOSEN, _REFUSED = "ingest_repeated", "ingest_chosen", "ingest_refused"
_CHAINS = "ingest_chains"
_AMENDING, _AMENDED = "ingest_amending", "ingest_amended"
_TAKEN, _REVERSED = "ingest_taken", "ingest_reversed"
"""Relations while it works."""
REJECTS = {
    "file": "VARCHAR",
    "row": "BIGINT",
    "id": "VARCHAR",
    "reason": "VARCHAR",
    "raw": "VARCHAR",
}
_DUPLICATE, _EARLY = "another event has this id", "the event is before its target"
_AT_ONCE = 1000
_NOT_AMENDED = ("id", "event", "action", "target", "time", TIME_END, "actor", "actor.role")
_DEEPEST = 64
"""Halvings of a chain of replies: only one that bites its own tail needs more."""
_COLUMNS = (*EVENT_COLUMNS, FILE, ROW)
_ALL = ", ".join(map(quoted, _COLUMNS))
_CONTENT = ", ".join(f"{literal(name)}, {quoted(name)}" for name in EVENT_COLUMNS)
_WHOLE = f"cast(json_merge_patch('{{}}', json_object({_CONTENT})) as VARCHAR)"
_RAW = f"substr({_WHOLE}, 1, {SHOWN})"


def event_log(con: Any, source: Source, files: Sequence[str] = ()) -> str:
    """The query that gives the events, with `columns.COLUMNS`; `files` are their names in order.

    Raises InvalidFile where the files do not fit together.
    """
    con.execute(f"create or replace temp table {_REFUSED} ({_columns(REJECTS)})")
    if source.is_snapshots:
        snapshots.compare(con, STAGED, files, source)
        con.execute(
            f'insert into {_REFUSED} select "file", "row", id, fault, raw from {snapshots.MADE} '
            "where fault is not null"
        )
    _choose(con, snapshots.MADE if source.is_snapshots else STAGED)
    if amendments(source):
        _amend(con, amendments(source))
    if source.reversals:
        _take_back(con, source.reversals)
    _refuse_early(con)
    _resolve_conversations(con)
    return _final()


def _columns(columns: Any) -> str:
    return ", ".join(f"{quoted(name)} {type_}" for name, type_ in columns.items())


def _choose(con: Any, staged: str) -> None:
    """The view BASE: of several events with an id, the least by time and content."""
    events = (
        f"(select {_ALL} from {staged} where fault is null and ignored is null and amends is null)"
    )
    # The hash is short; it only says where to look.
    suspects = f"select hash(id) from {events} group by 1 having count(*) > 1"
    con.execute(
        f"create or replace temp table {_REPEATED} as select id from {events} "
        f"where hash(id) in ({suspects}) group by id having count(*) > 1"
    )
    if not con.execute(f"select count(*) from {_REPEATED}").fetchone()[0]:
        con.execute(f"create or replace temp view {BASE} as from {events}")
        return
    con.execute(
        f"create or replace temp table {_CHOSEN} as select *, row_number() over (partition by id "
        f'order by "time", {_WHOLE}, "file", "row") as nth from {events} '
        f"where id in (select id from {_REPEATED})"
    )
    con.execute(
        f'insert into {_REFUSED} select "file", "row", id, {literal(_DUPLICATE)}, {_RAW} '
        f"from {_CHOSEN} where nth > 1"
    )
    con.execute(
        f"create or replace temp view {BASE} as select {_ALL} from {events} "
        f"where id not in (select id from {_REPEATED}) "
        f"union all select {_ALL} from {_CHOSEN} where nth = 1"
    )


def _amend(con: Any, amended: Sequence[Amendment]) -> None:
    """Let rows that are no events of their own complete the last event that they are about."""
    rows = []
    for number, amendment in enumerate(amended):
        actions = ", ".join(map(literal, amendment.actions))
        rows.append(
            f"select b.id as amended, a.* from {STAGED} a join {BASE} b on a.target = b.target "
            f'and b.action in ({actions}) and a."time" >= b."time" '
            f'and a."time" <= b."time" + to_microseconds({amendment.within}) '
            f"where a.amends = {number} and a.fault is null "
            'qualify row_number() over (partition by a."file", a."row", a.id '
            'order by b."time" desc, b.id desc) = 1'
        )
    con.execute(f"create or replace temp table {_AMENDING} as {' union all '.join(rows)}")
    # Of several, the first that says something of a field.
    names = [name for name in EVENT_COLUMNS if name not in _NOT_AMENDED]
    found = ", ".join(
        f"arg_min({quoted(name)}, ({quoted('time')}, {quoted('id')})) "
        f"filter (where {quoted(name)} is not null) as {quoted(name)}"
        for name in names
    )
    columns = ", ".join(
        f"coalesce(b.{quoted(name)}, a.{quoted(name)}) as {quoted(name)}"
        if name in names
        else f"b.{quoted(name)}"
        for name in _COLUMNS
    )
    con.execute(
        f"create or replace temp table {_AMENDED} as select {columns} from {BASE} b left join "
        f"(select amended, {found} from {_AMENDING} group by amended) a on b.id = a.amended"
    )
    con.execute(f"create or replace temp view {BASE} as from {_AMENDED}")


def _take_back(con: Any, reversals: Sequence[Reversal]) -> None:
    """Say which decision an event takes back, and what that makes of it."""
    actions = sorted({name for each in reversals for name in each.named})
    listed = ", ".join(map(literal, actions))
    # The last of all decisions before on the same target has to be one that can be taken back.
    taken, becomes = [], []
    for each in reversals:
        after = ", ".join(map(literal, each.after))
        last = (
            f"last_value(case when action in ({', '.join(map(literal, each.named))}) "
            "then {'id': id, 'action': action} end ignore nulls) over before"
        )
        found = f"case when action = {literal(each.action)} then {last} end"
        if each.takes_back:
            taken.append(f"case when ({found}).action in ({after}) then ({found}).id end")
        if each.becomes:
            becomes.append(
                f"when action = {literal(each.action)} and ({found}).action in ({after}) "
                f"then {literal(each.becomes)}"
            )
    action = f"case {' '.join(becomes)} else action end" if becomes else "action"
    con.execute(
        f"create or replace temp table {_TAKEN} as select id, "
        f"coalesce({', '.join(taken or ['NULL'])}) as reverses, {action} as action from {BASE} "
        f"where event = 'action' and action in ({listed}) and target is not null "
        'window before as (partition by target order by "time", id '
        "rows between unbounded preceding and 1 preceding)"
    )
    columns = ", ".join(
        f"coalesce(b.{quoted(name)}, r.reverses) as {quoted(name)}"
        if name == "reverses"
        else f"coalesce(r.action, b.action) as {quoted(name)}"
        if name == "action"
        else f"b.{quoted(name)}"
        for name in _COLUMNS
    )
    con.execute(
        f"create or replace temp table {_REVERSED} as select {columns} "
        f"from {BASE} b left join {_TAKEN} r on b.id = r.id"
    )
    con.execute(f"create or replace temp view {BASE} as from {_REVERSED}")


_IS_EVENT = "coalesce(e.\"target.type\", '') <> 'account'"
"""The name of an account may be that of an event by chance."""


def _refuse_early(con: Any) -> None:
    con.execute(
        f'insert into {_REFUSED} select e."file", e."row", e.id, {literal(_EARLY)}, '
        f"{_RAW_OF_E} from {BASE} e join {BASE} t on e.target = t.id "
        f'where {_IS_EVENT} and e.id <> t.id and e."{TIME_END}" < t."time"'
    )


_RAW_OF_E = _RAW.replace(', "', ', e."')


def _resolve_conversations(con: Any) -> None:
    """The table of conversations for events that have them only through more than one target."""
    open_ = (
        f"(select e.id, e.target as parent from {BASE} e where e.conversation is null "
        f"and e.target is not null and {_IS_EVENT})"
    )
    con.execute(
        f"create or replace temp table {_CHAINS} as select id, parent, NULL::VARCHAR as found "
        f"from {open_} where parent in (select id from {open_})"
    )
    if not con.execute(f"select count(*) from {_CHAINS}").fetchone()[0]:
        return
    # Where each chain leaves the events that have no conversation of their own.
    con.execute(
        f"insert into {_CHAINS} select o.id, o.parent, coalesce(t.conversation, o.parent) "
        f"from {open_} o left join {BASE} t on o.parent = t.id "
        f"where o.parent not in (select id from {open_}) "
        f"and o.id in (select parent from {_CHAINS})"
    )
    for _ in range(_DEEPEST):
        left = con.execute(f"select count(*) from {_CHAINS} where found is null").fetchone()[0]
        if not left:
            return
        con.execute(
            f"create or replace temp table {_CHAINS} as select a.id, "
            "case when a.found is null then b.parent else a.parent end as parent, "
            "coalesce(a.found, b.found) as found "
            f"from {_CHAINS} a left join {_CHAINS} b on a.parent = b.id"
        )


def _final() -> str:
    about = "t.event = 'comment' and e.event <> 'comment'"
    own = {name: f"e.{quoted(name)}" for name in _COLUMNS}
    linked = {
        name: f"coalesce({own[name]}, case when {about} then t.{quoted(theirs)} end)"
        for name, theirs in OF_COMMENT.items()
    }
    subject = "coalesce(e.target, e.id)"
    columns = {
        **own,
        **linked,
        "subject": subject,
        "author": (
            f"coalesce({linked['target.author']}, case when e.event = 'comment' then e.actor "
            "when e.\"target.type\" = 'account' then e.target end)"
        ),
        "conversation": (
            "coalesce(e.conversation, c.found, t.conversation, "
            f"case when t.id is not null then coalesce(t.target, t.id) end, {subject})"
        ),
        "acts": "NULL",
        "target.acts": "NULL",
        **dict.fromkeys(INFERRED, "NULL"),
    }
    selected = ", ".join(
        f"cast({columns[name]} as {type_}) as {quoted(name)}" for name, type_ in COLUMNS.items()
    )
    theirs = ", ".join(map(quoted, ("id", "event", "target", "conversation", *OF_COMMENT.values())))
    return (
        f"select {selected} from {BASE} e left join (select {_once(theirs)} from {BASE} "
        f"where id in (select target from {BASE})) t on e.target = t.id and {_IS_EVENT} "
        f"left join (select id, found from {_CHAINS} where found is not null) c on e.id = c.id "
        f"where not exists (select 1 from {_REFUSED} r where r.reason = {literal(_EARLY)} "
        "and r.id = e.id)"
    )


def _once(names: str) -> str:
    return ", ".join(dict.fromkeys(names.split(", ")))


def refuse(con: Any, refused: Sequence[tuple[str, int, str, str]]) -> None:
    """Add lines that were no rows: file, row, reason, raw."""
    for start in range(0, len(refused), _AT_ONCE):
        con.executemany(
            f"insert into {_REFUSED} values (?, ?, NULL, ?, ?)",
            [list(each) for each in refused[start : start + _AT_ONCE]],
        )


def rejects(con: Any, source: Source | None = None) -> str:
    """The query that gives the rejects, with the columns REJECTS. Call it after `event_log`."""
    from linter.documents import suggest

    con.execute(
        f'insert into {_REFUSED} select "file", "row", id, fault, raw from {STAGED} '
        "where fault is not null"
    )
    unknown = con.execute(
        f"select distinct reason from {_REFUSED} where starts_with(reason, {literal(UNKNOWN)}) "
        "order by reason limit 1000"
    ).fetchall()
    for (reason,) in unknown:
        name, _, word = reason.removeprefix(UNKNOWN).partition(" ")
        hint = suggest(word.strip('"'), {*vocabulary(name), *_native_words(source, name)})
        if hint:
            con.execute(
                f"update {_REFUSED} set reason = ? where reason = ?", [reason + hint, reason]
            )
    listed = ", ".join(
        f"cast({quoted(name)} as {t}) as {quoted(name)}" for name, t in REJECTS.items()
    )
    return f'select {listed} from {_REFUSED} order by "file", "row", id, reason'


def _native_words(source: Source | None, name: str) -> set[str]:
    """The words of a source's own that it translates, or knows as verbs."""
    if source is None:
        return set()
    if name == "verb":
        return {*source.verbs, *source.ignored}
    templates = (each for several in source.verbs.values() for each in several)
    found = (each.fields[name].values for each in templates if name in each.fields)
    return {word for words in found for word in words or ()}


def ignored(con: Any, source: Source) -> dict[str, int]:
    """How many rows became no event, by verb. Call it after `event_log`."""
    unused = "amends is null"
    if amendments(source):
        unused = (
            f'(amends is null or ("file", "row") not in (select ("file", "row") from {_AMENDING}))'
        )
    found = con.execute(
        f"select ignored, count(*) from {STAGED} where ignored is not null and fault is null "
        f"and {unused} group by 1 order by 1"
    ).fetchall()
    return dict(found)


def clear(con: Any) -> None:
    """Drop what only this work needed."""
    con.execute(f"drop view if exists {BASE}")
    for name in (
        *(_REPEATED, _CHOSEN, _REFUSED, _CHAINS, _AMENDING, _AMENDED, _TAKEN, _REVERSED),
        *snapshots.RELATIONS,
    ):
        con.execute(f"drop table if exists {name}")
