"""Files as decoded text: opening, decoding, lines, and the place of each code point."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, cast

from linter.model import Position, Region, Unreadable
from linter.offsets import OffsetMap
from linter.readers.layout import Layout, name_and_language
from linter.readers.lines import Lines

MAX_FILE = 100_000_000
"""Bytes of a file that has to be read as a whole."""
MAX_LINE = 16_000_000
"""Code points of a line in a file that is read in a stream."""
_UNDECODED = re.compile(r"[\udc80-\udcff\0]")
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")


class Broken(Exception):  # noqa: N818 (a state of the file, not an error of the program)
    """A file or record cannot be read, for that reason, at that place where there is one."""

    def __init__(self, reason: str, position: Position | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.position = position

    def unreadable(self, path: str, record: str | None = None) -> Unreadable:
        line, column = (at.line, at.column) if (at := self.position) else (None, None)
        return Unreadable(path, self.reason, line, column, record)


class Chunk:
    """A decoded stretch of a file: all of it, or the lines of one record.

    `line`, `offset` (code points) and `byte` say where in the file it begins.
    """

    def __init__(self, path: str, text: str, line: int = 1, offset: int = 0, byte: int = 0) -> None:
        self.path = path
        self.text = text
        self.line = line
        self.offset = offset
        self.byte = byte

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.text)

    def position(self, offset: int) -> Position:
        """The place in the file of that offset of this chunk."""
        line, start = self._lines.place(offset)
        return Position(self.line + line, offset - start + 1, self.offset + offset)

    def line_text(self, line: int) -> str:
        """The file's line with that number, without its break; it must be of this chunk."""
        return self._lines.line(line - self.line)

    def broken(self, reason: str, offset: int = 0) -> Broken:
        return Broken(reason, self.position(offset))

    def check(self) -> Chunk:
        """This chunk; raises Broken where a byte of it is not text in UTF-8."""
        if self.text.isascii() and "\0" not in self.text:
            return self
        bad = _UNDECODED.search(self.text)
        if bad is None:
            return self
        at = self.byte + _bytes(self.text[: bad.start()])
        if bad[0] == "\0":
            raise self.broken(f"not a text: NUL at byte offset {at}", bad.start())
        value = f"0x{ord(bad[0]) - 0xDC00:02X}"
        reason = f"not UTF-8: byte {value} at byte offset {at}; save the file as UTF-8"
        raise self.broken(reason, bad.start())


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a reply's text stands in its file (a `linter.model.Source`)."""

    chunk: Chunk
    map: OffsetMap

    @property
    def path(self) -> str:
        return self.chunk.path

    def region(self, start: int, end: int) -> Region:
        first, last = self.map.span(start, end)
        return Region(self.chunk.position(first), self.chunk.position(last))

    def line_text(self, line: int) -> str:
        return self.chunk.line_text(line)


@dataclass(frozen=True, slots=True)
class File:
    """A file to read; `shown` is its path in messages, `data` its content if not on disk."""

    path: Path
    shown: str
    layout: Layout
    data: bytes | None = None

    def name_and_language(self) -> tuple[str, str | None]:
        return name_and_language(self.path)

    def whole(self) -> Chunk:
        """All of the file. Raises Broken if it is empty, too large or not UTF-8; OSError."""
        stream, skipped = self._open()
        with stream:
            data = stream.read(MAX_FILE + 1)
        if len(data) > MAX_FILE:
            raise Broken(
                f"the file is larger than {MAX_FILE // 1_000_000} MB; "
                "split it, or use .jsonl or .csv, which are read in a stream"
            )
        if not data.strip():
            raise Broken("the file is empty")
        return Chunk(self.shown, data.decode("utf-8", "surrogateescape"), byte=skipped).check()

    def lines(self) -> Iterator[Chunk | Broken]:
        """The file's lines with their breaks, not yet checked; Broken for each that is too long."""
        stream, byte = self._open()
        with io.TextIOWrapper(
            stream, encoding="utf-8", errors="surrogateescape", newline=""
        ) as text:
            number, offset = 1, 0
            is_long = False
            for piece, ends in _pieces(text):
                if not is_long:
                    chunk = Chunk(self.shown, piece, number, offset, byte)
                    is_long = not ends and len(piece) >= MAX_LINE
                    yield chunk.broken(_TOO_LONG) if is_long else chunk
                is_long = is_long and not ends
                offset, byte = offset + len(piece), byte + _bytes(piece)
                number += ends

    def _open(self) -> tuple[BinaryIO, int]:
        """The file behind its byte order mark, and the length of that in bytes."""
        raw = self.path.open("rb") if self.data is None else io.BytesIO(self.data)
        stream = io.BufferedReader(cast("io.RawIOBase", raw))
        head = stream.peek(4096)[:4096]
        if head.startswith(_WIDE):
            stream.close()
            raise Broken("the file is in UTF-16 or UTF-32; save it as UTF-8")
        if b"\0" in head:
            stream.close()
            raise Broken(f"a binary file, or not UTF-8: NUL at byte offset {head.index(0)}")
        mark = len(stream.read(3)) if head.startswith(b"\xef\xbb\xbf") else 0
        return stream, mark


_TOO_LONG = f"the line is longer than {MAX_LINE:,} code points"


def _pieces(text: io.TextIOWrapper) -> Iterator[tuple[str, bool]]:
    """The lines of a stream, long ones in pieces; and whether a piece ends its line."""
    held = ""
    while piece := held if held == "\r" else held + text.readline(MAX_LINE):
        held = ""
        if piece.endswith("\r") and (len(piece) >= MAX_LINE or piece == "\r"):
            # The limit may have fallen between a CR and its LF.
            held = text.readline(1)
            if held == "\n":
                piece, held = piece + held, ""
        yield piece, piece.endswith(("\n", "\r"))


def _bytes(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogateescape"))
