"""Files that are broken, huge, or made to break a reader: each is one clear error or a counted
record, in bounded time and memory."""

from __future__ import annotations

import gc
import time
import tracemalloc
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.model import Reply, Unreadable
from linter.readers import READERS, csv_, read, source
from readers.helpers import place, records, reply, unreadable

ENDINGS = sorted(READERS)
WHOLE = [".json", ".md", ".txt", ".yaml"]


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_empty_file_is_said_to_be_empty(ending: str) -> None:
    for content in (b"", b"\xef\xbb\xbf", b" \n\n"):
        assert unreadable("a" + ending, content).reason == "the file is empty"


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_binary_file_is_one_error(ending: str) -> None:
    found = unreadable("a" + ending, b"\x89PNG\r\n\x1a\n\0\0")
    assert found.reason == "a binary file, or not UTF-8: NUL at byte offset 8"


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-16-be"])
def test_utf_16_is_told_to_be_saved_as_utf_8(ending: str, encoding: str) -> None:
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    reason = "the file is in UTF-16 or UTF-32; save it as UTF-8"
    assert unreadable("a" + ending, mark + "id,reply\n".encode(encoding)).reason == reason


@pytest.mark.parametrize("ending", WHOLE)
def test_a_byte_that_is_not_utf_8_is_named_with_its_place(ending: str) -> None:
    found = unreadable("a" + ending, b"\xef\xbb\xbf\xc3\xa5k\nbl\xe5b\xe6r")
    reason = "not UTF-8: byte 0xE5 at byte offset 9; save the file as UTF-8"
    assert place(found) == (2, 3, reason)


def test_a_line_that_is_not_utf_8_leaves_the_others_readable() -> None:
    for name, header, row in (("a.csv", b"reply,id\n", b"%b,1\n"), ("a.jsonl", b"", b'["%b"]\n')):
        layout = {"records": "*"} if name == "a.jsonl" else {}
        content = header + row % b"x" + row % b"bl\xe5" + row % b"z"
        first, broken, last = records(name, content, **layout)
        assert isinstance(first, Reply)
        assert isinstance(last, Reply)
        assert isinstance(broken, Unreadable)
        at = content.index(b"\xe5")
        assert f"byte 0xE5 at byte offset {at};" in broken.reason
        assert broken.line == (3 if header else 2)
        assert last.source.region(0, 1).start.offset == content.rindex(b"z")


def test_a_nul_in_a_row_leaves_the_others_readable() -> None:
    content = "reply,id\nx,1\n" + "y,2\n" * 2000 + "a\0b,3\nz,4\n"
    *found, broken, last = records("a.csv", content)
    assert len(found) == 2001
    assert isinstance(broken, Unreadable)
    assert place(broken) == (2003, 2, f"not a text: NUL at byte offset {content.index(chr(0))}")
    assert isinstance(last, Reply)
    assert last.id == "4"


def on_disk(path: Path) -> Unreadable:
    (found,) = read(path, path.name)
    assert isinstance(found, Unreadable)
    return found


def test_what_the_system_does_not_let_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "folder.md").mkdir()
    assert on_disk(tmp_path / "folder.md") == Unreadable(
        "folder.md", "cannot be read: Is a directory"
    )
    reason = "cannot be read: No such file or directory"
    assert on_disk(tmp_path / "none.md") == Unreadable("none.md", reason)
    for ending in ENDINGS:
        with patch.object(Path, "open", side_effect=PermissionError(13, "Permission denied")):
            assert on_disk(tmp_path / f"a{ending}").reason == "cannot be read: Permission denied"


def test_an_unknown_ending_is_told_with_the_known_ones() -> None:
    assert unreadable("a.docx", "x").reason.startswith(
        'files ending in ".docx" are not read; known'
    )
    assert unreadable("README", "x").reason.startswith("files without an ending are not read;")


def test_an_ending_in_capitals_is_known() -> None:
    assert reply("A.MD", "Hi").text == "Hi"


