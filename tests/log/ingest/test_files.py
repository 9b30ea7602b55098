"""Files that are broken, hostile or odd: one clear error for a file, or a reject for a line."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from backports import zstd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linter.documents import InvalidFile
from linter.log import database
from linter.log.ingest import events_of_rows
from linter.log.ingest.files import LONGEST_LINE
from tests.log.ingest.test_generic import WRITERS, events, rejects, run

ROW = b'{"event": "comment", "id": "%d", "time": "2026-03-01"}'


def rows(*numbers: int) -> list[bytes]:
    return [ROW % number for number in numbers]


def reasons(store: Path) -> list[tuple[int, str]]:
    return [(row, reason) for _, row, _, reason in rejects(store)]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("log.jsonl", b"", "is empty"),
        ("log.csv", b"", "is empty"),
        ("log.jsonl.gz", gzip.compress(b"", mtime=0), "is empty"),
        ("log.jsonl", b"\x7fELF\x00\x01" * 100, "is binary, not a log in CSV, JSON Lines or"),
        ("log.parquet", b"id,time\n", "is not Parquet, though its name says so"),
        ("log.parquet", b"PAR1" + b"x" * 100, "cannot be read: "),
        ("log.parquet", b"PAR1", "cannot be read: "),
        ("log.txt", b"hello there\n", "is in no known format; its name should end in .jsonl"),
        ("log.jsonl.gz", gzip.compress(b"\n".join(rows(*range(99))))[:-9], "file is broken"),
        ("log.jsonl.gz", b"\x1f\x8b" + b"nonsense" * 9, "the compressed file is broken"),
        ("log.jsonl.zst", zstd.compress(ROW * 9)[:-5], "the compressed file is broken"),
        ("log.jsonl.zst", b"\x28\xb5\x2f\xfd" + b"nonsense" * 9, "the compressed file is broken"),
        ("log.json", b'{"a": [1,', "is not JSON"),
        ("log.json", b"[" * 100_000, "is not JSON"),
        ("log.json", b'"text"', "has no list of records"),
        ("log.json", b'{"a": [], "b": []}', "has no list of records"),
        ("log.json", b'[{"a": "\xff"}]', "is not UTF-8"),
        ("log.csv", b"id,,time\n1,2,3\n", "a column of the header has no name"),
        ("log.csv", b'"id"x,time\n', "the header is not CSV"),
        ("log.csv", b"id,\xff\n", "the header is not UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_error(
    name: str, content: bytes, said: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InvalidFile) as caught:
        run(tmp_path, path)
    (problem,) = caught.value.problems
    assert said in problem.message
    assert "\n" not in problem.message
    assert not (tmp_path / "store" / "events").exists()
    assert not (tmp_path / "store" / "ingesting").exists()


def test_a_folder_a_missing_file_and_a_pipe_are_errors(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.jsonl"
    os.mkfifo(pipe)
    for path, said in (
        (tmp_path, "is a folder"),
        (tmp_path / "none.jsonl", "is no ordinary file"),
        (pipe, "is no ordinary file"),
    ):
        with pytest.raises(InvalidFile, match=said):
            run(tmp_path, path)


def test_each_bad_line_is_a_reject_and_the_others_keep_their_numbers(tmp_path: Path) -> None:
    lines = [
        *rows(1),
        b"",
        b'{"event": "comment", "id": "\xff"}',
        b"   ",
        b'{"event": "comment", "id": "\x00"}',
        *rows(6),
        b'{"a":\x1f1}',
        b'{"a": 1}\r{"b": 2}',
        b"[1]",
        b"null",
        b'{"id": "open',
        b'{"id": "\\ud800"}',
        b'{"id": }',
        b"\xef\xbb\xbf" + ROW % 14,
        *rows(15),
    ]
    for ending in (b"\n", b"\r\n"):
        path = tmp_path / "log.jsonl"
        path.write_bytes(ending.join(lines))
        done = run(tmp_path, path)
        assert [(e["id"], e["row"]) for e in events(tmp_path / "store", "id, row, time")] == [
            ("1", 1),
            ("15", 15),
            ("6", 6),
        ]
        assert reasons(tmp_path / "store") == [
            (3, "the line is not UTF-8"),
            (5, "the line is not JSON"),
            (7, "the line is not JSON"),
            (8, "the line is not JSON"),
            (9, "the line is not a JSON object"),
            (10, "the line is not a JSON object"),
            (11, "the line is not JSON"),
            (12, "the line is not JSON"),
            (13, "the line is not JSON"),
            (14, "the line is not JSON"),
        ]
        assert done.rows == done.events + done.rejected == 13


def test_a_line_of_50_megabytes_is_a_reject(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    long = b'{"event": "comment", "id": "2", "text": "' + b"x" * 50_000_000 + b'"}'
    just = b'{"event": "comment", "id": "3", "time": "2026-03-01", "text": "'
    just += b"y" * (LONGEST_LINE - 1000 - len(just)) + b'"}'
    path.write_bytes(b"\n".join([*rows(1), long, just, *rows(4)]))
    run(tmp_path, path)
    assert [e["row"] for e in events(tmp_path / "store", "id, row, time")] == [1, 3, 4]
    assert reasons(tmp_path / "store") == [(2, "the line is longer than 8 MB")]

    path.write_bytes(b"\n".join([long, *rows(2)]))
    table = tmp_path / "log.csv"
    table.write_bytes(b'event,id,time\ncomment,"' + b"x" * 50_000_000 + b'",2026-03-01\n')
    done = run(tmp_path, table)
    assert (done.events, done.rejected > 0) == (0, True)


def test_bad_records_of_a_table_are_rejects(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(
        b"\xef\xbb\xbfevent;id;time;text\n"
        b"comment;1;2026-03-01;a\n"
        b"\n"
        b"comment;2;2026-03-01\n"
        b"comment;3;2026-03-01;b;c\n"
        b'comment;4;2026-03-01;"b"c\n'
        b"comment;5;2026-03-01;\xff\n"
        b'comment;6;2026-03-01;"two\r\nlines ""quoted"""\n'
        b'comment;7;2026-03-01;a "quote" inside\n'
        b'comment;8;2026-03-01;"never closed\n'
        b"comment;9;2026-03-01;a\n"
    )
    run(tmp_path, path)
    found = events(tmp_path / "store", "id, row, text, time")
    assert [(e["id"], e["row"], e["text"]) for e in found] == [
        ("1", 2, "a"),
        ("6", 8, 'two\r\nlines "quoted"'),
        ("7", 10, 'a "quote" inside'),
    ]
    assert reasons(tmp_path / "store") == [
        (4, "the record has 3 cells, the header 4"),
        (5, "the record has 5 cells, the header 4"),
        (6, "the record is not CSV: ';' expected after '\"'"),
        (7, "the record is not UTF-8"),
        (11, "the record is not CSV: unexpected end of data"),
    ]


