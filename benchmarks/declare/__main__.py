"""Compare the judge with pm4py on generated logs.

    python -m benchmarks.declare --pm4py PYTHON [--logs 20] [--cases 500] [--seed 1]

PYTHON is one in whose environment pm4py is installed. Each log has random cases over five
activities, each constraint of four templates over all of them (absence, existence, response,
precedence) is checked by both, and the violating cases must be the same. Exit code 1 if not.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from linter.log.columns import COLUMNS, quoted
from linter.log.database import connect
from linter.log.judge.plan import Plan, Task
from linter.log.judge.run import judge
from linter.logic.conditions import Comparison
from linter.logic.constraints import Absence, Constraint, Existence, Precedence, Response

ACTIVITIES = "abcde"
CONSTRAINTS = [
    *((template, each) for template in ("absence", "existence") for each in ACTIVITIES),
    *(
        (template, *pair)
        for template in ("response", "precedence")
        for pair in permutations(ACTIVITIES, 2)
    ),
]
_HERE = Path(__file__).parent
Event = tuple[str, str, datetime]


def generated(chance: random.Random, cases: int) -> list[Event]:
    """The events of cases of up to twelve events at different times, in an order of no meaning."""
    events = []
    for case in range(cases):
        usual = chance.sample(ACTIVITIES, chance.randint(1, len(ACTIVITIES)))
        begin = datetime(2026, 1, 1) + timedelta(minutes=chance.randrange(100_000))
        for number in range(chance.randint(1, 12)):
            at = begin + timedelta(minutes=number)
            events.append((f"case{case:06}", chance.choice(usual), at))
    chance.shuffle(events)
    return events


def constraint_of(template: str, *activities: str) -> Constraint:
    """The same constraint here: an activity is a channel, a case is a conversation."""
    first, *others = (Comparison("channel", "in", (each,)) for each in activities)
    match template:
        case "absence":
            return Absence(first)
        case "existence":
            return Existence(first, "conversation")
        case "response":
            return Response(first, others[0], "conversation")
    # DECLARE's precedence (a, b): before each b comes an a.
    return Precedence(others[0], first, "conversation")


def by_replylint(log: Path) -> tuple[float, dict[str, list[str]]]:
    """The seconds and, for each constraint, the violating cases."""
    tasks = tuple(
        Task(json.dumps(each), "policy", "rule", "error", constraint_of(*each))
        for each in CONSTRAINTS
    )
    given = {
        "id": "'e' || row_number() over ()",
        "event": "'action'",
        "conversation": '"case"',
        "channel": "activity",
        "time": "time",
        "time.end": "time",
    }
    columns = ", ".join(
        f"{given.get(name, 'null')}::{kind} as {quoted(name)}" for name, kind in COLUMNS.items()
    )
    con = connect(threads=1)
    con.execute(f"create table events as select {columns} from read_csv(?)", [str(log)])
    begun = time.process_time()
    judge(con, Plan(tasks))
    seconds = time.process_time() - begun
    found: dict[str, list[str]] = {task.id: [] for task in tasks}
    for task, case in con.execute("select distinct task, conversation from verdicts").fetchall():
        found[task].append(case)
    con.close()
    return seconds, found


def by_pm4py(python: str, log: Path) -> dict[str, Any]:
    """The same of pm4py, in a process of its own."""
    done = subprocess.run(
        [python, str(_HERE / "with_pm4py.py"), str(log)],
        input=json.dumps(CONSTRAINTS),
        capture_output=True,
        text=True,
        check=True,
    )
    answer: dict[str, Any] = json.loads(done.stdout[done.stdout.index('{"seconds"') :])
    return answer


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare and print, a line a log."""
    parser = argparse.ArgumentParser(prog="benchmarks.declare")
    parser.add_argument("--pm4py", required=True, metavar="PYTHON")
    parser.add_argument("--logs", type=int, default=20)
    parser.add_argument("--cases", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    chance = random.Random(options.seed)
    differing = 0
    print(f"{'log':>4} {'events':>7} {'violating':>9} {'differing':>9} {'CPU s':>7} {'pm4py':>7}")
    with TemporaryDirectory() as folder:
        for number in range(options.logs):
            events = generated(chance, options.cases)
            log = Path(folder) / "log.csv"
            with log.open("w", newline="", encoding="utf-8") as file:
                writer = csv.writer(file)
                writer.writerow(("case", "activity", "time"))
                writer.writerows((case, each, at.isoformat()) for case, each, at in events)
            seconds, own = by_replylint(log)
            other = by_pm4py(options.pm4py, log)
            pairs = {(each, case) for each, cases in own.items() for case in cases}
            theirs = {(each, case) for each, cases in other["cases"].items() for case in cases}
            differ = pairs ^ theirs
            differing += len(differ)
            print(
                f"{number:4} {len(events):7} {len(pairs):9} {len(differ):9} {seconds:7.2f}"
                f" {other['seconds']:7.2f}",
                flush=True,
            )
            for each, case in sorted(differ)[:3]:
                side = "here" if (each, case) in pairs else "by pm4py"
                print(f"  only {side}: {each} in {case}")
    print(f"{differing} differ; pm4py {other['version']}")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
