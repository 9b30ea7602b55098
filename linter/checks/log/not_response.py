"""Forbid an event after certain events, within a limit of time if one is given."""

from __future__ import annotations

from linter.checks.log.common import (
    RELATED_VALUES,
    Calendars,
    Options,
    related,
    related_schema,
)
from linter.logic.constraints import NotResponse

NAME = "not-response"
SCOPE = "log"
OPTIONS = related_schema("then", "What must not follow.")
VALUES = RELATED_VALUES
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
    return NotResponse(**related(options, "then", calendars))
