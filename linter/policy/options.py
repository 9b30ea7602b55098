"""Options that fit their schema and still can never be meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from linter.checks.errors import OptionError, unknown
from linter.documents import Pointer, Problem
from linter.logic.conditions import comparisons
from linter.logic.constraints import conditions
from linter.policy.model import Policy, Rule
from linter.policy.schema import Checks

_ACTS = ("acts", "target.acts")
_PAIRS = (("min", "max"), ("at-least", "at-most"))


def faults(options: Any, at: Pointer = ()) -> Iterator[tuple[Pointer, str]]:
    """What no reply can satisfy whatever the check: empty lists, a least above the most."""
    if isinstance(options, list):
        if not options:
            yield at, "must not be empty"
        for index, item in enumerate(options):
            yield from faults(item, (*at, index))
    elif isinstance(options, dict):
        yield from _crossed(options, at)
        for key, value in options.items():
            yield from faults(value, (*at, key))


def _crossed(options: Mapping[str, Any], at: Pointer) -> Iterator[tuple[Pointer, str]]:
    for least, most in _PAIRS:
        for key, low in options.items():
            if not key.startswith(least):
                continue
            other = most + key.removeprefix(least)
            high = options.get(other)
            if _are_numbers(low, high) and low > high:
                yield (*at, other), f"{other} is below {key}: nothing can hold"


def _are_numbers(*values: object) -> bool:
    return all(isinstance(value, int | float) for value in values)


def compile_problems(policy: Policy, languages: Iterable[Any], checks: Checks) -> list[Problem]:
    """What the rules' checks and conditions refuse in these languages (`language.Language`), each
    problem once. Loads no pipeline."""
    languages = tuple(languages)
    found: set[Problem] = set()
    for rule in policy.rules:
        if checks[rule.check].SCOPE == "log":
            faults = list(_compiled(rule, policy.calendars, checks))
            found.update(faults or _log_acts(rule, policy, languages, checks))
        else:
            for language in languages:
                found.update(_compiled(rule, language, checks))
                found.update(_acts(rule, language))
    return sorted(found)


def _compiled(rule: Rule, needs: Any, checks: Checks) -> Iterator[Problem]:
    """`needs` is what the check's `compile` takes: a language, or the policy's calendars."""
    try:
        checks[rule.check].compile(rule.options, needs)
    except OptionError as error:
        yield rule.origin.place(("options", *error.pointer)).problem(error.message)


def _log_acts(
    rule: Rule, policy: Policy, languages: Iterable[Any], checks: Checks
) -> Iterator[Problem]:
    """Acts in a log rule's conditions that no language of the policy knows."""
    constraint = checks[rule.check].compile(rule.options, policy.calendars)
    tests = chain.from_iterable(map(comparisons, conditions(constraint)))
    asked = [test for test in tests if test.field in _ACTS and test.operator == "in"]
    if not asked:
        return
    known = {act for each in languages for act in (*each.act_names, *_comment_acts(each))}
    for test in asked:
        for index, name in enumerate(test.value):
            if name not in known:
                error = unknown((), "act", name, known)
                yield rule.origin.place(("options", *test.at, index)).problem(error.message)


def _acts(rule: Rule, language: Any) -> Iterator[Problem]:
    """Acts in the rule's condition that the language's lexicons do not know."""
    for test in comparisons(rule.when) if rule.when else ():
        on = test.field.removesuffix(".acts")
        if on == test.field or test.operator != "in":
            continue
        known = language.act_names if on == "reply" else _comment_acts(language)
        for index, name in enumerate(test.value):
            if name not in known:
                error = unknown((), f"act in {language.data.name}", name, known)
                place = rule.origin.place(("when", *test.at, index))
                yield place.problem(error.message)


def _comment_acts(language: Any) -> set[str]:
    return {lexicon.act for lexicon in language.lexicons if lexicon.on == "comment"}
