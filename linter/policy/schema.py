"""The JSON Schemas of policies and of files of examples, assembled from the checks' own.

Conditions on parts are written with if/then, never oneOf: its errors explain nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Protocol

from linter.logic import event_log, when
from linter.logic.fields import EVENT, REPLY
from linter.model import KINDS

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_ID_PATTERN = "^[a-z0-9]+(-[a-z0-9]+)*$"
ONLY_EXTENDED = "only a rule of an extended policy can be switched off"
_TEXT = {"type": "string", "minLength": 1}
_LANGUAGE = {
    "type": "string",
    "pattern": "^[A-Za-z]{2,3}([-_][A-Za-z0-9]+)*$",
    "patternErrorMessage": "is not the code of a language, such as nb",
}
_DATE = {"type": "string", "format": "date"}
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HOURS = {
    "type": "string",
    "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$",
    "patternErrorMessage": 'are not hours, such as "09:00-17:00"',
}


class Check(Protocol):
    """What the policy layer asks of a check's module."""

    NAME: str
    SCOPE: str
    OPTIONS: Mapping[str, Any]
    VALUES: tuple[str, ...]

    def compile(self, options: Any, language: Any) -> Any: ...


Checks = Mapping[str, Any]
"""The modules of checks, by the name that a rule uses."""


def policy_schema(checks: Checks) -> dict[str, Any]:
    """The schema of a policy file."""
    return {
        "$schema": DIALECT,
        "title": "replylint policy: a team's guidelines as checks",
        "type": "object",
        "additionalProperties": False,
        "required": ["policy"],
        "properties": {
            "policy": _name("The policy's name, as in the file's name."),
            "version": {**_TEXT, "description": "Raised with every change, such as 1.2.0."},
            "title": _TEXT,
            "description": _TEXT,
            "languages": _several(
                _LANGUAGE, "Every rule is made for all of them, or refused at start."
            ),
            "effective": {
                "type": "object",
                "description": "The first and the last day in force.",
                "additionalProperties": False,
                "minProperties": 1,
                "properties": {"from": _DATE, "to": _DATE},
            },
            "extends": _one_or_several("Policies to start from: shipped names or paths."),
            "facts": _several(_TEXT, "Files of facts, relative to this file."),
            "lexicons": _several(_TEXT, "Own lexicons, relative to this file."),
            "examples": _several(_TEXT, "Files of examples, relative to this file."),
            "calendars": _calendars(),
            "guidelines": _guidelines(),
            "rules": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/rule"}},
        },
        "if": {"required": ["extends"]},
        "else": {
            "required": ["languages", "rules"],
            "properties": {"rules": {"items": _new_rule()}},
        },
        "$defs": {
            "rule": _rule(checks),
            "condition": when.schema(REPLY, "condition"),
            "event": when.schema(EVENT, "event"),
            **_example_definitions(),
        },
    }


def examples_schema() -> dict[str, Any]:
    """The schema of a file of examples; `language` is that of its texts."""
    return {
        "$schema": DIALECT,
        "title": "replylint examples: what the rules of a policy must pass and must find",
        "type": "object",
        "additionalProperties": False,
        "required": ["rules"],
        "properties": {
            "language": _LANGUAGE,
            "facts": _several(_TEXT, "Files of facts that the examples are judged by."),
            "rules": {
                "type": "object",
                "minProperties": 1,
                "additionalProperties": {"$ref": "#/$defs/examples"},
            },
        },
        "$defs": _example_definitions(),
    }


