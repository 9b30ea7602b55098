"""Bound how many of certain events a conversation, or another group, may have.

DECLARE calls it the absence of n + 1.
"""

from __future__ import annotations

from linter.checks.log.common import (
    CALENDAR,
    CORRELATE,
    EVENT_OPTION,
    EVENT_VALUES,
    UNLESS,
    WITHIN,
    Calendars,
    Options,
    condition,
    limit,
    needed,
    schema,
)
from linter.logic.constraints import AtMost

NAME = "at-most-events"
SCOPE = "log"
OPTIONS = schema(
    ("event", "at_most"),
    event=EVENT_OPTION,
    at_most={"type": "integer", "minimum": 1},
    within={**WITHIN, "description": "In any stretch of this length, rather than in all."},
    calendar=CALENDAR,
    correlate=CORRELATE,
    unless=UNLESS,
)
VALUES = (*EVENT_VALUES, "count", "limit")
EXAMPLE = {
    "options": {"event": {"event": "reply"}, "at_most": 1},
    "good": [
        [
            {
                "event": "comment",
                "id": "c1",
                "conversation": "k1",
                "time": "2026-03-02T10:00:00Z",
                "kind": "complaint",
            },
            {
                "event": "reply",
                "id": "r1",
                "conversation": "k1",
                "time": "2026-03-02T15:00:00Z",
                "actor.role": "team",
            },
        ]
    ],
    "bad": [
        [
            {
                "event": "reply",
                "id": "r1",
                "conversation": "k1",
                "time": "2026-03-02T15:00:00Z",
                "actor.role": "team",
            },
            {
                "event": "reply",
                "id": "r2",
                "conversation": "k1",
                "time": "2026-03-02T16:00:00Z",
                "actor.role": "team",
            },
        ]
    ],
}


def compile(options: Options, calendars: Calendars) -> AtMost:
    """Raises OptionError."""
    return AtMost(
        event=needed(options, "event"),
        key=options.get("correlate", "conversation"),
        at_most=options["at_most"],
        within=limit(options, calendars),
        unless=condition(options, "unless"),
    )
