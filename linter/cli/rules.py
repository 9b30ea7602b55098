"""`replylint rules`: list the rules of policies."""

from __future__ import annotations

import click

from linter.cli.common import (
    config_option,
    format_option,
    guarded,
    json_text,
    policy_option,
    say,
    table,
)


@click.command("rules")
@policy_option
@config_option
@format_option
@guarded
def command(policies: tuple[str, ...], config: str | None, format: str) -> None:
    """List the rules of policies: id, level, check, guidelines and title.

    Example: replylint rules --policy handling-negative-comments
    """
    from linter.cli.policies import chosen, entries, settings
    from linter.reporters.safe import visible

    found = entries(chosen(policies, settings(config)))
    if format == "json":
        listed = [
            {
                "id": entry.rule.id,
                "title": entry.rule.title,
                "level": entry.rule.level,
                "check": entry.rule.check,
                "guidelines": [guideline.id for guideline in entry.guidelines],
                "policies": entry.policy_names,
            }
            for entry in found.values()
        ]
        say(json_text({"rules": listed}))
        return
    rows = [
        (
            entry.rule.id,
            entry.rule.level,
            entry.rule.check,
            visible(", ".join(guideline.id for guideline in entry.guidelines)),
            visible(entry.rule.title or entry.rule.message),
        )
        for entry in found.values()
    ]
    head, *lines = table(rows, ("RULE", "LEVEL", "CHECK", "GUIDELINES", "TITLE"))
    say(click.style(head, bold=True))
    for line in lines:
        say(line)
