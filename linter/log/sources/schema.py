"""The JSON Schema of a source: a mapping from a native export to the event log.

Values are told apart by if/then: text, a number or a list stands for itself, a mapping says where
in the row the value is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from linter.log.columns import FIELDS, TIME_END
from linter.logic import durations
from linter.logic.event_log import DERIVED
from linter.logic.fields import ACTIONS, EVENT

FORMS = ("seconds", "milliseconds", "snowflake")
GIVEN = tuple(name for name in EVENT if name not in DERIVED)

EXAMPLE = """\
source: our-forum
timezone: Europe/Oslo
verb: action                       # the column that says what was done
common:                            # the fields of every event
  event: action
  id: {from: number, template: 'entry/{}'}
  time: {from: date, as: '%d.%m.%Y %H:%M'}
  actor: {from: moderator, absent: '[deleted]'}
  target: {template: '{board}/{post}'}
  target.text: {from: details, extract: '(?s)text: (.*)'}
verbs:
  deleted:
    action: remove
    ground: {from: why, split: ',', values: {spam: spam, rude: insult}, else: reject}
  hidden:                          # of several, those whose `when` holds
    - {action: hide, when: {why: {exists: true}}}
    - {action: label, when: {why: {exists: false}}}
  shown: {action: restore}
takes-back:
  - {action: restore, after: [remove, hide]}
ignore: [moved, pinned]            # counted, but no events
"""
"""A mapping that shows most of the language."""

_TEXT = {"type": "string", "minLength": 1}
_NAME = "^[a-z0-9]+([-.][a-z0-9]+)*$"
_CONSTANTS: Mapping[str, Mapping[str, Any]] = {
    "text": {"type": "string", "minLength": 1},
    "number": {"type": "number"},
    "flag": {"type": "boolean"},
    "time": {"type": "string", "minLength": 1},
}


def _several(items: Mapping[str, Any], description: str = "") -> dict[str, Any]:
    several = {"type": ["string", "array"], "minItems": 1, "uniqueItems": True, "items": items}
    found: dict[str, Any] = {"if": {"type": "string"}, "then": items, "else": several}
    return {**found, "description": description} if description else found


_PATH = {
    **_TEXT,
    "description": "A column or key, such as details; step by step with dots; @section, @item.",
}


def _paths(description: str) -> dict[str, Any]:
    return {"$ref": "#/$defs/paths", "description": description}


def vocabulary(name: str) -> tuple[str, ...]:
    """What a field of an event can be, where that is known."""
    if name == "action":
        return ACTIONS
    return EVENT[name].values if name in EVENT else ()


def type_of(name: str) -> str:
    """The type of a field of an event: that of `logic.fields`, or "object" for `fields`."""
    if name == FIELDS:
        return "object"
    return "time" if name == TIME_END else EVENT[name].type


def _sort(name: str) -> str:
    """What tells the schemas of fields apart: their words, or their type."""
    return name if vocabulary(name) else type_of(name)


_SORTS = {_sort(name): name for name in GIVEN}


def _translation(sort: str) -> dict[str, Any]:
    words = vocabulary(sort)
    if words:
        return {"enum": list(words)}
    return {"type": {"flag": "boolean", "number": "number"}.get(sort, "string")}


def _value(sort: str) -> dict[str, Any]:
    """The schema of a mapping that says where a field's value is."""
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "from": _paths("Where it is; of several the first that is given."),
            "template": {
                **_TEXT,
                "description": "What is made of it, as t3_{}; or of several parts: {user}/{id}.",
            },
            "extract": {
                **_TEXT,
                "description": "A pattern (RE2), whose first group is the value.",
            },
            "absent": _several({"type": "string"}, "What says that it is not known."),
            "values": {
                "type": "object",
                "minProperties": 1,
                "additionalProperties": _translation(sort),
                "description": "What the native words mean.",
            },
            "else": {
                "enum": ["reject", "keep", "absent", *vocabulary(sort)],
                "description": "What of a word that values does not list, or what it means; reject "
                "by default.",
            },
            "split": {**_TEXT, "description": "What stands between the items of a list."},
            "as": {
                **_TEXT,
                "description": "How the time is written: seconds or milliseconds since 1970, "
                "snowflake (Discord), or a pattern such as %d.%m.%Y %H:%M.",
            },
            "digest": _paths("A name made of the contents of these."),
            "given": _paths("Whether one of these is there: true or false."),
        },
        "allOf": [
            {
                "anyOf": [{"required": [key]} for key in ("from", "template", "digest", "given")],
                "errorMessage": "needs from, template, digest or given, to say where the value is",
            }
        ],
    }


def _constant(sort: str) -> dict[str, Any]:
    """Nothing takes a common field away."""
    words = vocabulary(sort)
    if words:
        return {"if": {"type": "null"}, "else": {"enum": list(words)}}
    if sort == "list":
        return {**_several(_TEXT), "if": {"type": ["string", "null"]}, "then": {}}
    kind = _CONSTANTS[sort]
    return {**kind, "type": [kind["type"], "null"]}


def _field(sort: str) -> dict[str, Any]:
    return {
        "if": {"type": "object"},
        "then": {"$ref": f"#/$defs/value-{sort}"},
        "else": _constant(sort),
    }


def _fields() -> dict[str, Any]:
    fields = {
        name: {"$ref": f"#/$defs/field-{_sort(name)}", "description": EVENT[name].summary}
        for name in GIVEN
    }
    end = "The last instant at which it can have happened, where that is not its time."
    return {**fields, TIME_END: {"$ref": "#/$defs/field-time", "description": end}}


