"""A source line for people, with the offending stretch underlined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from linter.reporters import safe

# Columns of a terminal: of the whole line, of what stands before the stretch when the line is too
# long to show, and of the stretch itself.
WIDTH = 100
BEFORE = 30
STRETCH = 60
# Code points looked at on each side: a line of 50 MB costs no more than a short one.
REACH = 200
_TAB = "    "
_CUT = "…"


@dataclass(frozen=True, slots=True)
class _Cell:
    """What one user-perceived character shows, and its columns in a terminal."""

    text: str
    width: int


def marked(line: str, start: int, end: int) -> tuple[str, str]:
    """The line and what to print under it, for the stretch `line[start:end]`.

    An empty stretch is marked at the character that it stands before. A long line is cut on both
    sides, and a long stretch at its end, with "…".
    """
    before, stretch, after = _split(line, start, max(end, start + 1))
    middle = _head(stretch, STRETCH)
    is_cut = len(middle) < len(stretch)
    if is_cut:
        middle, after = [*middle, _Cell(_CUT, 1)], []
    room = WIDTH - _width(middle)
    left = _head(reversed(before), max(BEFORE, room - _width(after)))[::-1]
    right = _head(after, room - _width(left))
    if _is_longer(before, left):
        left = [_Cell(_CUT, 1), *left]
    if _is_longer(after, right):
        right = [*right, _Cell(_CUT, 1)]
    shown = "".join(each.text for each in [*left, *middle, *right])
    return shown, " " * _width(left) + "^" * max(1, _width(middle))


def _split(line: str, start: int, end: int) -> tuple[list[_Cell], list[_Cell], list[_Cell]]:
    first = max(0, start - REACH)
    window = line[first : min(end, start + REACH) + REACH]
    before: list[_Cell] = []
    stretch: list[_Cell] = []
    after: list[_Cell] = []
    for at, cell in _cells(window, first):
        if at[1] <= start:
            before.append(cell)
        elif at[0] < end:
            stretch.append(cell)
        else:
            after.append(cell)
    return before, stretch, after


def _cells(window: str, first: int) -> Iterator[tuple[tuple[int, int], _Cell]]:
    """The cells of `window`, which begins at `first` in its line, with their stretches there."""
    import wcwidth

    commands = {found.end() - 1 + first for found in safe.COMMAND.finditer(window)}
    at = first
    for cluster in wcwidth.iter_graphemes(window):
        end = at + len(cluster)
        yield (at, end), _bracket(cluster) if at in commands else _cell(cluster)
        at = end


@lru_cache(maxsize=4096)
def _cell(cluster: str) -> _Cell:
    import wcwidth

    text = _TAB if cluster == "\t" else safe.visible(cluster)
    return _Cell(text, max(0, wcwidth.wcswidth(text)))


def _bracket(cluster: str) -> _Cell:
    """The bracket that would make what stands before it a command of a CI runner, escaped."""
    text = safe.escape(cluster[0])
    return _Cell(text + cluster[1:], len(text))


def _head(cells: Iterable[_Cell], columns: int) -> list[_Cell]:
    """As many of the first cells as fit into `columns`."""
    head: list[_Cell] = []
    for cell in cells:
        columns -= cell.width
        if columns < 0:
            break
        head.append(cell)
    return head


def _is_longer(whole: list[_Cell], part: list[_Cell]) -> bool:
    return len(whole) > len(part)


def _width(cells: list[_Cell]) -> int:
    return sum(cell.width for cell in cells)
