"""One table of a TOML file, with places.

The standard library's parser gives none, so keys are found by scanning for them at the start of a
line. What stands inside an inline value has the place of that value.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from linter.documents.model import (
    MAX_DEPTH,
    MAX_DIGITS,
    TOO_DEEP,
    Document,
    InvalidFile,
    Lines,
    Node,
    Place,
    Pointer,
    Problem,
    read_text,
    relative,
)

_PART = r"""(?:[\w-]+|"[^"\n]*"|'[^'\n]*')"""
_PARTS = re.compile(_PART)
_HEADER = re.compile(rf"[ \t]*(\[\[?)[ \t]*({_PART}(?:\.{_PART})*)[ \t]*\]")
_KEY = re.compile(rf"[ \t]*({_PART}(?:\.{_PART})*)[ \t]*=[ \t]*")
_AT = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_TOO_LONG = "a number with too many digits"
_Places = Mapping[Pointer, tuple[Place, Place]]


def load_toml_table(
    path: Path,
    table: tuple[str, ...] = ("tool", "replylint"),
    shown: str | None = None,
    text: str | None = None,
) -> Document | None:
    """Read one table of a TOML file; None where the file lacks it. Raises InvalidFile."""
    name = relative(path) if shown is None else shown
    content = read_text(path, name) if text is None else text.removeprefix("\ufeff")
    try:
        root = _table(tomllib.loads(content), content, table)
    except tomllib.TOMLDecodeError as error:
        raise InvalidFile([_syntax_problem(name, content, str(error))]) from error
    except ValueError as error:  # Python refuses to read a number of some thousand digits
        raise InvalidFile([Problem(name, 1, 1, _TOO_LONG)]) from error
    except RecursionError as error:
        raise InvalidFile([Problem(name, 1, 1, TOO_DEEP)]) from error
    if root is not None and root.height > MAX_DEPTH:
        raise InvalidFile([Problem(name, root.line, root.column, TOO_DEEP)])
    problems = list(_unfit_numbers(name, root)) if root else []
    if problems:
        raise InvalidFile(problems)
    return Document(name, root.value, root) if root else None


def _table(data: Any, content: str, table: tuple[str, ...]) -> Node | None:
    for step in table:
        if not isinstance(data, dict) or step not in data:
            return None
        data = data[step]
    return _node(data, dict(_places(content)), table, (1, 1))


def _syntax_problem(name: str, text: str, message: str) -> Problem:
    at = _AT.search(message)
    line, column = (int(at[1]), int(at[2])) if at and at[1] else Lines(text).place(len(text))
    return Problem(name, line, column, "not valid TOML: " + _AT.sub("", message))


def _places(text: str) -> Iterator[tuple[Pointer, tuple[Place, Place]]]:
    """Every key that stands at the start of a line: its pointer, its place and its value's."""
    table: Pointer = ()
    counts: dict[Pointer, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if header := _HEADER.match(line):
            table = _header(_parts(header[2]), header[1] == "[[", counts)
            place = number, header.start(1) + 1
            yield table, (place, place)
        elif key := _KEY.match(line):
            places = (number, key.start(1) + 1), (number, key.end() + 1)
            yield table + _parts(key[1]), places


def _header(parts: tuple[str, ...], is_array: bool, counts: dict[Pointer, int]) -> Pointer:
    """The pointer of a table; a table under an array of tables belongs to its last one."""
    table: Pointer = ()
    for part in parts[:-1]:
        table = (*table, part)
        if table in counts:
            table = (*table, counts[table])
    table = (*table, parts[-1])
    if is_array:
        counts[table] = counts.get(table, -1) + 1
        table = (*table, counts[table])
    return table


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in _PARTS.findall(dotted))


def _node(data: Any, places: _Places, pointer: Pointer, around: Place) -> Node:
    own = places.get(pointer, (around, around))[1]
    node = Node(data, *own)
    if isinstance(data, dict):
        children = {key: _node(data[key], places, (*pointer, key), own) for key in data}
        node.keys = {key: places.get((*pointer, key), (own, own))[0] for key in data}
        node.children = children
        node.value = {key: child.value for key, child in children.items()}
    elif isinstance(data, list):
        items = [_node(item, places, (*pointer, index), own) for index, item in enumerate(data)]
        node.children = items
        node.value = [item.value for item in items]
    elif not isinstance(data, str | int | float):
        node.value = data.isoformat()
    node.close()
    return node


def _unfit_numbers(name: str, node: Node) -> Iterator[Problem]:
    """Numbers that YAML would not take either: they cannot be shown, or compared."""
    value = node.value
    if isinstance(value, int) and value.bit_length() > MAX_DIGITS:
        yield Problem(name, node.line, node.column, _TOO_LONG)
    elif isinstance(value, float) and not math.isfinite(value):
        yield Problem(name, node.line, node.column, f"{value} is not a finite number")
    children = node.children.values() if isinstance(node.children, dict) else node.children or ()
    for child in children:
        yield from _unfit_numbers(name, child)
