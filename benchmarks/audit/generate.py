"""Make a believable event log of any size: the same seed and size give the same events.

    python -m benchmarks.audit.generate FOLDER --events 1000000 [--format jsonl] [--seed 1]

Conversations begin with a comment; there are up to three replies, follow-up comments, moderation
with notices and appeals, warnings and bans, resolutions. One conversation has 1 % of all rows.
Fields are missing here and there, some times are known to the day only, and now and then many
comments come at once. Numbers are drawn by numpy in blocks of conversations, and written out as
words by DuckDB; a block is one file, so that memory does not depend on the size.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from benchmarks.audit import words
from linter.log.columns import COLUMNS, literal, quoted

FORMATS = ("parquet", "jsonl", "csv", "store")
BLOCK = 250_000
"""Rows of a file, about."""
_SECOND = 1_000_000
_HOUR, _DAY = 3_600 * _SECOND, 86_400 * _SECOND
_BEGIN = 1_767_225_600 * _SECOND  # 2026-01-01
_SPAN = 182 * _DAY
_ROWS_EACH = 3.34  # of a conversation, on average

CHANNELS = ("facebook", "instagram", "forum", "app_store", "email", "chat")
KINDS = ("complaint", "emotional", "abuse", "praise", "question", "mixed", "other")
EVENTS = ("comment", "reply", "private_message", "action", "resolution", "release", "announcement")
ACTIONS = (
    "remove",
    "hide",
    "restore",
    "approve",
    "lock",
    "warn",
    "ban",
    "notify",
    "report_external",
    "evidence",
    "appeal_open",
    "appeal_accept",
    "appeal_reject",
)
GROUNDS = ("insult", "spam", "hate", "off_topic", "personal_data", "threat", "fake", "other")
ROLES = ("customer", "team", "moderator", "bot", "platform", "other")
_COMMENT, _REPLY, _MESSAGE, _ACTION, _RESOLUTION, _RELEASE, _ANNOUNCEMENT = range(len(EVENTS))
_CUSTOMER, _TEAM, _MODERATOR, _BOT, _PLATFORM, _OTHER = range(len(ROLES))
_NONE = -1
_HOT = -1
"""The number of the conversation that has 1 % of all rows."""

_FIELDS = (
    "conversation",
    "number",
    "event",
    "time",
    "actor",
    "role",
    "action",
    "target",  # the number of an event of the conversation; -2: its customer's account
    "channel",
    "language",
    "kind",
    "customer",
    "dice",
)
Rows = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Size:
    """How many events and conversations a log has, about; and over how many blocks."""

    events: int

    @property
    def conversations(self) -> int:
        return max(1, round(self.events * 0.99 / _ROWS_EACH))

    @property
    def blocks(self) -> int:
        return max(1, round(self.events / BLOCK))


def blocks(size: Size, seed: int) -> Iterator[Rows]:
    """The numbers of all rows: arrays by the names of `_FIELDS`, a block at a time, in order of
    time within each."""
    edges = np.linspace(0, size.conversations, size.blocks + 1).astype(np.int64)
    for index, (low, high) in enumerate(pairwise(edges)):
        yield _block(np.random.default_rng([seed, index]), int(low), int(high), size)


def _block(rng: np.random.Generator, low: int, high: int, size: Size) -> Rows:
    n = high - low
    conversation = np.arange(low, high)
    step = _SPAN / size.conversations
    begin = _BEGIN + ((conversation + rng.random(n)) * step).astype(np.int64)
    # Every tenth stretch of the year's 2000 has its comments within its first two hundredths.
    stretch = _SPAN // 2_000
    since = (begin - _BEGIN) % stretch
    busy = ((begin - _BEGIN) // stretch) % 10 == 3
    begin = np.where(busy, begin - since + since // 50, begin)
    begin = begin // _SECOND * _SECOND
    fine = rng.random(n) < 0.3  # some sources know fractions of a second
    begin = np.where(fine, begin + rng.integers(0, _SECOND, n), begin)
    kind = rng.choice(len(KINDS), n, p=[0.36, 0.1, 0.07, 0.17, 0.2, 0.05, 0.05])
    channel = rng.choice(len(CHANNELS), n, p=[0.35, 0.2, 0.15, 0.12, 0.1, 0.08])
    customer = np.minimum(rng.zipf(1.4, n), 10_000_000) + (conversation % 997) * 31
    language = rng.choice(3, n, p=[0.4, 0.35, 0.25])
    made: list[Rows] = []
    number = np.zeros(n, dtype=np.int64)

    def add(mask: Any, event: int, time: Any, actor: Any, role: Any, **more: Any) -> Any:
        """Enter a row for each conversation of the mask; returns its numbers."""
        number[mask] += 1
        at = np.flatnonzero(mask)
        rows = {
            "conversation": conversation[at],
            "number": number[at],
            "event": np.full(len(at), event),
            "time": np.broadcast_to(time, n)[at],
            "actor": np.broadcast_to(actor, n)[at],
            "role": np.broadcast_to(role, n)[at],
            "action": np.broadcast_to(more.get("action", _NONE), n)[at],
            "target": np.broadcast_to(more.get("target", _NONE), n)[at],
            "channel": channel[at],
            "language": language[at],
            "kind": np.broadcast_to(more.get("kind", _NONE), n)[at],
            "customer": customer[at],
            "dice": rng.integers(0, 2**62, len(at)),
        }
        made.append(rows)

    def after(time: Any, median: float, spread: float = 1.5) -> Any:
        delay = np.exp(rng.normal(np.log(median * _HOUR), spread, n)).astype(np.int64)
        return time + np.minimum(delay, 60 * _DAY) // _SECOND * _SECOND

    every = np.ones(n, dtype=bool)
    add(every, _COMMENT, begin, customer, _CUSTOMER, kind=kind)
    agent, moderator = rng.integers(0, 60, n), rng.integers(0, 25, n)
    replies = rng.choice(4, n, p=[0.18, 0.55, 0.2, 0.07])
    time = begin
    for turn in range(3):
        mask = replies > turn
        role = rng.choice([_TEAM, _BOT, _OTHER], n, p=[0.93, 0.05, 0.02])
        time = after(time, 3.0)
        add(mask, _REPLY, time, agent, role, target=1)
        if turn == 0:
            again = mask & (rng.random(n) < 0.25)
            later = after(time, 5.0)
            follow = rng.choice(len(KINDS), n, p=[0.3, 0.1, 0.03, 0.4, 0.1, 0.02, 0.05])
            add(again, _COMMENT, later, customer, _CUSTOMER, kind=follow)
    add(rng.random(n) < 0.08, _MESSAGE, after(begin, 2.0), agent, _TEAM, target=1)

    bad = np.isin(kind, [KINDS.index("abuse")])
    judged = rng.random(n) < np.where(bad, 0.8, 0.08)
    verb = rng.choice([0, 1, 3], n, p=[0.6, 0.25, 0.15])
    decided = after(begin, 1.0)
    add(judged & (verb == 0), _ACTION, decided, moderator, _MODERATOR, action=0, target=1)
    add(judged & (verb == 1), _ACTION, decided, moderator, _MODERATOR, action=1, target=1)
    add(judged & (verb == 3), _ACTION, decided, moderator, _MODERATOR, action=3, target=1)
    removed = judged & (verb < 2)
    told = removed & (rng.random(n) < 0.7)
    add(told, _ACTION, after(decided, 0.05), moderator, _MODERATOR, action=7, target=1)
    add(
        removed & (rng.random(n) < 0.3),
        _ACTION,
        decided,  # at the very instant of the decision
        moderator,
        _MODERATOR,
        action=9,
        target=1,
    )
    appealed = told & (rng.random(n) < 0.15)
    opened = after(decided, 20.0)
    add(appealed, _ACTION, opened, customer, _CUSTOMER, action=10, target=1)
    reviewer = np.where(rng.random(n) < 0.9, (moderator + 1) % 25, moderator)
    answered = after(opened, 24.0)
    won = rng.random(n) < 0.3
    heard = appealed & (rng.random(n) < 0.9)
    add(heard & won, _ACTION, answered, reviewer, _MODERATOR, action=11, target=1)
    add(heard & ~won, _ACTION, answered, reviewer, _MODERATOR, action=12, target=1)
    restored = heard & won & (rng.random(n) < 0.85)
    add(restored, _ACTION, after(answered, 1.0), reviewer, _MODERATOR, action=2, target=1)
    banned = bad & (rng.random(n) < 0.3)
    warned = banned & (rng.random(n) < 0.75)
    add(warned, _ACTION, decided, moderator, _MODERATOR, action=5, target=-2)
    add(banned, _ACTION, after(decided, 30.0), moderator, _MODERATOR, action=6, target=-2)
    add(bad & (rng.random(n) < 0.05), _ACTION, decided, moderator, _MODERATOR, action=8, target=1)
    closed, locked = after(time, 10.0), rng.random(n) < 0.02
    add(locked, _ACTION, closed, moderator, _MODERATOR, action=4, target=1)
    add(locked & (rng.random(n) < 0.2), _REPLY, after(closed, 10.0), agent, _TEAM, target=1)
    add(rng.random(n) < 0.55, _RESOLUTION, after(time, 12.0), agent, _TEAM, target=1)
    # What belongs to no conversation: a release or an announcement a stretch.
    first = np.diff((begin - _BEGIN) // stretch, prepend=-1) > 0
    add(first & (rng.random(n) < 0.2), _RELEASE, begin, 0, _TEAM)
    add(first & (rng.random(n) < 0.2), _ANNOUNCEMENT, begin - _HOUR, 1, _TEAM)
    rows = {name: np.concatenate([part[name] for part in made]) for name in _FIELDS}
    hot = _hot(rng, len(rows["time"]) // 99, low, begin)
    rows = {name: np.concatenate([rows[name], hot[name]]) for name in _FIELDS}
    order = np.lexsort((rows["dice"], rows["time"]))
    return {name: values[order] for name, values in rows.items()}


def _hot(rng: np.random.Generator, n: int, low: int, begin: Any) -> Rows:
    """The rows of a block in the conversation that everybody takes part in."""
    event = rng.choice([_COMMENT, _REPLY, _ACTION], n, p=[0.8, 0.17, 0.03])
    number = 1 + 8 * low + np.arange(n)
    comment = event == _COMMENT
    return {
        "conversation": np.full(n, _HOT),
        "number": number,
        "event": event,
        "time": np.sort(rng.integers(begin.min(), begin.max() + 1, n)) // _SECOND * _SECOND,
        "actor": np.where(comment, rng.integers(0, 5_000, n), rng.integers(0, 25, n)),
        "role": np.select([comment, event == _REPLY], [_CUSTOMER, _TEAM], _MODERATOR),
        "action": np.where(event == _ACTION, rng.choice([0, 1, 3], n), _NONE),
        # The comment just before it, if that is one: a target that no event has is missing.
        "target": np.where(comment | ~np.roll(comment, 1), _NONE, number - 1),
        "channel": np.full(n, 0),
        "language": np.full(n, 0),
        "kind": np.where(comment, rng.integers(0, len(KINDS), n), _NONE),
        "customer": np.full(n, _NONE),
        "dice": rng.integers(0, 2**62, n),
    }


# --- words ---------------------------------------------------------------------------------------


def _names(values: Sequence[str]) -> str:
    return f"[{', '.join(map(literal, values))}]"


def _pick(index: str, values: Sequence[str]) -> str:
    """The value of that index; NULL for -1."""
    return f"{_names(values)}[nullif({index}, {_NONE}) + 1]"


def _share(shift: int, percent: float) -> str:
    """Holds for so many percent of the rows; another shift is another throw."""
    return f"((dice >> {shift}) % 9973 < {percent * 99.73:.0f})"


def _sentence(texts: dict[str, tuple[tuple[str, ...], ...]], shift: int) -> str:
    """A text in the row's language."""

    def part(n: int) -> str:
        rows = ", ".join(_names(texts[code][n]) for code in words.LANGUAGES)
        size = len(texts[words.LANGUAGES[0]][n])
        return f"[{rows}][language + 1][(dice >> {shift + 4 * n}) % {size} + 1]"

    detail = f"replace({part(2)}, '{{}}', ((dice >> {shift + 9}) % 900000 + 1000)::varchar)"
    return f"trim({part(0)} || ' ' || {part(1)} || '. ' || {detail} || ' ' || {part(3)})"


