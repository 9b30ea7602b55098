"""Policies over time: which rules are in force when, and the plan that judges a log by them.

Policies of one name are versions of one policy. Time falls into **eras**, in each of which the same
versions are in force; a rule that says the same in eras that follow on each other is one rule over
all of them, so that a new version of a policy does not cut a window in two. A day begins and ends
at midnight UTC.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path

from linter.checks import CHECKS
from linter.documents import InvalidFile, Problem
from linter.logic.constraints import Constraint
from linter.policy import combine
from linter.policy.load import load
from linter.policy.model import Policy, Rule

# What two entries of a rule must have alike to be one rule over time.
_MEANING = ("check", "options", "when", "level", "message")


@dataclass(frozen=True, slots=True)
class Era:
    """A stretch of time, [start, end), and the policies in force all through it, combined. None is
    the beginning or the end of time."""

    start: datetime | None
    end: datetime | None
    policies: tuple[Policy, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A rule while it keeps its meaning, [start, end). `id` tells it from all other entries; it is
    the rule's own id where the rule has one entry."""

    id: str
    policy: Policy
    rule: Rule
    start: datetime | None
    end: datetime | None
    constraint: Constraint | None
    """What a rule on a log says; None for a rule on replies."""


def load_versions(names: Iterable[str], base: Path) -> tuple[Policy, ...]:
    """The policies of these names or paths, each read on its own and once.

    Raises InvalidFile with the problems of all.
    """
    found: dict[Path, Policy] = {}
    problems: list[Problem] = []
    for name in names:
        try:
            policy = load(name, base)
        except InvalidFile as error:
            problems += [each for each in error.problems if each not in problems]
        else:
            found.setdefault(policy.path.resolve(), policy)
    if problems:
        raise InvalidFile(problems)
    return tuple(found.values())


def eras(policies: Sequence[Policy]) -> tuple[Era, ...]:
    """The eras of policies in order, those without any policy in force left out.

    Raises InvalidFile for versions that are in force at the same time, and for rules of different
    policies that contradict each other.
    """
    problems: list[Problem] = []
    spans = list(_spans(policies, problems))
    if problems:
        raise InvalidFile(problems)
    bounds = {bound for start, end, _ in spans for bound in (start, end) if bound is not None}
    edges = [None, *sorted(bounds), None]
    found = []
    for start, end in pairwise(edges):
        current = [each for first, last, each in spans if _covers(first, last, start, end)]
        combined = tuple(combine.combine(current, problems))
        if combined:
            found.append(Era(start, end, combined))
    if problems:
        raise InvalidFile(list(dict.fromkeys(problems)))
    return tuple(found)


Span = tuple[datetime | None, datetime | None, Policy]


def _spans(policies: Sequence[Policy], problems: list[Problem]) -> Iterator[Span]:
    """When each policy is in force: until its last day, or until its next version begins."""
    for name in dict.fromkeys(policy.name for policy in policies):
        own = [policy for policy in policies if policy.name == name]
        own.sort(key=lambda policy: policy.effective_from or "")
        for policy, following in zip(own, [*own[1:], None], strict=True):
            end = _behind(policy.effective_to)
            if following is not None:
                begins = _midnight(following.effective_from)
                if begins is None or begins == _midnight(policy.effective_from):
                    problems.append(_problem(following, f"begins when {_called(policy)} does"))
                elif end is not None and end > begins:
                    said = f"begins while {_called(policy)} is in force"
                    problems.append(_problem(following, said))
                end = begins if end is None else end
            yield _midnight(policy.effective_from), end, policy


def _problem(policy: Policy, said: str) -> Problem:
    message = f"this version of {policy.name} {said}; say when each one is in force by `effective`"
    return Problem(str(policy.path), 1, 1, message)


def _called(policy: Policy) -> str:
    return f"version {policy.version}" if policy.version else f"the version in {policy.path.name}"


def _midnight(day: str | None) -> datetime | None:
    return None if day is None else datetime.combine(date.fromisoformat(day), time())


def _behind(day: str | None) -> datetime | None:
    last = _midnight(day)
    return None if last is None else last + timedelta(days=1)


def _covers(
    first: datetime | None, last: datetime | None, start: datetime | None, end: datetime | None
) -> bool:
    """Whether a span holds all of a stretch between two neighbouring bounds."""
    begun = first is None or (start is not None and first <= start)
    return begun and (last is None or (end is not None and end <= last))


def entries(found: Sequence[Era]) -> tuple[Entry, ...]:
    """The rules of all eras, in the order of the policies, each once while it keeps its meaning."""
    rules: dict[str, list[Entry]] = {}
    for era in found:
        for policy in era.policies:
            for rule in policy.rules:
                check = CHECKS[rule.check]
                is_log = check.SCOPE == "log"
                constraint = check.compile(rule.options, policy.calendars) if is_log else None
                entry = Entry(rule.id, policy, rule, era.start, era.end, constraint)
                before = rules.setdefault(rule.id, [])
                if before and _goes_on(before[-1], entry):
                    before[-1] = replace(entry, start=before[-1].start)
                else:
                    before.append(entry)
    return tuple(entry for several in rules.values() for entry in _named(several))


def _goes_on(before: Entry, entry: Entry) -> bool:
    same = all(getattr(before.rule, name) == getattr(entry.rule, name) for name in _MEANING)
    return same and before.constraint == entry.constraint and before.end == entry.start


def _named(several: Sequence[Entry]) -> Iterator[Entry]:
    if len(several) == 1:
        yield several[0]
        return
    for entry in several:
        since = "" if entry.start is None else entry.start.date().isoformat()
        yield replace(entry, id=f"{entry.rule.id}@{since}")
