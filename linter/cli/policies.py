"""The policies that a command is about, and their rules across all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from linter import shipped
from linter.cli.common import fail
from linter.config import Config, find_config
from linter.documents import suggest
from linter.policy.load import load
from linter.policy.model import Guideline, Policy, Rule


def settings(path: str | None) -> Config:
    """The configuration that is named or found. Raises InvalidFile."""
    return find_config(Path() if path is None else Path(path))


def chosen(names: Iterable[str], config: Config) -> list[Policy]:
    """The policies named, else those of the configuration, else all that are shipped.

    Each is read on its own: they need not go together. Raises InvalidFile.
    """
    if named := list(names):
        return [load(name) for name in named]
    return [load(name, config.folder) for name in config.policies or shipped.policies()]


@dataclass(frozen=True, slots=True)
class Entry:
    """A rule as the first policy that has it words it, and the policies that have it."""

    rule: Rule
    policies: tuple[Policy, ...]

    @property
    def guidelines(self) -> list[Guideline]:
        """What the rule encodes, in any of the policies."""
        return [
            guideline
            for policy in self.policies
            for guideline in policy.guidelines
            if guideline.id in policy.rule(self.rule.id).guideline
        ]

    @property
    def policy_names(self) -> list[str]:
        return [policy.name for policy in self.policies]


def entries(policies: Iterable[Policy]) -> Mapping[str, Entry]:
    """All rules by id, in the order of the policies."""
    found: dict[str, Entry] = {}
    for policy in policies:
        for rule in policy.rules:
            before = found.get(rule.id, Entry(rule, ()))
            found[rule.id] = Entry(before.rule, (*before.policies, policy))
    return found


def entry(id_: str, known: Mapping[str, Entry], others: Iterable[str] = ()) -> Entry:
    """The rule of that id. Ends with an error for one that no policy has."""
    if id_ not in known:
        fail(f'there is no rule called "{id_}"{suggest(id_, (*known, *others))}')
    return known[id_]


def written(rule: Rule, key: str) -> Any:
    """What the policy says under a key of the rule, in the latest file that says it; else None."""
    for document, pointer in rule.origin.parts:
        node = document.node((*pointer, key))
        if node is not None:
            return node.value
    return None