_TALK = (_COMMENT, _REPLY, _MESSAGE)
_VERDICT = "(action in (0, 1))"
_ID = "case when conversation < 0 then 'hot' else 'k' || conversation end"
_UTC = "strftime(make_timestamp(time), '%Y-%m-%dT%H:%M:%S.%fZ')"
_CET = "strftime(make_timestamp(time + 3600000000), '%Y-%m-%dT%H:%M:%S.%f+01:00')"
_DAYS = "strftime(make_timestamp(time), '%Y-%m-%d')"
_BY_DAY = f"(event in ({_RESOLUTION}, {_ACTION}) and {_share(3, 0.3)})"
_ACCOUNT = "'user-' || actor"

SPOKEN = {
    "event": _pick("event", EVENTS),
    "id": f"{_ID} || '.' || number",
    "conversation": f"case when event < {_RELEASE} and not {_share(1, 0.4)} then {_ID} end",
    "time": f"case when {_BY_DAY} then {_DAYS} when dice % 4 = 0 then {_CET} else {_UTC} end",
    "channel": f"case when not {_share(5, 1)} then {_pick('channel', CHANNELS)} end",
    "place": f"case when {_share(7, 60)} then 'own' when {_share(7, 90)} then 'other' end",
    "actor": (
        f"case when {_share(9, 1)} then null when role = {_CUSTOMER} then {_ACCOUNT} "
        f"when role = {_MODERATOR} then 'mod-' || actor else 'agent-' || actor end"
    ),
    "actor.role": f"case when not {_share(11, 3)} then {_pick('role', ROLES)} end",
    "action": _pick("action", ACTIONS),
    "target": (
        f"case target when {_NONE} then null when -2 then 'user-' || customer "
        f"else {_ID} || '.' || target end"
    ),
    "target.type": f"case target when {_NONE} then null when -2 then 'account' else 'comment' end",
    "target.author": "case target when -2 then 'user-' || customer end",
    "text": (
        f"case when event = {_COMMENT} then {_sentence(words.COMMENTS, 2)} "
        f"when event in ({_REPLY}, {_MESSAGE}) then {_sentence(words.REPLIES, 2)} end"
    ),
    "language": f"case when event in {_TALK} and not {_share(13, 5)} "
    f"then {_pick('language', words.LANGUAGES)} end",
    "kind": f"case when not {_share(15, 8)} then {_pick('kind', KINDS)} end",
    "rating": "case when event = 0 and channel = 3 then (dice >> 17) % 5 + 1 end",
    "reach": f"case when event = 0 and channel < 3 and {_share(19, 70)} "
    "then (dice >> 21) % 50000 end",
    "ground": (
        f"case when {_VERDICT} and not {_share(23, 10)} then case when {_share(25, 10)} "
        f"then [{_pick('dice % 8', GROUNDS)}, 'other'] else [{_pick('dice % 8', GROUNDS)}] end end"
    ),
    "reason": f"case when {_VERDICT} and {_share(27, 40)} then {_pick('dice % 6', words.REASONS)} "
    f"when {_VERDICT} and {_share(29, 20)} then '' end",
    "rule": f"case when {_VERDICT} and {_share(31, 50)} then 'rule-' || (dice % 12) end",
    "notified": f"case when {_VERDICT} and not {_share(33, 20)} then {_share(35, 70)} end",
    "evidence": "case when action = 9 then ['file-' || (dice % 100000)] end",
    "until": "case when action = 6 and dice % 3 > 0 "
    "then strftime(make_timestamp(time + 2592000000000), '%Y-%m-%dT%H:%M:%SZ') end",
    "automated.detection": f"case when {_VERDICT} and {_share(37, 60)} then {_share(39, 30)} end",
    "automated.decision": f"case when {_VERDICT} and {_share(41, 50)} "
    f"then {_pick('dice % 3', ('fully', 'partially', 'not'))} end",
    "fields": "case when event = 3 then {'queue': 'q' || (dice % 7), 'minutes': dice % 90} end",
}
"""What each row says, in SQL."""


