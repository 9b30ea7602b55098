"""The event log's own form, from each format of file, and what is wrong with rows."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from linter.documents import InvalidFile
from linter.log import database
from linter.log.columns import COLUMNS
from linter.log.ingest import Ingested, events_of_rows, expand, ingest
from linter.log.sources import find

COMMENT = {
    "event": "comment",
    "id": "c1",
    "time": "2026-03-01T10:00:00+01:00",
    "actor": "Bo",
    "actor.role": "customer",
    "channel": "facebook",
    "text": 'The kettle leaks,\nand "nobody" answers. Ærlig talt 😀',
    "kind": "complaint",
    "rating": 1.5,
    "reach": 20,
    "fields": {"shop": "north"},
}
REPLY = {
    "event": "reply",
    "id": "r1",
    "time": "2026-03-01T09:30:00.250Z",
    "target": "c1",
    "actor.role": "team",
    "text": "Sorry!",
}
REMOVAL = {
    "event": "action",
    "id": "a1",
    "time": "2026-03-02",
    "action": "remove",
    "target": "c1",
    "ground": ["spam", "off_topic"],
    "notified": False,
}
ROWS = [COMMENT, REPLY, REMOVAL]


def write_jsonl(path: Path, rows: Sequence[Mapping[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def write_csv(path: Path, rows: Sequence[Mapping[str, Any]]) -> Path:
    names = list(dict.fromkeys(name for row in rows for name in row))

    def cell(value: Any) -> Any:
        return json.dumps(value) if isinstance(value, list | dict | bool) else value

    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        writer.writerows([cell(row.get(name)) for name in names] for row in rows)
    return path


def write_parquet(path: Path, rows: Sequence[Mapping[str, Any]]) -> Path:
    lines = write_jsonl(path.with_suffix(".tmp"), rows)
    con = database.connect()
    con.execute(
        f"copy (select * from read_json('{lines}', format='newline_delimited', "
        f"convert_strings_to_integers=false)) to '{path}' (format parquet)"
    )
    con.close()
    lines.unlink()
    return path


WRITERS = {"jsonl": write_jsonl, "csv": write_csv, "parquet": write_parquet}


def events(store: Path, columns: str = "*") -> list[dict[str, Any]]:
    con = database.connect()
    cursor = con.execute(
        f"select {columns} from read_parquet('{store}/events/*.parquet') order by time, id"
    )
    names = [each[0] for each in cursor.description]
    found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    con.close()
    return [{key: value for key, value in row.items() if value is not None} for row in found]


def rejects(store: Path) -> list[tuple[str, int, str | None, str]]:
    con = database.connect()
    found: list[tuple[str, int, str | None, str]] = con.execute(
        f"select file, row, id, reason from '{store}/rejects.parquet' order by all"
    ).fetchall()
    con.close()
    return found


def run(tmp_path: Path, *paths: Path) -> Ingested:
    return ingest(paths, find("generic"), tmp_path / "store")


def reasons(rows: Sequence[Mapping[str, Any]]) -> dict[int, str]:
    con = database.connect()
    found = events_of_rows(con, rows)
    con.close()
    return {each.row: each.reason for each in found}


@pytest.mark.parametrize("format_", WRITERS)
def test_rows_become_typed_and_linked_events(format_: str, tmp_path: Path) -> None:
    path = WRITERS[format_](tmp_path / f"log.{format_}", ROWS)
    done = run(tmp_path, path)
    assert (done.rows, done.events, done.rejected) == (3, 3, 0)
    found = events(tmp_path / "store", "* exclude (file, row)")
    from datetime import datetime

    at = datetime.fromisoformat
    linked = {
        "target": "c1",
        "subject": "c1",
        "author": "Bo",
        "conversation": "c1",
        "channel": "facebook",
        "target.author": "Bo",
        "target.text": COMMENT["text"],
        "target.time": at("2026-03-01T09:00:00"),
        "target.kind": "complaint",
        "target.reach": 20.0,
    }
    assert found == [
        {
            "event": "comment",
            "id": "c1",
            "subject": "c1",
            "author": "Bo",
            "conversation": "c1",
            "time": at("2026-03-01T09:00:00"),
            "time.end": at("2026-03-01T09:00:00"),
            "channel": "facebook",
            "actor": "Bo",
            "actor.role": "customer",
            "text": COMMENT["text"],
            "kind": "complaint",
            "rating": 1.5,
            "reach": 20.0,
            "fields": '{"shop":"north"}',
        },
        {
            "event": "reply",
            "id": "r1",
            "time": at("2026-03-01T09:30:00.250"),
            "time.end": at("2026-03-01T09:30:00.250"),
            "actor.role": "team",
            "text": "Sorry!",
            **linked,
        },
        {
            "event": "action",
            "id": "a1",
            "time": at("2026-03-02T00:00:00"),
            "time.end": at("2026-03-02T23:59:59.999999"),
            "action": "remove",
            "ground": ["spam", "off_topic"],
            "notified": False,
            **linked,
        },
    ]


def test_the_table_has_the_columns_that_all_agreed_on(tmp_path: Path) -> None:
    run(tmp_path, write_jsonl(tmp_path / "log.jsonl", ROWS))
    con = database.connect()
    described = con.execute(
        f"describe select * from '{tmp_path}/store/events/*.parquet'"
    ).fetchall()
    assert {each[0]: each[1] for each in described} == COLUMNS
    assert events_of_rows(con, ROWS) == ()
    described = con.execute("describe events").fetchall()
    assert {each[0]: each[1] for each in described} == COLUMNS


def test_rows_are_numbered_as_an_editor_does(tmp_path: Path) -> None:
    lines = write_jsonl(tmp_path / "log.jsonl", ROWS)
    text = lines.read_text(encoding="utf-8").replace("\n", "\r\n\r\n")
    lines.write_text(text, encoding="utf-8", newline="")
    run(tmp_path, lines)
    assert [row["row"] for row in events(tmp_path / "store")] == [1, 3, 5]

    table = write_csv(tmp_path / "log.csv", ROWS)
    run(tmp_path, table)
    # The comment's text has two lines.
    assert [row["row"] for row in events(tmp_path / "store")] == [2, 4, 5]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({**COMMENT, "event": "coment"}, 'unknown event "coment"; did you mean "comment"?'),
        ({**REMOVAL, "action": "remvoe"}, 'unknown action "remvoe"; did you mean "remove"?'),
        (
            {**COMMENT, "actor.role": "costumer"},
            'unknown actor.role "costumer"; did you mean "customer"?',
        ),
        ({**COMMENT, "kind": "complain"}, 'unknown kind "complain"; did you mean "complaint"?'),
        ({**COMMENT, "kind": "@@@@@@"}, 'unknown kind "@@@@@@"'),
        ({**COMMENT, "id": None}, "id is missing"),
        ({**COMMENT, "id": ""}, "id is missing"),
        ({"id": "x", "time": "2026-01-01"}, "event is missing"),
        ({"id": "x", "event": "comment"}, "time is missing"),
        ({**REMOVAL, "action": None}, "action is missing"),
        (
            {**COMMENT, "time": "2026-03-01T10:00:00"},
            "time has no zone: give it an offset, or its source a timezone",
        ),
        ({**COMMENT, "time": "yesterday"}, "time cannot be read"),
        ({**COMMENT, "time": "2026-02-30"}, "time cannot be read"),
        ({**COMMENT, "time": 1772355600}, "time cannot be read"),
        ({**REMOVAL, "until": "soon"}, "until cannot be read"),
        ({**COMMENT, "rating": "many"}, "rating must be a number"),
        ({**COMMENT, "rating": True}, "rating must be a number"),
        ({**REMOVAL, "notified": "perhaps"}, "notified must be true or false"),
        ({**COMMENT, "text": ["a"]}, "text must be text"),
        ({**COMMENT, "text": {"a": 1}}, "text must be text"),
        ({**REMOVAL, "ground": {"a": 1}}, "ground must be a list of texts"),
        ({**COMMENT, "fields": "none"}, "fields must be an object"),
    ],
)
def test_a_row_that_is_wrong_is_a_reject_with_its_reason(
    row: Mapping[str, Any], reason: str
) -> None:
    assert reasons([row]) == {1: reason}


def test_what_says_the_same_in_another_way_is_read() -> None:
    con = database.connect()
    rows = [
        {**COMMENT, "rating": "4", "id": 17},
        {**REMOVAL, "id": "a", "notified": "TRUE", "ground": "spam", "rule": ""},
        {**REMOVAL, "id": "b", "notified": None, "ground": []},
    ]
    assert events_of_rows(con, rows) == ()
    assert con.execute(
        "select id, rating, notified, ground, rule from events order by id"
    ).fetchall() == [
        ("17", 4.0, None, None, None),
        ("a", None, True, ["spam"], None),
        ("b", None, None, [], None),
    ]


def test_an_event_before_its_target_is_a_reject() -> None:
    early = {**REMOVAL, "time": "2026-02-28"}
    assert reasons([COMMENT, early]) == {2: "the event is before its target"}
    # Known to the day: it can have been later on that day.
    assert reasons([COMMENT, {**REMOVAL, "time": "2026-03-01"}]) == {}
    # An account can have the name of an event.
    account = {**early, "action": "ban", "target.type": "account"}
    assert reasons([COMMENT, account]) == {}


def test_of_events_with_one_id_the_least_is_kept_in_whatever_order() -> None:
    later = {**COMMENT, "time": "2026-03-01T10:00:01+01:00"}
    other = {**COMMENT, "text": "A text that sorts first"}
    for rows in ([COMMENT, later, other, COMMENT], [later, COMMENT, COMMENT, other]):
        con = database.connect()
        assert len(events_of_rows(con, rows)) == 3
        assert con.execute("select text from events").fetchall() == [("A text that sorts first",)]


def test_a_conversation_is_that_of_the_first_event_of_a_chain_of_replies() -> None:
    def answer(id_: str, target: str, **more: str) -> dict[str, str]:
        return {"event": "reply", "id": id_, "time": "2026-03-02", "target": target, **more}

    con = database.connect()
    rows = [
        COMMENT,
        *(answer(f"r{n}", f"r{n - 1}" if n else "c1") for n in range(9)),
        answer("own", "r8", conversation="t9"),
        answer("of-own", "own"),
        answer("lost", "not in the log"),
        answer("of-lost", "lost"),
        answer("tail", "head"),
        answer("head", "tail"),
    ]
    assert events_of_rows(con, rows) == ()
    found = dict(con.execute("select id, conversation from events").fetchall())
    assert {found[f"r{n}"] for n in range(9)} == {"c1"}
    assert found["own"] == found["of-own"] == "t9"
    assert found["lost"] == found["of-lost"] == "not in the log"
    assert {found["head"], found["tail"]} <= {"head", "tail"}


def test_columns_that_no_event_has_are_counted_by_name(tmp_path: Path) -> None:
    rows = [{**COMMENT, "mood": "bad"}, {**REPLY, "mood": "good", "why": "an example"}]
    for format_, write in WRITERS.items():
        done = run(tmp_path, write(tmp_path / f"log.{format_}", rows))
        assert (done.rejected, done.unknown) == (0, {"mood": 2}), format_


def test_several_files_are_one_log_whatever_their_format(tmp_path: Path) -> None:
    first = tmp_path / "a.jsonl.gz"
    first.write_bytes(gzip.compress(write_jsonl(tmp_path / "x", ROWS[:1]).read_bytes()))
    second = write_csv(tmp_path / "b.csv", ROWS[1:2])
    third = write_parquet(tmp_path / "c.parquet", ROWS[2:])
    done = run(tmp_path, *expand([f"{tmp_path}/[abc].*"]))
    assert [each.name for each in done.files] == [
        path.as_posix() for path in (first, second, third)
    ]
    split = events(tmp_path / "store", "* exclude (file, row)")
    run(tmp_path, write_jsonl(tmp_path / "all.jsonl", ROWS[::-1]))
    assert events(tmp_path / "store", "* exclude (file, row)") == split


def test_what_there_is_not_is_an_error(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "log.jsonl", ROWS)
    for name, message in {
        "log.json": 'there is no such file; did you mean "log.jsonl"?',
        "*.csv": "no file fits this pattern",
        ".": "is a folder; name its files, such as *.jsonl",
    }.items():
        with pytest.raises(InvalidFile, match="1:1") as caught:
            expand([f"{tmp_path}/{name}"])
        assert caught.value.problems[0].message == message
    with pytest.raises(InvalidFile, match="there is no file to read"):
        run(tmp_path)
