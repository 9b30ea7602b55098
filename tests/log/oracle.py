"""What the templates mean, by loops over all pairs, as `linter.logic.constraints` has it in words.

Nothing here is quick and nothing comes from `linter.log.judge`. A row is a mapping of the fields'
names to their values; a missing field is absent. Times are whole microseconds since 1970.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import holidays

from linter.logic.conditions import MISSING, Condition, evaluate
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

Row = Mapping[str, Any]
Truth = bool | None
MINUTE = 60_000_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Judged:
    """A verdict, the event that stands for it and, for a violation, the related event."""

    verdict: str
    event: str
    other: str | None = None


def judged(
    constraint: Constraint,
    rows: Sequence[Row],
    log_end: int,
    start: int | None = None,
    end: int | None = None,
) -> list[Judged]:
    """All verdicts of a constraint whose policy was in force in [start, end)."""
    log = [row for row in rows if row is not None]

    def in_force(row: Row) -> bool:
        return (start is None or row["time"] >= start) and (end is None or row["time"] < end)

    match constraint:
        case Absence():
            found = absence(constraint, log)
        case Existence():
            found = existence(constraint, log)
        case AtMost():
            found = at_most(constraint, log)
        case Response():
            found = response(constraint, log, log_end)
        case Precedence():
            found = precedence(constraint, log)
        case NotResponse():
            found = not_response(constraint, log, log_end)
        case Burst():
            found = burst(constraint, log, log_end)
        case RateBy():
            return rate_by(constraint, [row for row in log if in_force(row)])
    by_id = {row["id"]: row for row in log}
    return [each for each in found if in_force(by_id[each.event])]


# --- Kleene's logic ------------------------------------------------------------------------------


def holds(condition: Condition | None, row: Row, *, absent: bool = False) -> Truth:
    """`absent`: what an absent condition counts as."""
    if condition is None:
        return absent
    return evaluate(condition, lambda name: field(row, name)).holds


def field(row: Row, name: str) -> Any:
    own, _, rest = name.partition(".")
    value = row.get("fields", {}).get(rest) if own == "fields" and rest else row.get(name)
    if value is None:
        return MISSING
    return [item for item in value if item is not None] if isinstance(value, list) else value


def every(parts: Iterable[Truth]) -> Truth:
    found = list(parts)
    return False if False in found else None if None in found else True


def some(parts: Iterable[Truth]) -> Truth:
    found = list(parts)
    return True if True in found else None if None in found else False


def no(part: Truth) -> Truth:
    return None if part is None else not part


def verdict(a: Truth, u: Truth, r: Truth, pending: bool = False) -> str | None:
    """None where there is no activation."""
    if a is False:
        return None
    if u is True or r is True:
        return "pass" if a is True else None
    if None in (a, u, r):
        return "cannot tell"
    return "pending" if pending else "violation"


# --- time ----------------------------------------------------------------------------------------


def elapsed(limit: Limit | None, start: int, end: int) -> int:
    """On the limit's clock; negative where `end` comes first."""
    if limit is None or limit.calendar is None:
        return end - start
    return worked(limit.calendar, end) - worked(limit.calendar, start)


FIRST_DAY, LAST_DAY = date(2026, 3, 25), date(2026, 4, 9)


def worked(calendar: Calendar, instant: int) -> int:
    """Working time since FIRST_DAY, by looking at each minute's local time."""
    minutes = _minutes(calendar)
    number, rest = divmod(instant - _first_minute(), MINUTE)
    before, working = minutes[number]
    return before * MINUTE + (rest if working else 0)


def _first_minute() -> int:
    start = datetime.combine(FIRST_DAY, datetime.min.time(), UTC)
    return (start - EPOCH) // timedelta(microseconds=1)


@lru_cache
def _minutes(calendar: Calendar) -> list[tuple[int, bool]]:
    zone = ZoneInfo(calendar.timezone)
    moment = datetime.combine(FIRST_DAY, datetime.min.time(), UTC)
    end = datetime.combine(LAST_DAY, datetime.min.time(), UTC)
    found, before = [], 0
    while moment < end:
        working = _is_working(calendar, moment.astimezone(zone))
        found.append((before, working))
        before += working
        moment += timedelta(minutes=1)
    return found


