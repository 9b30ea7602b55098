"""YAML 1.1, read event by event into plain data with places.

Never composed recursively: a file of some thousand nested brackets makes `yaml.compose` overflow
the C stack, which ends the process. Aliases share one value, so they cost no memory here; how far
they would expand is counted, and bounded for the sake of whoever walks the data.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import yaml

from linter.documents.model import (
    MAX_DEPTH,
    MAX_DIGITS,
    TOO_DEEP,
    Document,
    InvalidFile,
    Lines,
    Node,
    Problem,
    misread,
    read_text,
    relative,
    shortened,
)

MAX_ALIASED = 10_000
"""How many nodes all the aliases of a file may stand for."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_YAML = "tag:yaml.org,2002:"
_TEXT_TAGS = frozenset(_YAML + name for name in ("str", "timestamp", "value"))
_SCALAR_TAGS = _TEXT_TAGS | {_YAML + name for name in ("null", "bool", "int", "float")}
_KINDS = {"bool": "true or false", "int": "a number", "float": "a number"}
_OCTAL = re.compile(r"[-+]?0[0-7_]+")
_FORBIDDEN = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def load(path: Path, shown: str | None = None, text: str | None = None) -> Document:
    """Read a YAML file (or `text`, as if it stood in that file); `shown` is its name in messages.

    Raises InvalidFile with every problem found: not UTF-8, empty, over 5 MB, a syntax error, a
    duplicate or non-text key, an unknown tag, a second document, nesting over 64 levels, aliases
    that expand to more than 10,000 nodes, and plain scalars that YAML 1.1 reads as another number
    than they look (`12:30`, `0750`).
    """
    name = relative(path) if shown is None else shown
    content = read_text(path, name) if text is None else text.removeprefix("\ufeff")
    root = _Builder(name, content).build()
    return Document(name, root.value, root)


@dataclass(slots=True)
class _Open:
    """A collection whose end has not come yet, and the key that waits for its value."""

    node: Node
    anchor: str | None
    key: Node | None = None


