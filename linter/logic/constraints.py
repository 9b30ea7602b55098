"""The templates of rules over an event log, as data: what each one means stands here.

They are DECLARE's (Pesic, Schonenberg, van der Aalst: DECLARE: Full Support for Loosely-Structured
Processes, EDOC 2007), with conditions on the data (Burattini, Maggi, Sperduti 2016) and with time.

An **activation** is an event for which the rule has something to say: it fulfils `event`. Each one
gets a verdict: violation, pass, cannot tell or pending. A rule without activation in a log holds
*vacuously*, which is told apart from a pass.

Conditions are Kleene's: on an event that lacks a field they can be undecided. Let `a` be `event`,
`u` `unless` and `r` what the template requires. An activation passes if `u` holds or `r` does;
otherwise, if `a`, `u` or `r` is undecided, one cannot tell; otherwise, if a limit has not run out
at the end of the log, it is pending; otherwise it is a violation. Where `a` does not hold there is
no activation, and neither is there where `a` is undecided and `u` or `r` holds.

**Time.** An event takes place at one instant of the closed interval [time, time.end]. For an exact
time both are the same; a time that is known to the day spans the day (in UTC). "Certainly" means
for all instants of both intervals, "possibly" for some. Two events at the same instant are each *at
or after* and *at or before* the other, so that ties never make a violation. A limit `within` runs
from the activation: `b` is in time if `b <= a + within`, the bound included. With a calendar, only
working time counts (`Calendar`). A limit has not run out at the end of the log if an event just
after that end (a microsecond) might still be in time.

**Key.** Templates that relate events look at those with the same value of `key` (`correlate`), a
field such as `conversation` or `target`, and the same values of the fields `same`. An activation
that lacks one of them cannot be judged, and a related event that lacks one is no candidate. The
field `different` (one at the most) must differ; where it is missing, that is undecided. An event is
never related to itself.

**Force.** A policy in force during [start, end) judges the activations whose `time` lies in it;
what they are related to may lie outside. Of rates, only the events in that time count.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from linter.logic.conditions import All, AnyOf, Comparison, Condition, Not


@dataclass(frozen=True, slots=True)
class Calendar:
    """When the team works. `days`: 0 is Monday; `hours`: half-open spans of minutes since local
    midnight; `timezone`: an IANA name; `holidays`: country or country-subdivision codes, such as
    NO or DE-BY, whose public holidays are no working days."""

    name: str
    days: tuple[int, ...]
    hours: tuple[tuple[int, int], ...]
    timezone: str
    holidays: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Limit:
    """A length of time in microseconds: on the clock, or of the working time of a calendar."""

    length: int
    calendar: Calendar | None = None


@dataclass(frozen=True, slots=True)
class Absence:
    """No event fulfils `event` (DECLARE's absence). `r` never holds, so each activation that
    `unless` does not excuse is a violation."""

    event: Condition
    unless: Condition | None = None


@dataclass(frozen=True, slots=True)
class Existence:
    """Each case, all events of one `key`, has at least `at_least` events that fulfil `event`
    (DECLARE's existence).

    The activation is the case: it is judged if one of its events fulfils `of`, or always where `of`
    is None, and excused if one fulfils `unless`; its earliest event stands for it (by time, then
    id) among those that fulfil `of` (or may do so, where none does). With p certain and q possible
    (undecided) events, it passes if p >= at_least and is undecided if p + q >= at_least. An event
    that lacks the key is an activation of its own, for which one cannot tell.
    """

    event: Condition
    key: str
    at_least: int = 1
    of: Condition | None = None
    unless: Condition | None = None


@dataclass(frozen=True, slots=True)
class AtMost:
    """At most `at_most` events of a `key` fulfil `event` (DECLARE's absence of n + 1); with
    `within`, in any window of that length. `unless` keeps an event from counting.

    The activations are the counted events, in order of time, then id. The nth one of its key (of
    those in (t - within, t], itself included) violates if n > at_most. Undecided events may count
    or not, and so may those that are only possibly in the window: if only together with them
    n > at_most, one cannot tell. What `unless` excuses passes.
    """

    event: Condition
    key: str
    at_most: int
    within: Limit | None = None
    unless: Condition | None = None


@dataclass(frozen=True, slots=True)
class Response:
    """After each activation comes an event that fulfils `then` (DECLARE's response), in time.

    It passes if such an event is certainly at or after the activation and certainly in time; it is
    undecided if one is possibly so, or if `then` is undecided for one that is. Otherwise it is
    pending if the limit ends behind the log's end, else a violation. Without a limit the log's end
    is the end: nothing is pending, as in finite traces. The related event of a violation is the one
    that came too late: that which ends first (then by id) of those that fulfil all but the limit.
    """

    event: Condition
    then: Condition
    key: str
    within: Limit | None = None
    same: tuple[str, ...] = ()
    different: tuple[str, ...] = ()
    unless: Condition | None = None


@dataclass(frozen=True, slots=True)
class Precedence:
    """Before each activation comes an event that fulfils `before` (DECLARE's precedence), at most
    `within` earlier. Never pending; otherwise as Response, backwards: the related event is the one
    that came too early, that which begins last (then by id)."""

    event: Condition
    before: Condition
    key: str
    within: Limit | None = None
    same: tuple[str, ...] = ()
    different: tuple[str, ...] = ()
    unless: Condition | None = None


@dataclass(frozen=True, slots=True)
class NotResponse:
    """After no activation comes an event that fulfils `then` (DECLARE's not response), within the
    limit if there is one.

    A violation if such an event certainly comes after the activation and in time, strictly later;
    undecided if one possibly does, or if `then` is undecided for one that does. Otherwise it
    passes, but is pending if the limit ends behind the log's end. The related event is the one that
    ends first (then by id) of those that violate.
    """

    event: Condition
    then: Condition
    key: str
    within: Limit | None = None
    same: tuple[str, ...] = ()
    different: tuple[str, ...] = ()
    unless: Condition | None = None


@dataclass(frozen=True, slots=True)
class Nearby:
    """An event that must, or must not, stand within some time of a burst."""

    event: Condition
    within: Limit


@dataclass(frozen=True, slots=True)
class Burst:
    """Many events in a short time: `at_least` events that fulfil `event`, of one `by` (of the whole
    log where it is None), in a window [t, t + window].

    A burst begins at the first event (by time, then id) that has so many in the window from it on
    and is not inside an earlier burst of its `by`; it ends at the last event of that window. The
    activation is the burst, and its first event stands for it. Undecided events do not count, and
    neither do those that lack `by`. A time that is not exact counts as its earliest instant.

    `after`: only bursts that begin at or after such an event, within its limit, are judged; the
    related event is the latest of those. With `then`, a burst passes if such an event (of the whole
    log) comes at or after its beginning and within the limit (else it is pending while the limit
    lasts); with `before`, if one came before the related event of `after` (before the burst's
    beginning where there is no `after`), at most the limit earlier; with both, if both hold.
    Where only events for which `then` or `before` is undecided came, one cannot tell. Without both,
    each burst is a violation. Such events may belong to the burst.
    """

    event: Condition
    at_least: int
    window: Limit
    by: str | None = None
    after: Nearby | None = None
    then: Nearby | None = None
    before: Nearby | None = None


@dataclass(frozen=True, slots=True)
class RateBy:
    """The share of the events fulfilling `of` that fulfil `event` too, by the values of the fields
    `by` and by `period` (day, week from Monday, month, quarter, year, in UTC; None: the whole log).

    A group, of at least `at_least` events, violates if its rate is certainly above `at_most`: if
    the lower bound of Wilson's 95 % score interval is (Wilson 1927; Brown, Cai, DasGupta 2001).
    With `beside`, another share (`beside_event` of `beside_of`) of the same group, it violates if
    the lower bound of Newcombe's 95 % interval (method 10, 1998) of the difference of the two rates
    is above `at_most`. Groups of fewer events cannot be told. The activation is the group; its
    earliest event (of `of`) stands for it. Events for which a condition is undecided, or that lack
    a field of `by`, are left out; each is counted as one that cannot be told.
    """

    event: Condition
    of: Condition
    by: tuple[str, ...] = ()
    period: str | None = None
    at_most: float = 0.0
    at_least: int = 20
    beside_event: Condition | None = None
    beside_of: Condition | None = None


Constraint = Absence | Existence | AtMost | Response | Precedence | NotResponse | Burst | RateBy


def conditions(constraint: Constraint | Nearby) -> Iterator[Condition]:
    """All conditions that a constraint asks of events."""
    for each in fields(constraint):
        part = getattr(constraint, each.name)
        if isinstance(part, Nearby):
            yield from conditions(part)
        elif isinstance(part, Comparison | All | AnyOf | Not):
            yield part


def key_of(constraint: Constraint) -> str | None:
    """The field whose values may not be split when a log is shared out: "" if any split will do,
    None if the whole log must be seen together."""
    match constraint:
        case Absence():
            return ""
        case Burst() | RateBy():
            return None
        case _:
            return constraint.key
