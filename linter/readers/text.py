"""Plain text: the file is one reply, and its name the id."""

from __future__ import annotations

import re
from collections.abc import Iterator

from linter.model import Record
from linter.offsets import MapBuilder, OffsetMap
from linter.readers.lines import BREAK
from linter.readers.nodes import Node, Tree
from linter.readers.records import Library
from linter.readers.source import Chunk, File

# A possessive group, "(?:…)*+", loses its place in Python 3.11.0 to 3.11.4: only classes are.
_MARGIN = re.compile(r"(?:[^\S\r\n]*+[\r\n]++)*")


def read(file: File) -> Iterator[Record]:
    """The one reply of a text file, without blank lines around it."""
    chunk = file.whole()
    body = passage(chunk, 0, len(chunk.text))
    return Library(file, place, "plain").file_record(Tree(chunk, body))


def passage(chunk: Chunk, start: int, end: int) -> Node:
    """The text from `start` to `end`, without blank lines around it, its line breaks as "\\n"."""
    text = chunk.text[start:end]
    if not text.strip():
        return Node("", start, start)
    first = start + margin(text)
    last = start + len(text.rstrip())
    value = BREAK.sub("\n", chunk.text[first:last])
    return Node(value, first, last, value)


def margin(text: str) -> int:
    """How many code points the blank lines take up with which a text begins."""
    blank = _MARGIN.match(text)
    return blank.end() if blank else 0


def place(chunk: Chunk, node: Node) -> OffsetMap:
    """The map of a text as it stands, whose line breaks alone may be longer in the file."""
    builder = MapBuilder()
    add_lines(builder, chunk.text, node.start, node.end)
    return builder.map()


def add_lines(builder: MapBuilder, text: str, start: int, end: int) -> None:
    """Append `text[start:end]` with "\\n" for each line break."""
    if text.find("\r", start, end) < 0:
        builder.add(text[start:end], start)
        return
    at = start
    for match in BREAK.finditer(text, start, end):
        builder.add(text[at : match.start()], at)
        builder.add("\n", match.start(), len(match[0]))
        at = match.end()
    builder.add(text[at:end], at)
