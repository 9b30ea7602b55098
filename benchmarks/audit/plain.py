"""The same constraints in one pass of plain Python: dicts, lists, no library for the judging.

    python -m benchmarks.audit.plain STORE POLICY

What one would write who has no engine; it keeps all that it needs in memory. It counts violations
only, which is less work than the audit does, and it is written from what `linter.logic.constraints`
says, apart from the audit's queries: the same counts are a check of both. Values are compared as
they stand, without the niceties for numbers and truth values given as text.
"""

from __future__ import annotations

import json
import math
import sys
import time
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from linter.log.columns import TIME_END
from linter.logic.conditions import All, AnyOf, Comparison, Condition, Not, comparisons
from linter.logic.constraints import (
    Absence,
    AtMost,
    Burst,
    Calendar,
    Constraint,
    Existence,
    NotResponse,
    Precedence,
    RateBy,
    Response,
)

Row = dict[str, Any]
Test = Callable[[Row], bool | None]
_DAY = 86_400_000_000
_Z = 1.959963984540054


def holds(condition: Condition | None) -> Test:
    """The condition as a function. What is absent never holds."""
    match condition:
        case None:
            return lambda row: False
        case Comparison(field, "exists", wanted):
            return lambda row: (row[field] is not None) == wanted
        case Comparison(field, "in", values):
            chosen = frozenset(values)

            def among(row: Row) -> bool | None:
                value = row[field]
                if value is None:
                    return None
                if isinstance(value, list):
                    return not chosen.isdisjoint(value)
                return value in chosen

            return among
        case Comparison(field, operator, bound):
            compare = getattr(float, f"__{operator}__")
            return lambda row: None if row[field] is None else compare(row[field], bound)
        case Not(part):
            inner = holds(part)
            return lambda row: None if (value := inner(row)) is None else not value
        case All(parts):
            return _join([holds(part) for part in parts], decisive=False)
        case AnyOf(parts):
            return _join([holds(part) for part in parts], decisive=True)


def _join(tests: list[Test], decisive: bool) -> Test:
    def joined(row: Row) -> bool | None:
        undecided = False
        for test in tests:
            value = test(row)
            if value is decisive:
                return decisive
            undecided = undecided or value is None
        return None if undecided else not decisive

    return joined


class Clock:
    """The working time of a calendar up to an instant, both in microseconds."""

    def __init__(self, calendar: Calendar, first: int, last: int) -> None:
        import holidays

        zone = ZoneInfo(calendar.timezone)
        free = [holidays.country_holidays(*code.split("-", 1)) for code in calendar.holidays]
        day = _date(first) - timedelta(days=2)
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._before: list[int] = []
        total = 0
        while day < _date(last) + timedelta(days=30):
            if day.weekday() in calendar.days and not any(day in each for each in free):
                midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
                for opening, closing in calendar.hours:
                    start, end = (
                        _micros(midnight + timedelta(minutes=minutes))
                        for minutes in (opening, closing)
                    )
                    self._starts.append(start)
                    self._ends.append(end)
                    self._before.append(total)
                    total += end - start
            day += timedelta(days=1)

    def __call__(self, instant: int) -> int:
        at = bisect_left(self._starts, instant + 1) - 1
        if at < 0:
            return 0
        return self._before[at] + min(instant, self._ends[at]) - self._starts[at]


