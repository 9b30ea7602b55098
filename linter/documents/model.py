"""A document, its parts and its problems. Lines and columns count code points, from 1."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

MAX_BYTES = 5_000_000
MAX_DEPTH = 64
MAX_DIGITS = 300
"""Characters of a number: Python refuses to show one of some thousand digits."""
TOO_DEEP = f"nested over {MAX_DEPTH} levels deep"

Pointer = tuple[str | int, ...]
Place = tuple[int, int]

_SIMILAR = 0.6
_ABBREVIATION = 3
_LINE_BREAK = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something wrong at a place of a file that a user wrote."""

    path: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.message}"


class InvalidFile(Exception):  # noqa: N818 - a verdict on a file, not a fault of the program
    """One or more files cannot be used; `problems` says where and why, in order, each once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(slots=True)
class Node:
    """One part of a document.

    `written` is a scalar's text as it stands in the file where YAML read it as something else than
    text. `size` counts the nodes that it stands for when its aliases are expanded, `height` its
    levels.
    """

    value: Any
    line: int
    column: int
    children: dict[str, Node] | list[Node] | None = None
    keys: dict[str, Place] = field(default_factory=dict)
    written: str | None = None
    size: int = 1
    height: int = 1

    def child(self, step: str | int) -> Node | None:
        if isinstance(self.children, dict) and isinstance(step, str):
            return self.children.get(step)
        if isinstance(self.children, list) and isinstance(step, int):
            return self.children[step] if 0 <= step < len(self.children) else None
        return None

    def at(self, pointer: Pointer) -> Node | None:
        """The part at `pointer`, or None where there is none."""
        node: Node | None = self
        for step in pointer:
            node = node.child(step) if node else None
        return node

    def close(self) -> None:
        """Measure a collection whose children are complete."""
        inner = self.children.values() if isinstance(self.children, dict) else self.children or ()
        self.size = 1 + sum(child.size for child in inner)
        self.height = 1 + max((child.height for child in inner), default=0)


@dataclass(frozen=True, slots=True)
class Document:
    """A file's data (dict, list, str, int, float, bool, None; dates stay text) and their places."""

    path: str
    data: Any
    root: Node = field(repr=False, compare=False)

    def place(self, pointer: Pointer = (), key: bool = False) -> Place:
        """Line and column of the value at `pointer`, or of its key. Where the document has no such
        part: of the nearest part around it."""
        node = self.root
        for depth, step in enumerate(pointer):
            found = node.child(step)
            if found is None:
                break
            if key and depth == len(pointer) - 1 and isinstance(step, str):
                return node.keys[step]
            node = found
        return node.line, node.column

    def node(self, pointer: Pointer) -> Node | None:
        """The part at `pointer`, or None where there is none."""
        return self.root.at(pointer)

    def problem(self, pointer: Pointer, message: str, key: bool = False) -> Problem:
        return Problem(self.path, *self.place(pointer, key), message)


class Lines:
    """The places of a text's offsets. Lines end as in editors: CR LF, LF or CR."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(found.end() for found in _LINE_BREAK.finditer(text))]

    def place(self, offset: int) -> Place:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def relative(path: Path) -> str:
    """A path as messages show it: from the current folder, if it is inside."""
    here = Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()


def read_text(path: Path, name: str) -> str:
    """A file's text without a leading BOM. Raises InvalidFile: unreadable, over 5 MB, not UTF-8."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InvalidFile([Problem(name, 1, 1, f"cannot be read: {reason}")]) from error
    if len(content) > MAX_BYTES:
        raise InvalidFile([Problem(name, 1, 1, f"larger than {MAX_BYTES // 1_000_000} MB")])
    try:
        return content.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode().removeprefix("\ufeff")
        place = Lines(before).place(len(before))
        raise InvalidFile([Problem(name, *place, "not UTF-8")]) from error


def closest(word: str, choices: Iterable[str]) -> str | None:
    """The choice that `word` is most likely a misspelling or an abbreviation of."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    listed = sorted(choices)
    found = process.extractOne(
        word, listed, scorer=OSA.normalized_similarity, score_cutoff=_SIMILAR
    )
    if found:
        return found[0]
    longer = (choice for choice in listed if choice.startswith(word))
    return next(longer, None) if len(word) >= _ABBREVIATION else None


def suggest(word: str, choices: Iterable[str]) -> str:
    """`; did you mean "…"?` with the closest choice, or "" where none is close."""
    found = closest(word, choices)
    return f'; did you mean "{found}"?' if found else ""


def quoted(value: Any) -> str:
    """A value as a message shows it, shortened."""
    if isinstance(value, str):
        return f'"{shortened(value)}"'
    if isinstance(value, bool):
        return str(value).lower()
    return "nothing" if value is None else shortened(str(value))


def shortened(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


def misread(written: str, value: object) -> str:
    """What to say of a plain scalar that YAML read as something else than text."""
    read = quoted(value) if isinstance(value, bool) else f"the number {value}"
    return f'{written} was read as {read}; quote it: "{written}"'
