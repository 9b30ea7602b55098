"""Checks a document against a JSON Schema: one problem a place, in plain words.

A schema may say its own: `errorMessage` beside any keyword but `type`, `patternErrorMessage` beside
`pattern` (both known to editors).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from linter.documents.model import (
    Document,
    Node,
    Pointer,
    Problem,
    closest,
    misread,
    quoted,
    shortened,
    suggest,
)

_TYPES = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping",
    "null": "empty",
}
_ENTRIES = ("minProperties", "anyOf", "not")
"""What an object with a misspelt key may break only for that."""
_NOT_EMPTY = ("minItems", "minLength", "minProperties")
_BOUNDS = {
    "minItems": "must have at least {} entries",
    "maxItems": "must have at most {} entries",
    "minProperties": "must have at least {} entries",
    "maxProperties": "must have at most {} entries",
    "minLength": "must be at least {} characters long",
    "maxLength": "must be at most {} characters long",
    "minimum": "must be at least {}",
    "maximum": "must be at most {}",
    "exclusiveMinimum": "must be more than {}",
    "exclusiveMaximum": "must be less than {}",
}
_RANKS = ("type", "enum", "const", "additionalProperties", "required")
"""A wrong type or name says more than what follows from it."""


@dataclass(frozen=True, slots=True)
class Violation:
    """A part of some data that a schema forbids. `key`: the fault is the name of that part."""

    pointer: Pointer
    message: str
    key: bool = False


def check(document: Document, schema: Mapping[str, Any], at: Pointer = ()) -> list[Problem]:
    """Where the part of the document at `at` breaks the schema, in the file's order.

    Raises KeyError where the document has no such part.
    """
    node = document.node(at)
    if node is None:
        raise KeyError(at)
    return sorted(
        document.problem((*at, *found.pointer), found.message, found.key)
        for found in violations(node.value, schema, node)
    )


def violations(data: Any, schema: Mapping[str, Any], node: Node | None = None) -> list[Violation]:
    """As `check`, for data without a file; `node`, if known, tells how its scalars are written."""
    errors = list(_validator(_Identity(schema)).iter_errors(data))
    unknown = {tuple(error.absolute_path): error for error in errors if _is_unknown_key(error)}
    found: dict[tuple[Pointer, bool], Violation] = {}
    for error in sorted(errors, key=_rank):
        for violation in _violations(error, node, unknown):
            found.setdefault((violation.pointer, violation.key), violation)
    return list(found.values())


class _Identity:
    """A schema told from others by identity, so that its validator is made once."""

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self.schema = schema

    def __hash__(self) -> int:
        return id(self.schema)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Identity) and other.schema is self.schema


@lru_cache(maxsize=32)
def _validator(identity: _Identity) -> Any:
    from jsonschema import Draft202012Validator, FormatChecker

    return Draft202012Validator(dict(identity.schema), format_checker=FormatChecker(["date"]))


def _rank(error: Any) -> int:
    return _RANKS.index(error.validator) if error.validator in _RANKS else len(_RANKS)


def _violations(
    error: Any, node: Node | None, unknown: Mapping[Pointer, Any]
) -> Iterator[Violation]:
    pointer = tuple(error.absolute_path)
    if _is_unknown_key(error):
        own = error.schema.get("errorMessage")
        for key in _unknown_keys(error)[: 1 if own else None]:
            yield Violation((*pointer, key), own or _unknown_key_message(error, key), key=True)
    elif error.validator == "required":
        missing = _missing(error, unknown.get(pointer))
        if missing:
            yield Violation(pointer, "missing " + ", ".join(missing))
    elif pointer in unknown and error.validator in _ENTRIES:
        return
    elif error.validator == "uniqueItems":
        for index, item in enumerate(error.instance):
            if item in error.instance[:index]:
                yield Violation((*pointer, index), f"{quoted(item)} stands here twice")
    else:
        part = node.at(pointer) if node else None
        yield Violation(pointer, _message(error, part.written if part else None))


# --- keys ----------------------------------------------------------------------------------------


def _is_unknown_key(error: Any) -> bool:
    return error.validator == "additionalProperties" and error.validator_value is False


def _unknown_keys(error: Any) -> list[str]:
    known = error.schema.get("properties", {})
    patterns = [re.compile(pattern) for pattern in error.schema.get("patternProperties", {})]
    return [
        key
        for key in error.instance
        if key not in known and not any(pattern.search(key) for pattern in patterns)
    ]


def _unknown_key_message(error: Any, key: str) -> str:
    if error.instance[key] is None and " " in key:
        return f"{quoted(key)} stands as a key of its own; quote text that has a comma in it"
    known = list(error.schema.get("properties", {}))
    listed = f"; known: {', '.join(known)}" if 0 < len(known) <= 12 else ""
    return f"unknown key {quoted(key)}" + (suggest(key, known) or listed)


def _missing(error: Any, unknown: Any) -> list[str]:
    """Every required key that is absent, without those that an unknown key is a misspelling of."""
    misspelt = _unknown_keys(unknown) if unknown else []
    meant = {closest(key, unknown.schema.get("properties", {})) for key in misspelt}
    return [key for key in error.validator_value if key not in error.instance and key not in meant]


# --- values --------------------------------------------------------------------------------------


def _message(error: Any, written: str | None) -> str:
    keyword, wanted, schema = error.validator, error.validator_value, error.schema
    if keyword == "type":
        return _type_message(error.instance, wanted, written)
    if "errorMessage" in schema:
        return str(schema["errorMessage"])
    if keyword in ("enum", "const"):
        return _enum_message(error.instance, wanted if keyword == "enum" else [wanted], written)
    if keyword in _NOT_EMPTY and wanted == 1:
        return "must not be empty"
    if keyword in _BOUNDS:
        return _BOUNDS[keyword].format(wanted)
    return _text_message(error)


def _text_message(error: Any) -> str:
    if error.validator == "format":
        return f"{quoted(error.instance)} is not a date (year-month-day, such as 2026-01-31)"
    if error.validator == "pattern" and "patternErrorMessage" in error.schema:
        return f"{quoted(error.instance)} {error.schema['patternErrorMessage']}"
    return str(error.message)


def _type_message(value: Any, wanted: str | list[str], written: str | None) -> str:
    types = [wanted] if isinstance(wanted, str) else wanted
    if written and "string" in types and value is not None:
        return misread(written, value)
    *most, last = (_TYPES[name] for name in types)
    expected = f"{', '.join(most)} or {last}" if most else last
    if value is None:
        return f"is empty; must be {expected}"
    return f"must be {expected}, not {_described(value)}"


def _described(value: Any) -> str:
    if isinstance(value, dict):
        return "a mapping"
    return "a list" if isinstance(value, list) else quoted(value)


def _enum_message(value: Any, allowed: Sequence[Any], written: str | None) -> str:
    texts = [choice for choice in allowed if isinstance(choice, str)]
    if written and texts and value is not None:
        return misread(written, value)
    hint = suggest(value, texts) if isinstance(value, str) else ""
    if len(allowed) > 30:
        return f"{shortened(quoted(value))} is not known{hint}"
    choices = ", ".join(choice if isinstance(choice, str) else quoted(choice) for choice in allowed)
    return f"{quoted(value)} is not one of {choices}{hint}"