DEEP = {
    "json": ("a.json", "[" * 100_000, (1, 201, "not valid JSON: nested over 200 levels deep")),
    "yaml flow": ("a.yaml", "[" * 100_000, (1, 201, "nested over 200 levels deep")),
    "yaml block": ("a.yaml", "- " * 100_000, (1, 401, "nested over 200 levels deep")),
    "yaml keys": ("a.yaml", "? " * 100_000, (1, 401, "nested over 200 levels deep")),
    "yaml through aliases": (
        "a.yaml",
        "".join(f"- &a{n} {'[' * 50}{f'*a{n - 1}' if n else 1}{']' * 50}\n" for n in range(5)),
        (4, 57, "nested over 200 levels deep"),
    ),
    "front matter": (
        "a.md",
        "---\n" + "[" * 999 + "\n---\n",
        (2, 201, "nested over 200 levels deep"),
    ),
}


@pytest.mark.parametrize(("name", "content", "expected"), DEEP.values(), ids=DEEP.keys())
def test_nesting_is_bounded(name: str, content: str, expected: tuple[int, int, str]) -> None:
    assert place(unreadable(name, content)) == expected


def test_nesting_within_the_bound_is_read() -> None:
    content = '{"reply": "x", "deep": ' + "[" * 199 + "]" * 199 + "}"
    for name in ("a.json", "a.yaml"):
        assert reply(name, content).text == "x"


def test_aliases_expand_to_a_bounded_number_of_parts() -> None:
    lines = ["- &a [x, x, x, x, x, x, x, x, x]"]
    names = zip("abcdef", "bcdefg", strict=True)
    lines += [f"- &{new} [{', '.join([f'*{old}'] * 9)}]" for old, new in names]
    found = unreadable("a.yaml", "\n".join(lines))
    assert found.reason == "the aliases expand to more than 10,000 parts"


def test_a_long_text_under_many_aliases_is_decoded_once() -> None:
    content = '- &t "' + "a\\n" * 20_000 + '"\n' + "- *t\n" * 2_000
    begin = time.process_time()
    assert len(records("a.yaml", content)) == 2_001
    assert time.process_time() - begin < 5  # else some minutes


BAD_YAML = {
    "an alias inside its anchor": (
        "&a [*a]",
        (1, 5, 'the alias "*a" stands inside its own anchor'),
    ),
    "an alias without an anchor": ("- *b", (1, 3, 'the alias "*b" has no anchor before it')),
    "a control character": ("reply: a\x07", (1, 9, "the character U+0007 is not allowed in YAML")),
    "a tab": (
        "a:\n\tb: c",
        (
            2,
            1,
            "not valid YAML: found character that cannot start any token "
            "(while scanning for the next token)",
        ),
    ),
    "an object": (
        "- !!python/object:x y",
        (1, 3, 'the tag "!!python/object:x" is not allowed; leave it out'),
    ),
    "a merge key": (
        "- &b {reply: x}\n- {<<: *b, id: c}",
        (2, 4, "merge keys (<<) are not read; write the entries out"),
    ),
    "a list as a key": (
        "- {reply: x, [a]: b}",
        (1, 14, "a key must be text, not a list or a mapping"),
    ),
    "half a character": (
        'reply: "\\ud83d"',
        (
            1,
            11,
            "not valid YAML: found invalid Unicode character escape code "
            "(while parsing a quoted scalar)",
        ),
    ),
}


@pytest.mark.parametrize(("content", "expected"), BAD_YAML.values(), ids=BAD_YAML.keys())
def test_bad_yaml_is_told_at_its_place(content: str, expected: tuple[int, int, str]) -> None:
    found = [each for each in records("a.yaml", content) if isinstance(each, Unreadable)]
    assert len(found) == 1
    assert place(found[0]) == expected


def test_every_document_is_read_up_to_the_broken_one() -> None:
    content = "reply: a\n---\n- reply: b\n- reply: c\n---\nbody: bar\n---\nreply: [\n"
    *found, other, broken = records("a.yaml", content)
    assert [each.text for each in found if isinstance(each, Reply)] == ["a", "b", "c"]
    assert isinstance(other, Unreadable)
    assert other.reason.startswith("no record with `reply` found; keys found: body;")
    assert isinstance(broken, Unreadable)
    assert broken.reason.startswith("not valid YAML: did not find expected node content")


