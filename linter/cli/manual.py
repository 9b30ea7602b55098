"""The pages of the reference, as Markdown."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import click

from linter import shipped
from linter.checks import CHECKS
from linter.cli import words
from linter.cli.explain import option_lines
from linter.documents import load as load_file
from linter.language import lexicon
from linter.logic.event_log import DERIVED
from linter.logic.fields import ACTIONS, EVENT, GROUNDS, REPLY, Fields
from linter.policy.coverage import coverage
from linter.policy.load import load
from linter.policy.model import Example, Policy, Rule

MADE = "<!-- Made by `replylint docs`; do not edit. -->\n"
_SIGNS = re.compile(r"([\\`*_\[\]<>|#~])")
_SCOPES = {
    "reply": "Looks at one reply at a time.",
    "library": "Looks at all replies of a run together.",
    "log": "Looks at the log of conversations.",
}


def pages() -> Mapping[str, str]:
    """The text of each page, by its path in the folder of the docs."""
    policies = [load(name) for name in shipped.policies()]
    made = {
        "checks.md": _checks(),
        "conditions.md": _conditions(),
        "acts.md": _acts(),
        "sources.md": _sources(),
        "cli.md": _commands(),
    }
    for policy in policies:
        made[f"policies/{policy.name}.md"] = _policy(policy, policies)
    return {name: MADE + "\n" + "\n".join(lines).rstrip() + "\n" for name, lines in made.items()}


# --- Markdown ------------------------------------------------------------------------------------


def _text(text: str) -> str:
    """Text on one line, in which no sign is markup."""
    return _SIGNS.sub(r"\\\1", " ".join(text.split()))


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table of cells that are Markdown already; empty without rows."""
    lines = [f"| {' | '.join(row)} |" for row in rows]
    if lines:
        yield from (f"| {' | '.join(head)} |", f"|{'---|' * len(head)}", *lines, "")


def _yaml(data: object) -> Iterator[str]:
    import yaml

    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    text = yaml.dump(data, Dumper=dumper, sort_keys=False, allow_unicode=True, width=96)
    yield from ("```yaml", text.rstrip("\n"), "```", "")


# --- the pages -----------------------------------------------------------------------------------


def _checks() -> Iterator[str]:
    yield "# Checks"
    yield ""
    yield "A rule of a policy names one of these under `check`, with its `options`. A message may"
    yield "use the values of its check, and `{author}`, `{language}`, `{channel}` and `{id}`."
    yield ""
    for name in sorted(CHECKS):
        check: Any = CHECKS[name]
        yield f"## {name}"
        yield ""
        yield (check.__doc__ or "").strip()
        yield ""
        yield _SCOPES[check.SCOPE]
        yield ""
        rows = [
            (f"`{option}`", _text(value), _text(about))
            for option, value, about in option_lines(check.OPTIONS)
        ]
        yield from _table(("Option", "Value", "Meaning"), rows)
        yield f"Values: {', '.join(f'`{{{value}}}`' for value in check.VALUES) or 'none'}."
        yield ""
        yield "Example: `good` passes, `bad` is found."
        yield ""
        yield from _yaml(check.EXAMPLE)


def _conditions() -> Iterator[str]:
    yield "# Conditions"
    yield ""
    yield "`when` says which replies a rule is for. Each entry must hold:"
    yield ""
    yield "- `field: value`, or `field: [value, value]`, of which one is enough;"
    yield "- `field: {lt: 3}`: `lt`, `le`, `gt` and `ge` compare numbers, `not` takes a value or a"
    yield "  list that must not be, `matches` a pattern of RE2, `exists` true or false;"
    yield "- `all: [...]`, `any: [...]` and `not: {...}` combine conditions."
    yield ""
    yield "Where a reply lacks a field that decides, the rule *cannot tell*: that is counted in the"
    yield "summary of a run, by rule and reason."
    yield ""
    yield from _fields(REPLY)
    yield "## Conditions on events"
    yield ""
    yield "A rule on a log asks this of events, in `options.event` and others. Where an event lacks"
    yield "a field that decides, the rule cannot tell, and says so."
    yield ""
    yield from _fields(EVENT)
    yield f"Actions: {', '.join(f'`{name}`' for name in ACTIONS)}."
    yield ""
    yield f"Usual grounds: {', '.join(f'`{name}`' for name in GROUNDS)}."


def _fields(fields: Fields) -> Iterator[str]:
    rows = [
        (f"`{name}`", field.type, _text(field.summary), ", ".join(field.values))
        for name, field in fields.items()
    ]
    rows.append(("`fields.…`", "any", "a further field of the record", ""))
    yield from _table(("Field", "Type", "Meaning", "Values"), rows)


