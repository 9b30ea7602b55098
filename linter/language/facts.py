"""The facts that an organisation stands by: typed values, and the phrases that speak of them.

facts:
  - id: return-period
    type: duration
    value: 30 days                # in English, Norwegian or Dutch, or ISO 8601 (P30D)
    also: [4 weeks]               # what else is right
    subject:                      # phrases, as in a lexicon, that speak of the fact
      en: [return period, return (it|an item) within]
      nl: [retourtermijn, bedenktijd]
  - id: ships-to-belgium
    type: boolean
    value: true
    right: {en: ["(ship|deliver) to Belgium"]}
    wrong: {en: ["(do|can) not (ship|deliver) to Belgium"]}
  - id: carrier
    type: name
    value: PostNord
    subject: {en: [delivered by, carrier]}
    wrong: [DHL, Bring]           # names that are not right
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from linter.language import lexicon, patterns
from linter.language.values import TYPES, Amount, NotAValueError, Type, parse_value

if TYPE_CHECKING:
    from linter.documents import Document, Pointer, Problem

Phrases = Mapping[str, tuple[str, ...]]

_PHRASE = {"type": "string", "minLength": 1, "maxLength": 500}
_LIST = {"type": "array", "items": _PHRASE, "minItems": 1, "uniqueItems": True}
_SCALAR = {"type": ["string", "number"]}
_RANGE = {
    "type": "object",
    "additionalProperties": False,
    "minProperties": 1,
    "properties": {"min": _SCALAR, "max": _SCALAR},
}
_VALUE = {"if": {"type": "object"}, "then": _RANGE, "else": _SCALAR}


def _per_language(description: str) -> dict[str, Any]:
    return {
        "type": "object",
        "description": description,
        "additionalProperties": False,
        "minProperties": 1,
        "properties": dict.fromkeys(lexicon.languages(), _LIST),
    }


def _is(kind: str) -> dict[str, Any]:
    return {"properties": {"type": {"const": kind}}, "required": ["type"]}


def schema() -> dict[str, Any]:
    """The JSON Schema of a facts file."""
    wrong = _per_language("Phrases that state something else, per language; or wrong names.")
    properties = {
        "id": {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]*$"},
        "type": {"enum": [*TYPES, "boolean", "name"]},
        "value": {"description": "What is right: one value, or a range {min, max}."},
        "also": {"type": "array", "items": _VALUE, "minItems": 1},
        "days": {**_PHRASE, "description": "Hours only: the weekdays that they hold on."},
        "subject": _per_language("Phrases that speak of the fact, per language."),
        "right": _per_language("Phrases that state what is right, per language."),
        "wrong": {"if": {"type": "array"}, "then": _LIST, "else": wrong},
        "note": {"type": "string", "description": "For people."},
    }
    boolean = {"value": {"type": "boolean"}, "also": False, "days": False}
    boolean_errors = {"required": ["right", "wrong"], "properties": boolean}
    fact = {
        "type": "object",
        "additionalProperties": False,
        "required": ["id", "type", "value"],
        "properties": properties,
        "if": _is("boolean"),
        "then": boolean_errors,
        "else": {
            "required": ["subject"],
            "if": _is("name"),
            "then": {"required": ["wrong"], "properties": {"value": _PHRASE}},
            "else": {"properties": {"value": _VALUE}},
        },
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "replylint facts: what an organisation stands by",
        "type": "object",
        "additionalProperties": False,
        "required": ["facts"],
        "properties": {"facts": {"type": "array", "items": fact, "minItems": 1}},
    }


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact. `value` is how the file writes it, `accepted` what it amounts to (empty for
    booleans and names); the phrases are by language code."""

    id: str
    type: str
    value: str
    accepted: tuple[Amount, ...] = ()
    days: Amount | None = None
    subject: Phrases = field(default_factory=dict)
    right: Phrases = field(default_factory=dict)
    wrong: Phrases = field(default_factory=dict)

    def speaks(self, code: str) -> bool:
        """Whether the fact can be looked for in a language."""
        return bool(self.wrong.get(code) if self.type == "boolean" else self.subject.get(code))


def load_facts(path: Path, shown: str | None = None) -> tuple[Fact, ...]:
    """The facts of a file. Raises documents.InvalidFile with every fault placed."""
    from linter import documents

    document = documents.load(path, shown)
    problems = documents.check(document, schema())
    if not problems:
        problems = list(_faults(document))
    if problems:
        raise documents.InvalidFile(problems)
    return from_data(document.data["facts"])


