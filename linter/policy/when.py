"""How conditions are written in a policy (`when`), and what is refused there.

    when: {comment.kind: [complaint, emotional], rating: {le: 3}, not: {channel: email}}

A field stands with a value, a list of values of which one is enough, or operators that must all
hold. All entries of a mapping must hold; `all`, `any` and `not` combine further mappings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from linter.policy.conditions import (
    FIELDS,
    OWN_FIELD,
    OWN_PREFIX,
    All,
    AnyOf,
    Condition,
    Field,
    Not,
    Test,
    can_hold,
    pattern,
)

NEVER = "this condition can never hold"
Pointer = tuple[str | int, ...]
Report = Callable[[Pointer, str], None]

_TYPES = {
    "text": ["string"],
    "list": ["string"],
    "number": ["number"],
    "any": ["string", "number", "boolean"],
}
_BOUNDS = ("lt", "le", "gt", "ge")
_SAME_AS = {"rating": "comment.rating"}


def schema() -> dict[str, Any]:
    """The JSON Schema of a condition, for `#/$defs/condition`."""
    nested = {"$ref": "#/$defs/condition"}
    several = {"type": "array", "minItems": 1, "items": nested}
    return {
        "type": "object",
        "minProperties": 1,
        "additionalProperties": False,
        "properties": {
            **{name: _field_schema(field) for name, field in FIELDS.items()},
            "all": {**several, "description": "Conditions that must all hold."},
            "any": {**several, "description": "Conditions of which one must hold."},
            "not": {**nested, "description": "A condition that must not hold."},
        },
        "patternProperties": {rf"^{OWN_PREFIX[:-1]}\..": _field_schema(OWN_FIELD)},
    }


def _field_schema(field: Field) -> dict[str, Any]:
    types = _TYPES[field.type]
    values: dict[str, Any] = {"enum": list(field.values)} if field.values else {"type": types}
    one_or_several = {
        "type": [*types, "array"],
        "if": {"type": "array"},
        "then": {"minItems": 1, "uniqueItems": True, "items": values},
        "else": values,
    }
    operators: dict[str, Any] = {"not": one_or_several, "exists": {"type": "boolean"}}
    if field.type in ("number", "any"):
        operators |= {bound: {"type": "number"} for bound in _BOUNDS}
    if field.type != "number":
        operators["matches"] = {"type": "string", "minLength": 1}
    return {
        "description": field.summary,
        "type": [*types, "array", "object"],
        "if": {"type": "object"},
        "then": {"minProperties": 1, "additionalProperties": False, "properties": operators},
        "else": {"if": {"type": "array"}, "then": one_or_several["then"], "else": values},
    }


def parse(written: Mapping[str, Any], report: Report) -> Condition:
    """The condition that a mapping which fits the schema writes down.

    `report` gets what the schema cannot see, with a pointer into the mapping: patterns that RE2
    refuses, and parts that can never hold.
    """
    parts = {key: _entry(key, value, report) for key, value in written.items()}
    impossible = [key for key, part in parts.items() if not can_hold(part)]
    for key in impossible:
        report((key,), NEVER)
    condition = _one(tuple(parts.values()))
    if not impossible and not can_hold(condition):
        report((), NEVER)
    return condition


def _entry(key: str, value: Any, report: Report) -> Condition:
    if key == "not":
        return Not(_mapping(value, _under(report, key)))
    if key in ("all", "any"):
        combine = All if key == "all" else AnyOf
        return combine(
            tuple(_mapping(part, _under(report, key, i)) for i, part in enumerate(value))
        )
    return _field(_SAME_AS.get(key, key), value, _under(report, key))


def _mapping(written: Mapping[str, Any], report: Report) -> Condition:
    return _one(tuple(_entry(key, value, report) for key, value in written.items()))


def _field(name: str, value: Any, report: Report) -> Condition:
    if not isinstance(value, dict):
        return Test(name, "in", _values(value))
    return _one(tuple(_operators(name, value, report)))


def _operators(name: str, operators: Mapping[str, Any], report: Report) -> Iterator[Condition]:
    for operator, value in operators.items():
        if operator == "not":
            yield Not(Test(name, "in", _values(value)))
            continue
        if operator == "matches":
            _try_pattern(value, _under(report, operator))
        yield Test(name, operator, value)  # type: ignore[arg-type]


def _try_pattern(written: str, report: Report) -> None:
    try:
        pattern(written)
    except ValueError as error:
        report((), f"not a pattern of RE2: {error}")


def _values(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, list) else (value,)


def _one(parts: tuple[Condition, ...]) -> Condition:
    return parts[0] if len(parts) == 1 else All(parts)


def _under(report: Report, *steps: str | int) -> Report:
    return lambda pointer, message: report((*steps, *pointer), message)
