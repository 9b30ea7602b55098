"""Require an event before each of certain events, at most some time earlier if a limit is given."""

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
from linter.logic.constraints import Precedence

NAME = "precedence"
SCOPE = "log"
OPTIONS = schema(
    ("event", "before"),
    event=EVENT_OPTION,
    before={**CONDITION, "description": "What must have come before."},
    within=WITHIN,
    calendar=CALENDAR,
    correlate=CORRELATE,
    same=SAME,
    different=DIFFERENT,
    unless=UNLESS,
)
VALUES = (*EVENT_VALUES, "limit", "other", "elapsed")
EXAMPLE = {
    "options": {"event": {"action": "ban"}, "before": {"action": "warn"}, "correlate": "target"},
    "good": [
        [
            {
                "event": "action",
                "id": "a1",
                "conversation": "k1",
                "time": "2026-03-02T10:00:00Z",
                "action": "warn",
                "target": "bob",
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
    "bad": [
        [
            {
                "event": "action",
                "id": "a2",
                "conversation": "k1",
                "time": "2026-03-03T10:00:00Z",
                "action": "ban",
                "target": "bob",
            }
        ]
    ],
}


def compile(options: Options, calendars: Calendars) -> Precedence:
    """Raises OptionError."""
    return Precedence(
        event=needed(options, "event"),
        before=needed(options, "before"),
        within=limit(options, calendars),
        unless=condition(options, "unless"),
        **correlation(options),
    )
