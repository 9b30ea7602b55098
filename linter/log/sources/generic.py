"""The generic source: files whose rows are those of the event log (`logic.event_log`)."""

from __future__ import annotations

from linter.log.sources.model import Source, Template, Value
from linter.logic.event_log import RECORD

NAME = "generic"
FIELDS = tuple(name for name in RECORD["properties"] if name not in ("fields", "why"))


def source(name: str = NAME, timezone: str | None = None, digest: str = "") -> Source:
    """The source; `timezone` is that of times without an offset."""
    fields = {name: Value(paths=(name,), literal=True) for name in (*FIELDS, "fields")}
    return Source(
        name,
        title="An event log in replylint's own form",
        digest=digest,
        verbs={"": (Template(fields),)},
        timezone=timezone,
        known=("why",),
        strict=True,
    )
