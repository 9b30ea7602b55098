"""Find many events in a short time, or require that such a burst was answered or announced."""

from __future__ import annotations

from linter.checks.log.common import (
    CONDITION,
    EVENT_VALUES,
    FIELD,
    NEARBY,
    WITHIN,
    Calendars,
    Options,
    nearby,
    needed,
    schema,
)
from linter.logic import durations
from linter.logic.constraints import Burst, Limit

NAME = "burst"
SCOPE = "log"
OPTIONS = schema(
    ("event", "at_least", "window"),
    event={**CONDITION, "description": "The events that are counted."},
    at_least={"type": "integer", "minimum": 2, "description": "How many make a burst."},
    window={**WITHIN, "description": "In how much time."},
    by={**FIELD, "description": "Counted apart for each value of this field."},
    after={**NEARBY, "description": "Only bursts that begin within a time after such an event."},
    then={**NEARBY, "description": "What must follow the beginning of the burst."},
    before={**NEARBY, "description": "What must have come before."},
)
VALUES = (*EVENT_VALUES, "count", "limit", "other")
EXAMPLE = {
    "options": {"event": {"kind": "complaint"}, "at_least": 3, "window": "2 h"},
    "good": [
        [
            {
                "event": "comment",
                "id": "c1",
                "conversation": "k1",
                "time": "2026-03-02T08:00:00Z",
                "kind": "complaint",
            },
            {
                "event": "comment",
                "id": "c2",
                "conversation": "k2",
                "time": "2026-03-02T10:00:00Z",
                "kind": "complaint",
            },
            {
                "event": "comment",
                "id": "c3",
                "conversation": "k3",
                "time": "2026-03-02T13:00:00Z",
                "kind": "complaint",
            },
        ]
    ],
    "bad": [
        [
            {
                "event": "comment",
                "id": "c1",
                "conversation": "k1",
                "time": "2026-03-02T08:00:00Z",
                "kind": "complaint",
            },
            {
                "event": "comment",
                "id": "c2",
                "conversation": "k2",
                "time": "2026-03-02T09:00:00Z",
                "kind": "complaint",
            },
            {
                "event": "comment",
                "id": "c3",
                "conversation": "k3",
                "time": "2026-03-02T10:00:00Z",
                "kind": "complaint",
            },
        ]
    ],
}


def compile(options: Options, calendars: Calendars) -> Burst:
    """Raises OptionError."""
    return Burst(
        event=needed(options, "event"),
        at_least=options["at_least"],
        window=Limit(durations.microseconds(options["window"])),
        by=options.get("by"),
        after=nearby(options, "after"),
        then=nearby(options, "then"),
        before=nearby(options, "before"),
    )