def _acts() -> Iterator[str]:
    yield "# Acts"
    yield ""
    yield "What a passage of a reply does, as the lexicons of each language know it. Two acts have"
    yield "no lexicon: `address_by_name`, the customer called by name, and `specific`, a passage"
    yield "that names something of the customer's comment. `replylint acts` shows what is seen."
    yield ""
    figures = _figures()
    if figures:
        yield "The figures are of `benchmarks/accuracy` on labelled replies in app stores, on"
        yield "review sites, in tweets and letters: n replies perform the act. They were seen"
        yield "while the lexicons were written, so expect less elsewhere."
        yield ""
    for code in lexicon.languages():
        yield f"## {lexicon.language_data(code).name} ({code})"
        yield ""
        yield from _accuracy(figures.get(code, {}))
        for item in lexicon.shipped(code):
            data = load_file(item.path).data
            yield f"### {item.act} ({code})"
            yield ""
            if data.get("summary"):
                yield _text(data["summary"])
            of_comments = " Looked for in customers' comments." if item.on == "comment" else ""
            count = len(item.phrases)
            yield f"{count} phrase{'' if count == 1 else 's'}.{of_comments}"
            yield ""
            for word in ("yes", "no"):
                yield from (f"- {word}: {_case(case)}" for case in data.get(word, ()))
            yield ""


def _figures() -> Any:
    """What the accuracy benchmark wrote last; nothing where there is no checkout."""
    path = shipped.folder("policies").parent / "benchmarks" / "accuracy" / "results.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def _accuracy(figures: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    rows = [
        (
            f"`{act}`",
            *(
                "–" if row[key] is None else f"{row[key]:g}"
                for key in ("n", "precision", "recall", "f1")
            ),
        )
        for act, row in figures.items()
        if "f1" in row
    ]
    yield from _table(("Act", "n", "Precision", "Recall", "F1"), rows)
    kind = figures.get("comment_kind")
    if kind:
        yield f"The kind of {kind['n']:g} comments is right for {kind['accuracy']:.0%}."
        yield ""


def _case(case: Any) -> str:
    if isinstance(case, str):
        return _text(case)
    why = f" ({_text(case['why'])})" if case.get("why") else ""
    return f"{_text(case['text'])}{why}"


def _policy(policy: Policy, policies: Sequence[Policy]) -> Iterator[str]:
    yield f"# {_text(policy.title or policy.name)}"
    yield ""
    version = f", version {policy.version}" if policy.version else ""
    yield f"Policy `{policy.name}`{version}, for {words.several(policy.languages)}."
    if policy.description:
        yield _text(policy.description)
    yield ""
    listed = list(coverage(policy))
    if listed:
        yield "## Guidelines"
        yield ""
        rows = [
            (
                _text(each.guideline.id),
                _text(each.guideline.text),
                ", ".join(f"[{rule.id}]({_page(rule, policy, policies)})" for rule in each.rules)
                or f"{each.status}: {_text(each.guideline.not_checkable or '')}",
            )
            for each in listed
        ]
        yield from _table(("", "Guideline", "Rules"), rows)
    own = [rule for rule in policy.rules if _home(rule, policy, policies) is policy]
    yield "## Rules"
    yield ""
    for rule in own:
        yield from _rule(rule)
    others = [rule for rule in policy.rules if rule not in own]
    if others:
        yield "As in the policy that it extends:"
        yield ""
        for rule in others:
            yield f"- [{rule.id}]({_page(rule, policy, policies)})"


def _home(rule: Rule, policy: Policy, policies: Sequence[Policy]) -> Policy:
    """The first policy that has the rule as it is here, but for its guidelines."""

    def meaning(each: Rule) -> object:
        return each.check, each.options, each.when, each.level, each.message

    same = (
        each
        for each in policies
        for other in each.rules
        if other.id == rule.id and meaning(other) == meaning(rule)
    )
    return next(same, policy)


def _page(rule: Rule, policy: Policy, policies: Sequence[Policy]) -> str:
    home = _home(rule, policy, policies)
    return f"#{rule.id}" if home is policy else f"{home.name}.md#{rule.id}"