_TEST = {
    "if": {"type": "object"},
    "then": {
        "type": "object",
        "additionalProperties": False,
        "minProperties": 1,
        "maxProperties": 1,
        "properties": {
            "exists": {"type": "boolean"},
            "matches": _TEXT,
            "not": {
                "type": ["string", "number", "boolean", "array"],
                "minItems": 1,
                "items": {"type": ["string", "number", "boolean"]},
            },
        },
    },
    "else": {
        "type": ["string", "number", "boolean", "array"],
        "minItems": 1,
        "items": {"type": ["string", "number", "boolean"]},
    },
}


def _template() -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "when": {
                "type": "object",
                "minProperties": 1,
                "description": "What the row must hold: by path a value, a list of which one is "
                "enough, or exists, matches or not.",
                "additionalProperties": {"$ref": "#/$defs/test"},
            },
            "needs": _paths("The row must have one of these."),
            "each": {**_PATH, "description": "A list in the row: an event for each @item."},
            "amends": {
                "type": "object",
                "description": "No event of its own: it completes the last one on its target.",
                "additionalProperties": False,
                "required": ["action", "within"],
                "properties": {
                    "action": _several({"enum": list(ACTIONS)}),
                    "within": durations.SCHEMA,
                },
            },
            **_fields(),
        },
        "patternProperties": {rf"^{FIELDS}\..": {"$ref": "#/$defs/field-text"}},
    }


def _common() -> dict[str, Any]:
    template = _template()
    own = ("when", "needs", "each", "amends")
    properties = {key: v for key, v in template["properties"].items() if key not in own}
    return {
        **template,
        "properties": properties,
        "minProperties": 1,
        "description": "The fields that every event has unless its verb says otherwise.",
    }


def _one_or_more() -> dict[str, Any]:
    return {
        "if": {"type": "array"},
        "then": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/event"}},
        "else": {"$ref": "#/$defs/event"},
    }


def schema() -> dict[str, Any]:
    """The schema of a source's file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "replylint source: how a native export becomes an event log",
        "type": "object",
        "additionalProperties": False,
        "required": ["source"],
        "properties": {
            "source": {
                **_TEXT,
                "pattern": _NAME,
                "patternErrorMessage": "is not a name, such as our-forum",
                "description": "The source's name, as in the file's name.",
            },
            "title": _TEXT,
            "about": {**_TEXT, "description": "Which export it reads, and what that lacks."},
            "links": _several(_TEXT, "Where the format is described."),
            "form": {
                "enum": ["event-log"],
                "description": "The files hold rows of the event log itself.",
            },
            "records": _several(_TEXT, "Where the lists of rows are in a JSON document."),
            "inside": {**_TEXT, "description": "A key that a row may stand under."},
            "delimiter": {
                "enum": [",", ";", "\t", "|"],
                "description": "Between the cells of CSV, where the header leaves it open.",
            },
            "timezone": {
                **_TEXT,
                "description": "The zone of times without an offset, such as Europe/Oslo.",
            },
            "verb": {
                "if": {"type": "object"},
                "then": {"$ref": "#/$defs/value-text"},
                "else": _PATH,
                "description": "Where the row says what was done.",
            },
            "common": {"$ref": "#/$defs/common"},
            "verbs": {
                "type": "object",
                "minProperties": 1,
                "description": "What events each native verb becomes.",
                "additionalProperties": _one_or_more(),
            },
            "ignore": {
                "type": "array",
                "uniqueItems": True,
                "items": _TEXT,
                "description": "Verbs that are neither moderation nor conversation; counted.",
            },
            "events": {
                "type": "array",
                "minItems": 1,
                "items": {"$ref": "#/$defs/event"},
                "description": "What events a row becomes, where rows have no verb.",
            },
            "takes-back": {
                "type": "array",
                "minItems": 1,
                "description": "Decisions that reverse the last one on their target.",
                "items": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["action", "after"],
                    "properties": {
                        "action": {"enum": list(ACTIONS)},
                        "after": _several({"enum": list(ACTIONS)}),
                        "becomes": {"enum": list(ACTIONS)},
                    },
                },
            },
            "turns": {
                "type": "array",
                "minItems": 1,
                "description": "Decisions that mean another thing behind certain ones on their "
                "target, of all that are named here.",
                "items": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["action", "after", "becomes"],
                    "properties": {
                        "action": {"enum": list(ACTIONS)},
                        "after": _several({"enum": list(ACTIONS)}),
                        "among": _several({"enum": list(ACTIONS)}),
                        "becomes": {"enum": list(ACTIONS)},
                    },
                },
            },
            "snapshots": {
                "type": "object",
                "additionalProperties": False,
                "description": "The files are states of the same comments, oldest first: what "
                "differs are the events.",
                "properties": {
                    "taken": {"$ref": "#/$defs/value-time"},
                    "hidden": {"$ref": "#/$defs/value-flag"},
                    "removed": {"$ref": "#/$defs/value-flag"},
                    "private": {"$ref": "#/$defs/value-text"},
                },
            },
        },
        "$defs": {
            "paths": _several(_PATH),
            "test": _TEST,
            "common": _common(),
            "event": _template(),
            **{f"value-{sort}": _value(sort) for sort in _SORTS},
            **{f"field-{sort}": _field(sort) for sort in _SORTS},
        },
    }
