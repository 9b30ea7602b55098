"""The columns of the event log's table, in DuckDB and in Parquet files alike.

They are the fields that conditions ask for (`logic.fields.EVENT`), by the same names, and what only
the audit itself needs. A time is a TIMESTAMP in UTC. NULL says that the source does not know.
"""

from __future__ import annotations

from linter.logic.fields import EVENT

_TYPES = {
    "text": "VARCHAR",
    "number": "DOUBLE",
    "flag": "BOOLEAN",
    "list": "VARCHAR[]",
    "time": "TIMESTAMP",
}

TIME_END = "time.end"
"""The last instant at which the event can have happened: `time` itself, or the end of its day."""
FIELDS = "fields"
"""Further fields, as the text of a JSON object."""
INFERRED = ("kind.inferred", "target.kind.inferred")
"""Whether the kind of comment was read from the text rather than recorded."""
FILE, ROW = "file", "row"
"""Where the event came from: the name of the file as given, and the line or row in it, from 1."""

COLUMNS = {
    **{name: _TYPES[field.type] for name, field in EVENT.items()},
    TIME_END: "TIMESTAMP",
    FIELDS: "VARCHAR",
    **dict.fromkeys(INFERRED, "BOOLEAN"),
    FILE: "VARCHAR",
    ROW: "BIGINT",
}
"""The type of each column."""


def quoted(name: str) -> str:
    """An identifier in SQL."""
    escaped = name.replace('"', '""')
    return f'"{escaped}"'


def literal(value: str | float | bool) -> str:
    """A value in SQL."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        escaped = value.replace("'", "''")
        return f"'{escaped}'"
    return repr(value)