BAD_JSON = {
    "no value": ('{"reply": }', (1, 11, "a value was expected here")),
    "an unknown word": ('{"reply": NaN}', (1, 11, "a value was expected here")),
    "no quotes around a key": ('{reply: "x"}', (1, 2, "a key in double quotes was expected here")),
    "no colon": ('{"reply" "x"}', (1, 10, '":" was expected here')),
    "no comma": ('["x"\n "y"]', (2, 2, '"," or "]" was expected here')),
    "a comma too many": ('["x",]', (1, 6, 'no comma may stand before "]"')),
    "an open text": ('["x', (1, 2, "this text is never closed")),
    "a line break in a text": (
        '["x\ny"]',
        (1, 4, "a line break, tab or control character in a text"),
    ),
    "an unknown escape": ('["x\\q"]', (1, 4, "unknown escape \\q")),
    "half an escape": ('["x\\u12"]', (1, 4, "unknown escape \\u")),
    "an open end": ('["x"', (1, 5, '"," or "]" was expected here')),
    "a number with a zero": ("[01]", (1, 2, "a value was expected here")),
    "two values": ('["x"] []', (1, 7, "the end was expected here")),
}


@pytest.mark.parametrize(("content", "expected"), BAD_JSON.values(), ids=BAD_JSON.keys())
def test_bad_json_is_told_at_its_place(content: str, expected: tuple[int, int, str]) -> None:
    line, column, reason = expected
    assert place(unreadable("a.json", content)) == (line, column, f"not valid JSON: {reason}")


def test_half_a_surrogate_pair_breaks_its_record_only() -> None:
    content = '[{"reply": "a"},\n{"id": "b", "reply": "x \\ud83d y"},\n{"reply": "\\ude00"}]'
    first, broken, other = records("a.json", content)
    assert isinstance(first, Reply)
    assert isinstance(broken, Unreadable)
    assert place(broken) == (2, 25, "\\ud83d is half a character (a lone surrogate)")
    assert broken.id == "b"
    assert isinstance(other, Unreadable)


def test_a_broken_line_leaves_the_others_readable() -> None:
    content = '{"reply": "a"}\n{"reply": "b"\n\n[1]\n{"reply": "c"}'
    first, broken, other, last = records("a.jsonl", content)
    assert isinstance(first, Reply)
    assert isinstance(broken, Unreadable)
    assert place(broken) == (3, 1, 'not valid JSON: "," or "}" was expected here')
    assert isinstance(other, Unreadable)
    assert place(other) == (4, 1, "a record must be a mapping, not a list")
    assert isinstance(last, Reply)
    assert last.id == "4"  # broken records count, so that ids do not move when they are mended


BAD_CSV = {
    "too many cells": ("id,reply\n1,Hi, Ann\n", (2, 1, "the row has 3 cells, the header 2")),
    "too few cells": ("id,reply\n1\n", (2, 1, "the row has 1 cells, the header 2")),
    "text behind a quote": (
        'id,reply\n1,"Hi" Ann\n',
        (2, 7, "text behind a closing quote; double the quotes inside a cell"),
    ),
    "an open quote": (
        'id,reply\n1,"Hi\nAnn\n',
        (2, 1, "a quote is opened in this row and not closed; nothing behind it was read"),
    ),
    "a column twice": ("reply,id,id\nx,1,2\n", (1, 10, 'two columns are called "id"')),
    "no header": (
        "1,Hi Ann\n2,Hi Bob\n",
        (
            1,
            1,
            "the first row must name the columns; no record with `reply` found; keys found: 1, "
            "Hi Ann; `files:` in the configuration maps them, with `records` and `fields`",
        ),
    ),
    "only a header": ("id,reply\n\n", (None, None, "no rows below the header")),
}


@pytest.mark.parametrize(("content", "expected"), BAD_CSV.values(), ids=BAD_CSV.keys())
def test_bad_csv_is_told_at_its_place(content: str, expected: tuple[int, int, str]) -> None:
    assert place(unreadable("a.csv", content)) == expected


def test_a_broken_row_leaves_the_others_readable() -> None:
    first, broken, last = records("a.csv", 'id,reply\n1,x\n2\n3,"y\nz"\n')
    assert isinstance(first, Reply)
    assert isinstance(broken, Unreadable)
    assert isinstance(last, Reply)
    assert last.text == "y\nz"