def as_json(schema: Mapping[str, Any]) -> str:
    """A schema as it is kept in `schemas/`."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _rule(checks: Checks) -> dict[str, Any]:
    names = sorted(checks)
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["id"],
        "properties": {
            "id": _name("The rule's name in findings. Given again, it changes an extended rule."),
            "title": {**_TEXT, "description": "A few words for lists and reports."},
            "why": {**_TEXT, "description": "The reason, for whoever has broken the rule."},
            "guideline": _one_or_several("The guidelines that the rule encodes."),
            "level": {"enum": ["error", "warning", "note"], "default": "warning"},
            "when": {"$ref": "#/$defs/condition"},
            "check": {"enum": names},
            "options": {"type": "object"},
            "message": {**_TEXT, "description": "What to do. {name} is a value that was found."},
            "examples": {"$ref": "#/$defs/examples"},
            "off": {**_TEXT, "description": "Why an extended rule does not apply here."},
        },
        "if": {"required": ["off"]},
        "then": {
            "additionalProperties": False,
            "properties": {"id": True, "off": True},
            "errorMessage": "a rule that is off has nothing but its id and the reason",
        },
        "allOf": [_options(name, checks[name].OPTIONS) for name in names],
    }


def _new_rule() -> dict[str, Any]:
    """What a rule needs where no policy is extended."""
    return {
        "if": {"required": ["off"]},
        "then": {"not": {}, "errorMessage": ONLY_EXTENDED},
        "else": {"required": ["check", "message"]},
    }


def _options(name: str, options: Mapping[str, Any]) -> dict[str, Any]:
    """The options of a rule with that check. An overlay that names no check is checked by the
    loader, which knows what it overlays."""
    return {
        "if": {"properties": {"check": {"const": name}}, "required": ["check"]},
        "then": {
            "properties": {"options": {k: v for k, v in options.items() if k != "$defs"}},
            **({"required": ["options"]} if options.get("required") else {}),
        },
    }


def _guidelines() -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["document", "items"],
        "properties": {
            "document": {**_TEXT, "description": "The title of the team's written guide."},
            "url": _TEXT,
            "items": {
                "type": "object",
                "minProperties": 1,
                "additionalProperties": {
                    "if": {"type": "object"},
                    "then": {
                        "additionalProperties": False,
                        "required": ["text"],
                        "properties": {
                            "text": _TEXT,
                            "not_checkable": {**_TEXT, "description": "Why no rule can check it."},
                        },
                    },
                    "else": _TEXT,
                },
            },
        },
    }


def _calendars() -> dict[str, Any]:
    """When the team works, for limits in working time."""
    return {
        "type": "object",
        "minProperties": 1,
        "description": "When the team works, by name: `calendar` of a log rule names one.",
        "additionalProperties": {
            "type": "object",
            "additionalProperties": False,
            "required": ["days", "hours", "timezone"],
            "properties": {
                "days": _several({"enum": list(DAYS)}, "The working days."),
                "hours": _one_or_several('Working hours, such as "09:00-17:00".', _HOURS),
                "timezone": {**_TEXT, "description": "An IANA name, such as Europe/Oslo."},
                "holidays": _one_or_several(
                    "Countries, or parts of them, whose public holidays are free: NO, DE-BY."
                ),
            },
        },
    }


def _example_definitions() -> dict[str, Any]:
    record = {
        "if": {"required": ["event"]},
        "then": event_log.RECORD,
        "else": {"$ref": "#/$defs/record"},
    }
    case = {
        "if": {"type": "array"},
        "then": {"minItems": 1, "items": record},
        "else": record,
    }
    cases = {"type": "array", "minItems": 1, "items": case}
    rating = {"type": "number"}
    return {
        "examples": {
            "type": "object",
            "additionalProperties": False,
            "minProperties": 1,
            "properties": {
                "good": {**cases, "description": "Replies that the rule must pass."},
                "bad": {**cases, "description": "Replies that the rule must find."},
            },
        },
        "record": {
            "type": "object",
            "additionalProperties": False,
            "required": ["reply"],
            "properties": {
                "id": _TEXT,
                "reply": {"type": "string"},
                "lang": _LANGUAGE,
                "author": {"type": "string"},
                "comment": {
                    "if": {"type": "object"},
                    "then": {
                        "additionalProperties": False,
                        "properties": {
                            "text": {"type": "string"},
                            "kind": {"enum": list(KINDS)},
                            "rating": rating,
                        },
                    },
                    "else": {"type": "string"},
                },
                "channel": _TEXT,
                "rating": rating,
                "tags": {"type": "array", "items": _TEXT},
                "fields": {"type": "object", "description": "Further fields of the record."},
                "why": {**_TEXT, "description": "The reason for the verdict, for readers."},
            },
        },
    }


def _name(description: str) -> dict[str, Any]:
    return {
        "type": "string",
        "pattern": _ID_PATTERN,
        "patternErrorMessage": "is not a name of small letters, digits and single hyphens",
        "description": description,
    }


def _several(items: Mapping[str, Any], description: str) -> dict[str, Any]:
    return {
        "type": "array",
        "minItems": 1,
        "uniqueItems": True,
        "items": items,
        "description": description,
    }


def _one_or_several(description: str, item: Mapping[str, Any] = _TEXT) -> dict[str, Any]:
    return {
        "if": {"type": "array"},
        "then": {"minItems": 1, "uniqueItems": True, "items": item},
        "else": item,
        "type": ["string", "array"],
        "description": description,
    }
