"""A log that is judged in parts gives what the whole one gives, or an error: without Spark."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from benchmarks.audit import generate
from linter import shipped
from linter.log.audit import plan_of
from linter.log.columns import quoted
from linter.log.database import connect
from linter.log.judge.partition import (
    Census,
    Merger,
    PartitionError,
    Share,
    Worker,
    shares,
)
from linter.log.judge.plan import Plan
from linter.log.judge.run import judge
from linter.log.versions import entries, eras, load_versions
from tests.log import edges

BENCHMARK = Path(__file__).parent.parent.parent / "benchmarks" / "audit"
Split = Callable[[Share], str]
Tables = tuple[list[Any], list[Any]]


def by_key(share: Share) -> str:
    """SQL for the number of an event's part."""
    return f"hash({', '.join(f'coalesce({quoted(name)}, id)' for name in share.key or ('id',))})"


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stored")
    generate.write(folder, 4_000, "store")
    return folder


def connected(store: Path) -> Any:
    con = connect(threads=1)
    con.execute(f"create view events as from read_parquet('{store}/*.parquet')")
    return con


def tables(con: Any) -> Tables:
    # The order of the tallies is part of the result, that of the verdicts is not.
    return (
        con.execute("from verdicts order by all").fetchall(),
        con.execute("from tallies").fetchall(),
    )


def whole(store: Path, plan: Plan) -> Tables:
    con = connected(store)
    judge(con, plan)
    return tables(con)


def in_parts(
    store: Path,
    plan: Plan,
    count: int = 3,
    split: Split = by_key,
    change: Callable[[Worker], Worker] = lambda worker: worker,
    lose: str = "false",
) -> Tables:
    con, log = connect(), connected(store)
    [(events, first, last)] = log.execute(
        'select count(*), min("time"), max("time.end") from events'
    ).fetchall()
    plan = plan.prepared(first, last)
    found = shares(plan)
    keys = {
        share.key: log.execute(f"select {share.distinct} from events").fetchall()[0][0]
        for share in found
        if share.key
    }
    merger = Merger(con, plan, Census(events, first, last, keys))

    def results(share: Share) -> Iterator[tuple[str, bytes]]:
        worker = change(Worker(share, duckdb=duckdb.__version__))
        columns = ", ".join(map(quoted, share.columns))
        for number in range(count):
            where = f"{split(share)} % {count} = {number} and not ({lose})"
            part = log.sql(f"select {columns} from events where {where}").to_arrow_reader(500)
            for batch in worker(iter(part)):
                yield from zip(
                    *(batch[name].to_pylist() for name in batch.schema.names), strict=True
                )

    for share in reversed(found):
        merger.add(share, results(share))
    merger.finish()
    return tables(con)


def benchmark(name: str, *only: str) -> Plan:
    plan = plan_of(entries(eras(load_versions([str(BENCHMARK / name)], BENCHMARK))), None)
    tasks = tuple(task for task in plan.tasks if not only or task.id in only)
    return replace(plan, tasks=tasks)


@pytest.mark.parametrize("name", ["policy.yaml", "policy-texts.yaml"])
def test_parts_of_a_generated_log_give_what_the_whole_gives(name: str, stored: Path) -> None:
    plan = benchmark(name)
    expected = whole(stored, plan)
    assert len(expected[0]) > 100
    assert in_parts(stored, plan) == expected


def test_parts_of_a_log_of_edges_give_what_the_whole_gives(tmp_path: Path) -> None:
    store, plan = edges.store(tmp_path), edges.plan(tmp_path)
    expected = whole(store, plan)
    assert in_parts(store, plan, count=4) == expected
    # What the log is made for does come up.
    found = Counter((task, event) for task, _, event, *_ in expected[0])
    tallied = {(task, verdict) for task, verdict, *_ in expected[1]}
    assert found["in-an-hour", "late"] == found["in-an-hour", "later"] == 1
    assert not found["in-an-hour", "just"]
    assert not found["in-an-hour", "tie-b"]
    assert not found["on-these-grounds", "a3"]
    assert found["on-these-grounds", "a4"] == found["on-these-grounds", "a5"] == 1
    assert ("on-these-grounds", "cannot tell") in tallied
    assert {task.id for task in plan.tasks} == {task for task, _ in tallied}


def test_an_event_without_the_key_may_lie_anywhere(stored: Path) -> None:
    lacking = "select count(*) from events where target is null"
    [(count,)] = connected(stored).execute(lacking).fetchall()
    assert count > 1_000
    plan = benchmark("policy.yaml", "warned-before-ban")
    assert [share.key for share in shares(plan)] == [("target",)]
    assert in_parts(stored, plan) == whole(stored, plan)


def test_a_split_that_tears_a_key_apart_is_an_error(stored: Path) -> None:
    plan = benchmark("policy.yaml", "removals-by-moderator")
    with pytest.raises(PartitionError, match="events of one actor were in several parts"):
        in_parts(stored, plan, split=lambda share: "hash(id)")


def test_an_event_that_is_lost_on_the_way_is_an_error(stored: Path) -> None:
    plan = benchmark("policy.yaml", "rule-not-cited")
    with pytest.raises(PartitionError, match=r"the parts have \d+ of the log's \d+ events"):
        in_parts(stored, plan, lose="id = 'k1.1'")


@pytest.mark.parametrize("wrong", [{"duckdb": "0.1"}, {"version": "0.1"}])
def test_a_worker_of_another_version_is_an_error(wrong: dict[str, str], stored: Path) -> None:
    plan = benchmark("policy.yaml", "rule-not-cited")
    with pytest.raises(PartitionError, match=r"a worker has replylint .* where replylint .*0\.1"):
        in_parts(stored, plan, change=lambda worker: replace(worker, **wrong))


def test_the_shipped_rules_name_all_columns_that_their_queries_read(tmp_path: Path) -> None:
    # A column that a part lacks is an error there.
    store = edges.store(tmp_path)
    named = [str(path) for path in shipped.policies().values()]
    plan = plan_of(entries(eras(load_versions(named, tmp_path))), None)
    assert len(plan.tasks) > 20
    assert in_parts(store, plan, count=1) == whole(store, plan)


def test_a_part_is_given_only_the_columns_that_its_rules_ask_for() -> None:
    for share in shares(benchmark("policy.yaml")):
        assert not {"text", "target.text", "acts"} & set(share.columns)


def test_what_may_lie_anywhere_is_read_with_what_has_a_key() -> None:
    plan = benchmark("policy.yaml")
    found = shares(plan)
    assert [share.key for share in found] == [("conversation",), ("target",), None, ("actor",)]
    assert sorted(task.id for share in found for task in share.plan.tasks) == sorted(
        task.id for task in plan.tasks
    )
    absences = tuple(task for task in plan.tasks if type(task.constraint).__name__ == "Absence")
    assert [share.key for share in shares(replace(plan, tasks=absences))] == [()]
