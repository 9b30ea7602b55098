"""Line and column of an offset, and back, for texts of any size: one mark for every few thousand
code points, and the rest counted from there."""

from __future__ import annotations

import re
from bisect import bisect_right

BREAK = re.compile(r"\r\n|\r|\n")
_BLOCK = 8192


class Lines:
    """The lines of a text, counted from 0. A line break is LF, CR or both."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = [0]
        self._starts = [0]
        self._latest = (-1, "")
        for begin in range(0, len(text) - _BLOCK, _BLOCK):
            line, start = self._within(begin, begin + _BLOCK)
            self._lines.append(line)
            self._starts.append(start)

    def place(self, offset: int) -> tuple[int, int]:
        """The line of an offset, and where that line starts."""
        if self._text.startswith("\r\n", offset - 1):
            offset -= 1  # a break belongs to the line that it ends
        return self._within(min(offset // _BLOCK, len(self._lines) - 1) * _BLOCK, offset)

    def line(self, number: int) -> str:
        """The line with that number, without its break; "" behind the last."""
        if number != self._latest[0]:
            # A file may be one line of some megabytes that is asked for again and again.
            self._latest = (number, self._cut(number))
        return self._latest[1]

    def _cut(self, number: int) -> str:
        text = self._text
        mark = max(0, bisect_right(self._lines, number - 1) - 1)
        line = self._lines[mark]
        start = self._starts[mark]
        while line < number:
            found = BREAK.search(text, start)
            if found is None:
                return ""
            start = found.end()
            line += 1
        end = BREAK.search(text, start)
        return text[start : end.start() if end else len(text)]

    def _within(self, begin: int, offset: int) -> tuple[int, int]:
        """The place of an offset in the block that begins there."""
        text = self._text
        mark = begin // _BLOCK
        feeds = text.count("\n", begin, offset)
        returns = text.count("\r", begin, offset)
        # A pair counts where its line feed is, so that none is counted in two blocks.
        pairs = text.count("\r\n", begin, offset + 1) if returns else 0
        breaks = feeds + returns - pairs
        if not breaks:
            return self._lines[mark], self._starts[mark]
        last = offset - 1 if text.startswith("\r\n", offset - 1) else offset
        start = max(text.rfind("\n", begin, last), text.rfind("\r", begin, last)) + 1
        return self._lines[mark] + breaks, start
