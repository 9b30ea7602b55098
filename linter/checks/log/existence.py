"""Require certain events in each conversation, or in each other group of events."""

from __future__ import annotations

from linter.checks.log.common import (
    CONDITION,
    CORRELATE,
    EVENT_VALUES,
    Calendars,
    Options,
    condition,
    needed,
    schema,
)
from linter.logic.constraints import Existence

NAME = "existence"
SCOPE = "log"
OPTIONS = schema(
    ("event",),
    event={**CONDITION, "description": "The events that each group must have."},
    at_least={"type": "integer", "minimum": 1, "default": 1, "description": "How many of them."},
    correlate=CORRELATE,
    of={**CONDITION, "description": "Only groups that have such an event are judged."},
    unless={**CONDITION, "description": "A group that has such an event is excused."},
)
VALUES = (*EVENT_VALUES, "count", "limit")
EXAMPLE = {
    "options": {"event": {"event": "resolution"}, "of": {"event": "comment"}},
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
                "event": "resolution",
                "id": "s1",
                "conversation": "k1",
                "time": "2026-03-03T10:00:00Z",
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
                "time": "2026-03-02T15:00:00Z",
                "actor.role": "team",
            },
        ]
    ],
}


def compile(options: Options, calendars: Calendars) -> Existence:
    """Raises OptionError."""
    return Existence(
        event=needed(options, "event"),
        key=options.get("correlate", "conversation"),
        at_least=options.get("at_least", 1),
        of=condition(options, "of"),
        unless=condition(options, "unless"),
    )