def _micros(moment: datetime) -> int:
    return (moment.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def _date(micros: int) -> date:
    return (datetime(1970, 1, 1) + timedelta(microseconds=micros)).date()


# --- the templates -------------------------------------------------------------------------------


def violations(constraint: Constraint, log: Log) -> int:
    """How many events, or groups, violate a constraint."""
    match constraint:
        case Absence():
            event, unless = holds(constraint.event), holds(constraint.unless)
            return sum(event(row) is True and unless(row) is False for row in log.rows)
        case Existence():
            return sum(_lacks(constraint, rows) for rows in log.by(constraint.key).values())
        case AtMost():
            return sum(_too_many(constraint, rows) for rows in log.by(constraint.key).values())
        case Response() | Precedence() | NotResponse():
            groups = log.by(constraint.key, *constraint.same).values()
            return sum(_related(constraint, rows, log) for rows in groups)
        case Burst():
            return _bursts(constraint, log)
        case RateBy():
            return _rates(constraint, log)


def _lacks(constraint: Existence, rows: list[Row]) -> bool:
    of, unless, event = (holds(c) for c in (constraint.of, constraint.unless, constraint.event))
    judged = constraint.of is None or any(of(row) is True for row in rows)
    if not judged or any(unless(row) is not False for row in rows):
        return False
    return sum(event(row) is not False for row in rows) < constraint.at_least


def _too_many(constraint: AtMost, rows: list[Row]) -> int:
    event, unless = holds(constraint.event), holds(constraint.unless)
    counted = [row for row in rows if event(row) is True and unless(row) is False]
    if constraint.within is None:
        return max(0, len(counted) - constraint.at_most)
    found = begin = 0
    for index, row in enumerate(counted):
        while counted[begin]["time"] <= row["time"] - constraint.within.length:
            begin += 1
        found += index - begin + 1 > constraint.at_most
    return found


def _related(constraint: Response | Precedence | NotResponse, rows: list[Row], log: Log) -> int:
    event, unless = holds(constraint.event), holds(constraint.unless)
    other = holds(constraint.before if isinstance(constraint, Precedence) else constraint.then)
    active = [row for row in rows if event(row) is True and unless(row) is False]
    if not active:
        return 0
    forbids = isinstance(constraint, NotResponse)
    others = [row for row in rows if other(row) in ((True,) if forbids else (True, None))]
    times = [row["time"] for row in others]
    limit = constraint.within.length if constraint.within else None
    clock: Callable[[int], int] = (
        log.clock(constraint.within.calendar)
        if constraint.within and constraint.within.calendar
        else lambda instant: instant
    )
    found = 0
    for row in active:
        differs = (lambda _: True) if not constraint.different else _differs(row, constraint)
        if forbids:
            found += any(
                each["time"] > row[TIME_END]
                and (limit is None or clock(each[TIME_END]) <= clock(row["time"]) + limit)
                and each is not row
                and differs(each) is True
                for each in _from(others, times, row["time"])
            )
        elif isinstance(constraint, Response):
            met = any(
                each[TIME_END] >= row["time"]
                and (limit is None or clock(each["time"]) <= clock(row[TIME_END]) + limit)
                and each is not row
                and differs(each) is not False
                for each in _from(others, times, row["time"] - _DAY)
            )
            ended = limit is None or clock(row[TIME_END]) + limit <= clock(log.end)
            found += not met and ended
        else:
            begin = 0 if limit is None else row["time"] - limit - _DAY
            met = any(
                each["time"] <= row[TIME_END]
                and (limit is None or each[TIME_END] >= row["time"] - limit)
                and each is not row
                and differs(each) is not False
                for each in _from(others, times, begin)
            )
            found += not met
    return found


def _from(rows: list[Row], times: list[int], begin: int) -> Iterator[Row]:
    for index in range(bisect_left(times, begin), len(rows)):
        yield rows[index]


def _differs(
    row: Row, constraint: Response | Precedence | NotResponse
) -> Callable[[Row], bool | None]:
    def compare(each: Row) -> bool | None:
        pairs = [(row[name], each[name]) for name in constraint.different]
        if any(a == b for a, b in pairs if a is not None and b is not None):
            return False
        return None if any(a is None or b is None for a, b in pairs) else True

    return compare


def _bursts(constraint: Burst, log: Log) -> int:
    if constraint.after or constraint.before:
        raise NotImplementedError("bursts with `after` or `before`")
    event = holds(constraint.event)
    then = holds(constraint.then.event) if constraint.then else None
    answers = [row["time"] for row in log.rows if then and then(row) is not False]
    groups: dict[Any, list[int]] = defaultdict(list)
    for row in log.rows:
        if event(row) is True:
            groups[row[constraint.by] if constraint.by else None].append(row["time"])
    found = 0
    for times in groups.values():
        index = 0
        while index + constraint.at_least <= len(times):
            begin = times[index]
            if times[index + constraint.at_least - 1] > begin + constraint.window.length:
                index += 1
                continue
            index = bisect_left(times, begin + constraint.window.length + 1)
            if constraint.then is None:
                found += 1
                continue
            end = begin + constraint.then.within.length
            at = bisect_left(answers, begin)
            met = at < len(answers) and answers[at] <= end
            found += not met and end <= log.end
    return found


_PERIODS: Mapping[str | None, Callable[[date], object]] = {
    None: lambda day: None,
    "day": lambda day: day,
    "week": lambda day: day - timedelta(days=day.weekday()),
    "month": lambda day: (day.year, day.month),
    "quarter": lambda day: (day.year, (day.month - 1) // 3),
    "year": lambda day: day.year,
}


def _rates(constraint: RateBy, log: Log) -> int:
    if constraint.beside_of:
        raise NotImplementedError("rates beside others")
    event, of = holds(constraint.event), holds(constraint.of)
    period = _PERIODS[constraint.period]
    counts: dict[object, list[int]] = defaultdict(lambda: [0, 0])
    for row in log.rows:
        if of(row) is True and (hit := event(row)) is not None:
            group = tuple(row[name] for name in constraint.by)
            if None in group:
                continue
            count = counts[group, period(_date(row["time"]))]
            count[0] += 1
            count[1] += hit
    found = 0
    for n, k in counts.values():
        centre = (k + _Z * _Z / 2) / (n + _Z * _Z)
        half = _Z * math.sqrt(k * (n - k) / n + _Z * _Z / 4) / (n + _Z * _Z)
        found += n >= constraint.at_least and centre - half > constraint.at_most
    return found


# --- the log -------------------------------------------------------------------------------------


class Log:
    """All rows, and the groups and clocks that rules ask for, each made once."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows = sorted(rows, key=lambda row: (row["time"], row["id"]))
        self.end: int = max((row[TIME_END] for row in self.rows), default=0)
        self._groups: dict[tuple[str, ...], dict[object, list[Row]]] = {}
        self._clocks: dict[Calendar, Clock] = {}

    def by(self, *names: str) -> Mapping[object, list[Row]]:
        if names not in self._groups:
            groups: dict[object, list[Row]] = defaultdict(list)
            for row in self.rows:
                key = tuple(row[name] for name in names)
                if None not in key:
                    groups[key].append(row)
            self._groups[names] = groups
        return self._groups[names]

    def clock(self, calendar: Calendar) -> Clock:
        if calendar not in self._clocks:
            self._clocks[calendar] = Clock(calendar, self.rows[0]["time"], self.end)
        return self._clocks[calendar]


def columns(constraints: Iterable[Constraint]) -> tuple[str, ...]:
    """The columns that constraints read."""
    needed = {"id", "time", TIME_END}

    def enter(value: Any) -> None:
        if isinstance(value, Comparison | All | AnyOf | Not):
            needed.update(test.field for test in comparisons(value))
        elif hasattr(value, "__dataclass_fields__") and not isinstance(value, Calendar):
            for name in value.__dataclass_fields__:
                part = getattr(value, name)
                if name in ("key", "by", "same", "different") and part:
                    needed.update((part,) if isinstance(part, str) else part)
                else:
                    enter(part)

    for constraint in constraints:
        enter(constraint)
    return tuple(sorted(needed))


def read(store: Path, names: Iterable[str]) -> Iterator[Row]:
    """The rows of a stored log, times as microseconds."""
    import pyarrow.dataset as ds

    names = list(names)
    times = [name for name in names if name in ("time", TIME_END)]
    for batch in ds.dataset(store, format="parquet").to_batches(columns=names):
        arrays = {
            name: (batch[name].cast("int64") if name in times else batch[name]).to_pylist()
            for name in names
        }
        for values in zip(*arrays.values(), strict=True):
            yield dict(zip(names, values, strict=True))


def main() -> None:
    """The command: violations by rule and seconds, as JSON."""
    from linter.checks import CHECKS
    from linter.policy.load import load

    store, path = sys.argv[1:]
    policy = load(path, Path.cwd())
    rules: dict[str, Any] = {
        rule.id: CHECKS[rule.check].compile(rule.options, policy.calendars) for rule in policy.rules
    }
    begun = time.perf_counter()
    log = Log(read(Path(store), columns(rules.values())))
    loaded = time.perf_counter()
    found = Counter({name: violations(rule, log) for name, rule in rules.items()})
    ended = time.perf_counter()
    print(
        json.dumps(
            {
                "rows": len(log.rows),
                "seconds": round(ended - begun, 2),
                "reading": round(loaded - begun, 2),
                "violations": found,
            }
        )
    )


if __name__ == "__main__":
    main()