@lru_cache
def public_holidays(code: str) -> Any:
    country, _, part = code.partition("-")
    return holidays.country_holidays(country, subdiv=part or None)


def _is_working(calendar: Calendar, local: datetime) -> bool:
    if any(local.date() in public_holidays(code) for code in calendar.holidays):
        return False
    minute = local.hour * 60 + local.minute
    return local.weekday() in calendar.days and any(s <= minute < e for s, e in calendar.hours)


# --- templates -----------------------------------------------------------------------------------


def absence(constraint: Absence, log: Sequence[Row]) -> list[Judged]:
    found = []
    for row in log:
        each = verdict(
            holds(constraint.event, row), holds(constraint.unless, row), r=False, pending=False
        )
        if each:
            found.append(Judged(each, row["id"]))
    return found


def groups(log: Sequence[Row], key: str) -> list[list[Row]]:
    found = defaultdict(list)
    for row in log:
        if row.get(key) is not None:
            found[row[key]].append(row)
    return list(found.values())


def earliest(rows: Iterable[Row]) -> Row:
    return min(rows, key=lambda row: (row["time"], row["id"]))


def existence(constraint: Existence, log: Sequence[Row]) -> list[Judged]:
    found = []
    for case in groups(log, constraint.key):
        of = [holds(constraint.of, row, absent=True) for row in case]
        a = some(of)
        u = some(holds(constraint.unless, row) for row in case)
        certain = [holds(constraint.event, row) for row in case].count(True)
        possible = [holds(constraint.event, row) for row in case].count(None)
        r = True
        if certain < constraint.at_least:
            r = None if certain + possible >= constraint.at_least else False
        each = verdict(a, u, r)
        if each:
            shown = earliest(row for row, own in zip(case, of, strict=True) if own is a)
            found.append(Judged(each, shown["id"]))
    for row in log:
        if row.get(constraint.key) is None:
            a = holds(constraint.of, row, absent=True)
            each = verdict(a, holds(constraint.unless, row), None)
            if each:
                found.append(Judged(each, row["id"]))
    return found


def at_most(constraint: AtMost, log: Sequence[Row]) -> list[Judged]:
    def counts(row: Row) -> Truth:
        return every((holds(constraint.event, row), no(holds(constraint.unless, row))))

    limit = constraint.within
    found = []
    for case in groups(log, constraint.key):
        for row in case:
            if counts(row) is False:
                if holds(constraint.event, row) and holds(constraint.unless, row):
                    found.append(Judged("pass", row["id"]))
                continue
            certain = possible = 0
            for other in case:
                if (other["time"], other["id"]) > (row["time"], row["id"]):
                    continue
                inside: Truth = True
                if limit is not None and other is not row:
                    longest = elapsed(limit, other["time"], row["time.end"])
                    shortest = elapsed(limit, other["time.end"], row["time"])
                    inside = (
                        True
                        if longest < limit.length
                        else None
                        if shortest < limit.length
                        else False
                    )
                counted = every((inside, counts(other)))
                certain += counted is True
                possible += counted is not False
            at_most_so = constraint.at_most
            if counts(row) is True:
                each = "violation" if certain > at_most_so else "pass"
                each = "cannot tell" if certain <= at_most_so < possible else each
                found.append(Judged(each, row["id"]))
            elif possible > at_most_so:
                found.append(Judged("cannot tell", row["id"]))
    for row in log:
        if row.get(constraint.key) is None:
            each = verdict(holds(constraint.event, row), holds(constraint.unless, row), None)
            if each:
                found.append(Judged(each, row["id"]))
    return found


def response(constraint: Response, log: Sequence[Row], log_end: int) -> list[Judged]:
    def timing(row: Row, other: Row) -> Truth:
        limit = constraint.within
        certain = other["time"] >= row["time.end"]
        possible = other["time.end"] >= row["time"]
        if limit is not None:
            certain &= elapsed(limit, row["time"], other["time.end"]) <= limit.length
            possible &= elapsed(limit, row["time.end"], other["time"]) <= limit.length
        return True if certain else None if possible else False

    def late(row: Row, others: Iterable[Row]) -> str | None:
        behind = [other for other in others if other["time"] >= row["time.end"]]
        return min(behind, key=lambda o: (o["time.end"], o["id"]))["id"] if behind else None

    return _related(constraint, constraint.then, log, timing, late, log_end)


