"""Conditions and options in words, for people who read about a rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from linter.logic.conditions import All, AnyOf, Comparison, Condition, Not

_BOUNDS = {"lt": "is below", "le": "is at most", "gt": "is above", "ge": "is at least"}


def condition(written: Condition) -> str:
    """A condition as a clause, to follow on "Applies where …"."""
    match written:
        case Comparison():
            return _test(written, negated=False)
        case Not(Comparison() as test):
            return _test(test, negated=True)
        case Not(part):
            return f"it is not so that {condition(part)}"
        case All(parts):
            return ", and ".join(map(condition, parts)) or "always"
        case AnyOf(parts):
            return f"either {', or '.join(map(condition, parts))}"


def several(items: Iterable[object], last: str = "and") -> str:
    """ "a, b and c"."""
    words = [_value(item) for item in items]
    return " ".join([", ".join(words[:-1]), last, words[-1]]) if len(words) > 1 else "".join(words)


def options(written: Mapping[str, Any]) -> list[str]:
    """A line for each option: its name and value, as a policy writes them."""
    return [f"{key}: {_flow(value)}" for key, value in written.items()]


def event(row: Mapping[str, Any]) -> str:
    """A row of an event log on one line, what it is first."""
    head = ("time", "event", "action", "id")
    what = [str(row[key]) for key in head if key in row and row[key] != "action"]
    rest = [f"{key}: {_flow(value)}" for key, value in row.items() if key not in head]
    return " ".join(what) + (f" ({', '.join(rest)})" if rest else "")


def _test(test: Comparison, negated: bool) -> str:
    not_ = " not" if negated else ""
    match test.operator:
        case "in":
            return f"{test.field} is{not_} {several(test.value, 'or')}"
        case "exists":
            return f"{test.field} is{'' if test.value is not negated else ' not'} known"
        case "matches":
            verb = "does not match" if negated else "matches"
            return f"{test.field} {verb} /{test.value}/"
        case bound:
            clause = f"{test.field} {_BOUNDS[bound]} {_value(test.value)}"
            return f"it is not so that {clause}" if negated else clause


def _value(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _flow(value: Any) -> str:
    """A value in YAML's one-line form, without its quotes where none are needed."""
    import yaml

    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    text = yaml.dump(
        value,
        Dumper=dumper,
        default_flow_style=True,
        allow_unicode=True,
        width=10_000,
        sort_keys=False,
    )
    return text.removesuffix("...\n").strip()
