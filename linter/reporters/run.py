"""What a reporter is told of a run besides its findings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from linter.model import Level, Summary


@dataclass(frozen=True, slots=True)
class PolicyInfo:
    """A policy that was applied; `sha256` is the hex digest of its file."""

    name: str
    version: str
    title: str
    sha256: str


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """A rule as a reader of a report needs it.

    `message` is the policy's own text with its `{placeholders}` unfilled: all that a redacted
    report may show of a message. `guidelines` maps a guideline's id to its sentence.
    """

    id: str
    level: Level
    title: str
    check: str
    message: str
    help: str = ""
    guidelines: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a command. `summary` may be called only when all findings have been taken.

    `quiet`: 1 leaves out the summary, 2 the source lines too (text). `verbose`: 1 adds the
    guidelines (text). `statistics`: the text report counts by rule instead of listing findings.
    `redact`: no report shows words of a reply or a customer.
    """

    version: str
    command: str
    policies: tuple[PolicyInfo, ...]
    rules: Mapping[str, RuleInfo]
    summary: Callable[[], Summary]
    colour: bool = False
    statistics: bool = False
    redact: bool = False
    quiet: int = 0
    verbose: int = 0
