"""Bound the share of certain events, by moderator, period or another field."""

from __future__ import annotations

from linter.checks.log.common import (
    CONDITION,
    FIELDS,
    Calendars,
    Options,
    condition,
    needed,
    schema,
)
from linter.logic.constraints import RateBy


def _removal(minute: int, kind: str) -> dict[str, object]:
    return {
        "event": "action",
        "id": f"a{minute}",
        "time": f"2026-03-02T10:{minute:02}:00Z",
        "action": "remove",
        "target.kind": kind,
    }


NAME = "rate-by"
SCOPE = "log"
OPTIONS = schema(
    ("event", "of", "at_most"),
    event={**CONDITION, "description": "The events whose share is bounded."},
    of={**CONDITION, "description": "The events of which it is a share."},
    at_most={
        "type": "number",
        "minimum": 0,
        "maximum": 100,
        "description": "In percent; beside another share: in percentage points above it.",
    },
    by={**FIELDS, "description": "One share for each combination of their values."},
    period={"enum": ["day", "week", "month", "quarter", "year"]},
    at_least={
        "type": "integer",
        "minimum": 1,
        "default": 20,
        "description": "Of how many events a share can be told.",
    },
    beside={
        "type": "object",
        "additionalProperties": False,
        "required": ["event", "of"],
        "properties": {"event": CONDITION, "of": CONDITION},
        "description": "Another share of the same group, to compare with.",
    },
)
VALUES = ("group", "period", "count", "n", "rate", "low", "high", "limit", "beside")
EXAMPLE = {
    "options": {"event": {"target.kind": "complaint"}, "of": {"action": "remove"}, "at_most": 20},
    "good": [[_removal(n, "complaint" if n < 4 else "abuse") for n in range(20)]],
    "bad": [[_removal(n, "abuse" if n < 4 else "complaint") for n in range(20)]],
}


def compile(options: Options, calendars: Calendars) -> RateBy:
    """Raises OptionError."""
    return RateBy(
        event=needed(options, "event"),
        of=needed(options, "of"),
        by=tuple(options.get("by", ())),
        period=options.get("period"),
        at_most=options["at_most"] / 100,
        at_least=options.get("at_least", 20),
        beside_event=condition(options, "beside", "event"),
        beside_of=condition(options, "beside", "of"),
    )