def _rule(rule: Rule) -> Iterator[str]:
    yield f"### {rule.id}"
    yield ""
    yield f"{_text(rule.title or rule.message)}. Level: {rule.level}."
    if rule.why:
        yield _text(rule.why)
    yield ""
    if rule.when is not None:
        yield f"- Applies where {_text(words.condition(rule.when))}."
    options = "; ".join(f"`{line}`" for line in words.options(rule.options))
    anchor = f"[{rule.check}](../checks.md#{rule.check})"
    yield f"- Check: {anchor}{', ' + options if options else ''}"
    yield f"- Message: {_text(rule.message)}"
    yield ""
    for verdict, good in (("Good", True), ("Bad", False)):
        cases = [example for example in rule.examples if example.good is good]
        if cases:
            yield f"{verdict}:"
            yield ""
            yield from (_example(example) for example in cases)
            yield ""


def _example(example: Example) -> str:
    parts = []
    for record in example.records:
        if "event" in record:
            parts.append(_text(words.event(record)))
            continue
        comment = record.get("comment")
        said = comment.get("text") if isinstance(comment, Mapping) else comment
        about = [
            *([f"to {_text(str(record['author']))}"] if "author" in record else []),
            *([f"on “{_text(str(said))}”"] if said else []),
        ]
        context = f" ({', '.join(about)})" if about else ""
        parts.append(_text(str(record["reply"])) + context)
    language = f"{example.language}: " if example.language else ""
    why = f" — {_text(example.why)}" if example.why else ""
    return f"- {language}{' / '.join(parts)}{why}"


def _sources() -> Iterator[str]:
    from linter.log import sources

    yield "# Sources of logs"
    yield ""
    yield "`replylint audit LOG --source NAME` reads a platform's export by one of these, or by a"
    yield "mapping of your own: a YAML file as those in `linter/log/sources/`, which"
    yield "`schemas/source.schema.json` describes and `replylint validate` checks. `replylint init"
    yield "--log FILE` proposes one from a file's columns."
    yield ""
    yield "A field that a source does not fill stays absent, and rules that ask for it say that"
    yield "they cannot tell. [The fields](conditions.md#conditions-on-events) of an event."
    yield ""
    yield from _mappings()
    for name, path in sources.shipped().items():
        data = load_file(path).data
        found = sources.find(name)
        yield f"## {name}"
        yield ""
        yield f"{_text(data['title'])}. {_text(data['about'])}"
        yield ""
        filled = found.fills
        known = [field for field in EVENT if field in filled]
        if known:
            yield f"Fills: {', '.join(f'`{field}`' for field in known)}."
            yield ""
            absent = [field for field in EVENT if field not in filled and field not in DERIVED]
            yield f"Leaves absent: {', '.join(f'`{field}`' for field in absent) or 'nothing'}."
            yield ""
        verbs = ", ".join(f"`{verb}`" for verb in sorted(found.verbs) if verb)
        if verbs:
            yield f"Reads: {verbs}. Leaves out {len(found.ignored)} others that it knows."
            yield ""


def _mappings() -> Iterator[str]:
    """How a team writes a source of its own."""
    from linter.log.sources.schema import EXAMPLE, schema

    described = schema()
    parts = described["$defs"]
    yield "## A mapping of your own"
    yield ""
    yield from ("```yaml", EXAMPLE.rstrip("\n"), "```", "")
    yield "A field is text, a number or a list that stands for itself, or a mapping that says where"
    yield "in the row it is. Parts of a row are named by column or key; `a.b` is the whole name or"
    yield "else `b` in `a`; `changes[key=nick].new` the object of a list whose `key` is `nick`;"
    yield "`@section` the list of a JSON document that the row stands in, `@file.NAME` what the"
    yield "document says beside its lists, `@item` and `@item.NAME` the item of `each`. A verb that"
    yield "is neither in `verbs` nor in `ignore` makes its row a reject."
    yield ""
    for title, properties in (
        ("Key", described["properties"]),
        ("Of a value", parts["value-text"]["properties"]),
        ("Of an event, beside its fields", parts["event"]["properties"]),
    ):
        rows = [
            (f"`{key}`", _text(each["description"]))
            for key, each in properties.items()
            if "description" in each and key not in EVENT and key != "time.end"
        ]
        yield from _table((title, "Says"), rows)


def _commands() -> Iterator[str]:
    from linter.cli import main

    yield "# Commands"
    yield ""
    yield from _help(main, "replylint", None)


def _help(command: click.Command, name: str, parent: click.Context | None) -> Iterator[str]:
    context = click.Context(command, info_name=name, parent=parent, terminal_width=96)
    yield f"## {context.command_path}"
    yield ""
    yield "```text"
    yield command.get_help(context)
    yield "```"
    yield ""
    if isinstance(command, click.Group):
        for inner in command.list_commands(context):
            found = command.get_command(context, inner)
            if found is not None:
                yield from _help(found, inner, context)
