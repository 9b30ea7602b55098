"""Working time as a second clock: the microseconds that a team had worked by an instant.

An instant is working time if its local time lies within the hours of a working day that is no
public holiday; at a change of the clocks, hours that do not exist do not count and hours that come
twice count twice. A clock is a table of days in UTC, so that an event finds its day by equality and
limits become a comparison of whole numbers. Before FIRST and after LAST nobody works.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from linter.logic.constraints import Calendar

_EPOCH = datetime(1970, 1, 1)
FIRST, LAST = date(1970, 1, 1), date(2100, 1, 1)
"""Between which days there is working time: a slip of the keyboard makes no table of millennia."""
_MICROSECOND = timedelta(microseconds=1)
_MINUTE = 60_000_000
_DAY = 1440 * _MINUTE
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Clock:
    """The working time of a calendar over some days, in UTC and microseconds.

    `days[i]` is the day `first` + i: what had been worked before it, and its half-open spans of
    working time since 1970, in order.
    """

    calendar: Calendar
    first: date
    days: tuple[tuple[int, tuple[Span, ...]], ...] = field(repr=False)

    @property
    def bounds(self) -> Span:
        """The first and the last instant."""
        start = (self.first - _EPOCH.date()).days * _DAY
        return start, start + len(self.days) * _DAY - 1

    def at(self, instant: int) -> int:
        """The working time until an instant."""
        start, last = self.bounds
        instant = max(start, min(last, instant))
        before, spans = self.days[(instant - start) // _DAY]
        return before + sum(max(0, min(instant, end) - start) for start, end in spans)


def clock_of(calendar: Calendar, first: date, last: date) -> Clock:
    """The clock of a calendar from a day to another, both included."""
    import holidays

    first, last = (min(max(day, FIRST), LAST) for day in (first, last))
    zone = ZoneInfo(calendar.timezone)
    parts = (code.partition("-") for code in calendar.holidays)
    public = [holidays.country_holidays(land, subdiv=part or None) for land, _, part in parts]

    def is_working(day: date) -> bool:
        return day.weekday() in calendar.days and not any(day in free for free in public)

    days = []
    before = 0
    for number in range((last - first).days + 1):
        start = (first - _EPOCH.date()).days + number
        spans = tuple(_spans(calendar, zone, start * _DAY, is_working))
        days.append((before, spans))
        before += sum(end - begin for begin, end in spans)
    return Clock(calendar, first, tuple(days))


def _spans(
    calendar: Calendar, zone: ZoneInfo, midnight: int, is_working: Callable[[date], bool]
) -> Iterator[Span]:
    """The working time of a day in UTC."""
    for start, end, offset in _stretches(zone, midnight, midnight + _DAY):
        for local in range((start + offset) // _DAY, (end + offset - 1) // _DAY + 1):
            if is_working(_EPOCH.date() + timedelta(days=local)):
                for begin, until in calendar.hours:
                    shift = local * _DAY - offset
                    found = (
                        max(start, begin * _MINUTE + shift),
                        min(end, until * _MINUTE + shift),
                    )
                    if found[0] < found[1]:
                        yield found


def _stretches(zone: ZoneInfo, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """A day in parts of one offset from UTC each; clocks change at most once a day."""
    first, last = _offset(zone, start), _offset(zone, end)
    if first == last:
        yield start, end, first
        return
    low, high = start, end
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _offset(zone, middle) == first else (low, middle)
    yield start, high, first
    yield high, end, last


def _offset(zone: ZoneInfo, instant: int) -> int:
    moment = _EPOCH.replace(tzinfo=UTC) + timedelta(microseconds=instant)
    offset = moment.astimezone(zone).utcoffset() or timedelta()
    return offset // _MICROSECOND