def _stored(file: str) -> str:
    """What ingestion makes of the rows: the columns of the event log's table."""

    def column(name: str, kind: str) -> str:
        own = f"e.{quoted(name)}"
        day = 'length(e."time") = 10'
        match name:
            case "subject":
                return "coalesce(e.target, e.id)"
            case "author":
                who = "case when e.event = 'comment' then e.actor end"
                return f'coalesce(e."target.author", c.actor, {who})'
            case "target.author":
                return f"coalesce({own}, c.actor)"
            case "conversation":
                return f"coalesce({own}, c.conversation, e.target, e.id)"
            case "target.text" | "target.kind" | "target.reach":
                return f"c.{quoted(name.removeprefix('target.'))}"
            case "target.time":
                return 'c."time"::timestamptz::timestamp'
            case "time" | "until":
                return f"{own}::timestamptz::timestamp"
            case "time.end":
                return (
                    'e."time"::timestamptz::timestamp + case when '
                    f"{day} then to_microseconds(86399999999) else to_microseconds(0) end"
                )
            case "fields":
                return f"case when {own} is not null then to_json({own})::varchar end"
            case "kind.inferred" | "target.kind.inferred":
                return "false"
            case "file":
                return literal(file)
            case "row":
                return "e.row"
            case _ if name in SPOKEN:
                # A form gives nothing for what it does not know.
                return f"nullif({own}, '')" if kind == "VARCHAR" else own
        return "null"

    chosen = ", ".join(
        f"({column(name, kind)})::{kind} as {quoted(name)}" for name, kind in COLUMNS.items()
    )
    return (
        f"select {chosen} from (select *, row_number() over () as row from spoken) e "
        "left join spoken c on c.id = e.target and c.event = 'comment'"
    )


