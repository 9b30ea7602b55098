"""The generic source: files whose rows are those of the event log (`logic.event_log`)."""

from __future__ import annotations

from linter.log.sources.model import Source, Template, Value
from linter.logic.event_log import RECORD

NAME = "generic"
FIELDS = tuple(name for name in RECORD["properties"] if name not in ("fields", "why"))


def source(timezone: str | None = None) -> Source:
    """The source; `timezone` is that of times without an offset."""
    fields = {name: Value(paths=(name,), literal=True) for name in (*FIELDS, "fields")}
    return Source(
        NAME,
        title="An event log in replylint's own form",
        verbs={"": (Template(fields),)},
        timezone=timezone,
        known=("why",),
        strict=True,
    )
