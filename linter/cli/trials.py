"""Rules tried on their own examples."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from linter.checks import CHECKS
from linter.cli import words
from linter.config import Config
from linter.engine import Engine, Tally, language_of
from linter.log.texts import ACTS
from linter.logic.conditions import comparisons
from linter.logic.constraints import conditions
from linter.model import CannotTell, Reply, Unreadable
from linter.policy.model import Example, Policy, Rule
from linter.readers import read
from linter.runner import maker, verify


@dataclass(frozen=True, slots=True)
class Trial:
    """An example that was tried; `fault` says why it failed, `language` in which it was read."""

    rule: Rule
    example: Example
    language: str | None
    fault: str | None


def distinct(policies: Iterable[Policy]) -> Iterator[tuple[Policy, tuple[Rule, ...]]]:
    """The rules to try of each policy: one that behaves as in an earlier policy is left out."""
    seen: set[Hashable] = set()
    for policy in policies:
        kept = []
        for rule in policy.rules:
            key = _behaviour(policy, rule)
            if key not in seen:
                seen.add(key)
                kept.append(rule)
        yield policy, tuple(kept)


def own_examples(policy: Policy, rule: Rule) -> list[Example]:
    """A rule's examples without those in languages of an extended policy that this one has not."""
    return [each for each in rule.examples if each.language in (None, *policy.languages)]


def languages(policy: Policy, rule: Rule) -> tuple[str | None, ...]:
    """The languages in which a rule needs examples; None alone stands for a rule on a log that
    reads no text, and means the same in every language."""
    check = CHECKS[rule.check]
    if check.SCOPE == "log":
        asked = conditions(check.compile(rule.options, policy.calendars))
        tests = chain.from_iterable(map(comparisons, asked))
        if all(test.field not in ACTS for test in tests):
            return (None,)
    return policy.languages


def _behaviour(policy: Policy, rule: Rule) -> Hashable:
    options = json.dumps(rule.options, sort_keys=True)
    examples = tuple(example.place for example in rule.examples)
    own = policy.languages, policy.lexicons, policy.facts
    return rule.id, rule.check, options, rule.when, examples, own


def run(chosen: Iterable[tuple[Policy, Iterable[Rule]]], config: Config) -> Iterator[Trial]:
    """Try rules of policies on all their examples. Raises InvalidFile.

    Examples that are judged by the same lexicons and facts share an engine, whose languages take
    longer to make than most examples to judge.
    """
    groups: dict[Hashable, list[tuple[Policy, Rule, Example]]] = {}
    for policy, rules in chosen:
        verify([policy], maker([policy], config))
        for rule in rules:
            for example in own_examples(policy, rule):
                key = policy.lexicons, example.facts or policy.facts, bool(example.facts)
                groups.setdefault(key, []).append((policy, rule, example))
    for group in groups.values():
        on_logs = [each for each in group if CHECKS[each[1].check].SCOPE == "log"]
        if on_logs:
            yield from _try_on_logs(on_logs, config)
        on_replies = [each for each in group if CHECKS[each[1].check].SCOPE != "log"]
        if on_replies:
            engine = _engine(on_replies, config)
            for policy, rule, example in on_replies:
                yield _try(engine, policy, rule, example)


def _try_on_logs(group: Sequence[tuple[Policy, Rule, Example]], config: Config) -> Iterator[Trial]:
    from linter.log.examples import Bench

    with Bench(group, config) as bench:
        for (_, rule, example), outcome in zip(group, bench.outcomes(), strict=True):
            if outcome.refused:
                fault: str | None = outcome.refused
            elif outcome.untold:
                fault = f"the rule cannot tell: {outcome.untold[0]}"
            else:
                fault = _fault(example, list(outcome.found))
            yield Trial(rule, example, example.language, fault)


def _engine(group: Iterable[tuple[Policy, Rule, Example]], config: Config) -> Engine:
    """An engine for the rules of examples that are judged alike."""
    policies = {policy.path: policy for policy, _, _ in group}
    rules = {id(rule) for _, rule, _ in group}
    facts = next(example.facts for _, _, example in group)
    make = maker(policies.values(), config, facts)
    return Engine(policies.values(), make, lambda rule: id(rule) in rules)


def _try(engine: Engine, policy: Policy, rule: Rule, example: Example) -> Trial:
    replies: list[Reply] = []
    for record in read(Path("example.jsonl"), example.place.path, data=_records(policy, example)):
        if isinstance(record, Unreadable):
            return Trial(rule, example, example.language, f"cannot be read: {record.reason}")
        replies.append(record)
    language = language_of(replies[0])
    if language is None:
        return Trial(
            rule, example, None, "its language could not be recognised; say it with `lang`"
        )
    library = CHECKS[rule.check].SCOPE == "library"
    fault = _library_fault if library else _reply_fault
    return Trial(rule, example, language, fault(engine, rule, example, replies))


def _records(policy: Policy, example: Example) -> bytes:
    """The example's records as a library of JSON Lines."""
    only: Mapping[str, Any] = {}
    if example.language is None and len(policy.languages) == 1:
        only = {"lang": policy.languages[0]}
    lines = (json.dumps({**only, **record}) for record in example.records)
    return "\n".join(lines).encode()


def _reply_fault(engine: Engine, rule: Rule, example: Example, replies: list[Reply]) -> str | None:
    reply = replies[0]
    verdict = engine.verdict(reply, rule)
    if isinstance(verdict, CannotTell):
        return f"the rule cannot tell: {verdict.reason}"
    if verdict is None:
        if example.good or rule.when is None:
            return None
        return f"the rule does not apply: it is for where {words.condition(rule.when)}"
    found = [engine.finding(rule, reply, example.language, match) for match in verdict]
    return _fault(example, [finding.message for finding in found])


def _library_fault(
    engine: Engine, rule: Rule, example: Example, replies: list[Reply]
) -> str | None:
    engine.tally = Tally()
    found = [finding for finding in engine.check_library(replies) if finding.rule == rule.id]
    untold = [reason for _, reason, id_ in engine.tally.reasons if id_ == rule.id]
    if untold:
        return f"the rule cannot tell: {untold[0]}"
    return _fault(example, [finding.message for finding in found])


def _fault(example: Example, messages: list[str]) -> str | None:
    if example.good and messages:
        return f"the rule finds something in this good example: {messages[0]}"
    if not example.good and not messages:
        return "the rule finds nothing in this bad example"
    return None
