"""Rows that are in memory, in the event log's own form: made events as those of a file are."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from linter.log.ingest import build, link
from linter.log.ingest.access import JsonAccess
from linter.log.sources import generic

_ROWS, _LIFTED, _READ = "ingest_rows", "lifted", "ingest_read"


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that became no event."""

    row: int
    id: str | None
    reason: str


class Rows:
    """Rows (`schemas/event.schema.json`) that are read together, of which logs can be made."""

    def __init__(self, con: Any, rows: Sequence[Mapping[str, Any]]) -> None:
        self._con = con
        self._source = generic.source()
        lines = [
            (number, json.dumps(row, ensure_ascii=False, default=str))
            for number, row in enumerate(rows, 1)
        ]
        con.execute(f"create or replace temp table {_ROWS} (n BIGINT, raw VARCHAR)")
        if lines:
            con.executemany(f"insert into {_ROWS} values (?, ?)", lines)
        query = build.staged(self._source, JsonAccess(_ROWS), "")
        con.execute(f"create or replace temp view {_LIFTED} as {query.lifted}")
        con.execute(f"create or replace temp table {_READ} as {query.rows}")
        con.execute(f"drop view {_LIFTED}")
        con.execute(f"drop table {_ROWS}")

    def events(self, start: int, end: int) -> tuple[Rejected, ...]:
        """Make the table `events` of the rows `[start, end)`, and of no others; returns those,
        counted from `start` as 1, that became no event."""
        con = self._con
        con.execute(
            f'create or replace temp table {link.STAGED} as select * replace ("row" - {start} as '
            f'"row") from {_READ} where "row" > {start} and "row" <= {end}'
        )
        con.execute(f"create or replace table events as {link.event_log(con, self._source)}")
        found = con.execute(link.rejects(con)).fetchall()
        link.clear(con)
        con.execute(f"drop table {link.STAGED}")
        return tuple(Rejected(row, id_, reason) for _, row, id_, reason, _ in found)
