"""Reading made-up files, for the readers' tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from linter.model import Record, Reply, Unreadable
from linter.readers import Layout, read

TRICKY = " \t\n'\"\\:#-,;&*!|>%@`{}[]?aé😀\u0301\u00a0\x85\u2028\u2029\ufeff"
"""What parsers, folding and offsets stumble over: breaks, quotes, indicators, beyond the BMP."""
texts = st.text(st.sampled_from(TRICKY) | st.characters(exclude_categories=["Cs", "Cc"]))


def records(name: str, content: str | bytes, **layout: Any) -> list[Record]:
    data = content.encode() if isinstance(content, str) else content
    return list(read(Path(name), name, Layout(**layout), data))


def replies(name: str, content: str | bytes, **layout: Any) -> list[Reply]:
    """All records of a file, none of which may be unreadable."""
    found = records(name, content, **layout)
    assert not [record for record in found if isinstance(record, Unreadable)]
    return [record for record in found if isinstance(record, Reply)]


def reply(name: str, content: str | bytes, **layout: Any) -> Reply:
    (found,) = replies(name, content, **layout)
    return found


def unreadable(name: str, content: str | bytes, **layout: Any) -> Unreadable:
    """The one record of a file, which may not be a reply."""
    (found,) = records(name, content, **layout)
    assert isinstance(found, Unreadable)
    return found


def place(found: Unreadable) -> tuple[int | None, int | None, str]:
    return found.line, found.column, found.reason


def slice_of(found: Reply, content: str, start: int, end: int) -> str:
    """What stands in the file where `text[start:end]` is said to stand.

    The place is taken both by offset and by line and column, which have to agree.
    """
    content = content.removeprefix("\ufeff")
    lines = content.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    region = found.source.region(start, end)
    for position in (region.start, region.end):
        before = content[: position.offset]
        last = max(before.rfind("\n"), before.rfind("\r"))
        assert position.column == position.offset - last
        assert position.line == before.count("\n") + before.count("\r") - before.count("\r\n") + 1
        line = found.source.line_text(position.line)
        assert line == lines[position.line - 1]
        assert len(line) >= position.column - 1
    return content[region.start.offset : region.end.offset]
