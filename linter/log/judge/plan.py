"""What is to be judged of an event log: pure data, the same for every runner."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from linter.log.judge.calendars import Clock, clock_of
from linter.logic.constraints import (
    AtMost,
    Calendar,
    Constraint,
    Limit,
    NotResponse,
    Precedence,
    Response,
)
from linter.model import Level


@dataclass(frozen=True, slots=True)
class Task:
    """A rule over a log. `id` tells the tasks of a plan apart. `values` are the placeholders that
    its message uses; [start, end) is when its policy is in force, by the activation's time (UTC;
    None: unbounded)."""

    id: str
    policy: str
    rule: str
    level: Level
    constraint: Constraint
    values: tuple[str, ...] = ()
    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """All tasks, and when the log ends (None: with its last event; limits that had not run out then
    are pending). `clocks` hold the working time of calendars; `prepared` makes them."""

    tasks: tuple[Task, ...]
    log_end: datetime | None = None
    clocks: tuple[Clock, ...] = ()

    @property
    def calendars(self) -> tuple[Calendar, ...]:
        """The calendars in which limits are counted, each once."""
        limits = (limit_of(task.constraint) for task in self.tasks)
        used = [limit.calendar for limit in limits if limit is not None and limit.calendar]
        return tuple(dict.fromkeys(used))

    def prepared(self, first: datetime, last: datetime) -> Plan:
        """The plan for a log whose times lie in [first, last]: with its end and its clocks, so that
        any part of the log can be judged anywhere."""
        end = utc(last) if self.log_end is None else utc(self.log_end)
        # A limit is looked at just behind the log's end, which may lie before its first event.
        days = min(utc(first), end).date(), _after(max(utc(last), end)).date()
        clocks = tuple(clock_of(calendar, *days) for calendar in self.calendars)
        return replace(self, log_end=end, clocks=clocks)

    def clock(self, calendar: Calendar) -> Clock:
        """The working time of a calendar. Raises LookupError if the plan is not prepared."""
        return next(clock for clock in self.clocks if clock.calendar == calendar)


def _after(time: datetime) -> datetime:
    return time if time == datetime.max else time + timedelta(microseconds=1)


def limit_of(constraint: Constraint) -> Limit | None:
    """The limit of time of a constraint that has one."""
    if isinstance(constraint, AtMost | Response | Precedence | NotResponse):
        return constraint.within
    return None


def utc(time: datetime) -> datetime:
    """A time in UTC, without a zone. One without a zone is in UTC."""
    return time if time.tzinfo is None else time.astimezone(UTC).replace(tzinfo=None)


def microseconds(time: datetime) -> int:
    """Since 1970, in UTC."""
    return (utc(time) - datetime(1970, 1, 1)) // timedelta(microseconds=1)