_ENDINGS = {"parquet": "parquet", "jsonl": "jsonl", "csv": "csv", "store": "parquet"}
_OPTIONS = {
    "parquet": "format parquet, compression zstd",
    "jsonl": "format json",
    "csv": "format csv, header",
    "store": "format parquet, compression zstd",
}


def write(folder: Path, events: int, format: str = "parquet", seed: int = 1) -> int:  # noqa: A002
    """Write a log of about so many events into a folder, which it makes; returns how many.

    The formats "parquet", "jsonl" and "csv" are what `replylint audit` reads, "store" is what it
    makes of them: the columns of `linter.log.columns`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    con = duckdb.connect(config={"threads": 2, "memory_limit": "1GB"})
    con.execute("set timezone = 'UTC'")
    con.execute("set enable_progress_bar = false")
    select = ", ".join(f"{value} as {quoted(name)}" for name, value in SPOKEN.items())
    if format == "csv":  # a cell has no lists: JSON instead
        for name in ("ground", "evidence", "fields"):
            select = select.replace(f" as {quoted(name)}", f"::json as {quoted(name)}")
    written = 0
    for index, rows in enumerate(blocks(Size(events), seed)):
        path = folder / f"events-{index:04}.{_ENDINGS[format]}"
        con.register("drawn", pa.table(rows))
        con.execute(f"create or replace temp table spoken as select {select} from drawn")
        what = "from spoken" if format != "store" else _stored(path.name)
        con.execute(f"copy ({what}) to {literal(str(path))} ({_OPTIONS[format]})")
        con.unregister("drawn")
        written += len(rows["time"])
    return written


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.audit.generate")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--format", choices=FORMATS, default="parquet")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    written = write(options.folder, options.events, options.format, options.seed)
    print(f"{written} events in {options.folder}", file=sys.stderr)


if __name__ == "__main__":
    main()