def from_data(items: Iterable[Mapping[str, Any]]) -> tuple[Fact, ...]:
    """The facts of checked data. Raises NotAValueError for a value that is not of its type."""
    return tuple(_fact(item) for item in items)


def _fact(item: Mapping[str, Any]) -> Fact:
    kind = item["type"]
    is_typed = kind in TYPES
    subject = _phrases(item.get("subject", {}))
    right = _phrases(item.get("right", {}))
    wrong = item.get("wrong", {})
    if not isinstance(wrong, Mapping):
        wrong = {code: [_escaped(name) for name in wrong] for code in subject}
    if kind == "name":
        names = (_escaped(item["value"]), *map(_escaped, map(str, item.get("also", ()))))
        right = {code: (*names, *right.get(code, ())) for code in subject}
    return Fact(
        id=item["id"],
        type=kind,
        value=_written(item["value"]),
        accepted=tuple(_accepted(item)) if is_typed else (),
        days=parse_value("weekday", item["days"])[0] if "days" in item else None,
        subject=subject,
        right=right,
        wrong=_phrases(wrong),
    )


def _phrases(mapping: Mapping[str, Sequence[str]]) -> Phrases:
    return {code: tuple(phrases) for code, phrases in mapping.items()}


def _escaped(name: str) -> str:
    """A name as a phrase that means just these signs."""
    return "".join(f"\\{sign}" if sign in "()|?*^$<>{}\\" else sign for sign in name)


def _written(value: Any) -> str:
    if isinstance(value, Mapping):
        low, high = value.get("min"), value.get("max")
        if low is None or high is None:
            return f"at least {low}" if high is None else f"at most {high}"
        return f"{low} - {high}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _accepted(item: Mapping[str, Any]) -> Iterator[Amount]:
    for value in (item["value"], *item.get("also", ())):
        yield from _amounts(item["type"], value)


def _amounts(kind: Type, value: Any) -> tuple[Amount, ...]:
    if not isinstance(value, Mapping):
        return parse_value(kind, str(value))
    ends = [parse_value(kind, str(value[key])) for key in ("min", "max") if key in value]
    first, last = ends[0], ends[-1]
    if {amount.unit for amount in first} != {amount.unit for amount in last}:
        raise NotAValueError("min and max are not of the same unit")
    return tuple(
        Amount(low.low if "min" in value else None, high.high if "max" in value else None, low.unit)
        for low, high in zip(first, last, strict=True)
    )


# --- what a schema cannot say


def _faults(document: Document) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for index, item in enumerate(document.data["facts"]):
        at: Pointer = ("facts", index)
        if item["id"] in seen:
            line = document.place(("facts", seen[item["id"]]))[0]
            yield document.problem(
                (*at, "id"), f'duplicate id "{item["id"]}"; first on line {line}'
            )
        seen.setdefault(item["id"], index)
        if item["type"] in TYPES:
            yield from _value_faults(document, at, item)
        yield from _phrase_faults(document, at, item)


def _value_faults(document: Document, at: Pointer, item: Mapping[str, Any]) -> Iterator[Problem]:
    values = [(("value",), item["value"])]
    values += [(("also", n), value) for n, value in enumerate(item.get("also", ()))]  # type: ignore[misc]
    for pointer, value in values:
        try:
            _amounts(item["type"], value)
        except NotAValueError as error:
            yield document.problem((*at, *pointer), str(error))
    if "days" in item:
        if item["type"] != "hours":
            yield document.problem((*at, "days"), "only a fact of type hours has days", key=True)
        try:
            parse_value("weekday", item["days"])
        except NotAValueError as error:
            yield document.problem((*at, "days"), str(error))


def _phrase_faults(document: Document, at: Pointer, item: Mapping[str, Any]) -> Iterator[Problem]:
    for key in ("subject", "right", "wrong"):
        by_language = item.get(key, {})
        if not isinstance(by_language, Mapping):
            continue
        for code, phrases in by_language.items():
            sets = lexicon.word_sets(code, {})
            for index, phrase in enumerate(phrases):
                try:
                    patterns.parse(phrase, sets)
                except patterns.PatternError as error:
                    message = f"{error} (at character {error.at + 1})"
                    yield document.problem((*at, key, code, index), message)
