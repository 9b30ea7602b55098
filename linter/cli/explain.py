"""`replylint explain`: what a rule or a check is for, and how it is used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from linter.cli.common import (
    config_option,
    format_option,
    guarded,
    json_text,
    policy_option,
    say,
)

if TYPE_CHECKING:
    from linter.cli.policies import Entry
    from linter.policy.model import Example

_MARKS = {True: ("good", "green"), False: ("bad", "red")}


@click.command("explain")
@click.argument("name", metavar="RULE|CHECK")
@policy_option
@config_option
@format_option
@guarded
def command(name: str, policies: tuple[str, ...], config: str | None, format: str) -> None:
    """Explain a rule of a policy, or a check that rules are made with.

    Of a rule: its purpose, guidelines, condition, options, message and examples. Of a check: its
    options, the values that a message may use, and an example.

    \b
    Example: replylint explain address-by-name
             replylint explain require-act
    """
    from linter.checks import CHECKS
    from linter.cli.policies import chosen, entries, entry, settings

    known = entries(chosen(policies, settings(config)))
    if name in CHECKS and name not in known:
        data = check_data(CHECKS[name])
        say(json_text(data)) if format == "json" else _show_check(data)
        return
    found = entry(name, known, CHECKS)
    if format == "json":
        say(json_text(rule_data(found)))
    else:
        _show_rule(found)


def rule_data(entry: Entry) -> dict[str, Any]:
    """All that is known of a rule, as plain data."""
    from linter.cli.policies import written

    rule = entry.rule
    return {
        "id": rule.id,
        "title": rule.title,
        "level": rule.level,
        "check": rule.check,
        "options": rule.options,
        "when": written(rule, "when"),
        "message": rule.message,
        "why": rule.why,
        "policies": entry.policy_names,
        "place": str(rule.place),
        "guidelines": [
            {"id": each.id, "text": each.text, "document": each.document}
            for each in entry.guidelines
        ],
        "examples": [_example_data(example) for example in rule.examples],
    }


def _example_data(example: Example) -> dict[str, Any]:
    return {
        "good": example.good,
        "language": example.language,
        "records": list(example.records),
        "why": example.why,
        "place": str(example.place),
    }


def check_data(check: Any) -> dict[str, Any]:
    """All that is known of a check's module, as plain data."""
    return {
        "check": check.NAME,
        "scope": check.SCOPE,
        "description": (check.__doc__ or "").strip(),
        "options": check.OPTIONS,
        "values": list(check.VALUES),
        "example": check.EXAMPLE,
    }


def option_lines(options: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """For each option of a check: its name, its values, what it is for."""
    required = options.get("required", ())
    lines = []
    for name, schema in options.get("properties", {}).items():
        needed = ["required"] if name in required else []
        default = [f"default {schema['default']}"] if "default" in schema else []
        about = [schema["description"]] if "description" in schema else []
        lines.append((name, _values(schema), "; ".join([*needed, *default, *about])))
    return lines


def _values(schema: Mapping[str, Any]) -> str:
    """What a schema lets a value be, in a few words."""
    if "title" in schema:
        return str(schema["title"])
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    if "then" in schema:
        both = [_values(schema[key]) for key in ("then", "else") if key in schema]
        return " or ".join(dict.fromkeys(filter(None, both)))
    kind = schema.get("type", "")
    if isinstance(kind, list):
        return " or ".join(map(str, kind))
    if kind == "array":
        return f"list of {_values(schema.get('items', {})) or 'value'}s"
    return {"object": "mapping", "string": "text"}.get(str(kind), str(kind))


def _show_rule(entry: Entry) -> None:
    from linter.checks import CHECKS
    from linter.cli import words
    from linter.reporters.safe import one_line, visible

    rule = entry.rule
    say(click.style(f"{rule.id}: {visible(rule.title or rule.message)}", bold=True))
    say(f"Level: {rule.level}")
    say(f"Policies: {', '.join(map(visible, entry.policy_names))}")
    say(f"Defined at: {visible(str(rule.place))}")
    for guideline in entry.guidelines:
        say(f"Guideline {visible(guideline.id)}: {one_line(guideline.text)}")
        say(f"  ({one_line(guideline.document)})")
    if rule.why:
        say(f"Why: {one_line(rule.why)}")
    if CHECKS[rule.check].SCOPE != "log":
        applies = "always" if rule.when is None else f"where {words.condition(rule.when)}"
        say(f"Applies: {visible(applies)}")
    say(f"Check: {rule.check}")
    for line in words.options(rule.options):
        say(f"  {visible(line)}")
    say(f"Message: {one_line(rule.message)}")
    for good, (word, colour) in _MARKS.items():
        of_kind = [example for example in rule.examples if example.good is good]
        if of_kind:
            say(click.style(f"{word.capitalize()} examples:", fg=colour))
        for example in of_kind:
            _show_example(example)


def _show_example(example: Example) -> None:
    from linter.cli import words
    from linter.reporters.safe import one_line, visible

    language = f"[{example.language}] " if example.language else ""
    for record in example.records:
        if "event" in record:
            say(f"  {one_line(words.event(record))}")
            continue
        say(f"  {language}{one_line(str(record['reply']))}")
        known = {key: value for key, value in record.items() if key not in ("reply", "lang")}
        for line in words.options(known):
            say(f"    {visible(line)}")
    if example.why:
        say(f"    why: {one_line(example.why)}")


def _show_check(data: Mapping[str, Any]) -> None:
    from linter.cli import words
    from linter.cli.common import table

    say(click.style(data["check"], bold=True) + f" (looks at {_SCOPES[data['scope']]})")
    say(data["description"])
    rows = option_lines(data["options"])
    if rows:
        say()
        for line in table(rows, ("OPTION", "VALUE", "MEANING")):
            say(line.rstrip())
    say()
    say(f"A message may use: {', '.join(f'{{{name}}}' for name in data['values']) or 'nothing'}")
    example = data["example"]
    if example["options"]:
        say("Example options:")
        for line in words.options(example["options"]):
            say(f"  {line}")
    for word, colour in _MARKS.values():
        say(click.style(f"{word.capitalize()}:", fg=colour))
        for case in example[word]:
            for record in case if isinstance(case, list) else [case]:
                lines = [words.event(record)] if "event" in record else words.options(record)
                for line in lines:
                    say(f"  {line}")


_SCOPES = {"reply": "one reply at a time", "library": "all replies together", "log": "a log"}
