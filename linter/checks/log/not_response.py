"""Forbid an event after certain events, within a limit of time if one is given."""

from __future__ import annotations

from linter.checks.log.common import (
    CALENDAR,
    CONDITION,
    CORRELATE,
    DIFFERENT,
    EVENT_OPTION,
    EVENT_VALUES,
    SAME,
    UNLESS,
    WITHIN,
    Calendars,
    Options,
    condition,
    correlation,
    limit,
    needed,
    schema,
)
from linter.logic.constraints import NotResponse

NAME = "not-response"
SCOPE = "log"
OPTIONS = schema(
    ("event", "then"),
    event=EVENT_OPTION,
    then={**CONDITION, "description": "What must not follow."},
    within=WITHIN,
    calendar=CALENDAR,
    correlate=CORRELATE,
    same=SAME,
    different=DIFFERENT,
    unless=UNLESS,
)
VALUES = (*EVENT_VALUES, "limit", "other", "elapsed")
EXAMPLE = {
    "options": {"event": {"event": "resolution"}, "then": {"action": "ban"}},
    "good": [
        [
            {
                "event": "action",
                "id": "a2",
                "conversation": "k1",
                "time": "2026-03-01T10:00:00Z",
                "action": "ban",
                "target": "bob",
            },
            {
                "event": "resolution",
                "id": "s1",
                "conversation": "k1",
                "time": "2026-03-02T10:00:00Z",
            },
        ]
    ],
    "bad": [
        [
            {
                "event": "resolution",
                "id": "s1",
                "conversation": "k1",
                "time": "2026-03-02T10:00:00Z",
            },
            {
                "event": "action",
                "id": "a2",
                "conversation": "k1",
                "time": "2026-03-03T10:00:00Z",
                "action": "ban",
                "target": "bob",
            },
        ]
    ],
}


def compile(options: Options, calendars: Calendars) -> NotResponse:
    """Raises OptionError."""
    return NotResponse(
        event=needed(options, "event"),
        then=needed(options, "then"),
        within=limit(options, calendars),
        unless=condition(options, "unless"),
        **correlation(options),
    )
