"""Offset maps: which stretch of a source each code point of a derived text came from.

Readers make one from a file to a reply's text, the normaliser one from a reply's text to what is
tokenised. Offsets are carried along these maps and never searched again.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Maps offsets of a derived text to offsets of its source.

    The derived text is a row of pieces. Piece `i` begins at `derived[i]`; it came from the source
    from `source[i]` on, where it covers `lengths[i]` code points. A piece as long in the derived
    text as in the source maps one to one; any other (an escape, a fold, a composed letter) is
    indivisible: all of it maps to all of its source.
    """

    derived: tuple[int, ...]
    source: tuple[int, ...]
    lengths: tuple[int, ...]
    size: int

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The source's half-open stretch for `derived_text[start:end]`; an empty one is a point.

        Raises IndexError where the stretch is not inside the derived text.
        """
        if not 0 <= start <= end <= self.size:
            raise IndexError(f"[{start}:{end}] is not inside a text of {self.size} code points")
        first = self._start(start)
        if start == end:
            return first, first
        return first, self._end(end)

    def shifted(self, by: int) -> OffsetMap:
        """The same map for a source that begins `by` code points further on in a longer one."""
        return OffsetMap(
            self.derived, tuple(at + by for at in self.source), self.lengths, self.size
        )

    def _piece(self, offset: int) -> int:
        return bisect_right(self.derived, offset) - 1

    def _derived_length(self, piece: int) -> int:
        after = self.derived[piece + 1] if piece + 1 < len(self.derived) else self.size
        return after - self.derived[piece]

    def _start(self, offset: int) -> int:
        piece = self._piece(offset)
        if piece < 0:
            return 0
        inside = offset - self.derived[piece]
        if self._derived_length(piece) == self.lengths[piece]:
            return self.source[piece] + inside
        if offset == self.size:
            return self.source[piece] + self.lengths[piece]
        return self.source[piece]

    def _end(self, offset: int) -> int:
        piece = self._piece(offset - 1)
        inside = offset - self.derived[piece]
        if self._derived_length(piece) == self.lengths[piece]:
            return self.source[piece] + inside
        return self.source[piece] + self.lengths[piece]


class MapBuilder:
    """Collects the pieces of a derived text, in order, and joins neighbours that run on."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._derived: list[int] = []
        self._source: list[int] = []
        self._lengths: list[int] = []
        self._one_to_one = False
        self._size = 0

    def add(self, text: str, source: int, length: int | None = None) -> None:
        """Append `text`, which came from `length` code points (default: as many) at `source`."""
        if not text:
            return
        covered = len(text) if length is None else length
        one_to_one = covered == len(text)
        runs_on = one_to_one and self._one_to_one and self._source[-1] + self._lengths[-1] == source
        if runs_on:
            self._lengths[-1] += covered
        else:
            self._derived.append(self._size)
            self._source.append(source)
            self._lengths.append(covered)
        self._one_to_one = one_to_one
        self._text.append(text)
        self._size += len(text)

    def text(self) -> str:
        return "".join(self._text)

    def map(self) -> OffsetMap:
        return OffsetMap(
            tuple(self._derived), tuple(self._source), tuple(self._lengths), self._size
        )


def identity(size: int, at: int = 0) -> OffsetMap:
    """The map of a text that stands in its source as it is, from `at` on."""
    return OffsetMap((0,), (at,), (size,), size) if size else OffsetMap((), (), (), 0)
