"""Judge a stored log by a policy in this process, embedded or on Spark.

    python -m benchmarks.audit.judging embedded|spark STORE POLICY [MEMORY]

Prints a JSON object: rows, seconds, violations by rule and a digest of all verdicts, by which two
runs are seen to have found the same. What a text says is not read here.
"""

from __future__ import annotations

import json
import sys
import time
from contextlib import ExitStack
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from linter.log.audit import plan_of
from linter.log.columns import literal
from linter.log.database import connect
from linter.log.judge.run import judge
from linter.log.versions import entries, eras, load_versions


def main() -> None:
    """The command."""
    runner, store, policy, *rest = sys.argv[1:]
    memory = rest[0] if rest else None
    plan = plan_of(entries(eras(load_versions([policy], Path.cwd()))), None)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="replylint-benchmark-")))
        con = connect(folder, memory)
        stack.callback(con.close)
        files = f"{store}/*.parquet"
        con.execute(f"create view events as from read_parquet({literal(files)})")
        begun = time.perf_counter()
        if runner == "spark":
            from linter.log import spark

            settings = spark.Settings("local[2]", memory, conf={"spark.driver.memory": "1g"})
            cluster = stack.enter_context(spark.cluster(settings))
            started = time.perf_counter()
            cluster.judge(con, plan, [store])
        else:
            started = begun
            judge(con, plan)
        ended = time.perf_counter()
        [(rows,)] = con.execute("select count(*) from events").fetchall()
        counts = con.execute(
            "select task, sum(count)::bigint from tallies where verdict = 'violation' group by task"
        ).fetchall()
        result = {
            "rows": rows,
            "seconds": round(ended - begun, 2),
            "starting": round(started - begun, 2),
            "violations": {task.id: dict(counts).get(task.id, 0) for task in plan.tasks},
            "digest": _digest(con),
        }
    print(json.dumps(result))


def _digest(con: Any) -> str:
    """Of both tables, in an order of their own."""
    hasher = blake2b(digest_size=16)
    for table in ("verdicts", "tallies"):
        found = con.execute(f"select * from {table} order by all")
        while rows := found.fetchmany(10_000):
            hasher.update(repr(rows).encode())
    return hasher.hexdigest()


if __name__ == "__main__":
    main()
