"""Judge a stored log by four constraints of DECLARE, with replylint and with pm4py.

    python -m benchmarks.audit.declare STORE --pm4py PYTHON

PYTHON is one in whose environment pm4py is installed. Prints processor seconds and how many cases
violate each constraint. Times that are known to the day, and ties, are read in other ways by both,
so that a few cases in ten thousand differ; `benchmarks/declare` compares verdicts exactly.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.declare import __file__ as declare
from linter.log.audit import plan_of
from linter.log.columns import literal
from linter.log.database import connect
from linter.log.judge.run import judge
from linter.log.versions import entries, eras, load_versions

CONSTRAINTS = [
    ["absence", "ban"],
    ["existence", "resolution"],
    ["response", "comment", "reply"],
    ["precedence", "warn", "ban"],
]


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.audit.declare")
    parser.add_argument("store", type=Path)
    parser.add_argument("--pm4py", required=True, help="a Python that has pm4py")
    options = parser.parse_args(arguments)
    policy = Path(__file__).parent / "declare.yaml"
    plan = plan_of(entries(eras(load_versions([str(policy)], policy.parent))), None)
    con = connect()
    files = literal(f"{options.store}/*.parquet")
    con.execute(f"create view events as from read_parquet({files}) where conversation is not null")
    begun = time.process_time()
    judge(con, plan)
    seconds = time.process_time() - begun
    cases = dict(
        con.execute(
            "select task, count(distinct conversation) from verdicts group by task"
        ).fetchall()
    )
    print(f"replylint {seconds:.1f} CPU s", {name: cases.get(name, 0) for name, *_ in CONSTRAINTS})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "log.csv"
        con.execute(
            f"""copy (
                select conversation as "case", coalesce(action, event) as activity,
                    strftime("time", '%Y-%m-%dT%H:%M:%S.%fZ') as "time"
                from events order by "time", id
            ) to {literal(str(path))} (header)"""
        )
        done = subprocess.run(
            [options.pm4py, str(Path(str(declare)).parent / "with_pm4py.py"), str(path)],
            input=json.dumps(CONSTRAINTS),
            capture_output=True,
            text=True,
            check=True,
        )
    answer = json.loads(done.stdout[done.stdout.index("{") :])
    counted = {json.loads(name)[0]: len(each) for name, each in answer["cases"].items()}
    print(f"pm4py     {answer['seconds']:.1f} CPU s", counted)


if __name__ == "__main__":
    main()
