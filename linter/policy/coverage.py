"""Which guidelines of a policy have rules, and how well those rules are tested."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from linter.policy.model import Guideline, Policy, Rule

Status = Literal["covered", "not checkable", "uncovered"]
UNKNOWN = "?"
"""Stands for the language of examples that do not say theirs."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many examples a rule has in one language."""

    good: int = 0
    bad: int = 0


@dataclass(frozen=True, slots=True)
class Coverage:
    """A guideline and the rules that encode it, in the policy's order.

    Status "not checkable": the policy says why no rule can check it.
    """

    guideline: Guideline
    rules: tuple[Rule, ...]
    examples: Mapping[str, Count]
    status: Status


def coverage(policy: Policy) -> Iterator[Coverage]:
    """The coverage of each guideline, in the policy's order."""
    for guideline in policy.guidelines:
        rules = tuple(rule for rule in policy.rules if guideline.id in rule.guideline)
        yield Coverage(
            guideline=guideline,
            rules=rules,
            examples=counted(rules, policy.languages),
            status=_status(guideline, rules),
        )


def counted(rules: tuple[Rule, ...], languages: tuple[str, ...]) -> Mapping[str, Count]:
    """How many examples the rules have together, by language; `UNKNOWN` only if there are any."""
    only = languages[0] if len(languages) == 1 else UNKNOWN
    counts = Counter(
        (example.language or only, example.good) for rule in rules for example in rule.examples
    )
    extra = sorted({language for language, _ in counts} - set(languages))
    return {
        language: Count(counts[language, True], counts[language, False])
        for language in (*languages, *extra)
    }


def _status(guideline: Guideline, rules: tuple[Rule, ...]) -> Status:
    if rules:
        return "covered"
    return "not checkable" if guideline.not_checkable else "uncovered"