def precedence(constraint: Precedence, log: Sequence[Row]) -> list[Judged]:
    def timing(row: Row, other: Row) -> Truth:
        limit = constraint.within
        certain = other["time.end"] <= row["time"]
        possible = other["time"] <= row["time.end"]
        if limit is not None:
            certain &= elapsed(limit, other["time"], row["time.end"]) <= limit.length
            possible &= elapsed(limit, other["time.end"], row["time"]) <= limit.length
        return True if certain else None if possible else False

    def early(row: Row, others: Iterable[Row]) -> str | None:
        before = [other for other in others if other["time.end"] <= row["time"]]
        return min(before, key=lambda o: (-o["time"], o["id"]))["id"] if before else None

    return _related(constraint, constraint.before, log, timing, early, None)


def not_response(constraint: NotResponse, log: Sequence[Row], log_end: int) -> list[Judged]:
    limit = constraint.within
    found = []
    for row in log:
        r: Truth = True
        pending = False
        violating = []
        if _lacks(constraint, row):
            r = None
        else:
            marks = []
            for other, fits in _others(constraint, constraint.then, row, log):
                certain = other["time"] > row["time.end"]
                possible = other["time.end"] > row["time"]
                if limit is not None:
                    certain &= elapsed(limit, row["time"], other["time.end"]) <= limit.length
                    possible &= elapsed(limit, row["time.end"], other["time"]) <= limit.length
                    if limit.calendar is None and limit.length == 0:
                        possible = False
                marks.append(every((True if certain else None if possible else False, fits)))
                if marks[-1]:
                    violating.append(other)
            r = no(some(marks))
            if r is True and runs_on(limit, row, log_end):
                r, pending = False, True
        each = verdict(holds(constraint.event, row), holds(constraint.unless, row), r, pending)
        if each:
            other_id = None
            if each == "violation":
                other_id = min(violating, key=lambda o: (o["time.end"], o["id"]))["id"]
            found.append(Judged(each, row["id"], other_id))
    return found


def runs_on(limit: Limit | None, row: Row, log_end: int) -> bool:
    """Whether the limit ends behind the log's end: an event just after it could be in time."""
    return limit is not None and elapsed(limit, row["time.end"], log_end + 1) <= limit.length


def _related(
    constraint: Response | Precedence,
    wanted: Condition,
    log: Sequence[Row],
    timing: Callable[[Row, Row], Truth],
    nearest: Callable[[Row, Iterable[Row]], str | None],
    log_end: int | None,
) -> list[Judged]:
    found = []
    for row in log:
        others = list(_others(constraint, wanted, row, log))
        r = some(every((timing(row, other), fits)) for other, fits in others)
        if _lacks(constraint, row):
            r = None
        pending = log_end is not None and runs_on(constraint.within, row, log_end)
        each = verdict(holds(constraint.event, row), holds(constraint.unless, row), r, pending)
        if each:
            sure = [other for other, fits in others if fits]
            found.append(
                Judged(each, row["id"], nearest(row, sure) if each == "violation" else None)
            )
    return found


def _lacks(constraint: Response | Precedence | NotResponse, row: Row) -> bool:
    return any(row.get(name) is None for name in (constraint.key, *constraint.same))


def _others(
    constraint: Response | Precedence | NotResponse,
    wanted: Condition,
    row: Row,
    log: Sequence[Row],
) -> Iterable[tuple[Row, Truth]]:
    """The events that belong together with one, and whether they are what is looked for."""
    together = (constraint.key, *constraint.same)
    for other in log:
        if other is row or _lacks(constraint, other):
            continue
        if any(other[name] != row.get(name) for name in together):
            continue
        differ = [
            None if row.get(name) is None or other.get(name) is None else row[name] != other[name]
            for name in constraint.different
        ]
        yield other, every((holds(wanted, other), *differ))


