"""The values that travel between the rooms of replylint: frozen, without behaviour of their own.

All offsets count Unicode code points, from 0, half-open. Lines and columns count from 1, columns in
code points.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, Protocol

Level = Literal["error", "warning", "note"]
NOTHING: Mapping[str, object] = MappingProxyType({})
LEVELS: tuple[Level, ...] = ("note", "warning", "error")
KINDS = ("complaint", "emotional", "abuse", "praise", "question", "mixed", "other")
"""The kinds of comment."""
Markup = Literal["plain", "markdown", "html"]


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a file. `offset` counts code points of the decoded file, without a leading BOM."""

    line: int
    column: int
    offset: int


@dataclass(frozen=True, slots=True, order=True)
class Region:
    """A half-open stretch of a file; `end` is the position just behind the last code point."""

    start: Position
    end: Position


class Source(Protocol):
    """Where a reply's text stands in its file."""

    @property
    def path(self) -> str: ...

    def region(self, start: int, end: int) -> Region:
        """The place in the file of `text[start:end]`."""
        ...

    def line_text(self, line: int) -> str:
        """The file's line with that number, without its line break."""
        ...


@dataclass(frozen=True, slots=True)
class Comment:
    """What the customer wrote. Every field that the record lacks stays None."""

    text: str | None = None
    kind: str | None = None
    rating: float | None = None
    fields: Mapping[str, object] = field(default_factory=lambda: NOTHING, compare=False)


@dataclass(frozen=True, slots=True)
class Reply:
    """One text to a customer, and what is known of its context."""

    id: str
    text: str
    source: Source
    language: str | None = None
    markup: Markup = "markdown"
    author: str | None = None
    comment: Comment | None = None
    channel: str | None = None
    tags: tuple[str, ...] | None = None
    fields: Mapping[str, object] = field(default_factory=lambda: NOTHING, compare=False)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file or record that a reader could make no reply of: counted and named, never dropped."""

    path: str
    reason: str
    line: int | None = None
    column: int | None = None
    id: str | None = None


Record = Reply | Unreadable


@dataclass(frozen=True, slots=True)
class Match:
    """A place in a reply's text that a check found, and the values that a message may use.

    A check that misses something (an absent greeting) points at where it was looked for and sets
    `absent`. `replacement`, if given, is what should stand there instead.
    """

    start: int
    end: int
    values: Mapping[str, str] = field(default_factory=dict)
    absent: bool = False
    replacement: str | None = None


@dataclass(frozen=True, slots=True)
class CannotTell:
    """A check's third verdict: something that it needs is not known. `reason` completes
    "cannot tell: …", in a form that can be counted (no values of the record in it)."""

    reason: str


Verdict = Iterable[Match] | CannotTell


@dataclass(frozen=True, slots=True)
class Event:
    """What a finding in a log is about; its id is the finding's `reply`.

    `time` is in UTC, as exact as the log knows it. `other` is the id of the event that it is
    related to. `inferred`: the rule hangs on a kind of comment that was read from the text.
    `start` and `end` are the stretch of the event's own text that a rule on replies found, `offset`
    is where the finding's `line_text` begins in that text.
    """

    time: str
    conversation: str | None = None
    actor: str | None = None
    other: str | None = None
    inferred: bool = False
    start: int | None = None
    end: int | None = None
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule, a place and a message.

    `text` is the offending stretch as it stands in the reply ("" where something is absent).
    `fingerprint` survives edits elsewhere in the file: it is made from the rule, the reply's id and
    the normalised text, never from the line. In a log, `path` and `region` are the file and the row
    of the `event`, and `redacted` is the message without words of customers.
    """

    rule: str
    level: Level
    message: str
    path: str
    region: Region
    reply: str
    language: str | None
    text: str
    line_text: str
    fingerprint: str
    absent: bool = False
    guideline: tuple[str, ...] = ()
    replacement: str | None = None
    event: Event | None = None
    redacted: str | None = None


@dataclass(frozen=True, slots=True)
class NotChecked:
    """How many replies were not checked, or could not be judged by one rule, for one reason.

    `kind` is "unreadable" (no reply could be made of a file or record), "language" (no resources
    for the reply's language; `rule` is None) or "cannot tell" (one rule lacked something). In a
    log it is about events, and can be "pending" (a limit of time had not run out when the log
    ended) or "not in force" (no version of a policy was, at the event's time; `rule` is None) too.
    `where` names the first few places, "path:line" or "path", for a reader to look at.
    """

    kind: Literal["unreadable", "language", "cannot tell", "pending", "not in force"]
    reason: str
    count: int
    rule: str | None = None
    where: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LogSummary:
    """What a log holds. Of its `rows`, `rejected` could not be read, and those `ignored`, by what
    they are, say nothing of a decision or an answer. `passes` counts the verdicts by rule id;
    `vacuous` are the rules that had nothing to judge; `notes` are remarks on what was read."""

    rows: int
    events: int
    rejected: int
    ignored: Mapping[str, int]
    passes: Mapping[str, int]
    vacuous: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """What was and what was not checked. `findings` counts by level, `by_rule` by rule id. Of a
    log, `replies` and `checked` are only what the rules on replies were applied to."""

    files: int
    replies: int
    checked: int
    findings: Mapping[Level, int]
    by_rule: Mapping[str, int]
    not_checked: tuple[NotChecked, ...]
    languages: Mapping[str, int]
    rules: int
    log: LogSummary | None = None
