"""CSV and TSV: the first row names the columns; rows are read in a stream."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from itertools import chain

from linter.model import Record
from linter.offsets import MapBuilder, OffsetMap
from linter.readers.nodes import Node, Tree
from linter.readers.records import Library
from linter.readers.source import Broken, Chunk, File

MAX_ROW = 4_000_000
"""Code points of a row of several lines."""
_QUOTED = re.compile(r'"[^"]*+(?:""[^"]*+)*"(?!")')
_TO_QUOTE = re.compile(r'[^"]*+(?:""[^"]*+)*')
_TO_END = {delimiter: re.compile(rf"[^{delimiter}\r\n]*+") for delimiter in ",;\t"}


def read(file: File) -> Iterator[Record]:
    """The replies of a CSV or TSV file, one for each row below the header."""
    library = Library(file, place)
    lines = file.lines()
    first = next((line for line in lines if isinstance(line, Broken) or line.text.strip()), None)
    if first is None:
        raise Broken("the file is empty")
    if isinstance(first, Broken):
        raise first
    delimiter = _delimiter(file, first.check())
    rows = _rows(chain([first], lines), delimiter)
    header = _header(next(rows), delimiter, library)
    empty = True
    for row in rows:
        empty = False
        try:
            tree = _record(row, header, delimiter)
        except Broken as broken:
            yield library.unread(broken)
        else:
            yield from library.record(tree)
    if empty:
        raise Broken("no rows below the header")


def place(chunk: Chunk, node: Node) -> OffsetMap:
    """The map from a cell's text to its chunk."""
    builder = MapBuilder()
    if node.style is None:
        builder.add(node.text, node.start)
        return builder.map()
    at = node.start + 1
    for part in re.finditer(r'[^"]++|""', chunk.text[at : node.end - 1]):
        text = '"' if part[0] == '""' else part[0]
        builder.add(text, at + part.start(), len(part[0]))
    return builder.map()


def _delimiter(file: File, first: Chunk) -> str:
    """A tab in .tsv; else the one of comma, semicolon and tab that parts a reply's column off."""
    if file.path.suffix.lower() == ".tsv":
        return "\t"
    wanted = set(file.layout.paths("reply"))
    for delimiter in _TO_END:
        names = {name.strip().strip('"') for name in first.text.split(delimiter)}
        if names & wanted:
            return delimiter
    return max(_TO_END, key=first.text.count)


def _rows(lines: Iterable[Chunk | Broken], delimiter: str) -> Iterator[Chunk | Broken]:
    """The rows, not yet checked: a line, or several where line breaks stand in quotes."""
    first: Chunk | None = None
    more = io.StringIO()
    for line in lines:
        if isinstance(line, Broken):
            yield line
            first, more = None, io.StringIO()
        elif first is None and line.text.strip(" \r\n"):
            if _ends_in_quotes(line.text, delimiter, in_quotes=False):
                first = line
            else:
                yield line
        elif first is not None:
            more.write(line.text)
            if not _ends_in_quotes(line.text, delimiter, in_quotes=True):
                text = first.text + more.getvalue()
                yield Chunk(first.path, text, first.line, first.offset, first.byte)
                first, more = None, io.StringIO()
            elif more.tell() > MAX_ROW:
                break
    if first is not None:
        yield first.broken(
            "a quote is opened in this row and not closed; nothing behind it was read"
        )


def _ends_in_quotes(line: str, delimiter: str, in_quotes: bool) -> bool:
    """Whether a quote is open at the end of a line at whose start one is open, or none."""
    at = 0
    while True:
        if in_quotes or line.startswith('"', at):
            at = _end(_TO_QUOTE, line, at if in_quotes else at + 1)
            if at == len(line):
                return True
            in_quotes = False
        at = _end(_TO_END[delimiter], line, at)
        if line[at : at + 1] != delimiter:
            return False
        at += 1


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def _header(row: Chunk | Broken, delimiter: str, library: Library) -> list[str]:
    """The columns' names; one without a name is called after its number."""
    if isinstance(row, Broken):
        raise row
    cells = _cells(row.check(), delimiter)
    names = [cell.text.strip() or f"column {number}" for number, cell in enumerate(cells, 1)]
    for number, name in enumerate(names):
        if name in names[:number]:
            raise row.broken(f'two columns are called "{name[:40]}"', cells[number].start)
    record = Node(dict(zip(names, cells, strict=True)), 0, len(row.text))
    library.expect_reply(Tree(row, record), "the first row must name the columns")
    return names


def _record(row: Chunk | Broken, header: list[str], delimiter: str) -> Tree:
    if isinstance(row, Broken):
        raise row
    cells = _cells(row.check(), delimiter)
    if len(cells) != len(header):
        raise row.broken(f"the row has {len(cells)} cells, the header {len(header)}")
    return Tree(row, Node(dict(zip(header, cells, strict=True)), 0, len(row.text)))


def _cells(row: Chunk, delimiter: str) -> list[Node]:
    text = row.text
    cells: list[Node] = []
    at = 0
    while True:
        quoted = _QUOTED.match(text, at)
        if quoted:
            end = quoted.end()
            value = quoted[0][1:-1].replace('""', '"')
        else:
            end = _end(_TO_END[delimiter], text, at)
            value = text[at:end]
        if text[end : end + 1] not in (delimiter, "\r", "\n", ""):
            raise row.broken("text behind a closing quote; double the quotes inside a cell", end)
        cells.append(Node(value, at, end, value, '"' if quoted else None))
        if text[end : end + 1] != delimiter:
            return cells
        at = end + 1
