"""A policy as the engine and the commands use it: frozen values, each with its place in a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from linter.documents import Document, Pointer, Problem
from linter.logic.conditions import Condition
from linter.logic.constraints import Calendar
from linter.model import Level


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands in a file; line and column count from 1."""

    path: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"

    def problem(self, message: str) -> Problem:
        return Problem(self.path, self.line, self.column, message)


@dataclass(frozen=True, slots=True)
class Origin:
    """The parts of files that make up a rule: the latest overlay first, what it changes last."""

    parts: tuple[tuple[Document, Pointer], ...]

    def place(self, pointer: Pointer = (), key: bool = False) -> Place:
        """The place of a part of the rule, in the latest file that has it or is nearest to it."""
        for steps in range(len(pointer), -1, -1):
            for document, at in self.parts:
                if document.node((*at, *pointer[:steps])) is not None:
                    return Place(document.path, *document.place((*at, *pointer[:steps]), key))
        raise LookupError("a rule comes from at least one file")


@dataclass(frozen=True, slots=True)
class Guideline:
    """One sentence of the team's written guide. `not_checkable` says why no rule can check it."""

    id: str
    text: str
    document: str
    place: Place = field(compare=False)
    not_checkable: str | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A case that a rule must pass (`good`) or fire on.

    `records` are as in a YAML library (reply, author, comment, channel, rating, tags, lang …): one
    for a check of replies, one or more for a check of libraries, and
    the rows of an event log for a check of logs. `language` is that of the records,
    where the file says it; `facts` are files of facts to judge by instead of the policy's.
    """

    good: bool
    records: tuple[Mapping[str, Any], ...]
    place: Place = field(compare=False)
    language: str | None = None
    why: str | None = None
    facts: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry of a policy: which check, with which options, and what it means when it finds
    something. `when` is None for a rule that always applies."""

    id: str
    check: str
    level: Level
    message: str
    policy: str
    origin: Origin = field(compare=False, repr=False)
    options: Mapping[str, Any] = field(default_factory=dict)
    when: Condition | None = None
    guideline: tuple[str, ...] = ()
    title: str | None = None
    why: str | None = None
    examples: tuple[Example, ...] = ()

    @property
    def place(self) -> Place:
        return self.origin.place()


@dataclass(frozen=True, slots=True)
class SwitchedOff:
    """A rule of an extended policy that does not apply, and why."""

    rule: Rule
    reason: str
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Policy:
    """A whole policy, with what it extends already in it.

    `effective_from` and `effective_to` are the first and last day in force, as ISO dates.
    """

    name: str
    path: Path
    languages: tuple[str, ...]
    rules: tuple[Rule, ...]
    guidelines: tuple[Guideline, ...] = ()
    version: str | None = None
    title: str | None = None
    description: str | None = None
    effective_from: str | None = None
    effective_to: str | None = None
    off: tuple[SwitchedOff, ...] = ()
    calendars: Mapping[str, Calendar] = field(default_factory=dict)
    facts: tuple[Path, ...] = ()
    lexicons: tuple[Path, ...] = ()
    files: tuple[Path, ...] = ()

    def rule(self, id: str) -> Rule:  # noqa: A002
        """The rule of that id. Raises KeyError."""
        return {rule.id: rule for rule in self.rules}[id]
