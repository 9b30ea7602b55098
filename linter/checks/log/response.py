"""Require an event after each of certain events, within a limit of time if one is given."""

from __future__ import annotations

from linter.checks.log.common import (
    RELATED_VALUES,
    Calendars,
    Options,
    related,
    related_schema,
)
from linter.logic.constraints import Response

NAME = "response"
SCOPE = "log"
OPTIONS = related_schema("then", "What must follow.")
VALUES = RELATED_VALUES
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
    return Response(**related(options, "then", calendars))
