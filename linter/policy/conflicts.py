"""Rules of one policy that no reply can satisfy together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from linter.documents import Pointer, Problem
from linter.logic import fields
from linter.logic.conditions import All, can_hold
from linter.policy.model import Rule


def find(rules: Iterable[Rule]) -> Iterator[Problem]:
    """Acts and phrases that one rule requires and another, or the same one, forbids."""
    listed = list(rules)
    for requiring, forbidding in product(listed, listed):
        found = [*_acts(requiring, forbidding), *_phrases(requiring, forbidding)]
        if found and _meet(requiring, forbidding):
            yield from found


def _meet(one: Rule, other: Rule) -> bool:
    """Whether there can be a reply that both rules apply to."""
    both = tuple(rule.when for rule in (one, other) if rule.when)
    return can_hold(All(both), fields.REPLY)


def _acts(requiring: Rule, forbidding: Rule) -> Iterator[Problem]:
    """An act is forbidden outright only where no `after`, `unless` or other place softens it."""
    if (requiring.check, forbidding.check) != ("require-act", "forbid-act"):
        return
    if requiring.level != "error" or forbidding.level != "error":
        return
    within = forbidding.options.get("within")
    if {"after", "unless"} & set(forbidding.options) or within not in (
        None,
        requiring.options.get("within"),
    ):
        return
    required, forbidden = (_several(rule.options.get("act")) for rule in (requiring, forbidding))
    if set(required) <= set(forbidden):
        place = forbidding.origin.place(("options", "act"))
        act = " or ".join(required)
        yield place.problem(f'the rule "{requiring.id}" requires {act}, which this one forbids')


def _phrases(requiring: Rule, forbidding: Rule) -> Iterator[Problem]:
    if requiring.check != "phrases" or forbidding.check != "phrases":
        return
    required = {phrase for phrase, _ in _listed(requiring.options, "require")}
    for key in ("forbid", "prefer"):
        for phrase, pointer in _listed(forbidding.options, key):
            if any(_same(phrase, other) for other in required):
                by = "this rule" if requiring.id == forbidding.id else f'the rule "{requiring.id}"'
                place = forbidding.origin.place(("options", *pointer), key=key == "prefer")
                yield place.problem(f"{by} requires this phrase, which is forbidden here")


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase as matching sees it, without case and spacing. No language: all of them."""

    text: str
    language: str | None


def _same(one: _Phrase, other: _Phrase) -> bool:
    languages = {one.language, other.language} - {None}
    return one.text == other.text and len(languages) < 2


def _listed(options: Mapping[str, Any], key: str) -> Iterator[tuple[_Phrase, Pointer]]:
    """The phrases under a key, each with its pointer."""
    value = options.get(key, ())
    if isinstance(value, dict) and set(value) == {"languages"}:
        for language, phrases in value["languages"].items():
            for text, step in _steps(phrases):
                yield _Phrase(text, language), (key, "languages", language, step)
    else:
        for text, step in _steps(value):
            yield _Phrase(text, None), (key, step)


def _steps(phrases: Any) -> Iterator[tuple[str, str | int]]:
    """The phrases of a list or of the keys of a mapping, each with its index or key."""
    pairs = ((p, p) for p in phrases) if isinstance(phrases, dict) else enumerate(phrases)
    for step, phrase in pairs:
        yield " ".join(phrase.casefold().split()), step


def _several(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)
