"""The figures of a report: frozen values, without behaviour of their own.

Times are text, in UTC, as the log knows them: "2026-03-02T10:00:00Z", or "2026-03-02" where only
the day is known. Lengths of time are whole microseconds. Periods are named by their first day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from linter.log.report.share import Share
from linter.log.versions import Entry
from linter.model import Level
from linter.reporters import PolicyInfo


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are of one name; None is what the log does not say."""

    name: str | None
    count: int


@dataclass(frozen=True, slots=True)
class About:
    """What made the report, and what the tables do not say of what was read.

    `rows` were in the files (None: not known), of which `ignored`, by what they were, say nothing
    of an answer or a decision. `notes` are sentences on what else was not checked, such as texts
    in languages without resources.
    """

    version: str
    policies: tuple[PolicyInfo, ...] = ()
    rows: int | None = None
    ignored: tuple[Count, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scope:
    """What the log holds. `first` and `last` are the times of its earliest and latest event."""

    files: int
    events: int
    conversations: int
    kinds: tuple[Count, ...]
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class RuleFigures:
    """The verdicts of one entry of a rule.

    `title` is "" where the policy gives none. `start` and `end` say from and until when it was in
    force, where its policy says so. A rule that had nothing to judge held *vacuously*.
    """

    entry: str
    policy: str
    rule: str
    level: Level
    title: str
    help: str
    guidelines: Mapping[str, str]
    violations: int
    passes: int
    cannot_tell: int
    pending: int
    start: str | None = None
    end: str | None = None

    @property
    def share(self) -> Share:
        """The violations among what could be decided."""
        return Share(self.violations, self.violations + self.passes)

    @property
    def vacuous(self) -> bool:
        return not (self.violations or self.passes or self.cannot_tell or self.pending)


@dataclass(frozen=True, slots=True)
class Unclear:
    """Why a rule could not tell, how often, and the first few places."""

    rule: str
    reason: str
    count: int
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rejected:
    """Why rows could not be read, how many, and the first few places."""

    reason: str
    count: int
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PeriodFigures:
    """The findings of a period by level; `share` are those of its events that have one."""

    start: str
    share: Share
    findings: Mapping[Level, int]


@dataclass(frozen=True, slots=True)
class Moderator:
    """One who answers or decides; `share` are those of their acts that have a finding."""

    name: str
    role: str | None
    replies: int
    actions: int
    share: Share


@dataclass(frozen=True, slots=True)
class Bin:
    """How many waits are at least `low` and less than `high` (None: no such bound)."""

    low: int | None
    high: int | None
    count: int


@dataclass(frozen=True, slots=True)
class Mark:
    """The share of the waits that are at most `limit`."""

    limit: int
    share: Share


@dataclass(frozen=True, slots=True)
class AnswersIn:
    """The answers to what customers first wrote in a period."""

    start: str
    answered: Share
    timed: int
    median: int | None
    p90: int | None


@dataclass(frozen=True, slots=True)
class AnswersTo:
    """The answers to one kind of comment. `inferred`: of how many the kind was read from the
    text."""

    kind: str | None
    answered: Share
    inferred: int


@dataclass(frozen=True, slots=True)
class Answers:
    """The first replies to questions: each customer's first comment in each conversation.

    A question is answered by the first reply of the team, a moderator or somebody whose role is
    not known that comes at or after it in its conversation, to its author or to nobody in
    particular. A bot does not answer. `removed` had no answer when they were removed; they are in
    no share. `timed` of the answers have exact times; only these have a wait.
    """

    questions: int
    removed: int
    answered: Share
    timed: int
    median: int | None
    p90: int | None
    bins: tuple[Bin, ...]
    marks: tuple[Mark, ...]
    periods: tuple[AnswersIn, ...]
    kinds: tuple[AnswersTo, ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """On how many removals and hides a ground stands; None: on those that state none."""

    name: str | None
    removed: int
    hidden: int


@dataclass(frozen=True, slots=True)
class Turn:
    """An event of a finding's conversation. `cut`: how many characters of the text are left out.

    `marked` is the event that the finding is about, `other` the one that it is related to; `gap`
    says how many events are left out before this one.
    """

    id: str
    time: str
    event: str
    actor: str | None
    role: str | None
    action: str | None
    grounds: tuple[str, ...]
    reason: str | None
    target: str | None
    kind: str | None
    inferred: bool
    language: str | None
    text: str | None
    cut: int
    marked: bool
    other: bool
    gap: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding with its conversation. `row` is what `finding.Maker` makes it of. `rank` is its
    place among those that are shown, in which the rules take turns; `after` says how many events
    follow that are left out; `moderator` did what the finding is about, if that was no customer."""

    rank: int
    row: tuple[Any, ...]
    period: str
    moderator: str | None
    turns: tuple[Turn, ...]
    after: int


@dataclass(frozen=True, slots=True)
class Report:
    """All that the page says. `findings` are the first of each rule, `total` is how many there
    are; `unnamed` counts the acts of moderators who are not listed; `names` are all names of people
    that occur in figures and findings."""

    about: About
    entries: tuple[Entry, ...]
    scope: Scope
    rules: tuple[RuleFigures, ...]
    total: int
    unclear: tuple[Unclear, ...]
    rejected: int
    rejects: tuple[Rejected, ...]
    period: str
    periods: tuple[PeriodFigures, ...]
    moderators: tuple[Moderator, ...]
    unnamed: int
    answers: Answers
    grounds: tuple[Ground, ...]
    actions: tuple[Count, ...]
    findings: tuple[Shown, ...]
    names: frozenset[str]
