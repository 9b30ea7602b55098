"""How conditions are written in a policy (`when`), and what is refused there.

    when: {comment.kind: [complaint, emotional], rating: {le: 3}, not: {channel: email}}

A field stands with a value, a list of values of which one is enough, or operators that must all
hold. All entries of a mapping must hold; `all`, `any` and `not` combine further mappings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast

from linter.documents import Pointer
from linter.logic.conditions import (
    All,
    AnyOf,
    Comparison,
    Condition,
    Not,
    Operator,
    can_hold,
    pattern,
)
from linter.logic.fields import OWN_FIELD, OWN_PREFIX, Field, Fields, field_of

NEVER = "this condition can never hold"
Report = Callable[[Pointer, str], None]

_TYPES = {
    "text": ["string"],
    "list": ["string"],
    "number": ["number"],
    "flag": ["boolean"],
    "any": ["string", "number", "boolean"],
}
_BOUNDS = ("lt", "le", "gt", "ge")


def schema(fields: Fields, name: str) -> dict[str, Any]:
    """The JSON Schema of a condition on these fields, for `#/$defs/NAME`."""
    nested = {"$ref": f"#/$defs/{name}"}
    several = {"type": "array", "minItems": 1, "items": nested}
    return {
        "type": "object",
        "minProperties": 1,
        "additionalProperties": False,
        "properties": {
            **{name: _field_schema(field) for name, field in fields.items()},
            "all": {**several, "description": "Conditions that must all hold."},
            "any": {**several, "description": "Conditions of which one must hold."},
            "not": {**nested, "description": "A condition that must not hold."},
        },
        "patternProperties": {rf"^{OWN_PREFIX[:-1]}\..": _field_schema(OWN_FIELD)},
    }


def _field_schema(field: Field) -> dict[str, Any]:
    exists = {"exists": {"type": "boolean"}}
    if field.type == "time":
        return {
            "description": field.summary,
            "type": "object",
            "minProperties": 1,
            "additionalProperties": False,
            "properties": exists,
        }
    types = _TYPES[field.type]
    values: dict[str, Any] = {"enum": list(field.values)} if field.values else {"type": types}
    one_or_several = {
        "type": [*types, "array"],
        "if": {"type": "array"},
        "then": {"minItems": 1, "uniqueItems": True, "items": values},
        "else": values,
    }
    operators: dict[str, Any] = {"not": one_or_several, **exists}
    if field.type in ("number", "any"):
        operators |= {bound: {"type": "number"} for bound in _BOUNDS}
    if field.type not in ("number", "flag"):
        operators["matches"] = {"type": "string", "minLength": 1}
    return {
        "description": field.summary,
        "type": [*types, "array", "object"],
        "if": {"type": "object"},
        "then": {"minProperties": 1, "additionalProperties": False, "properties": operators},
        "else": {"if": {"type": "array"}, "then": one_or_several["then"], "else": values},
    }


def parse(
    written: Mapping[str, Any], fields: Fields, report: Report, at: Pointer = ()
) -> Condition:
    """The condition on such fields that a mapping which fits the schema writes down.

    `report` gets what the schema cannot see: patterns that RE2 refuses, and parts that can never
    hold. Its pointers, and those of comparisons, begin with `at`, where the mapping stands.
    """
    parts = {key: _entry(key, value, (*at, key), fields, report) for key, value in written.items()}
    impossible = [key for key, part in parts.items() if not can_hold(part, fields)]
    for key in impossible:
        report((*at, key), NEVER)
    condition = _one(parts.values())
    if not impossible and not can_hold(condition, fields):
        report(at, NEVER)
    return condition


def _mapping(written: Mapping[str, Any], at: Pointer, fields: Fields, report: Report) -> Condition:
    return _one(_entry(key, value, (*at, key), fields, report) for key, value in written.items())


def _entry(key: str, value: Any, at: Pointer, fields: Fields, report: Report) -> Condition:
    if key == "not":
        return Not(_mapping(value, at, fields, report))
    if key in ("all", "any"):
        combine = All if key == "all" else AnyOf
        return combine(
            tuple(_mapping(part, (*at, i), fields, report) for i, part in enumerate(value))
        )
    field = field_of(key, fields)
    name = field.same_as or key
    if isinstance(value, dict):
        condition = _one(_operator(name, *item, at, report) for item in value.items())
    else:
        condition = Comparison(name, "in", _values(value), at)
    return condition if field.only is None else All((_sort(field.only, at), condition))


def _sort(event: str, at: Pointer) -> Comparison:
    return Comparison("event", "in", (event,), at)


def _operator(name: str, operator: str, value: Any, at: Pointer, report: Report) -> Condition:
    if operator == "not":
        return Not(Comparison(name, "in", _values(value), (*at, operator)))
    if operator == "matches":
        try:
            pattern(value)
        except ValueError as error:
            report((*at, operator), f"not a pattern of RE2: {error}")
    return Comparison(name, cast(Operator, operator), value, (*at, operator))


def _values(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, list) else (value,)


def _one(parts: Iterable[Condition]) -> Condition:
    parts = tuple(parts)
    return parts[0] if len(parts) == 1 else All(parts)
