"""Forbid certain events."""

from __future__ import annotations

from linter.checks.log.common import (
    EVENT_OPTION,
    EVENT_VALUES,
    UNLESS,
    Calendars,
    Options,
    condition,
    needed,
    schema,
)
from linter.logic.constraints import Absence

NAME = "absence"
SCOPE = "log"
OPTIONS = schema(("event",), event=EVENT_OPTION, unless=UNLESS)
VALUES = EVENT_VALUES
EXAMPLE = {
    "options": {"event": {"action": "remove"}, "unless": {"ground": ["insult", "spam"]}},
    "good": [
        [
            {
                "event": "action",
                "id": "a1",
                "time": "2026-03-02T10:00:00Z",
                "action": "remove",
                "target": "c1",
                "ground": ["spam"],
            }
        ]
    ],
    "bad": [
        [
            {
                "event": "action",
                "id": "a1",
                "time": "2026-03-02T10:00:00Z",
                "action": "remove",
                "target": "c1",
                "ground": ["off_topic"],
            }
        ]
    ],
}


def compile(options: Options, calendars: Calendars) -> Absence:
    """Raises OptionError."""
    return Absence(needed(options, "event"), condition(options, "unless"))
