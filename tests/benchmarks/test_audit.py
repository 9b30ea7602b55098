"""The generated logs of the audit's benchmark are the same each time, and what they claim to be."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from benchmarks.audit import generate

EVENTS = 6_000


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("log")
    generate.write(folder, EVENTS, "store")
    return folder


def _ask(question: str, **files: Path) -> list[tuple[object, ...]]:
    for name, folder in files.items():
        question = question.replace(name, f"read_parquet('{folder}/*.parquet')")
    with duckdb.connect() as con:
        return con.execute(question).fetchall()


def test_the_same_seed_gives_the_same_events(stored: Path, tmp_path: Path) -> None:
    again, other = tmp_path / "again", tmp_path / "other"
    generate.write(again, EVENTS, "store")
    generate.write(other, EVENTS, "store", seed=2)
    assert _ask("from (from A except from B)", A=stored, B=again) == []
    assert _ask("from (from A except from B)", A=stored, B=other) != []


def test_an_id_stands_once_and_one_conversation_has_a_hundredth_of_all(stored: Path) -> None:
    count = "select count(*), count(distinct id), count_if(conversation = 'hot') / count(*) from A"
    [(rows, ids, hot)] = _ask(count, A=stored)
    assert rows == ids
    assert abs(rows / EVENTS - 1) < 0.1  # type: ignore[operator]
    assert 0.008 < hot < 0.012  # type: ignore[operator]


def test_every_sort_of_event_and_of_gap_is_there(stored: Path) -> None:
    assert len(_ask("select distinct event from A", A=stored)) == len(generate.EVENTS)
    assert len(_ask("select distinct action from A where action is not null", A=stored)) == len(
        generate.ACTIONS
    )
    for gap in ("kind is null and event = 'comment'", 'time <> "time.end"', "ground is null"):
        assert _ask(f"select count(*) > 0 from A where {gap}", A=stored) == [(True,)]


@pytest.mark.parametrize("format", ["parquet", "jsonl", "csv"])
def test_the_events_are_the_same_in_each_format(format: str, tmp_path: Path, stored: Path) -> None:  # noqa: A002
    generate.write(tmp_path, EVENTS, format)
    read = {"parquet": "read_parquet", "jsonl": "read_json", "csv": "read_csv"}[format]
    ids = f"select id, event, target from {read}('{tmp_path}/*.{format}')"
    assert _ask(f"from ({ids} except select id, event, target from A)", A=stored) == []
    assert _ask(f"from (select id, event, target from A except {ids})", A=stored) == []
