"""Makes rules of a policy's entries: new ones, and overlays that change an extended rule."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from linter import documents
from linter.documents import Pointer, Problem
from linter.logic import when
from linter.logic.conditions import Condition
from linter.logic.fields import REPLY
from linter.policy import examples, messages, options
from linter.policy.model import Origin, Place, Rule, SwitchedOff
from linter.policy.schema import ONLY_EXTENDED, Checks
from linter.policy.sound import Sound

_TESTED = ("options", "when")
"""What an overlay changes so that the overlaid rule's examples no longer say what must hold."""
_NO_WHEN = "a rule on a log says in options.event, and options.unless, what it is about"


@dataclass(frozen=True, slots=True)
class Context:
    """What an entry is read with. `guidelines` is None where not all are known, `complete` is false
    where something is wrong with an extended policy, so that its rules are not all known."""

    sound: Sound
    policy: str
    checks: Checks
    guidelines: Collection[str] | None
    extended: Mapping[str, Rule]
    complete: bool
    problems: list[Problem]


def read(context: Context) -> tuple[dict[str, Rule], tuple[SwitchedOff, ...]]:
    """The rules in force, those of extended policies first, and those switched off here."""
    rules = dict(context.extended)
    off: list[SwitchedOff] = []
    _report_duplicates(context.sound)
    for index, entry in context.sound.items("rules"):
        at: Pointer = ("rules", index)
        base = context.extended.get(entry["id"])
        if "off" in entry:
            if base:
                place = Place(context.sound.document.path, *context.sound.document.place(at))
                off.append(SwitchedOff(rules.pop(base.id, base), entry["off"], place))
            elif context.complete:
                context.sound.report((*at, "id"), _not_extended(context, entry["id"]))
            continue
        rule = _overlay(context, entry, at, base) if base else _new(context, entry, at)
        if rule:
            rules[rule.id] = rule
    return rules, tuple(off)


def _report_duplicates(sound: Sound) -> None:
    first: dict[str, int] = {}
    for index, id_ in enumerate(_written_ids(sound)):
        before = first.setdefault(id_, index) if id_ else index
        if before != index:
            line, _ = sound.document.place(("rules", before, "id"))
            message = f'duplicate rule id "{id_}"; first on line {line}'
            sound.report(("rules", index, "id"), message)


def _written_ids(sound: Sound) -> Iterator[str | None]:
    """The ids as they stand in the file, also of entries that are faulty otherwise."""
    node = sound.document.node(("rules",))
    for entry in node.value if node and isinstance(node.value, list) else ():
        id_ = entry.get("id") if isinstance(entry, dict) else None
        yield id_ if isinstance(id_, str) else None


def _not_extended(context: Context, id: str) -> str:  # noqa: A002
    hint = documents.suggest(id, context.extended)
    return f'{ONLY_EXTENDED}; none has the id "{id}"{hint}'


def _new(context: Context, entry: Mapping[str, Any], at: Pointer) -> Rule | None:
    missing = [key for key in ("check", "message") if key not in entry]
    if missing:
        if context.complete:
            hint = documents.suggest(entry["id"], context.extended)
            needs = " and ".join(missing)
            message = f'no extended policy has a rule "{entry["id"]}", so it needs {needs}{hint}'
            context.sound.report((*at, "id"), message)
        return None
    rule = Rule(
        id=entry["id"],
        check=entry["check"],
        level=entry.get("level", "warning"),
        message=entry["message"],
        policy=context.policy,
        origin=Origin(((context.sound.document, at),)),
        options=entry.get("options", {}),
        guideline=_several(entry.get("guideline", ())),
    )
    return _finish(context, entry, at, rule)


def _overlay(context: Context, entry: Mapping[str, Any], at: Pointer, base: Rule) -> Rule | None:
    if "check" in entry and entry["check"] != base.check:
        message = (
            f'the rule "{base.id}" of {base.policy} has the check {base.check}; '
            "switch it off and add a rule of another id instead"
        )
        context.sound.report((*at, "check"), message)
        return None
    changed = {key: entry[key] for key in ("level", "message") if key in entry}
    if "guideline" in entry:
        changed["guideline"] = _several(entry["guideline"])
    rule = replace(
        base,
        policy=context.policy,
        origin=Origin(((context.sound.document, at), *base.origin.parts)),
        options={**base.options, **entry.get("options", {})},
        examples=() if any(key in entry for key in _TESTED) else base.examples,
        **changed,
    )
    _report_options(context, rule)
    return _finish(context, entry, at, rule)


def _report_options(context: Context, rule: Rule) -> None:
    """Overlaid options together, by the check's schema."""
    for found in documents.violations(rule.options, context.checks[rule.check].OPTIONS):
        place = rule.origin.place(("options", *found.pointer), found.key)
        context.problems.append(place.problem(found.message))


def _finish(context: Context, entry: Mapping[str, Any], at: Pointer, rule: Rule) -> Rule:
    """What new rules and overlays have alike."""
    for problem in _faults(context, entry, rule):
        context.problems.append(problem)
    changed: dict[str, Any] = {key: entry[key] for key in ("title", "why") if key in entry}
    scope = context.checks[rule.check].SCOPE
    if "when" in entry and scope == "log":
        context.sound.report((*at, "when"), _NO_WHEN, key=True)
    elif "when" in entry:
        changed["when"] = _condition(context, entry["when"], (*at, "when"))
    if "examples" in entry:
        written = entry["examples"]
        changed["examples"] = examples.read(context.sound, (*at, "examples"), written, scope)
    return replace(rule, **changed)


def _condition(context: Context, written: Mapping[str, Any], at: Pointer) -> Condition:
    return when.parse(
        written, REPLY, lambda pointer, message: context.sound.report((*at, *pointer), message)
    )


def _faults(context: Context, entry: Mapping[str, Any], rule: Rule) -> Iterator[Problem]:
    for message in messages.faults(rule.message, context.checks[rule.check].VALUES):
        yield rule.origin.place(("message",)).problem(message)
    for pointer, message in options.faults(rule.options):
        yield rule.origin.place(("options", *pointer)).problem(message)
    if context.guidelines is None or "guideline" not in entry:
        return
    for index, guideline in enumerate(rule.guideline):
        if guideline not in context.guidelines:
            listed = f"; listed are {', '.join(context.guidelines) or 'none'}"
            hint = documents.suggest(guideline, context.guidelines) or listed
            place = rule.origin.place(("guideline", index))
            yield place.problem(f'"{guideline}" is not listed in guidelines.items{hint}')


def _several(value: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)
