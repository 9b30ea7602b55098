"""Ingesting files, and rows that are in memory."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from linter.documents import InvalidFile, Problem, relative
from linter.log import database
from linter.log.columns import literal, quoted
from linter.log.ingest import build, files, link
from linter.log.ingest.access import Access, JsonAccess, TableAccess
from linter.log.ingest.rows import Rejected, Rows
from linter.log.sources import generic
from linter.log.sources.model import Source

VERSION = 1
"""Of what ingesting makes of a file; a change makes stored logs stale."""
EVENTS, REJECTS = "events", "rejects.parquet"
"""What a store holds: a folder of Parquet files, and a file."""

Progress = Callable[[str, int, int], None]
"""Is told the stage, and how much of how much is done."""
_LIFTED = "lifted"


@dataclass(frozen=True, slots=True)
class FileRead:
    """One file of a log: its name as given, the SHA-256 of its content, and its rows."""

    name: str
    sha256: str
    rows: int


@dataclass(frozen=True, slots=True)
class Ingested:
    """What was made of a log. `ignored` counts rows by native verb, `unknown` the columns that no
    event has; `digest` names the content of all files under this source."""

    rows: int
    events: int
    rejected: int
    ignored: Mapping[str, int]
    unknown: Mapping[str, int]
    files: tuple[FileRead, ...]
    digest: str


def ingest(
    paths: Sequence[Path],
    source: Source,
    store: Path,
    *,
    memory: str | None = None,
    on_progress: Progress | None = None,
) -> Ingested:
    """Make `events/*.parquet` (`columns.COLUMNS`) and `rejects.parquet` in the folder `store`.

    Raises InvalidFile where a file cannot be read at all, or there is none.
    """
    if not paths:
        raise InvalidFile([Problem("log", 1, 1, "there is no file to read")])
    store.mkdir(parents=True, exist_ok=True)
    work = store / "ingesting"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    try:
        con = database.connect(work / "spilled", memory)
        try:
            return _Run(con, source, store, work, on_progress or (lambda *_: None)).run(paths)
        except Exception as error:
            if (known := _too_small(error, memory)) is None:
                raise
            raise known from error
        finally:
            con.close()
    finally:
        shutil.rmtree(work, ignore_errors=True)


def digest_of(files_: Iterable[FileRead], source: Source) -> str:
    """Names the content of files under a source, in whatever order and under whatever name."""
    # When a snapshot was made can stand in its name.
    parts = sorted(
        [each.sha256, Path(each.name).name if source.is_snapshots else ""] for each in files_
    )
    return sha256(json.dumps([VERSION, source.digest, parts]).encode()).hexdigest()


@dataclass(slots=True)
class _Run:
    con: Any
    source: Source
    store: Path
    work: Path
    progress: Progress
    rejects: list[tuple[str, int, str, str]] = field(default_factory=list)

    def run(self, paths: Sequence[Path]) -> Ingested:
        total = sum(path.stat().st_size for path in paths if path.is_file())
        done = 0
        read = []
        staged = self.work / "staged"
        staged.mkdir()
        for number, path in enumerate(paths):
            self.progress("read", done, total)
            read.append(self._stage(path, staged / f"{number:06}.parquet"))
            done += path.stat().st_size
        self.progress("link", total, total)
        return self._link(tuple(read))

    def _stage(self, path: Path, target: Path) -> FileRead:
        """Write the staged rows of a file, and say what was read."""
        copies = self.work / "copies"
        copies.mkdir(exist_ok=True)
        prepared = files.prepare(path, copies, self.source.records, self.source.delimiter)
        name = relative(path)
        try:
            query = build.staged(self.source, self._access(prepared), name)
            self.con.execute("set preserve_insertion_order = true")
            self._relation(query)
            self.con.execute(
                f"copy ({query.rows}) to {literal(str(target))} (format parquet, compression zstd)"
            )
        except Exception as error:
            if (known := _unreadable(path, error)) is None:
                raise
            raise known from error
        finally:
            shutil.rmtree(copies, ignore_errors=True)
        self.rejects += [(name, each.row, each.reason, each.raw) for each in prepared.rejects]
        counted = "*" if query.is_single else 'distinct "row"'
        (rows,) = self.con.execute(
            f"select count({counted}) from read_parquet({literal(str(target))})"
        ).fetchone()
        return FileRead(name, prepared.digest, rows + len(prepared.rejects))

    def _relation(self, query: build.Query) -> None:
        kind = "view" if query.is_single else "table"
        self.con.execute(f"create or replace temp {kind} {_LIFTED} as {query.lifted}")

    def _access(self, prepared: files.Prepared) -> Access:
        return _access(self.con, prepared, self.source)

    def _link(self, read: tuple[FileRead, ...]) -> Ingested:
        con = self.con
        con.execute("set preserve_insertion_order = false")
        con.execute(
            f"create or replace temp view {link.STAGED} as from "
            f"read_parquet({literal(str(self.work / 'staged' / '*.parquet'))})"
        )
        events = self.work / EVENTS
        events.mkdir()
        log = link.event_log(con, self.source, [each.name for each in read])
        (count,) = con.execute(
            f"copy ({log}) to {literal(str(events / 'events.parquet'))} "
            "(format parquet, compression zstd)"
        ).fetchone()
        link.refuse(con, self.rejects)
        rejects = link.rejects(con, self.source)
        (rejected,) = con.execute(
            f"copy ({rejects}) to {literal(str(self.work / REJECTS))} "
            "(format parquet, compression zstd)"
        ).fetchone()
        ignored = link.ignored(con, self.source)
        unknown = _counts(con, "name", f"(select unnest(unknown) as name from {link.STAGED})")
        known = {*self.source.known, *generic.FIELDS, "fields"}
        shutil.rmtree(self.store / EVENTS, ignore_errors=True)
        events.rename(self.store / EVENTS)
        (self.work / REJECTS).replace(self.store / REJECTS)
        return Ingested(
            rows=sum(each.rows for each in read),
            events=count,
            rejected=rejected,
            ignored=ignored,
            unknown={name: n for name, n in unknown.items() if name not in known},
            files=read,
            digest=digest_of(read, self.source),
        )


def _counts(con: Any, column: str, relation: str) -> dict[str, int]:
    query = f"select {column}, count(*) from {relation} where {column} is not null group by 1"
    return dict(sorted(con.execute(query).fetchall()))


def _too_small(error: Exception, memory: str | None) -> InvalidFile | None:
    """What to say where the memory does not suffice, spilling and all."""
    import duckdb

    if not isinstance(error, duckdb.OutOfMemoryException):
        return None
    limit = memory or database.MEMORY
    return InvalidFile([Problem("memory", 1, 1, f"{limit} is too little for this log")])


def _unreadable(path: Path, error: Exception) -> InvalidFile | None:
    """What DuckDB says of a file that it cannot read, in a line."""
    import duckdb

    if isinstance(error, duckdb.Error) and not isinstance(error, duckdb.OutOfMemoryException):
        said = str(error).splitlines()[0]
        return InvalidFile([Problem(relative(path), 1, 1, f"cannot be read: {said}")])
    return None


def _access(con: Any, prepared: files.Prepared, source: Source) -> Access:
    known = (*generic.FIELDS, "fields", *source.known) if source.strict else None
    name = literal(str(prepared.path))
    if prepared.format == "jsonl":
        lines = (
            f"(select row_number() over () as n, line as raw from read_csv({name}, "
            "auto_detect = false, header = false, delim = '\x1f', quote = '', escape = '', "
            "comment = '', columns = {'line': 'VARCHAR'}, strict_mode = false, new_line = '\\n', "
            "null_padding = true, compression = 'none', "
            f"max_line_size = {files.LONGEST_LINE + 1000}, buffer_size = 32000000))"
        )
        return JsonAccess(lines, prepared.numbered, source.inside, known)
    if prepared.format == "csv":
        columns = {each: (f"c{index}", "VARCHAR") for index, each in enumerate(prepared.header)}
        types = ", ".join(f"'c{index}': 'VARCHAR'" for index in range(len(columns)))
        table = (
            f"read_csv({name}, auto_detect = false, header = false, delim = ',', quote = '\"', "
            f"escape = '\"', columns = {{'n': 'BIGINT', {types}}}, nullstr = '', new_line = '\\n', "
            f"compression = 'none', max_line_size = {files.LONGEST_LINE + 1000}, "
            "buffer_size = 32000000)"
        )
        return TableAccess(table, "n", columns, known)
    parquet = f"read_parquet({name}, binary_as_string = true"
    described = con.execute(f"describe select * from {parquet})").fetchall()
    columns = {each[0]: (f"c{index}", each[1]) for index, each in enumerate(described)}
    named = ", ".join(f"{quoted(each)} as {column}" for each, (column, _) in columns.items())
    table = f"(select file_row_number + 1 as n, {named} from {parquet}, file_row_number = true))"
    return TableAccess(table, "n", columns, known)


def events_of_rows(con: Any, rows: Sequence[Mapping[str, Any]]) -> tuple[Rejected, ...]:
    """Make the table `events` of rows in the event log's own form (`schemas/event.schema.json`).

    The same as `ingest` would of a file; returns the rows, from 1, that became no event.
    """
    return Rows(con, rows).events(0, len(rows))
