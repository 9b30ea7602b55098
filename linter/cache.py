"""Findings of unchanged files, kept between runs in one SQLite file.

A cache that cannot be read or written is no error: the files are checked again.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from contextlib import closing, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from linter.engine import Tally
from linter.model import Finding, Position, Region

NAME = "findings.sqlite3"
_ENTRIES = 50_000


class Cache:
    """Findings and counts by key. `close` writes what is new and drops the oldest of too many."""

    def __init__(self, path: Path) -> None:
        self._new: dict[str, str] = {}
        self._database: sqlite3.Connection | None = None
        try:
            if not path.parent.exists():
                # Only a folder of its own: in any other, git would ignore the files of others.
                path.parent.mkdir(parents=True)
                (path.parent / ".gitignore").write_text("*\n", encoding="utf-8")
            self._database = _open(path)
        except (OSError, sqlite3.Error):
            with suppress(OSError, sqlite3.Error):
                path.unlink()
                self._database = _open(path)

    def get(self, key: str) -> tuple[list[Finding], Tally] | None:
        if self._database is None:
            return None
        try:
            row = self._database.execute(
                "select value from results where key = ?", (key,)
            ).fetchone()
            if row is None:
                return None
            return _decode(row[0])
        except (sqlite3.Error, ValueError, KeyError, TypeError):
            return None

    def put(self, key: str, findings: list[Finding], tally: Tally) -> None:
        self._new[key] = _encode(findings, tally)

    def close(self) -> None:
        if self._database is None:
            return
        with suppress(sqlite3.Error), closing(self._database), self._database as database:
            database.executemany(
                "insert or replace into results(key, value) values (?, ?)", self._new.items()
            )
            database.execute(
                "delete from results where rowid <= (select max(rowid) from results) - ?",
                (_ENTRIES,),
            )
        self._database = None


def entries(path: Path) -> int:
    """How many results a cache holds; none where it cannot be read."""
    if not path.is_file():
        return 0
    try:
        with closing(sqlite3.connect(path, timeout=2)) as database:
            count: int = database.execute("select count(*) from results").fetchone()[0]
            return count
    except sqlite3.Error:
        return 0


def _open(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=2)
    try:
        database.execute(
            "create table if not exists results (key text primary key, value text not null)"
        )
    except sqlite3.Error:
        database.close()
        raise
    return database


def _encode(findings: list[Finding], tally: Tally) -> str:
    return json.dumps(
        {
            "findings": [asdict(finding) for finding in findings],
            "tally": {
                "files": sorted(tally.files),
                "replies": tally.replies,
                "checked": tally.checked,
                "levels": tally.levels,
                "rules": tally.rules,
                "languages": tally.languages,
                "reasons": [
                    [*key, count, tally.places.get(key, [])] for key, count in tally.reasons.items()
                ],
            },
        }
    )


def _decode(text: str) -> tuple[list[Finding], Tally]:
    data = json.loads(text)
    kept = data["tally"]
    tally = Tally(
        set(kept["files"]),
        kept["replies"],
        kept["checked"],
        Counter(kept["levels"]),
        Counter(kept["rules"]),
        Counter(kept["languages"]),
    )
    for kind, reason, rule, count, places in kept["reasons"]:
        tally.reasons[kind, reason, rule] = count
        tally.places[kind, reason, rule] = places
    return [_finding(item) for item in data["findings"]], tally


def _finding(item: dict[str, Any]) -> Finding:
    region = item.pop("region")
    return Finding(
        **{**item, "guideline": tuple(item["guideline"])},
        region=Region(Position(**region["start"]), Position(**region["end"])),
    )
