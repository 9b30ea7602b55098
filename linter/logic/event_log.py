"""The event log's one form: what a row may hold (`schemas/event.schema.json`).

A row is an object whose keys are the names of `fields.EVENT`, dots included, in JSON Lines, in the
header of a CSV file and in the columns of a Parquet file alike. An absent key, a null and an empty
cell all say that the source does not know.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from linter.logic.fields import ACTIONS, EVENT, Field

DERIVED = ("subject", "author", "acts", "target.acts")
"""Fields that a row does not give: they are made of others, or read from the texts."""

_TYPES: Mapping[str, Mapping[str, Any]] = {
    "text": {"type": ["string", "null"]},
    "number": {"type": ["number", "null"]},
    "flag": {"type": ["boolean", "null"]},
    "list": {"type": ["array", "null"], "items": {"type": "string", "minLength": 1}},
    "time": {
        "type": ["string", "null"],
        "format": "date-time",
        "description": "ISO 8601 with an offset (2026-03-01T10:00:00+01:00), or only the day.",
    },
}


def _schema(field: Field, values: tuple[str, ...]) -> dict[str, Any]:
    if values:
        return {"enum": [*values, None], "description": field.summary}
    known = {key: value for key, value in _TYPES[field.type].items() if key != "format"}
    return {**known, "description": field.summary}


RECORD: Mapping[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["event", "id", "time"],
    "properties": {
        **{
            name: _schema(field, ACTIONS if name == "action" else field.values)
            for name, field in EVENT.items()
            if name not in DERIVED
        },
        "fields": {"type": ["object", "null"], "description": "Further fields of the event."},
        "why": {"type": "string", "description": "In examples: the reason for the verdict."},
    },
}


def schema() -> dict[str, Any]:
    """The JSON Schema of a row."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "replylint event: a row of an event log",
        **RECORD,
    }
