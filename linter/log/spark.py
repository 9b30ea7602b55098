"""Runs the parts of an audit that cost most on a Spark cluster.

Spark only shares out: events by the key of a rule, texts by the batch. What judges and reads is
the same code as on one machine, in Spark's Python workers; there is no second dialect of the
queries. docs/spark.md says what a cluster must have.
"""

from __future__ import annotations

import os
import pickle
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from linter.log.columns import TIME_END
from linter.log.judge import partition
from linter.log.judge.partition import Share, Worker
from linter.log.judge.plan import Plan

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from pyspark.sql import DataFrame, SparkSession

    from linter.log.workers import Given, Made, Maker

EVENTS = 2_000_000
"""Of a part of a log, about."""
_PER_CORE = 4
_RESULT = "what string, payload binary"
_CONF = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "20000",
    # Times in a log have no zone: they are in UTC.
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.parquet.inferTimestampNTZ.enabled": "true",
}


_NO_TIME = datetime(1970, 1, 1)
"""An empty log has no activation, whenever it ends."""


class SparkError(Exception):
    """Spark cannot do what was asked; says why."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How to run on Spark. `master` is None where spark-submit says it; `memory` is what DuckDB may
    use for a part, beside Spark's own; `parts` is into how many a log is split (None: by size)."""

    master: str | None = None
    memory: str | None = None
    parts: int | None = None
    conf: Mapping[str, str] = field(default_factory=dict)


def shared(path: Path) -> str:
    """The address of a path that this machine and all executors see alike, whatever file system is
    Spark's default."""
    return f"file://{path.absolute()}"


@contextmanager
def cluster(settings: Settings) -> Iterator[Cluster]:
    """A connection to Spark, which ends with the context unless it was there before.

    Raises SparkError where it cannot be made, or pyspark is not installed.
    """
    try:
        for name in ("pandas", "pyarrow"):
            import_module(name)
        from pyspark.sql import SparkSession
    except ImportError as error:
        message = f"Spark needs {error.name}, which is not installed: install replylint[spark]"
        raise SparkError(message) from error
    builder = SparkSession.builder.appName("replylint")
    if settings.master is not None:
        builder = builder.master(settings.master)
        if settings.master.startswith("local"):
            # Else the workers would run the first python3 of the PATH.
            os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    for name, value in {**_CONF, **settings.conf}.items():
        builder = builder.config(name, value)
    is_own = SparkSession.getActiveSession() is None
    with _clear(), _quiet():
        session = builder.getOrCreate()
    # What goes wrong is said once, by us.
    session.sparkContext.setLogLevel("OFF")
    try:
        yield Cluster(session, settings)
    finally:
        if is_own:
            session.stop()


