"""JSON Lines: one record a line, read in a stream; a broken line is counted and reading goes on."""

from __future__ import annotations

from collections.abc import Iterator

from linter.model import Record
from linter.readers import json_
from linter.readers.records import Library
from linter.readers.source import Broken, File


def read(file: File) -> Iterator[Record]:
    """The replies of a file with a JSON value on each line; blank lines are skipped."""
    library = Library(file, json_.place)
    empty = True
    for line in file.lines():
        if isinstance(line, Broken):
            empty = False
            yield library.unread(line)
            continue
        if not line.text.strip():
            continue
        empty = False
        try:
            tree = json_.parse(line.check())
        except Broken as broken:
            yield library.unread(broken)
            continue
        yield from library.line(tree)
    if empty:
        raise Broken("the file is empty")
