"""Reading of small native exports in tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from linter.log import database
from linter.log.ingest import Ingested, ingest
from linter.log.sources import find

DATA = Path(__file__).parent / "data"


def read(store: Path, name: str, *files: Path) -> tuple[Ingested, list[dict[str, Any]]]:
    """What was ingested, and the events in order of time: what is known of them, with times as
    text. What only follows from other fields is left out: the time's end where it is the time."""
    done = ingest(files, find(name), store)
    con = database.connect()
    cursor = con.execute(
        "select * exclude (subject, author, file) "
        f"from '{store}/events/*.parquet' order by time, id"
    )
    names = [each[0] for each in cursor.description]
    found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    con.close()
    return done, [_known(event) for event in found]


def _known(event: dict[str, Any]) -> dict[str, Any]:
    if event["time.end"] == event["time"]:
        del event["time.end"]
    if event["fields"]:
        event["fields"] = json.loads(event["fields"])
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in event.items()
        if value is not None
    }


def rejects(store: Path) -> list[tuple[int, str]]:
    """The rows and the reasons of rejects."""
    con = database.connect()
    found: list[tuple[int, str]] = con.execute(
        f"select row, reason from '{store}/rejects.parquet' order by all"
    ).fetchall()
    con.close()
    return found
