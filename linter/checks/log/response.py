"""Require an event after each of certain events, within a limit of time if one is given."""

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
from linter.logic.constraints import Response

NAME = "response"
SCOPE = "log"
OPTIONS = schema(
    ("event", "then"),
    event=EVENT_OPTION,
    then={**CONDITION, "description": "What must follow."},
    within=WITHIN,
    calendar=CALENDAR,
    correlate=CORRELATE,
    same=SAME,
    different=DIFFERENT,
    unless=UNLESS,
)
VALUES = (*EVENT_VALUES, "limit", "other", "elapsed")
EXAMPLE = {
    "options": {"event": {"event": "comment"}, "then": {"event": "reply"}, "within": "24 h"},
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
                "time": "2026-03-04T10:00:00Z",
                "actor.role": "team",
            },
        ]
    ],
}


def compile(options: Options, calendars: Calendars) -> Response:
    """Raises OptionError."""
    return Response(
        event=needed(options, "event"),
        then=needed(options, "then"),
        within=limit(options, calendars),
        unless=condition(options, "unless"),
        **correlation(options),
    )
