"""YAML: read event by event into nodes with positions; every document of a file is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from linter.documents.model import MAX_DIGITS
from linter.model import Record
from linter.offsets import OffsetMap
from linter.readers.nodes import MAX_DEPTH, Node, Problem, Scalar, Tree
from linter.readers.records import Library
from linter.readers.source import Broken, Chunk, File
from linter.readers.yaml_scalars import offset_map

MAX_ALIASED = 10_000
"""How many nodes all the aliases of a document may stand for."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_YAML = "tag:yaml.org,2002:"
_NOT_TEXT = {f"{_YAML}{kind}": kind for kind in ("null", "bool", "int", "float")}
_MISREAD = re.compile(r"[-+]?0[0-9_]+|[^:]*+:.*")
_FORBIDDEN = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def read(file: File) -> Iterator[Record]:
    """The replies of all documents of a YAML file."""
    library = Library(file, place)
    empty = True
    for tree in documents(file.whole()):
        if tree.root.value is None:
            continue
        empty = False
        try:
            yield from library.replies(tree)
        except Broken as broken:
            yield library.unread(broken)
    if empty:
        raise Broken("the file is empty")


def documents(chunk: Chunk, start: int = 0, end: int | None = None) -> Iterator[Tree]:
    """The documents that stand from `start` to `end`. Raises Broken where they are not YAML."""
    text = chunk.text[start:end]
    found = _FORBIDDEN.search(text)
    if found:
        name = f"U+{ord(found[0]):04X}"
        raise chunk.broken(f"the character {name} is not allowed in YAML", start + found.start())
    composer = _Composer(chunk, start)
    loader = _LOADER(text)
    try:
        while (event := loader.get_event()) is not None:
            if isinstance(event, yaml.DocumentStartEvent):
                composer = _Composer(chunk, start)
            elif isinstance(event, yaml.DocumentEndEvent):
                yield composer.tree()
            else:
                composer.take(event)
    except yaml.MarkedYAMLError as error:
        mark: Any = error.problem_mark or error.context_mark
        context = f" ({error.context})" if error.problem and error.context else ""
        reason = f"not valid YAML: {error.problem or error.context}{context}"
        raise chunk.broken(reason, start + min(mark.index, len(text))) from None
    finally:
        loader.dispose()


def place(chunk: Chunk, node: Node) -> OffsetMap | None:
    """The map from a scalar's value to its chunk; None where it cannot be told."""
    return offset_map(chunk.text, node.start, node.end, node.style, node.text)


@dataclass(slots=True)
class _Open:
    """A collection whose end has not come yet, with the key that waits for its value.

    `size` counts the nodes that it stands for, with its aliases expanded; `height` its levels.
    """

    node: Node
    anchor: str | None
    key: Node | None = None
    size: int = 1
    height: int = 1


class _Composer:
    """Makes one document's nodes of the parser's events; aliases share the node of their anchor."""

    def __init__(self, chunk: Chunk, base: int) -> None:
        self._chunk = chunk
        self._base = base
        self._open: list[_Open] = []
        self._anchors: dict[str, _Open | None] = {}
        self._aliased = 0
        self._root = Node(None, base, base)
        self._problems: list[Problem] = []

    def tree(self) -> Tree:
        return Tree(self._chunk, self._root, tuple(sorted(self._problems)))

    def take(self, event: Any) -> None:
        start = self._base + event.start_mark.index
        end = self._base + event.end_mark.index
        if isinstance(event, yaml.ScalarEvent):
            node = self._scalar(event, start, end)
            self._finish(_Open(node, event.anchor), start)
        elif isinstance(event, yaml.AliasEvent):
            self._add(self._alias(str(event.anchor), start), start)
        elif isinstance(event, yaml.CollectionStartEvent):
            is_mapping = isinstance(event, yaml.MappingStartEvent)
            self._check_tag(event.tag, ("map",) if is_mapping else ("seq",), start)
            self._open.append(_Open(Node({} if is_mapping else [], start, end), event.anchor))
            self._check_depth(0, start)
            if event.anchor:
                self._anchors[event.anchor] = None
        elif isinstance(event, yaml.CollectionEndEvent):
            closed = self._open.pop()
            closed.node.end = end
            self._finish(closed, closed.node.start)

    def _finish(self, part: _Open, start: int) -> None:
        if part.anchor:
            self._anchors[part.anchor] = part
        self._add(part, start)

    def _alias(self, anchor: str, start: int) -> _Open:
        part = self._anchors.get(anchor)
        if part is None:
            known = anchor in self._anchors
            reason = "stands inside its own anchor" if known else "has no anchor before it"
            raise self._chunk.broken(f'the alias "*{anchor}" {reason}', start)
        self._aliased += part.size
        if self._aliased > MAX_ALIASED:
            reason = f"the aliases expand to more than {MAX_ALIASED:,} parts"
            raise self._chunk.broken(reason, start)
        self._check_depth(part.height, start)
        return part

    def _check_depth(self, more: int, start: int) -> None:
        if len(self._open) + more > MAX_DEPTH:
            raise self._chunk.broken(f"nested over {MAX_DEPTH} levels deep", start)

    def _check_tag(self, tag: str | None, allowed: tuple[str, ...], start: int) -> None:
        if tag not in (None, "!", *(_YAML + name for name in allowed)):
            shown = (tag or "").replace(_YAML, "!!")
            self._problems.append(Problem(start, f'the tag "{shown}" is not allowed; leave it out'))

    def _add(self, part: _Open, start: int) -> None:
        if not self._open:
            self._root = part.node
            return
        parent = self._open[-1]
        parent.size += part.size
        parent.height = max(parent.height, part.height + 1)
        if isinstance(parent.node.value, list):
            parent.node.value.append(part.node)
        elif parent.key is None:
            parent.key = Node(part.node.value, start, start, part.node.text)
        elif isinstance(parent.node.value, dict):
            self._add_entry(parent.node.value, parent.key, part.node)
            parent.key = None

    def _add_entry(self, entries: dict[str, Node], key: Node, node: Node) -> None:
        reason = None
        if isinstance(key.value, list | dict):
            reason = "a key must be text, not a list or a mapping"
        elif key.text == "<<":
            reason = "merge keys (<<) are not read; write the entries out"
        elif key.text in entries:
            reason = f'duplicate key "{key.text[:40]}"'
        if reason:
            self._problems.append(Problem(key.start, reason))
        else:
            entries[key.text] = node

    def _scalar(self, event: Any, start: int, end: int) -> Node:
        self._check_tag(event.tag, ("str", "null", "bool", "int", "float", "timestamp"), start)
        return Node(_value(event), start, end, event.value, event.style)


_RESOLVER: Any = yaml.resolver.Resolver()


def _value(event: Any) -> Scalar:
    """What PyYAML's safe loader makes of a scalar; dates, `12:30`, `007` and numbers with hundreds
    of digits stay text."""
    text: str = event.value
    tag = event.tag
    if tag in (None, "!"):
        tag = _RESOLVER.resolve(yaml.ScalarNode, text, event.implicit)
    kind = _NOT_TEXT.get(tag)
    if kind is None or (kind != "null" and _MISREAD.fullmatch(text)) or len(text) > MAX_DIGITS:
        return text
    if kind == "null":
        return None
    constructor = yaml.constructor.SafeConstructor()
    try:
        made: Scalar = getattr(constructor, f"construct_yaml_{kind}")(yaml.ScalarNode(tag, text))
    except (ValueError, KeyError, IndexError):
        return text
    return made