def test_a_column_without_a_name_is_kept() -> None:
    assert reply("a.csv", ",reply\n7,x\n").fields == {"column 1": "7"}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.md", "x" * 1_000_001),
        ("a.yaml", "reply: " + "x" * 1_000_001),
        ("a.json", '{"reply": "' + "x" * 1_000_001 + '"}'),
        ("a.jsonl", '{"reply": "' + "x" * 1_000_001 + '"}'),
        ("a.csv", "reply,id\n" + "x" * 1_000_001 + ",1\n"),
    ],
)
def test_a_reply_beyond_all_measure_is_not_checked(name: str, content: str) -> None:
    assert unreadable(name, content).reason == "reply longer than 1,000,000 code points"


@pytest.mark.parametrize("key", ["comment", "author", "channel"])
def test_a_context_beyond_all_measure_is_not_checked(key: str) -> None:
    content = f'{{"reply": "Hi", "{key}": "{"x" * 1_000_001}"}}'
    reason = f"`{key}` is longer than 1,000,000 code points"
    assert unreadable("a.jsonl", content).reason == reason


@pytest.mark.parametrize("number", ["0x" + "f" * 5000, "0b" + "1" * 20_000])
def test_a_number_too_long_to_be_shown_stays_text(number: str) -> None:
    assert reply("a.yaml", f"reply: x\nn: {number}\n").fields == {"n": number}


def test_a_reply_of_a_million_code_points_is_read() -> None:
    assert len(reply("a.md", "😀" * 1_000_000).text) == 1_000_000


def test_lines_of_any_length_are_passed_over_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("w") as file:
        file.write('{"reply": "a"}\n{"reply": "')
        for _ in range(50):
            file.write("x" * 1_000_000)
        file.write('"}\r\n{"reply": "b"}\n')
    tracemalloc.start()
    first, broken, last = read(path, "a.jsonl")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(first, Reply)
    assert isinstance(broken, Unreadable)
    assert place(broken) == (2, 1, "the line is longer than 16,000,000 code points")
    assert isinstance(last, Reply)
    start = last.source.region(0, 1).start
    assert (start.line, start.column, start.offset) == (3, 12, path.stat().st_size - 4)
    assert peak < 100_000_000


@given(
    st.lists(st.text(st.sampled_from("aå😀"), max_size=12), min_size=1),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_what_follows_a_long_line_is_still_at_its_place(parts: list[str], line_break: str) -> None:
    content = line_break.join([*parts, "here", ""])
    with patch.object(source, "MAX_LINE", 8):
        found = list(source.File(Path("a.csv"), "a.csv", source.Layout(), content.encode()).lines())
    last = found[-1]
    assert isinstance(last, source.Chunk)
    assert (last.text, last.line) == ("here" + line_break, len(parts) + 1)
    assert last.offset == content.index("here")
    assert last.byte == content.encode().index(b"here")


def test_a_quote_that_is_never_closed_does_not_take_the_whole_file() -> None:
    with patch.object(csv_, "MAX_ROW", 100):
        rows = iter(['"a\n'] + ["b\n"] * 60)
        chunks = (source.Chunk("a.csv", row) for row in rows)
        (broken,) = csv_._rows(chunks, ",")
    assert isinstance(broken, source.Broken)
    assert len(list(rows)) > 0


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
def test_records_are_read_in_a_stream(name: str) -> None:
    header, row = ("reply,id\n", "x,1\n") if name == "a.csv" else ("", '{"reply": "x"}\n')
    found = read(Path(name), name, data=(header + row * 1_000).encode())
    for _ in range(500):
        assert isinstance(next(found), Reply)
    gc.collect()
    kept = [each for each in gc.get_objects() if isinstance(each, source.Chunk)]
    assert len(kept) < 100


def test_a_file_that_has_to_be_whole_is_bounded() -> None:
    with patch.object(source, "MAX_FILE", 10):
        reason = unreadable("a.json", '["xxxxxxxxxxxx"]').reason
        assert reason.startswith("the file is larger than 0 MB; split it, or use .jsonl or .csv")
        assert reply("a.csv", "reply,id\nxxxxxxxxxxx,1\n").text == "xxxxxxxxxxx"