def test_a_parquet_file_of_other_types_is_read_or_refused_by_row(tmp_path: Path) -> None:
    con = database.connect()
    path = tmp_path / "log.parquet"
    con.execute(
        "copy (select 'comment' as event, 17 as id, timestamptz '2026-03-01 10:00:00+01' as time, "
        "5::decimal(4, 1) as rating, true as notified, ['a'] as ground, {'n': 1} as fields, "
        "date '2026-03-02' as until union all "
        "select 'comment', 18, NULL, NULL, NULL, NULL, NULL, NULL) "
        f"to '{path}' (format parquet)"
    )
    run(tmp_path, path)
    (event,) = events(tmp_path / "store", "* exclude (file, conversation, subject)")
    assert {name: str(value) for name, value in event.items()} == {
        "event": "comment",
        "id": "17",
        "time": "2026-03-01 09:00:00",
        "time.end": "2026-03-01 09:00:00",
        "rating": "5.0",
        "notified": "True",
        "ground": "['a']",
        "fields": '{"n":1}',
        "until": "2026-03-02 00:00:00",
        "row": "1",
    }
    assert reasons(tmp_path / "store") == [(2, "time is missing")]
    con.execute(
        "copy (select 'comment' as event, '1' as id, timestamp '2026-03-01 10:00' as time, "
        f"['x'] as text) to '{path}' (format parquet)"
    )
    run(tmp_path, path)
    # A timestamp that is not of an instant says no zone.
    assert reasons(tmp_path / "store") == [
        (1, "time has no zone: give it an offset, or its source a timezone")
    ]


# --- properties ----------------------------------------------------------------------------------

TIMES = st.datetimes(
    min_value=__import__("datetime").datetime(1000, 1, 2),
    max_value=__import__("datetime").datetime(8999, 12, 30),
)
OFFSETS = st.integers(-14 * 60, 14 * 60)


def _offset(minutes: int, form: str) -> str:
    if minutes == 0 and form == "Z":
        return "Z"
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{hours:02}{':' if form != 'basic' else ''}{rest:02}"


