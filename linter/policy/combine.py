"""Policies that are used together, such as two guides that extend a common one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from linter.documents import Problem
from linter.policy.model import Policy, Rule

_MEANING = ("check", "options", "when", "level", "message")


def combine(policies: Sequence[Policy], problems: list[Problem]) -> Iterator[Policy]:
    """The policies, each rule in the first of those that share it, with the guidelines of all.

    `problems` gets the rules that have one id and two meanings.
    """
    first: dict[str, Policy] = {}
    shared: dict[str, list[Rule]] = {}
    for policy in policies:
        for rule in policy.rules:
            owner = first.setdefault(rule.id, policy)
            shared.setdefault(rule.id, []).append(rule)
            difference = _difference(owner, policy, shared[rule.id][0], rule)
            if difference:
                message = (
                    f'the policy {owner.name} has a rule "{rule.id}" with another {difference}; '
                )
                problems.append(rule.place.problem(message + "use one of the two"))
    for policy in policies:
        own = [shared[rule.id] for rule in policy.rules if first[rule.id] is policy]
        yield replace(policy, rules=tuple(map(_merged, own)))


def _difference(owner: Policy, policy: Policy, one: Rule, other: Rule) -> str | None:
    """What keeps a rule of two policies from being one rule."""
    for name in _MEANING:
        if getattr(one, name) != getattr(other, name):
            return name
    return None if set(policy.languages) <= set(owner.languages) else "set of languages"


def _merged(rules: Sequence[Rule]) -> Rule:
    guidelines = dict.fromkeys(each for rule in rules for each in rule.guideline)
    examples = {example.place: example for rule in rules for example in rule.examples}
    return replace(rules[0], guideline=tuple(guidelines), examples=tuple(examples.values()))
