"""How a mapping names a part of a row.

`modlog.reason` is the key or column of that whole name if there is one, else step by step.
`changes[key=nick].new_value` goes through the object of a list whose `key` is `nick`. `@section` is
the list of a JSON document that the row stands in, `@file.NAME` what the document says beside its
lists, `@item` the item of a template's `each`, and `@item.NAME` a part of it.
"""

from __future__ import annotations

import re

from linter.documents import suggest

ITEM, SECTION, WHOLE_FILE = "@item", "@section", "@file."
IN_ITEM = f"{ITEM}."
_STEP = re.compile(r"([^.\[\]]+)(?:\[([^=\[\]]+)=([^\[\]]*)\])?")

Step = tuple[str, tuple[str, str] | None]
"""A name, and the key and value that choose an object of its list."""


def steps(path: str) -> list[Step]:
    """The steps of a path. Raises ValueError, which says what is wrong with it."""
    if path.startswith("@"):
        if path not in (ITEM, SECTION) and not path.startswith((WHOLE_FILE, IN_ITEM)):
            hint = suggest(path, (ITEM, SECTION, f"{WHOLE_FILE}NAME"))
            known = f"{ITEM}, {IN_ITEM}NAME, {SECTION} and {WHOLE_FILE}NAME"
            raise ValueError(f"known are {known}{hint}")
        if not path.startswith(IN_ITEM):
            return [(path, None)]
    found: list[Step] = []
    position = len(IN_ITEM) if path.startswith(IN_ITEM) else 0
    while True:
        match = _STEP.match(path, position)
        if match is None:
            raise ValueError("a step has no name")
        name, key, value = match.groups()
        found.append((name, (key, value) if key is not None else None))
        position = match.end()
        if position == len(path):
            return found
        if path[position] != ".":
            raise ValueError("a choice is written [key=value]")
        position += 1