@dataclass(frozen=True, slots=True)
class Cluster:
    """Judges logs and reads texts on Spark."""

    session: SparkSession
    settings: Settings = field(default_factory=Settings)

    def judge(self, con: DuckDBPyConnection, plan: Plan, events: Sequence[str]) -> None:
        """Makes the tables `verdicts` and `tallies` of a log in Parquet files (`columns.COLUMNS`),
        as `judge.run.judge` does of the relation `events`.

        `events` are paths that all executors can read. Raises SparkError where Spark failed, and
        where the log could not be judged in parts.
        """
        import duckdb

        with _clear():
            frame = self.session.read.parquet(*events)
            census = _census(frame, plan)
            plan = plan.prepared(census.first or _NO_TIME, census.last or _NO_TIME)
            merger = partition.Merger(con, plan, census, self.settings.memory)
            for share in partition.shares(plan):
                chosen = frame.select([_column(name) for name in share.columns])
                if share.key:
                    chosen = self.split(chosen, share, census.events)
                # A field of a struct is all that mapInArrow takes a name with a dot for.
                chosen = chosen.toDF(*(f"c{number}" for number in range(len(share.columns))))
                worker = Worker(share, self.settings.memory, duckdb=duckdb.__version__)
                merger.add(share, _results(chosen, worker))
            merger.finish()

    def split(self, frame: DataFrame, share: Share, events: int) -> DataFrame:
        """The events in parts, all events of one key in one of them."""
        from pyspark.sql import functions

        # Those that lack the key are spread evenly.
        key = [functions.coalesce(_column(name), _column("id")) for name in share.key or ()]
        parts = self.settings.parts or max(self._cores, -(-events // EVENTS))
        return frame.repartition(parts, *key)

    def spread(
        self, maker: Maker[Given, Made], batches: Iterable[list[Given]], folder: Path
    ) -> Iterator[list[Made]]:
        """Works on batches of records, as `workers.spread` does by processes of this machine.

        The batches go there through a file in `folder`, which all executors must see. Results come
        in no order. Raises SparkError.
        """
        import pyarrow
        import pyarrow.parquet

        path = folder / "batches.parquet"
        schema = pyarrow.schema([("payload", pyarrow.binary())])
        with pyarrow.parquet.ParquetWriter(path, schema, compression="zstd") as out:
            for batch in batches:
                out.write_table(pyarrow.table({"payload": [pickle.dumps(batch)]}, schema))
        with _clear():
            frame = self.session.read.parquet(shared(path))
            parts = self.settings.parts or _PER_CORE * self._cores
            for _, payload in _results(frame.repartition(parts), _Work(maker)):
                yield pickle.loads(payload)  # noqa: S301 - from our own workers
        path.unlink()

    @property
    def _cores(self) -> int:
        return int(self.session.sparkContext.defaultParallelism)


@dataclass(frozen=True, slots=True)
class _Work:
    maker: Maker[Any, Any]

    def __call__(self, arriving: Iterator[Any]) -> Iterator[Any]:
        work: Callable[[list[Any]], list[Any]] | None = None
        for batch in arriving:
            for payload in batch.column("payload").to_pylist():
                work = work or self.maker.start()
                made = work(pickle.loads(payload))  # noqa: S301 - from our own driver
                yield partition.sealed("made", pickle.dumps(made))


def _census(frame: DataFrame, plan: Plan) -> partition.Census:
    """What the log holds, counted by Spark's own means: apart from how it was split."""
    from pyspark.sql import functions

    keys = {}
    for share in partition.shares(plan):
        if share.key:
            values = frame.select([_column(name) for name in share.key])
            keys[share.key] = values.dropna().distinct().count()
    [row] = frame.agg(
        functions.count(functions.lit(1)),
        functions.min(_column("time")),
        functions.max(_column(TIME_END)),
    ).collect()
    return partition.Census(row[0], row[1], row[2], keys)


def _results(frame: DataFrame, work: Callable[..., Any]) -> Iterator[tuple[str, bytes]]:
    """What the workers give, a little at a time; it stays on the executors' disks until it is read,
    so that the driver needs little memory."""
    from pyspark import StorageLevel

    with _quiet():
        found = frame.mapInArrow(work, _RESULT).persist(StorageLevel.DISK_ONLY)
    try:
        # Works on all parts at once; fetching would begin one after the other.
        found.count()
        for row in found.toLocalIterator(prefetchPartitions=True):
            yield row["what"], bytes(row["payload"])
    finally:
        found.unpersist()


def _column(name: str) -> Any:
    from pyspark.sql import functions

    return functions.col(f"`{name}`")


@contextmanager
def _clear() -> Iterator[None]:
    """Turns the errors of Spark, of its bridge to Java and of the parts into SparkError."""
    from pyspark.errors import PySparkException

    bridge: type[Exception] = import_module("py4j.protocol").Py4JError
    try:
        yield
    except partition.PartitionError as error:
        raise SparkError(str(error)) from error
    except (PySparkException, bridge) as error:
        lines = [line.strip() for line in str(error).splitlines() if line.strip()]
        # The last line of a worker's traceback, but the first of what Java says.
        at = -1 if "Traceback" in str(error) else 0
        said = lines[at] if lines else type(error).__name__
        raise SparkError(f"Spark failed: {said}") from error


@contextmanager
def _quiet() -> Iterator[None]:
    """Without pyspark's warnings of the version of pandas: nothing of it is used."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        yield
