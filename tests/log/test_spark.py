"""On a real, local Spark, a log is judged and texts are read as on one machine, or an error says
that they were not. All tests share one session."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from linter.cli import main
from linter.log import workers
from linter.log.database import connect
from linter.log.judge.run import judge
from linter.log.spark import Cluster, Settings, SparkError, cluster
from linter.log.texts import Reader, Resources, Unit
from tests.cli import logs
from tests.log import edges

SETTINGS = Settings(
    "local[2]",
    memory="200MB",
    parts=2,
    conf={
        "spark.driver.memory": "700m",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.shuffle.partitions": "2",
    },
)


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    if shutil.which("java") is None:
        why = "Spark needs Java 17 or newer on the PATH"
        if os.environ.get("CI"):
            pytest.fail(why)
        pytest.skip(why)
    with cluster(SETTINGS) as session:
        yield session


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return edges.store(tmp_path_factory.mktemp("log"))


def tables(con: Any) -> tuple[list[Any], list[Any]]:
    return (
        con.execute("from verdicts order by all").fetchall(),
        con.execute("from tallies").fetchall(),
    )


def test_findings_are_those_of_one_machine(spark: Cluster, log: Path, tmp_path: Path) -> None:
    plan = edges.plan(tmp_path)
    here, there = connect(), connect()
    here.execute(f"create view events as from read_parquet('{log}/*.parquet')")
    judge(here, plan)
    spark.judge(there, plan, [str(log)])
    assert tables(there) == tables(here)
    assert len(tables(here)[0]) > 10


def test_an_empty_log_has_no_findings(spark: Cluster, log: Path, tmp_path: Path) -> None:
    con = connect()
    path = tmp_path / "empty.parquet"
    con.execute(f"copy (from read_parquet('{log}/*.parquet') limit 0) to '{path}'")
    spark.judge(con, edges.plan(tmp_path), [str(path)])
    assert tables(con)[0] == []


class Tearing(Cluster):
    """Shares out events whatever their key is."""

    def split(self, frame: Any, share: Any, events: int) -> Any:
        return frame.repartition(2, "id")


def test_a_runner_that_tears_a_key_apart_fails(spark: Cluster, log: Path, tmp_path: Path) -> None:
    tearing = Tearing(spark.session, SETTINGS)
    with pytest.raises(SparkError, match=r"events of one .* were in several parts of the log"):
        tearing.judge(connect(), edges.plan(tmp_path), [str(log)])


def test_a_log_that_is_not_there_is_one_error(spark: Cluster, tmp_path: Path) -> None:
    with pytest.raises(SparkError, match="PATH_NOT_FOUND") as error:
        spark.judge(connect(), edges.plan(tmp_path), [str(tmp_path / "nowhere")])
    assert "\n" not in str(error.value)


TEXTS = (
    "We are sorry that it broke.",
    "Thanks for your patience!",
    "Det beklager vi.",
    "Het spijt ons.",
    "",
)


def test_texts_are_read_as_by_processes_of_our_own(spark: Cluster, tmp_path: Path) -> None:
    units = [
        Unit(f"{text} {number}", "reply", None, None, text) for number in range(4) for text in TEXTS
    ]
    batches = [units[first : first + 3] for first in range(0, len(units), 3)]
    reader = Reader(Resources(), ("apology", "thanks"))
    read = list(spark.spread(reader, iter(batches), tmp_path))
    assert sorted(read, key=str) == sorted(workers.spread(reader, batches, 1), key=str)
    assert {act for batch in read for each in batch for act in each.acts or ()} == {
        "apology",
        "thanks",
    }
    assert list(tmp_path.iterdir()) == []


def test_what_a_worker_fails_of_is_one_error(spark: Cluster, tmp_path: Path) -> None:
    reader = Reader(Resources(lexicons=(tmp_path / "nowhere.yaml",)))
    units = [Unit("1", "reply", "en", None, "Thanks!")]
    with pytest.raises(SparkError, match=r"nowhere\.yaml") as error:
        list(spark.spread(reader, iter([units]), tmp_path))
    assert "\n" not in str(error.value)


def test_the_command_gives_the_same_bytes(
    spark: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "policy.yaml").write_text(logs.POLICY, encoding="utf-8")
    logs.jsonl(tmp_path / "log.jsonl", logs.LOG)
    outputs = []
    for runner in (["--jobs", "1"], ["--runner", "spark"]):
        words = ["audit", "log.jsonl", "-p", "policy.yaml", "--no-cache", *runner]
        done = CliRunner().invoke(main, [*words, "-f", "jsonl=out.jsonl", "-f", "csv=out.csv"])
        assert done.exit_code == 1, done.output
        outputs.append([(tmp_path / name).read_bytes() for name in ("out.jsonl", "out.csv")])
    assert outputs[0] == outputs[1]
    assert len(outputs[0][0].splitlines()) > 4
