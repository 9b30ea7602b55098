"""What the checks of event logs share: options, and how these become conditions and limits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from linter.checks.errors import OptionError, unknown
from linter.logic import durations, when
from linter.logic.conditions import Condition
from linter.logic.constraints import Calendar, Limit, Nearby
from linter.logic.fields import EVENT

Options = Mapping[str, Any]
Calendars = Mapping[str, Calendar]

EVENT_VALUES = (
    "id",
    "conversation",
    "time",
    "channel",
    "actor",
    "author",
    "action",
    "target",
    "kind",
    "ground",
    "reason",
    "rule",
    "rating",
)
"""What every message of a log rule may use: fields of the event that the finding is about."""

CONDITION = {"title": "condition on an event", "$ref": "#/$defs/event"}
DEFINITIONS = {"event": when.schema(EVENT, "event")}
EVENT_OPTION = {**CONDITION, "description": "The events that the rule judges."}
UNLESS = {**CONDITION, "description": "Which of them are excused."}
WITHIN = {**durations.SCHEMA, "description": 'A limit of time, such as "24 h".'}
CALENDAR = {
    "type": "string",
    "description": "A calendar of the policy: the limit counts its working time only.",
}
FIELD = {
    "title": "event's field",
    "enum": sorted(name for name, known in EVENT.items() if known.type == "text"),
}
CORRELATE = {
    **FIELD,
    "default": "conversation",
    "description": "Events belong together where this field has the same value.",
}
FIELDS = {"type": "array", "minItems": 1, "uniqueItems": True, "items": FIELD}
SAME = {**FIELDS, "description": "Fields that must be the same in both events."}
DIFFERENT = {
    **FIELDS,
    "maxItems": 1,
    "description": "A field that must differ between both events.",
}
NEARBY = {
    "type": "object",
    "additionalProperties": False,
    "required": ["event", "within"],
    "properties": {"event": CONDITION, "within": WITHIN},
}


def schema(required: tuple[str, ...], **properties: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON Schema of a log check's options."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(required),
        "properties": properties,
        "$defs": DEFINITIONS,
    }


def condition(options: Options, *pointer: str) -> Condition | None:
    """The condition at a pointer of the options; None where it is absent. Raises OptionError."""
    written: Any = options
    for step in pointer:
        if step not in written:
            return None
        written = written[step]

    def refuse(at: tuple[str | int, ...], message: str) -> None:
        raise OptionError(at, message)

    return when.parse(written, EVENT, refuse, pointer)


def needed(options: Options, *pointer: str) -> Condition:
    """The condition at a pointer that the schema requires."""
    found = condition(options, *pointer)
    if found is None:
        raise KeyError(pointer)
    return found


def limit(options: Options, calendars: Calendars, key: str = "within") -> Limit | None:
    """The limit of time, in working time where a calendar is named. Raises OptionError."""
    name = options.get("calendar")
    if name is not None and name not in calendars:
        raise unknown(("calendar",), "calendar in this policy", name, calendars)
    if key not in options:
        if name is not None:
            raise OptionError(("calendar",), f"a calendar needs a limit: add `{key}`")
        return None
    written = options[key]
    if name is not None and not written.endswith(("s", "min", "h")):
        raise OptionError((key,), "working time is counted in hours or minutes, such as 8 h")
    return Limit(durations.microseconds(written), calendars[name] if name else None)


def nearby(options: Options, key: str) -> Nearby | None:
    """An event near a burst, under an option."""
    if key not in options:
        return None
    length = durations.microseconds(options[key]["within"])
    return Nearby(needed(options, key, "event"), Limit(length))


RELATED_VALUES = (*EVENT_VALUES, "limit", "other", "elapsed")
"""What a message may use where two events are related."""


def related_schema(other: str, description: str) -> dict[str, Any]:
    """The JSON Schema of the options of a template that relates two events, the second of which
    fulfils the condition under `other`."""
    properties: dict[str, Mapping[str, Any]] = {
        "event": EVENT_OPTION,
        other: {**CONDITION, "description": description},
        "within": WITHIN,
        "calendar": CALENDAR,
        "correlate": CORRELATE,
        "same": SAME,
        "different": DIFFERENT,
        "unless": UNLESS,
    }
    return schema(("event", other), **properties)


def related(options: Options, other: str, calendars: Calendars) -> dict[str, Any]:
    """The arguments of a template that relates two events. Raises OptionError."""
    return {
        "event": needed(options, "event"),
        other: needed(options, other),
        "within": limit(options, calendars),
        "unless": condition(options, "unless"),
        "key": options.get("correlate", "conversation"),
        "same": tuple(options.get("same", ())),
        "different": tuple(options.get("different", ())),
    }
