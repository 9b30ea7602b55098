"""Which cases violate which DECLARE constraints, by pm4py: run with a Python that has it.

    PYTHON with_pm4py.py LOG.csv < CONSTRAINTS.json > CASES.json

LOG.csv has the columns case, activity, time. Constraints are [template, activity…]; the answer has
the seconds that it took and, for each constraint, the violating cases. pm4py is under the AGPL, so
nothing of replylint imports this file.
"""

from __future__ import annotations

import json
import sys
import time

import pandas
import pm4py

NAMES = {"case": "case:concept:name", "activity": "concept:name", "time": "time:timestamp"}
"""pm4py takes other names of columns in places, not in all."""


def main() -> None:
    """The command."""
    log = pandas.read_csv(sys.argv[1], dtype=str)
    log["time"] = pandas.to_datetime(log["time"], format="ISO8601", utc=True)
    # The answer names no case: in this order, there is only one that it can mean.
    log = log.sort_values(["case", "time"], ignore_index=True).rename(columns=NAMES)
    constraints = json.load(sys.stdin)
    model: dict[str, dict[object, dict[str, float]]] = {}
    for template, *activities in constraints:
        key = activities[0] if len(activities) == 1 else tuple(activities)
        model.setdefault(template, {})[key] = {"support": 1, "confidence": 1}
    begun = time.process_time()
    verdicts = pm4py.conformance_declare(log, model)
    seconds = time.process_time() - begun
    cases = list(dict.fromkeys(log[NAMES["case"]]))
    found: dict[str, list[str]] = {json.dumps(each): [] for each in constraints}
    for case, verdict in zip(cases, verdicts, strict=True):
        for template, activities in verdict["deviations"]:
            several = [activities] if isinstance(activities, str) else list(activities)
            found[json.dumps([template, *several])].append(case)
    json.dump({"seconds": seconds, "version": pm4py.__version__, "cases": found}, sys.stdout)


if __name__ == "__main__":
    main()