@settings(max_examples=12, deadline=None)
@given(
    st.lists(
        st.tuples(
            TIMES, OFFSETS, st.sampled_from(["Z", "extended", "basic"]), st.sampled_from("T ")
        ),
        min_size=1,
        max_size=60,
    )
)
def test_a_time_of_any_offset_is_the_instant_that_python_reads(
    times: list[tuple[Any, int, str, str]],
) -> None:
    from datetime import UTC, datetime, timedelta, timezone

    written, expected = [], []
    for number, (time, minutes, form, between) in enumerate(times):
        zoned = time.replace(tzinfo=timezone(timedelta(minutes=minutes)))
        text = time.isoformat(between) + _offset(minutes, form)
        assert datetime.fromisoformat(text) == zoned
        written.append({"event": "comment", "id": f"{number:03}", "time": text})
        expected.append(zoned.astimezone(UTC).replace(tzinfo=None))
    con = database.connect()
    assert events_of_rows(con, written) == ()
    found = con.execute('select "time", "time.end" from events order by id').fetchall()
    con.close()
    assert found == [(time, time) for time in expected]


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=30
).filter(lambda text: text.strip() != "")
GIVEN = st.fixed_dictionaries(
    {
        "event": st.sampled_from(["comment", "reply", "release"]),
        "time": st.sampled_from(
            ["2026-03-01", "2026-03-29T00:59:59.999999Z", "2026-10-25T02:30+02:00"]
        ),
    },
    optional={
        "text": TEXTS,
        "actor": TEXTS,
        "rating": st.floats(-1e6, 1e6, allow_nan=False) | st.integers(-5, 5),
        "notified": st.booleans(),
        "ground": st.lists(TEXTS, max_size=3),
        "target": st.sampled_from(["0", "1", "2", "x"]),
    },
)  # fmt: skip


def write_arrow(path: Path, given_rows: Sequence[Mapping[str, Any]]) -> Path:
    """A Parquet file with the types that each field has, whatever its values look like."""
    import pyarrow as pa
    from pyarrow import parquet

    other = {"rating": pa.float64(), "notified": pa.bool_(), "ground": pa.list_(pa.string())}
    names = dict.fromkeys(name for row in given_rows for name in row)
    schema = pa.schema([(name, other.get(name, pa.string())) for name in names])
    parquet.write_table(pa.Table.from_pylist(list(given_rows), schema=schema), path)
    return path


@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    given_rows=st.lists(GIVEN, min_size=1, max_size=8),
    random=st.randoms(use_true_random=False),
)
def test_every_format_in_any_order_and_split_gives_the_same_events(
    given_rows: list[dict[str, Any]], random: Any, tmp_path: Path
) -> None:
    named = [{"id": str(number), **row} for number, row in enumerate(given_rows)]
    store = tmp_path / "store"
    results = []
    for format_, write in {**WRITERS, "parquet": write_arrow}.items():
        shuffled = random.sample(named, len(named))
        cut = random.randint(0, len(named) - 1)
        paths = []
        for number, part in enumerate((shuffled[:cut], shuffled[cut:])):
            if part:
                paths.append(write(tmp_path / f"{number}.{format_}", part))
        done = run(tmp_path, *paths)
        assert done.rows == len(named)
        refused = sorted((id_, reason) for _, _, id_, reason in rejects(store))
        results.append((events(store, "* exclude (file, row)"), refused))
    assert results[0] == results[1] == results[2]


def test_a_store_is_replaced_as_a_whole(tmp_path: Path) -> None:
    first, second = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    first.write_bytes(b"\n".join([*rows(1, 2), b"x"]))
    second.write_bytes(b"\n".join(rows(3)))
    run(tmp_path, first)
    run(tmp_path, second)
    assert [event["id"] for event in events(tmp_path / "store", "id, time")] == ["3"]
    assert rejects(tmp_path / "store") == []
    assert sorted(path.name for path in (tmp_path / "store").iterdir()) == [
        "events",
        "rejects.parquet",
    ]


def test_a_digest_is_of_contents_not_of_names_or_order(tmp_path: Path) -> None:
    one, two, copy = (tmp_path / f"{name}.jsonl" for name in ("one", "two", "copy"))
    one.write_bytes(ROW % 1)
    copy.write_bytes(ROW % 1)
    two.write_bytes(ROW % 2)
    digests = [run(tmp_path, *paths).digest for paths in ((one, two), (two, copy), (one,))]
    assert digests[0] == digests[1] != digests[2]


def test_progress_is_told_while_it_reads(tmp_path: Path) -> None:
    from linter.log.ingest import ingest
    from linter.log.sources import find

    path = tmp_path / "log.jsonl"
    path.write_bytes(ROW % 1)
    told: list[tuple[str, int, int]] = []
    ingest([path], find("generic"), tmp_path / "store", on_progress=lambda *each: told.append(each))
    size = path.stat().st_size
    assert told == [("read", 0, size), ("link", size, size)]


def test_long_raw_text_of_a_reject_is_cut(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text(json.dumps({"event": "x", "id": "1", "time": "2026-01-01", "text": "y" * 9999}))
    run(tmp_path, path)
    con = database.connect()
    (length,) = con.execute(
        f"select max(length(raw)) from '{tmp_path}/store/rejects.parquet'"
    ).fetchone()
    assert length <= 1000


def test_too_little_memory_is_one_error(tmp_path: Path) -> None:
    from linter.log.ingest import ingest
    from linter.log.sources import find

    path = tmp_path / "log.jsonl"
    path.write_bytes(ROW % 1)
    with pytest.raises(InvalidFile, match="memory:1:1: 1MB is too little for this log"):
        ingest([path], find("generic"), tmp_path / "store", memory="1MB")