class _Builder:
    """Makes nodes of the parser's events. Mistakes that leave the rest readable are collected."""

    def __init__(self, path: str, text: str) -> None:
        self._path = path
        self._text = text
        self._lines = Lines(text)
        self._problems: list[Problem] = []
        self._open: list[_Open] = []
        self._anchors: dict[str, Node | None] = {}
        self._aliased = 0
        self._root: Node | None = None

    def build(self) -> Node:
        found = _FORBIDDEN.search(self._text)
        if found:
            name = f"U+{ord(found.group()):04X}"
            self._stop(found.start(), f"the character {name} is not allowed in YAML")
        self._loader = _LOADER(self._text)
        try:
            while (event := self._loader.get_event()) is not None:
                self._take(event)
        except yaml.MarkedYAMLError as error:
            self._syntax_error(error)
        finally:
            self._loader.dispose()
        if self._root is None or self._root.written == "":
            self._stop(0, "the file is empty")
        if self._problems:
            raise InvalidFile(self._problems)
        return self._root

    def _note(self, offset: int, message: str) -> None:
        self._problems.append(Problem(self._path, *self._lines.place(offset), message))

    def _stop(self, offset: int, message: str) -> NoReturn:
        self._note(offset, message)
        raise InvalidFile(self._problems)

    def _syntax_error(self, error: yaml.MarkedYAMLError) -> NoReturn:
        mark: Any = error.problem_mark or error.context_mark
        offset = mark.index if mark else 0
        message = f"not valid YAML: {error.problem or error.context}"
        if error.problem and error.context:
            message += f" ({error.context})"
        if self._text[offset : offset + 1] == "\t":
            message += "; indent with spaces, not with tabs"
        self._stop(offset, message)

    def _take(self, event: Any) -> None:
        offset: int = event.start_mark.index
        if isinstance(event, yaml.DocumentStartEvent):
            if self._root is not None:
                self._stop(offset, "a second document starts here; a file holds one")
        elif isinstance(event, yaml.AliasEvent):
            self._add(self._alias(str(event.anchor), offset), offset)
        elif isinstance(event, yaml.ScalarEvent):
            node = self._scalar(event, offset)
            self._name(event.anchor, node)
            self._add(node, offset)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._start(event, offset)
        elif isinstance(event, yaml.CollectionEndEvent):
            closed = self._open.pop()
            closed.node.close()
            self._name(closed.anchor, closed.node)
            self._add(closed.node, offset)

    def _name(self, anchor: str | None, node: Node | None) -> None:
        if anchor:
            self._anchors[anchor] = node

    def _alias(self, anchor: str, offset: int) -> Node:
        node = self._anchors.get(anchor)
        if node is None:
            known = anchor in self._anchors
            reason = "stands inside its own anchor" if known else "has no anchor before it"
            self._stop(offset, f"the alias *{anchor} {reason}")
        self._aliased += node.size
        if self._aliased > MAX_ALIASED:
            self._stop(offset, f"the aliases expand to more than {MAX_ALIASED:,} parts")
        if len(self._open) + node.height > MAX_DEPTH:
            self._stop(offset, TOO_DEEP)
        return node

    def _start(self, event: Any, offset: int) -> None:
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        if event.tag not in (None, "!", _YAML + ("map" if is_mapping else "seq")):
            self._refuse_tag(event.tag, offset)
        place = self._lines.place(offset)
        node = Node({}, *place, {}) if is_mapping else Node([], *place, [])
        self._open.append(_Open(node, event.anchor))
        if len(self._open) >= MAX_DEPTH:
            self._stop(offset, TOO_DEEP)
        self._name(event.anchor, None)

    def _add(self, node: Node, offset: int) -> None:
        if not self._open:
            self._root = node
            return
        parent = self._open[-1]
        if isinstance(parent.node.children, list):
            parent.node.children.append(node)
            parent.node.value.append(node.value)
        elif parent.key is None:
            parent.key = self._key(node, offset)
        else:
            self._add_entry(parent.node, parent.key, node)
            parent.key = None

    def _key(self, node: Node, offset: int) -> Node:
        """A key is text as it is written (`off`, `1`), and stands where it is used."""
        if node.children is not None:
            return node
        return Node(node.written or node.value, *self._lines.place(offset))

    def _add_entry(self, mapping: Node, key: Node, node: Node) -> None:
        reason = _unfit_key(key)
        if reason is None and key.value in mapping.keys:
            reason = f'duplicate key "{key.value}"; first on line {mapping.keys[key.value][0]}'
        if reason is not None:
            self._problems.append(Problem(self._path, key.line, key.column, reason))
        elif isinstance(mapping.children, dict):
            mapping.keys[key.value] = (key.line, key.column)
            mapping.children[key.value] = node
            mapping.value[key.value] = node.value

    def _scalar(self, event: Any, offset: int) -> Node:
        tag = event.tag
        if tag in (None, "!"):
            tag = self._loader.resolve(yaml.ScalarNode, event.value, event.implicit)
        value: object = event.value
        if tag == _YAML + "merge":
            self._note(offset, "merge keys (<<) are not read; write the entries out")
        elif tag not in _SCALAR_TAGS:
            self._refuse_tag(tag, offset)
        elif tag not in _TEXT_TAGS:
            value = self._construct(tag.removeprefix(_YAML), event.value, offset)
        written = None if isinstance(value, str) else event.value
        return Node(value, *self._lines.place(offset), written=written)

    def _construct(self, kind: str, written: str, offset: int) -> object:
        try:
            value = _construct(kind, written)
        except (ValueError, KeyError, IndexError):
            self._note(offset, f"{shortened(written)} cannot be read as {_KINDS[kind]}")
            return None
        if kind == "float" and not math.isfinite(value):
            self._note(offset, f"{shortened(written)} is not a finite number")
        elif kind in ("int", "float") and (":" in written or _OCTAL.fullmatch(written)):
            self._note(offset, misread(written, value))
        return value

    def _refuse_tag(self, tag: str, offset: int) -> None:
        name = tag.replace(_YAML, "!!") if tag.startswith(_YAML) else tag
        self._note(offset, f"the tag {name} is not allowed; leave it out")


def _construct(kind: str, written: str) -> Any:
    """What PyYAML's safe loader makes of a scalar of that kind. Raises ValueError and others."""
    if kind == "null":
        return None
    if len(written) > MAX_DIGITS:
        raise ValueError("too long")
    constructor = yaml.constructor.SafeConstructor()
    make: Callable[[Any], Any] = getattr(constructor, f"construct_yaml_{kind}")
    return make(yaml.ScalarNode(_YAML + kind, written))


def _unfit_key(key: Node) -> str | None:
    if key.children is not None:
        return "a key must be text, not a list or a mapping"
    return None if key.value else "a key must not be empty"
