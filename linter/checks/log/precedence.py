"""Require an event before each of certain events, at most some time earlier if a limit is given."""

from __future__ import annotations

from linter.checks.log.common import (
    RELATED_VALUES,
    Calendars,
    Options,
    related,
    related_schema,
)
from linter.logic.constraints import Precedence

NAME = "precedence"
SCOPE = "log"
OPTIONS = related_schema("before", "What must have come before.")
VALUES = RELATED_VALUES
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
    return Precedence(**related(options, "before", calendars))
