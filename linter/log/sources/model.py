"""A source: how the rows of a native export become events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Form = Literal["iso", "seconds", "milliseconds", "snowflake"]
"""How a time is written: ISO 8601, seconds or milliseconds since 1970, Discord's snowflake."""
Constant = str | float | bool | tuple[str, ...]


OF_COMMENT: Mapping[str, str] = {
    "target.text": "text",
    "target.author": "actor",
    "target.time": "time",
    "target.kind": "kind",
    "target.reach": "reach",
    "channel": "channel",
}
"""What an event takes from the comment of the log that it is about, if it lacks it."""


@dataclass(frozen=True, slots=True)
class Value:
    """Where a field of an event comes from: a constant, or a part of the row that is changed.

    `paths`: the first of them that is given; `all_of`: given only if all of these are, joined by
    `template`. The text is then taken apart by `extract` (RE2; its first group), dropped if it is
    one of `absent`, translated by `values` and put into `template` at `{}`. `otherwise`, what
    `values` does not list: "reject", "keep" or "absent", or what it means all the same.
    `digest` makes a name of the parts' contents; `given` says whether one of the parts is there.
    """

    constant: Constant | None = None
    paths: tuple[str, ...] = ()
    all_of: tuple[str, ...] = ()
    extract: str | None = None
    absent: tuple[str, ...] = ()
    values: Mapping[str, Constant] | None = None
    otherwise: str = "reject"
    split: str | None = None
    template: str | None = None
    form: Form = "iso"
    pattern: str | None = None
    digest: bool = False
    given: bool = False
    literal: bool = False


@dataclass(frozen=True, slots=True)
class Test:
    """A condition on the row: the first that is given of `paths` is one of `values`, or matches, or
    one of them is there at all."""

    paths: tuple[str, ...]
    values: tuple[str, ...] = ()
    exists: bool | None = None
    matches: str | None = None
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Template:
    """One event that a row becomes if all of `when` hold. `each`: a list of the row, for each item
    of which there is an event; the item is the path `@item`."""

    fields: Mapping[str, Value]
    when: tuple[Test, ...] = ()
    each: str | None = None
    amends: Amendment | None = None


@dataclass(frozen=True, slots=True)
class Amendment:
    """The row is no event of its own: its fields complete the last event that is one of `actions`
    on the same target, at most `within` microseconds earlier."""

    actions: tuple[str, ...]
    within: int


@dataclass(frozen=True, slots=True)
class Reversal:
    """An `action` on a target whose last decision, of all that are named here, was one of `after`.
    It `takes_back` that one, and `becomes` another action, if said."""

    action: str
    after: tuple[str, ...]
    becomes: str | None = None
    among: tuple[str, ...] = ()
    takes_back: bool = True

    @property
    def named(self) -> tuple[str, ...]:
        """All actions that are named, sorted."""
        becomes = (self.becomes,) if self.becomes else ()
        return tuple(sorted({self.action, *self.after, *self.among, *becomes}))


STATES: Mapping[str, Literal["flag", "time", "text"]] = {
    "taken": "time",
    "hidden": "flag",
    "removed": "flag",
    "private": "text",
}
"""What a snapshot tells of a comment beside the fields of an event: when the snapshot was made,
whether the comment is hidden or removed in it, and its private answer."""
STATE = "fields.snapshot "
"""Before the names of these among the fields of a template."""


@dataclass(frozen=True, slots=True)
class Source:
    """A mapping as loaded. `verbs`: the templates of each native verb; without `verb`, those under
    "" are for every row. `is_snapshots`: the rows are comments as they stood when each file was
    made, and what differs between the files are the events. `ignored`: verbs that are no moderation
    and no conversation. `known`: further columns that are not read, and not worth a note."""

    name: str
    title: str = ""
    digest: str = ""
    records: tuple[str, ...] = ()
    inside: str | None = None
    verb: Value | None = None
    verbs: Mapping[str, tuple[Template, ...]] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    timezone: str | None = None
    reversals: tuple[Reversal, ...] = ()
    is_snapshots: bool = False
    delimiter: str | None = None
    known: tuple[str, ...] = ()
    strict: bool = False

    @property
    def fills(self) -> frozenset[str]:
        """The fields that events of this source can have."""
        templates = [each for several in self.verbs.values() for each in several]
        found = {name for template in templates for name in template.fields}
        if any(reversal.takes_back for reversal in self.reversals):
            found.add("reverses")
        if self.is_snapshots:
            found |= {"action", "actor.role", "target", "target.type"}
        if any(template.fields["event"].constant == "comment" for template in templates):
            # An answer or a decision has these of the comment that it is about.
            found |= {theirs for theirs, own in OF_COMMENT.items() if own in found}
        return frozenset(found)
