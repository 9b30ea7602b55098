"""`replylint coverage`: which guidelines have rules, and which of those are tested."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from linter.cli.common import (
    Exit,
    config_option,
    fail,
    format_option,
    guarded,
    json_text,
    say,
)

if TYPE_CHECKING:
    from linter.policy.coverage import Coverage
    from linter.policy.model import Policy

_COLOURS = {"covered": "green", "not checkable": "cyan", "uncovered": "red"}


@click.command("coverage")
@click.argument("policies", nargs=-1, metavar="[POLICY]...")
@config_option
@format_option
@guarded
def command(policies: tuple[str, ...], config: str | None, format: str) -> None:
    """Show which rules encode each guideline, and how many examples test them.

    POLICY is a shipped policy's name or a policy file; by default those of the configuration, or
    else all that are shipped. Fails (exit code 1) if a guideline has no rule and no reason why.

    Example: replylint coverage handling-negative-comments
    """
    from linter.cli.policies import chosen, settings
    from linter.policy.coverage import coverage

    found = [
        (policy, tuple(coverage(policy)))
        for policy in chosen(policies, settings(config))
        if policy.guidelines
    ]
    if not found:
        fail("there is nothing to cover: no policy lists guidelines")
    if format == "json":
        say(json_text({"policies": [_as_data(policy, listed) for policy, listed in found]}))
    else:
        for policy, listed in found:
            _show(policy, listed)
    uncovered = any(each.status == "uncovered" for _, listed in found for each in listed)
    sys.exit(Exit.FINDINGS if uncovered else Exit.CLEAN)


def _as_data(policy: Policy, listed: tuple[Coverage, ...]) -> dict[str, Any]:
    return {
        "policy": policy.name,
        "guidelines": [
            {
                "id": each.guideline.id,
                "text": each.guideline.text,
                "status": each.status,
                "reason": each.guideline.not_checkable,
                "rules": [rule.id for rule in each.rules],
                "examples": {
                    language: {"good": tested.good, "bad": tested.bad}
                    for language, tested in each.examples.items()
                },
            }
            for each in listed
        ],
    }


def _show(policy: Policy, listed: tuple[Coverage, ...]) -> None:
    from linter.reporters.safe import one_line, visible

    say(click.style(f"{policy.name}: {visible(policy.title or policy.name)}", bold=True))
    for each in listed:
        status = click.style(each.status, fg=_COLOURS[each.status])
        say(f"{visible(each.guideline.id)} {status} {one_line(each.guideline.text)}")
        if each.rules:
            say(f"  rules: {', '.join(rule.id for rule in each.rules)}")
            counts = ", ".join(
                f"{language} {tested.good} good, {tested.bad} bad"
                for language, tested in each.examples.items()
            )
            say(f"  examples: {counts}")
        if each.guideline.not_checkable:
            say(f"  not checkable: {one_line(each.guideline.not_checkable)}")
    totals = [f"{sum(each.status == status for each in listed)} {status}" for status in _COLOURS]
    say(f"{len(listed)} guidelines: {', '.join(totals)}.")
    say()