def burst(constraint: Burst, log: Sequence[Row], log_end: int) -> list[Judged]:
    counted = [row for row in log if holds(constraint.event, row)]
    parts = [counted] if constraint.by is None else groups(counted, constraint.by)
    found = []
    for part in parts:
        rows = sorted(part, key=lambda row: (row["time"], row["id"]))
        inside_until = None
        for index, row in enumerate(rows):
            if inside_until is not None and row["time"] <= inside_until:
                continue
            window = [
                o for o in rows[index:] if o["time"] <= row["time"] + constraint.window.length
            ]
            if len(window) < constraint.at_least:
                continue
            inside_until = window[-1]["time"]
            each = _burst_verdict(constraint, row, log, log_end)
            if each:
                found.append(each)
    return found


def _burst_verdict(
    constraint: Burst, first: Row, log: Sequence[Row], log_end: int
) -> Judged | None:
    related, point = None, first["time"]
    if constraint.after is not None:
        causes = [
            row
            for row in log
            if holds(constraint.after.event, row)
            and row["time"] <= first["time"] <= row["time"] + constraint.after.within.length
        ]
        if not causes:
            return None
        cause = max(causes, key=lambda row: (row["time"], row["id"]))
        related, point = cause["id"], cause["time"]
    then = came = True
    pending = False
    if constraint.then is not None:
        start, length = first["time"], constraint.then.within.length
        then = _came(constraint.then, log, start, start + length)
        pending = start + length > log_end
    if constraint.before is not None:
        came = _came(constraint.before, log, point - constraint.before.within.length, point)
    r = every((then, came))
    if constraint.then is None and constraint.before is None:
        r = False
    each = verdict(True, False, r, pending and came is not False)
    return Judged(each, first["id"], related if each == "violation" else None) if each else None


def _came(nearby: Nearby, log: Sequence[Row], start: int, end: int) -> Truth:
    return some(holds(nearby.event, row) for row in log if start <= row["time"] <= end)


def rate_by(constraint: RateBy, log: Sequence[Row]) -> list[Judged]:
    found = []
    cases = defaultdict(list)
    shares = [(constraint.event, constraint.of)]
    if constraint.beside_event is not None:
        shares.append((constraint.beside_event, constraint.beside_of))
    for row in log:
        marks = []
        for event, of in shares:
            is_of, is_event = holds(of, row), holds(event, row)
            marks.append(None if is_of is None or (is_of and is_event is None) else is_of)
        grouped = all(row.get(name) is not None for name in constraint.by)
        if None in marks or (True in marks and not grouped):
            found.append(Judged("cannot tell", row["id"]))
        if grouped:
            key = (period(constraint.period, row), *(row[name] for name in constraint.by))
            cases[key].append((row, marks))
    for members in cases.values():
        of = [row for row, marks in members if marks[0]]
        if not of:
            continue
        count = sum(holds(constraint.event, row) is True for row in of)
        first = earliest(of)["id"]
        low, _ = wilson(count, len(of))
        enough = len(of) >= constraint.at_least
        if constraint.beside_event is not None:
            other = [row for row, marks in members if marks[1]]
            enough = enough and len(other) >= constraint.at_least
            if other:
                count2 = sum(holds(constraint.beside_event, row) is True for row in other)
                _, high2 = wilson(count2, len(other))
                p1, p2 = count / len(of), count2 / len(other)
                low = p1 - p2 - math.sqrt((p1 - low) ** 2 + (high2 - p2) ** 2)
        each = "violation" if low > constraint.at_most + 1e-9 else "pass"
        found.append(Judged(each if enough else "cannot tell", first))
    return found


def wilson(count: int, total: int) -> tuple[float, float]:
    """The two solutions of |count / total - p| = z sqrt(p (1 - p) / total)."""
    z2 = 1.959963984540054**2
    a, b, c = total + z2, -(2 * count + z2), count * count / total
    root = math.sqrt(max(0.0, b * b - 4 * a * c))
    return (-b - root) / (2 * a), (-b + root) / (2 * a)


def period(name: str | None, row: Row) -> object:
    day = (EPOCH + timedelta(microseconds=row["time"])).date()
    match name:
        case "day":
            return day
        case "week":
            return day.isocalendar()[:2]
        case "month":
            return day.year, day.month
        case "quarter":
            return day.year, (day.month - 1) // 3
        case "year":
            return day.year
    return None
