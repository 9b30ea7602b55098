"""What the parsers of all formats make of a file: nodes with their places; and paths to them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from linter.offsets import OffsetMap
from linter.readers.source import Chunk

MAX_DEPTH = 200
"""Levels that lists and mappings may be nested."""

Scalar = str | int | float | bool | None


@dataclass(slots=True)
class Node:
    """A part of a record, from `start` to `end` in its chunk.

    `text` is a scalar as it is written, with its escapes resolved; `style` is the format's own.
    `map` leads from the text to the chunk, once it is known: aliases share a node, and its map.
    """

    value: Scalar | list[Node] | dict[str, Node]
    start: int
    end: int
    text: str = ""
    style: str | None = None
    map: OffsetMap | None = None

    @property
    def kind(self) -> str:
        """What it is, in a message."""
        match self.value:
            case None:
                return "null"
            case bool():
                return "true or false"
            case int() | float():
                return "a number"
            case str():
                return "text"
            case list():
                return "a list"
            case _:
                return "a mapping"

    @property
    def keys(self) -> str:
        """A mapping's keys, in a message."""
        if not isinstance(self.value, dict):
            return f"none, it is {self.kind}"
        shown = [key[:40] for key in list(self.value)[:8]]
        return ", ".join(shown) + (", …" if len(self.value) > 8 else "") if shown else "none"


class Problem(NamedTuple):
    """Something wrong at a place of a tree that can be read otherwise (a key that stands twice)."""

    offset: int
    reason: str


class Tree(NamedTuple):
    """What a format's parser makes of a chunk; problems in order."""

    chunk: Chunk
    root: Node
    problems: tuple[Problem, ...] = ()

    def problems_in(self, node: Node) -> range:
        """The numbers of the problems that stand inside a node."""
        first, last = (bisect_left(self.problems, Problem(at, "")) for at in (node.start, node.end))
        return range(first, last)


def walk(node: Node, path: str) -> Iterator[tuple[str | None, Node]]:
    """Every node at a dotted path, with the last key of a mapping for which a `*` stood."""
    if not path:
        yield None, node
        return
    head, _, rest = path.partition(".")
    if head == "*":
        for key, item in entries(node):
            for inner, found in walk(item, rest):
                yield inner or key, found
    elif isinstance(node.value, dict):
        if path in node.value:
            yield None, node.value[path]
        elif head in node.value:
            yield from walk(node.value[head], rest)


def entries(node: Node) -> Iterable[tuple[str | None, Node]]:
    """The keys and values of a mapping; the items of a list, without a key."""
    if isinstance(node.value, dict):
        return node.value.items()
    return [(None, item) for item in node.value] if isinstance(node.value, list) else []


def flat(node: Node, above: str = "") -> Iterator[tuple[str, Scalar]]:
    """Dotted path and value of every scalar that is not in a list, nor null or empty."""
    if not isinstance(node.value, dict):
        return
    for key, item in node.value.items():
        if isinstance(item.value, dict):
            yield from flat(item, f"{above}{key}.")
        elif not isinstance(item.value, list) and item.value not in (None, ""):
            yield above + key, item.value
