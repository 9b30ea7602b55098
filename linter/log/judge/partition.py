"""A log judged in parts: what a cluster needs of replylint.

A share of a plan is the tasks that can be judged alike: on any part of a log, on parts in which all
events of one key lie together, or on the whole log only. A part comes in as Arrow batches, is
judged by the same queries as a whole log is, and goes out as a few rows of sealed results
(`RESULT`), which `merge` puts together again. For the tasks that need the whole log a part is only
sifted: the events that matter to them, with the columns that they ask for, are judged together.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from linter import __version__
from linter.log.columns import COLUMNS, FIELDS, FILE, ROW, TIME_END, literal, quoted
from linter.log.database import connect
from linter.log.judge import conditions, values
from linter.log.judge.plan import Plan, Task
from linter.log.judge.run import judge_part
from linter.logic.conditions import All, AnyOf, Comparison, Condition, Not, comparisons
from linter.logic.constraints import Burst, RateBy, key_of
from linter.logic.fields import OWN_PREFIX

if TYPE_CHECKING:
    import pyarrow
    from duckdb import DuckDBPyConnection

RESULT = ("what", "payload")
"""The columns of a sealed result: what it is, and an Arrow stream with the rows."""
FAULT, PROOF, EVENTS = "fault", "proof", "events"
TABLES = ("verdicts", "tally_parts")
_ROWS = 20_000
_ALWAYS = ("id", "conversation", "time", TIME_END, "actor", FILE, ROW)
_INFERRED = {"kind": "kind.inferred", "target.kind": "target.kind.inferred"}


class PartitionError(Exception):
    """A log could not be judged in parts; says why."""


@dataclass(frozen=True, slots=True)
class Share:
    """Some tasks of a plan, and how a log may be split for them.

    `key`: the fields whose values keep events together, () where any split will do, None where the
    whole log must be seen. `columns` are those that the tasks ask for.
    """

    key: tuple[str, ...] | None
    plan: Plan

    @property
    def distinct(self) -> str:
        """SQL that counts the values of the key. Nothing is related to an event that lacks a part
        of it, so that such events may lie anywhere: most events have no target, say, and would be
        one huge part."""
        keys = [quoted(name) for name in self.key or ()]
        if not keys:
            return "0"
        known = " and ".join(f"{key} is not null" for key in keys)
        return f"count(distinct case when {known} then row({', '.join(keys)}) end)"

    @property
    def columns(self) -> tuple[str, ...]:
        asked = {*_ALWAYS, *(self.key or ())}
        for task in self.plan.tasks:
            asked.update(_columns(task))
        return tuple(name for name in COLUMNS if name in asked)


@dataclass(frozen=True, slots=True)
class Worker:
    """Judges a part of a log, or sifts it, wherever the rows are. It is sent to where it works,
    where the same versions must be installed."""

    share: Share
    memory: str | None = None
    version: str = __version__
    duckdb: str = ""

    def __call__(self, batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        return run_partition(self, batches)


def shares(plan: Plan) -> tuple[Share, ...]:
    """The shares of a prepared plan, in which each task stands once.

    What may be split anyhow goes with what is split by some key, so that a log is read once less.
    """
    by_key: dict[tuple[str, ...] | None, list[Task]] = {}
    for task in plan.tasks:
        by_key.setdefault(_key(task), []).append(task)
    keyed = [key for key in by_key if key]
    if () in by_key and keyed:
        most = max(keyed, key=lambda key: (len(by_key[key]), key))
        by_key[most] += by_key.pop(())
    return tuple(Share(key, replace(plan, tasks=tuple(tasks))) for key, tasks in by_key.items())


def _key(task: Task) -> tuple[str, ...] | None:
    constraint = task.constraint
    match constraint:
        case RateBy(by=by) if by:
            return by
        case Burst(by=str(by), after=None, then=None, before=None):
            return (by,)
    key = key_of(constraint)
    return None if key is None else (key,) if key else ()


def _columns(task: Task) -> Iterator[str]:
    for condition in _conditions(task.constraint):
        for test in comparisons(condition):
            yield FIELDS if test.field.startswith(OWN_PREFIX) else test.field
            if test.field in _INFERRED:
                yield _INFERRED[test.field]
    for name in ("key", "by", "same", "different"):
        value = getattr(task.constraint, name, None) or ()
        yield from (value,) if isinstance(value, str) else value
    for name in task.values:
        if name.startswith(OWN_PREFIX):
            yield FIELDS
        elif name in COLUMNS:
            yield name


def _conditions(part: Any) -> Iterator[Condition]:
    """The conditions anywhere in a constraint."""
    if isinstance(part, Comparison | All | AnyOf | Not):
        yield part
    elif is_dataclass(part):
        for each in fields(part):
            yield from _conditions(getattr(part, each.name))


# --- where the rows are --------------------------------------------------------------------------


def run_partition(
    worker: Worker, batches: Iterator[pyarrow.RecordBatch]
) -> Iterator[pyarrow.RecordBatch]:
    """The sealed results of one part of a log, which has the columns of the worker's share in their
    order, by whatever names.

    What makes the part impossible to judge is a result too.
    """
    import duckdb

    if (worker.version, worker.duckdb) != (__version__, duckdb.__version__):
        wanted = f"replylint {worker.version} with duckdb {worker.duckdb}"
        found = f"replylint {__version__} with duckdb {duckdb.__version__}"
        yield sealed(FAULT, f"a worker has {found}, where {wanted} runs the audit".encode())
        return
    first = next(batches, None)
    if first is None:
        return
    share = worker.share
    with (
        TemporaryDirectory(prefix="replylint-") as folder,
        closing(connect(Path(folder), worker.memory, threads=1)) as con,
    ):
        _load(con, Path(folder), share.columns, chain([first], batches))
        proof = f"select count(*) as events, {share.distinct} as keys from events"
        yield from _seal(con, PROOF, proof)
        if share.key is None:
            columns = ", ".join(map(quoted, share.columns))
            yield from _seal(con, EVENTS, f"select {columns} from events where {_matters(share)}")
            return
        judge_part(con, share.plan)
        for table in TABLES:
            yield from _seal(con, table, f"from {table}")


def _load(
    con: DuckDBPyConnection,
    folder: Path,
    columns: Sequence[str],
    batches: Iterable[pyarrow.RecordBatch],
) -> None:
    """Make the relation `events` of some batches: a file, so that queries read only the columns
    that they ask for."""
    import pyarrow

    named = (batch.rename_columns(list(columns)) for batch in batches)
    first = next(named)
    reader = pyarrow.RecordBatchReader.from_batches(first.schema, chain([first], named))
    con.register("arriving", reader)
    path = literal(str(folder / "events.parquet"))
    con.execute(f"copy (from arriving) to {path} (format parquet, compression lz4_raw)")
    con.unregister("arriving")
    con.execute(f"create view events as from read_parquet({path})")


def _matters(share: Share) -> str:
    """SQL for whether an event can matter to some task of a share."""
    tests = {
        f"({conditions.sql(condition)}) is not false"
        for task in share.plan.tasks
        for condition in _conditions(task.constraint)
    }
    return " or ".join(sorted(tests))


def _seal(con: DuckDBPyConnection, what: str, query: str) -> Iterator[pyarrow.RecordBatch]:
    """The rows of a query as sealed results of some thousand rows each."""
    import pyarrow

    # `con.execute` would hold all rows in memory.
    for batch in con.sql(query).to_arrow_reader(_ROWS):
        if batch.num_rows:
            out = io.BytesIO()
            with pyarrow.ipc.new_stream(out, batch.schema) as stream:
                stream.write_batch(batch)
            yield sealed(what, out.getvalue())


def sealed(what: str, payload: bytes) -> pyarrow.RecordBatch:
    import pyarrow

    return pyarrow.RecordBatch.from_pydict(
        {"what": pyarrow.array([what]), "payload": pyarrow.array([payload], pyarrow.binary())}
    )


# --- put together --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Census:
    """What a log holds as a whole: its events, when the first begins and the last ends, and how
    many values the key of each share has (`Share.distinct`)."""

    events: int
    first: datetime | None
    last: datetime | None
    keys: Mapping[tuple[str, ...], int]


class Merger:
    """Makes the tables `verdicts` and `tallies` of the results of all parts of a log, as `judge`
    does of the whole log, in a connection that needs no events."""

    def __init__(
        self, con: DuckDBPyConnection, plan: Plan, census: Census, memory: str | None = None
    ) -> None:
        """The plan is the whole one, prepared; `memory` is for what is judged here."""
        self._con = con
        self._memory = memory
        self._plan = plan
        self._census = census
        con.execute(f"create or replace table verdicts ({values.VERDICT_COLUMNS})")
        con.execute(f"create or replace table tally_parts ({values.PART_COLUMNS})")

    def add(self, share: Share, results: Iterable[tuple[str, bytes]]) -> None:
        """The results of all parts for one share.

        Raises PartitionError where a part could not be judged, where events are missing, and where
        the events of one key were not all in one part.
        """
        events = keys = 0
        with (
            TemporaryDirectory(prefix="replylint-") as folder,
            closing(connect(Path(folder), self._memory)) as whole,
        ):
            whole.execute(f"create table events ({_declared(share.columns)})")
            for what, payload in results:
                if what == FAULT:
                    raise PartitionError(payload.decode())
                if what == PROOF:
                    [row] = _opened(payload).to_pylist()
                    events += row["events"]
                    keys += row["keys"]
                elif what == EVENTS:
                    _insert(whole, "events", _opened(payload))
                elif what in TABLES:
                    _insert(self._con, what, _opened(payload))
            if events != self._census.events:
                raise PartitionError(
                    f"the parts have {events} of the log's {self._census.events} events"
                )
            if share.key:
                self._prove(share.key, keys)
            if share.key is None:
                judge_part(whole, share.plan)
                for table in TABLES:
                    for batch in whole.sql(f"from {table}").to_arrow_reader(_ROWS):
                        _insert(self._con, table, batch)

    def _prove(self, key: tuple[str, ...], found: int) -> None:
        wanted = self._census.keys[key]
        if found != wanted:
            raise PartitionError(
                f"events of one {' and '.join(key)} were in several parts of the log "
                f"({found} where there are {wanted}): what relates them cannot be judged"
            )

    def finish(self) -> None:
        """When all shares were added."""
        values.merge_tallies(self._con, self._plan)


def _declared(columns: Iterable[str]) -> str:
    return ", ".join(f"{quoted(name)} {COLUMNS[name]}" for name in columns)


def _opened(payload: bytes) -> pyarrow.Table:
    import pyarrow

    with pyarrow.ipc.open_stream(payload) as stream:
        return stream.read_all()


def _insert(con: DuckDBPyConnection, table: str, rows: Any) -> None:
    import pyarrow

    if isinstance(rows, pyarrow.RecordBatch):
        rows = pyarrow.Table.from_batches([rows])
    con.register("arriving", rows)
    con.execute(f"insert into {table} select * from arriving")
    con.unregister("arriving")
